import type { TimelineRow } from '../../shared/kernel/plan.ts';
import type { AnyRecord, RecordDefinition } from '../../shared/kernel/record.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import type { ToldNote } from '../../shared/workspace/discussionEffects.ts';
import { NOTE } from '../../shared/workspace/note.ts';
import { TransactionRefused, type Item } from '../table/failures.ts';
import type { TenantTable } from '../table/tenantTable.ts';
import { readHead, type FeedRow } from './feed.ts';
import { appendRows } from './feedAppend.ts';
import { timelineRow } from './past.ts';

/**
 * The record under which a row of a timeline was written by hand, as it stood then. Rows that carry this come through
 * the table's stream, unlike those that the stream's reader writes itself.
 */
export interface Standing {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly ownerId?: string;
}

export const standing = ({ name }: RecordDefinition, { id, version, ownerId }: AnyRecord): Standing => ({
  type: name,
  id,
  version,
  ...(ownerId === undefined ? {} : { ownerId }),
});

/** One row that somebody wrote, changed or took away, as the stream tells it. */
export interface Remark {
  readonly on: Standing;
  readonly at: Instant;
  readonly before: TimelineRow | undefined;
  readonly after: TimelineRow | undefined;
  /** What a note says to whom it concerns; absent for rows of another code. */
  readonly note?: { readonly before: ToldNote | undefined; readonly after: ToldNote };
}

/** A remark from a stream record's images; undefined for items that are none. */
export function toRemark(before: Item | undefined, after: Item | undefined, at: Instant): Remark | undefined {
  const item = after ?? before;
  if (!item?.sk.startsWith('L#') || !item['on']) return undefined;
  const rows = { before: before && timelineRow(before), after: after && timelineRow(after) };
  const told = after && toldNote(after);
  return { on: item['on'] as Standing, at, ...rows, ...(told ? { note: { before: before && toldNote(before), after: told } } : {}) };
}

function toldNote(item: Item): ToldNote | undefined {
  const { code, params, by } = timelineRow(item);
  if (code !== NOTE) return undefined;
  return { text: String(params?.['text']), by: String(by), mentioned: (item['mentioned'] ?? {}) as ToldNote['mentioned'] };
}

const MOST_ROWS = 50;
const MOST_TRIES = 12;

/**
 * Tells the feed of the records that were spoken of, so that whoever looks at one reads its timeline anew. Told twice it
 * is read twice, which harms nobody: no version row is needed to know a repeat.
 */
export async function tellFeed(table: TenantTable, remarks: readonly Remark[]): Promise<void> {
  const rows = [...new Map(remarks.map(({ on }) => [on.id, feedRow(on)])).values()];
  for (let at = 0; at < rows.length; at += MOST_ROWS) await append(table, remarks.at(-1)!.at, rows.slice(at, at + MOST_ROWS));
}

const feedRow = ({ type, id, version, ownerId }: Standing): FeedRow => ({
  type,
  id,
  version,
  derived: true,
  ...(ownerId === undefined ? {} : { was: ownerId }),
});

async function append(table: TenantTable, at: Instant, rows: readonly FeedRow[]): Promise<void> {
  for (let round = 1; ; round++) {
    try {
      return await table.transact(appendRows(await readHead(table), at, rows));
    } catch (error) {
      if (!(error instanceof TransactionRefused) || round >= MOST_TRIES) throw error;
    }
  }
}
