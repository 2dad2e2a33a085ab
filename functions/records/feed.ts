import { can, maskRecord } from '../../shared/kernel/access.ts';
import { AppError } from '../../shared/kernel/errors.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { definitionOf } from '../../shared/registry.ts';
import { derivedKey, FEED_HEAD, feedKey, positionOf, recordKey } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';
import { typeOf, type Context } from './context.ts';
import { isRemoved, toRecord } from './item.ts';
import { getSeen } from './seen.ts';

/** One change in the feed, as the stream reader appends it. */
export interface FeedRow {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  /** Owner before this change, to tell a reader who could see the record that he cannot any more. */
  readonly was?: string;
  /** What changed stands beside the record: no version of its own, and no history. */
  readonly derived?: true;
}

/** The feed's head: last position given, and how often rights may have changed. */
export interface FeedHead {
  readonly position: number;
  readonly epoch: number;
  /** First position of each month that has rows. */
  readonly months: Readonly<Record<string, number>>;
  /** How often counters were mended: what was added up before is of another state. */
  readonly recounts: number;
  /** Changes up to this position are counted no more. */
  readonly countsFrom: number;
}

export async function readHead(table: TenantTable): Promise<FeedHead> {
  const item = await table.get(FEED_HEAD, { consistent: true });
  return {
    position: Number(item?.['position'] ?? 0),
    epoch: Number(item?.['epoch'] ?? 0),
    months: (item?.['months'] ?? {}) as Record<string, number>,
    recounts: Number(item?.['recounts'] ?? 0),
    countsFrom: Number(item?.['countsFrom'] ?? 0),
  };
}

export interface Changes {
  readonly position: number;
  readonly epoch: number;
  readonly more: boolean;
  readonly items: readonly ({ readonly type: string; readonly id: string; readonly version: number } & (
    { readonly record: AnyRecord } | { readonly gone: true }
  ))[];
}

const MOST_ROWS = 500;
const KEPT_MONTHS = 2;

/**
 * What changed after a position, within the reader's reach: records as they stand now, and bare tombstones where he
 * could see a record before and cannot now. Positions are dense, so a reader never steps over a gap.
 * @throws AppError feed.tooOld (410) when the position is older than what is kept: load anew
 */
export async function listChanges(ctx: Context, since: number): Promise<Changes> {
  const head = await readHead(ctx.table);
  // Of the rights that decide here, which may be a moment older than those that stand: the reader loads anew only when newer ones decide.
  const epoch = Math.min(ctx.epoch, head.epoch);
  if (since >= head.position) return { position: Math.min(since, head.position), epoch, more: false, items: [] };
  const rows = await readRows(ctx.table, head, since);
  const position = since + rows.length;
  const latest = new Map(rows.map((row) => [row.id, row]));
  const known = [...latest.values()].filter(({ type }) => can(ctx.actor, 'read', definitionOf(type)));
  const derived = known.filter(({ type }) => Object.keys(definitionOf(type).derived).length).map(({ type, id }) => derivedKey(type, id));
  // Derived values have no version by which an old read would be known.
  const [records, values] = await Promise.all([getSeen(ctx.table, known), ctx.table.getMany(derived, { consistent: true })]);
  const stored = new Map([...records, ...values].map((item) => [`${item.pk}|${item.sk}`, item]));
  const items = known.flatMap((row): Changes['items'][number][] => {
    const definition = typeOf(ctx, row.type);
    const pk = `T#${ctx.table.tenant}#${recordKey(row.type, row.id).pk}`;
    const item = stored.get(`${pk}|A`);
    const base = { type: row.type, id: row.id, version: row.version };
    if (item && !isRemoved(item)) {
      const record = toRecord(definition, item, stored.get(`${pk}|D`));
      if (can(ctx.actor, 'read', definition, record))
        return [{ ...base, version: record.version, record: maskRecord(ctx.actor, definition, record) }];
    }
    const before = rows
      .filter(({ id }) => id === row.id)
      .some(({ was }) => can(ctx.actor, 'read', definition, { id: row.id, ownerId: was }));
    return before ? [{ ...base, gone: true }] : [];
  });
  return { position, epoch, more: position < head.position, items };
}

/** Rows after a position in unbroken order; stops before a row that is not visible yet. */
async function readRows(table: TenantTable, head: FeedHead, since: number): Promise<FeedRow[]> {
  const months = Object.entries(head.months).sort(([a], [b]) => (a < b ? -1 : 1));
  const index = months.findLastIndex(([, first]) => first <= since + 1);
  if (index < 0 || months.length - index > KEPT_MONTHS) throw new AppError('feed.tooOld', { status: 410 });
  const rows: FeedRow[] = [];
  for (const [month] of months.slice(index)) {
    const { items } = await table.query({
      pk: feedKey(month, 0).pk,
      from: feedKey(month, since + rows.length + 1).sk,
      limit: MOST_ROWS - rows.length,
    });
    for (const item of items) {
      if (positionOf(item.sk) !== since + rows.length + 1) return rows;
      rows.push(item['row'] as FeedRow);
    }
    if (rows.length >= MOST_ROWS) break;
  }
  return rows;
}
