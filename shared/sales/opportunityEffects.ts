import type { EffectRule } from '../kernel/effect.ts';
import { cutText } from '../kernel/text.ts';

const LONGEST = 200;

/** A deal that came to somebody without his doing is told to him. */
const assigned: EffectRule = ({ type, before, after }) => {
  if (type !== 'opportunity' || !after?.ownerId || after.ownerId === before?.ownerId || after.ownerId === after.updatedBy) return [];
  return [
    {
      kind: 'notify',
      memberId: after.ownerId,
      code: 'opportunityAssigned',
      params: { name: cutText(String(after['title']), LONGEST) },
      recordType: 'opportunity',
      recordId: after.id,
    },
  ];
};

export const opportunityEffects: readonly EffectRule[] = [assigned];
