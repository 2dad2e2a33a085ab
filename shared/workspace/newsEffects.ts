import type { Effect, RecordChange } from '../kernel/effect.ts';

/** News tells everybody but its author that it is there; what is mended in it afterwards tells nobody. */
export function newsEffects({ type, before, after }: RecordChange, members: Iterable<string>): Effect[] {
  if (type !== 'news' || before || !after) return [];
  return [...members]
    .filter((memberId) => memberId !== after['authorId'])
    .map((memberId) => ({
      kind: 'notify',
      memberId,
      code: 'newsPublished',
      params: {},
      recordType: 'news',
      recordId: after.id,
      asReader: true,
    }));
}
