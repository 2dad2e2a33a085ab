import type { Effect, EffectRule } from '../kernel/effect.ts';
import type { AnyRecord } from '../kernel/record.ts';
import { cutText } from '../kernel/text.ts';
import { isOpenActivity } from './activityRules.ts';

const LONGEST = 200;

/** Work that came to somebody without his doing is told to him. */
const assigned: EffectRule = ({ type, before, after }) => {
  if (type !== 'activity' || !after?.ownerId || after.ownerId === before?.ownerId || after.ownerId === after.updatedBy) return [];
  return isOpenActivity(after) ? [notify(after.ownerId, 'activityAssigned', after)] : [];
};

/** That it is done is told to those who watch it, but to nobody who did it himself. */
const done: EffectRule = ({ type, before, after }) => {
  if (type !== 'activity' || after?.['status'] !== 'done' || !before || before['status'] === 'done') return [];
  const watchers = (after['watcherIds'] as readonly string[] | undefined) ?? [];
  return watchers.filter((id) => id !== after.updatedBy).map((id) => notify(id, 'activityDone', after));
};

export const activityEffects: readonly EffectRule[] = [assigned, done];

const notify = (memberId: string, code: string, { id, subject, outcome }: AnyRecord): Effect => ({
  kind: 'notify',
  memberId,
  code,
  params: {
    name: cutText(String(subject), LONGEST),
    ...(code === 'activityDone' && typeof outcome === 'string' ? { outcome: cutText(outcome, LONGEST) } : {}),
  },
  recordType: 'activity',
  recordId: id,
});
