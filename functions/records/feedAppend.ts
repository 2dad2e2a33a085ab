import type { Instant } from '../../shared/kernel/types.ts';
import { FEED_HEAD, feedKey, monthOf } from '../table/keys.ts';
import { ifEquals, type Condition, type Write } from '../table/tenantTable.ts';
import type { FeedHead, FeedRow } from './feed.ts';

const AT_THE_START: Condition = { expression: 'attribute_not_exists(#p)', names: { '#p': 'position' } };

/**
 * Writes that append rows at dense positions, in the order given. They fail together when somebody else appended since
 * the head was read: read it again and make them anew.
 */
export function appendRows(head: Pick<FeedHead, 'position' | 'months'>, at: Instant, rows: readonly FeedRow[]): Write[] {
  // Months only go forward: a late event must not put a row before rows that a reader has passed.
  const latest = Object.keys(head.months).sort().at(-1) ?? '';
  const month = monthOf(at) > latest ? monthOf(at) : latest;
  const months = head.months[month] === undefined ? { ...head.months, [month]: head.position + 1 } : head.months;
  return [
    {
      update: FEED_HEAD,
      set: { position: head.position + rows.length, months },
      if: head.position === 0 ? AT_THE_START : ifEquals('position', head.position),
    },
    ...rows.map((row, i) => ({ put: { ...feedKey(month, head.position + 1 + i), row } })),
  ];
}
