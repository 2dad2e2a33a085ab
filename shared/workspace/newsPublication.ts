import type { Plan } from '../kernel/plan.ts';
import type { AnyRecord } from '../kernel/record.ts';
import type { Instant } from '../kernel/types.ts';
import { NEWS_FIELDS } from './newsFields.ts';

/**
 * A draft becomes news: what is published is a record of its own, without the past of its draft, which goes.
 * @param id  of the news
 */
export function planPublication(draft: AnyRecord, { id, now }: { readonly id: string; readonly now: Instant }): Plan {
  const { createdBy: authorId, version } = draft;
  const written = Object.fromEntries(Object.keys(NEWS_FIELDS).flatMap((name) => (draft[name] === undefined ? [] : [[name, draft[name]]])));
  return {
    writes: [
      { op: 'create', type: 'news', id, values: { ...written, publishedAt: now, authorId }, inherited: [authorId] },
      { op: 'remove', type: 'newsDraft', id: draft.id, version },
    ],
  };
}
