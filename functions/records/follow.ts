import { SYSTEM_ACTOR } from '../../shared/kernel/access.ts';
import { toMs } from '../../shared/kernel/dates.ts';
import { diff } from '../../shared/kernel/diff.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { definitionOf } from '../../shared/registry.ts';
import type { Item } from '../table/failures.ts';
import { ConditionFailed, TransactionRefused } from '../table/failures.ts';
import { countingDay, counterKey, journalKey, timelineKey, versionKey } from '../table/keys.ts';
import { IF_ABSENT, type TenantTable, type Write } from '../table/tenantTable.ts';
import { auditPlace } from './audit.ts';
import { readHead, type FeedRow } from './feed.ts';
import { appendRows } from './feedAppend.ts';
import { historyOf, isRemoved, toRecord } from './item.ts';
import type { HistoryRow } from './past.ts';

/** One change of one record, as the stream tells it. */
export interface Change {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly at: Instant;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** A change from a stream record's images; undefined for items that are no records. */
export function toChange(before: Item | undefined, after: Item | undefined, at: Instant): Change | undefined {
  const item = after ?? before;
  if (!item || item['data'] === undefined || item.sk !== 'A') return undefined;
  // Emptying the bin changes nothing that anybody can see.
  if (!after && isRemoved(before)) return undefined;
  const version = Number(item['version']) + (after ? 0 : 1);
  return { type: String(item['type']), id: String(item['id']), version, at: after ? String(item['updatedAt']) : at, before, after };
}

/** Whether a record has come back out of the bin. */
export const isBack = ({ before, after }: Pick<Change, 'before' | 'after'>): boolean =>
  before !== undefined && isRemoved(before) && !isRemoved(after);

/** What a batch tells of one record. */
export interface Told {
  /** Oldest first. */
  readonly told: readonly Change[];
  readonly newest: Change;
}
/** The changes of a batch, record by record. */
export const toldOf = (changes: readonly Change[]): Told[] =>
  [...Map.groupBy(changes, ({ id }) => id).values()].map((all) => {
    const told = [...all].sort((a, b) => a.version - b.version);
    return { told, newest: told.at(-1)! };
  });

const MOST_CHANGES = 16; // with a version, a feed row, a milestone, a journal row and two counters each, they fit one transaction of 100
const MOST_TRIES = 12;

/**
 * Makes history, feed, timeline and counters from a batch of changes, exactly once each whatever is delivered how often.
 * A version row is written only if absent, in the same transaction as everything that follows from it; a change whose
 * version row stands has been counted, and is dropped.
 * @returns the changes that were new
 */
export async function follow(table: TenantTable, changes: readonly Change[], zone: string): Promise<Change[]> {
  const fresh: Change[] = [];
  for (let at = 0; at < changes.length; at += MOST_CHANGES)
    fresh.push(...(await followChunk(table, changes.slice(at, at + MOST_CHANGES), zone)));
  return fresh;
}

async function followChunk(table: TenantTable, chunk: readonly Change[], zone: string): Promise<Change[]> {
  let left = [...new Map(chunk.map((change) => [`${change.id}#${change.version}`, change])).values()];
  for (let round = 0; left.length; round++) {
    const head = await readHead(table);
    const { writes, versionOf } = plan(left, head, zone);
    try {
      await table.transact(writes);
      return left;
    } catch (error) {
      if (error instanceof ConditionFailed || !(error instanceof TransactionRefused) || round >= MOST_TRIES) throw error;
      const counted = new Set(error.failed.map(({ index }) => versionOf.get(index)).filter((change) => change !== undefined));
      left = left.filter((change) => !counted.has(change)); // and where only the head moved, simply again
    }
  }
  return [];
}

function plan(changes: readonly Change[], head: { position: number; months: Readonly<Record<string, number>> }, zone: string) {
  const writes: Write[] = appendRows(head, changes[0]!.at, changes.map(feedRow));
  const versionOf = new Map<number, Change>();
  const counters = new Map<string, { key: { pk: string; sk: string }; add: Record<string, number> }>();
  for (const change of changes) {
    versionOf.set(writes.length, change);
    writes.push({ put: versionRow(change), if: IF_ABSENT });
    writes.push(...milestones(change));
    const counted = countedOf(change);
    if (!counted) continue;
    writes.push({ put: journalRow(change, counted) });
    count(counters, change, counted, zone);
  }
  for (const { key, add } of counters.values()) writes.push({ update: key, add });
  return { writes, versionOf };
}

/** Versions of what governs a workspace stand in its log as well, but for those that the product makes by itself. */
function versionRow(change: Change): Item {
  const row = historyRow(change);
  const key = versionKey(change.type, change.id, change.version);
  const isLogged = definitionOf(change.type).governs && row.by !== SYSTEM_ACTOR.memberId;
  return { ...key, row, ...(isLogged ? auditPlace(change.at, `${change.id}|${change.version}`) : {}) };
}

const alive = (change: Change, item: Item | undefined): AnyRecord | undefined =>
  item && !isRemoved(item) ? toRecord(definitionOf(change.type), item) : undefined;

function historyRow(change: Change): HistoryRow {
  const [before, after] = [alive(change, change.before), alive(change, change.after)];
  const born = isBack(change) ? 'restored' : 'created';
  const event = !change.after ? 'expired' : isRemoved(change.after) ? 'removed' : before ? 'updated' : born;
  const values = (record: AnyRecord) => ({
    ...historyOf(definitionOf(change.type), record),
    ...(record.ownerId === undefined ? {} : { ownerId: record.ownerId }),
  });
  return {
    version: change.version,
    at: change.at,
    event,
    by: String((change.after ?? change.before)?.['updatedBy'] ?? 'system'),
    requestId: String(change.after?.['requestId'] ?? ''),
    changes: diff(before ? values(before) : {}, after ? values(after) : {}),
  };
}

function feedRow(change: Change): FeedRow {
  const was = change.before && !isRemoved(change.before) ? (change.before['ownerId'] as string | undefined) : undefined;
  return { type: change.type, id: change.id, version: change.version, ...(was === undefined ? {} : { was }) };
}

/** Timeline rows for the birth of a record, for its return from the bin, and for changes its declaration calls milestones. */
function milestones(change: Change): Write[] {
  const definition = definitionOf(change.type);
  const [before, after] = [alive(change, change.before), alive(change, change.after)];
  if (!after) return [];
  const by = after.updatedBy;
  const row = (name: string, code: string, params: Record<string, unknown>): Write => {
    const rowId = `${String(change.version).padStart(10, '0')}.${name}`;
    return { put: { ...timelineKey(change.type, change.id, change.at, rowId), at: change.at, row: { id: rowId, code, params, by } } };
  };
  if (isBack(change)) return [row('restored', 'record.restored', { type: change.type })];
  if (!before) return [row('created', 'record.created', { type: change.type })];
  return Object.entries(definition.fields)
    .filter(([name, field]) => field.milestone && before[name] !== after[name])
    .map(([name]) => row(name, 'record.changed', { type: change.type, field: name, from: before[name] ?? null, to: after[name] ?? null }));
}

/** What a change counts as, for the owner at that moment. */
export interface Counted {
  readonly owner: string;
  readonly metrics: Readonly<Record<string, number>>;
}
/** The owner under which records without one are counted. */
export const NOBODY = '-';

/**
 * What a change from one state of a record to the next counts as; undefined when it counts as nothing.
 * @param back  out of the bin: nothing has happened but that its removal is taken back
 */
export function countedBetween(
  type: string,
  before: AnyRecord | undefined,
  after: AnyRecord | undefined,
  back = false,
): Counted | undefined {
  const { metrics } = definitionOf(type);
  const counted = Object.entries((back ? metrics?.(after, undefined) : metrics?.(before, after)) ?? {});
  const amounts = counted.flatMap(([metric, amount]) => (amount ? [[metric, back ? -amount : amount] as const] : []));
  return amounts.length ? { owner: (after ?? before)?.ownerId ?? NOBODY, metrics: Object.fromEntries(amounts) } : undefined;
}
const countedOf = (change: Change) =>
  countedBetween(change.type, alive(change, change.before), alive(change, change.after), isBack(change));

/** The longest report that names what it counts is one of a quarter. */
const JOURNAL_DAYS = 100;

/** What was counted, as the journal of the owner keeps it. */
export function journalRow({ type, id, version, at }: Pick<Change, 'type' | 'id' | 'version' | 'at'>, { owner, metrics }: Counted): Item {
  const expiresAt = Math.floor(toMs(at) / 1000) + JOURNAL_DAYS * 86_400;
  return { ...journalKey(owner, at, type, id, version), metrics, expiresAt };
}

/** Adds a change to the rows of its day and its month. */
function count(
  counters: Map<string, { key: { pk: string; sk: string }; add: Record<string, number> }>,
  change: Change,
  { owner, metrics }: Counted,
  zone: string,
): void {
  const day = countingDay(change.at, zone);
  for (const [metric, amount] of Object.entries(metrics)) {
    for (const period of [day, day.slice(0, 7)]) {
      const key = counterKey(change.type, period, owner);
      const row = counters.get(`${key.pk}|${key.sk}`) ?? { key, add: {} as Record<string, number> };
      row.add[metric] = (row.add[metric] ?? 0) + amount;
      counters.set(`${key.pk}|${key.sk}`, row);
    }
  }
}
