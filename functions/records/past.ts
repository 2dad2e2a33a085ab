import { canSeeField } from '../../shared/kernel/access.ts';
import type { Diff } from '../../shared/kernel/diff.ts';
import type { TimelineRow } from '../../shared/kernel/plan.ts';
import type { Page } from '../../shared/kernel/page.ts';
import type { Item } from '../table/failures.ts';
import { recordKey, timelineKey } from '../table/keys.ts';
import { openCursor, sealCursor } from './cursor.ts';
import { typeOf, type Context } from './context.ts';
import { getRecordItself } from './operations.ts';
import { partPins, readPinned } from './pins.ts';

/** One version of a record: who changed what, when, by which request. */
export interface HistoryRow {
  readonly version: number;
  readonly at: string;
  readonly by: string;
  readonly requestId: string;
  readonly event: 'created' | 'updated' | 'removed' | 'restored' | 'expired';
  readonly changes: Diff;
}

const ROWS = 25;

/** Newest versions first, without the fields the reader may not see. @throws AppError record.notFound (404) */
export async function listHistory(ctx: Context, secret: Buffer, name: string, id: string, cursor?: string): Promise<Page<HistoryRow>> {
  await getRecordItself(ctx, name, id);
  const definition = typeOf(ctx, name);
  const page = await rows(ctx, secret, `history ${name} ${id}`, recordKey(name, id).pk, 'V#', cursor);
  const items = page.items.map((item) => {
    const row = item['row'] as HistoryRow;
    return {
      ...row,
      changes: Object.fromEntries(Object.entries(row.changes).filter(([field]) => canSeeField(ctx.actor, definition, field))),
    };
  });
  return { ...page, items };
}

/**
 * What happened around a record, newest first: its own rows and those of the records it came from (a customer's leads).
 * With the first page comes what is pinned; that stands in its place as well.
 * @throws AppError record.notFound (404)
 */
export async function listTimeline(ctx: Context, secret: Buffer, name: string, id: string, cursor?: string): Promise<TimelinePage> {
  const record = await getRecordItself(ctx, name, id);
  const own = await rows(ctx, secret, `timeline ${name} ${id}`, recordKey(name, id).pk, 'L#', cursor);
  const leads = Array.isArray(record['leadIds']) && cursor === undefined ? (record['leadIds'] as string[]).slice(0, 10) : [];
  const inherited = await Promise.all(
    leads.map((lead) => ctx.table.query({ pk: recordKey('lead', lead).pk, startsWith: 'L#', newestFirst: true, limit: ROWS })),
  );
  const mine = partPins(own.items);
  const all = [...mine.rows, ...inherited.flatMap((page) => partPins(page.items).rows)];
  const items = all.sort((a, b) => (a.sk < b.sk ? 1 : -1)).map(timelineRow);
  const pinned = await readPinned(ctx.table, name, id, mine.pins, mine.rows);
  return { ...own, items, ...(pinned.length ? { pinned } : {}) };
}

interface TimelinePage extends Page<TimelineRow> {
  readonly pinned?: readonly TimelineRow[];
}

async function rows(ctx: Context, secret: Buffer, scope: string, pk: string, startsWith: string, cursor: string | undefined) {
  const bound = `${ctx.table.tenant} ${ctx.actor.memberId} ${scope}`;
  const after = cursor === undefined ? undefined : openCursor<Record<string, unknown>>(secret, bound, cursor);
  const { items, last } = await ctx.table.query({ pk, startsWith, newestFirst: true, limit: ROWS, ...(after ? { after } : {}) });
  return { items, ...(last ? { cursor: sealCursor(secret, bound, last) } : {}) };
}

/** The timeline row of an item. */
export function timelineRow(item: Item): TimelineRow {
  const on = item['on'] as TimelineRow['on'];
  return { at: String(item['at']), ...(item['row'] as Omit<TimelineRow, 'at'>), ...(on ? { on: { type: on.type, id: on.id } } : {}) };
}

/** The item of a timeline row. */
export const timelineItem = (type: string, id: string, { at, ...row }: TimelineRow) => ({ ...timelineKey(type, id, at, row.id), at, row });
