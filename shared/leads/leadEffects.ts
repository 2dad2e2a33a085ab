import type { Effect, EffectRule } from '../kernel/effect.ts';
import { cutText } from '../kernel/text.ts';

const LONGEST = 200;

/** A lead that came to somebody without his doing is told to him. */
const assigned: EffectRule = ({ type, before, after }) => {
  if (type !== 'lead' || !after?.ownerId || after.ownerId === before?.ownerId || after.ownerId === after.updatedBy) return [];
  return [notify(after.ownerId, 'leadAssigned', after.id, after['name'], after['company'])];
};

/** So is that one of his leads has written again. */
const wroteAgain: EffectRule = ({ type, before, after }) => {
  if (type !== 'submission' || before || after?.['outcome'] !== 'merged' || !after.ownerId) return [];
  return [notify(after.ownerId, 'leadMerged', String(after['leadId']), after['who'])];
};

export const leadEffects: readonly EffectRule[] = [assigned, wroteAgain];

const notify = (memberId: string, code: string, leadId: string, name: unknown, company?: unknown): Effect => ({
  kind: 'notify',
  memberId,
  code,
  params: {
    ...(typeof name === 'string' ? { name: cutText(name, LONGEST) } : {}),
    ...(typeof company === 'string' ? { company: cutText(company, LONGEST) } : {}),
  },
  recordType: 'lead',
  recordId: leadId,
});
