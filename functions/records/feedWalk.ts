import { feedKey, positionOf } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';
import type { FeedHead, FeedRow } from './feed.ts';

export interface Walked {
  readonly position: number;
  readonly row: FeedRow;
}

/**
 * The next rows of the feed after a position, from its very beginning on: the one list of everything that ever changed,
 * removed records included. Stops where rows end or are not visible yet.
 */
export async function walkFeed(table: TenantTable, { months }: Pick<FeedHead, 'months'>, since: number, most: number): Promise<Walked[]> {
  const starts = Object.entries(months).sort(([a], [b]) => (a < b ? -1 : 1));
  const first = Math.max(
    0,
    starts.findLastIndex(([, position]) => position <= since + 1),
  );
  const walked: Walked[] = [];
  for (const [month] of starts.slice(first)) {
    const from = feedKey(month, since + walked.length + 1).sk;
    const { items } = await table.query({ pk: feedKey(month, 0).pk, from, limit: most - walked.length, consistent: true });
    for (const item of items) {
      if (positionOf(item.sk) !== since + walked.length + 1) return walked;
      walked.push({ position: positionOf(item.sk), row: item['row'] as FeedRow });
    }
    if (walked.length >= most) break;
  }
  return walked;
}
