import { toMs } from '../../shared/kernel/dates.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { ConditionFailed, type Item } from '../table/failures.ts';
import { byDue, dueMarkKey, idIn } from '../table/keys.ts';
import { ifEquals, type TenantTable } from '../table/tenantTable.ts';
import { toldOf, type Change } from './follow.ts';
import { isRemoved } from './item.ts';
import { getSeen } from './seen.ts';

interface Place {
  readonly owner: string;
  readonly due: Instant;
}

/** Where an activity stands among the open work of its owner; undefined when it is in nobody's. */
function placeOf(item: Item | undefined): Place | undefined {
  if (!item || isRemoved(item) || !item['due'] || !item['ownerId']) return undefined;
  return { owner: String(item['ownerId']), due: String(item['due']) };
}

/** A report says of somebody that he is late with so many, or with more. */
const MOST_COUNTED = 8;
const KEPT = MOST_COUNTED + 1;

/** What a person has left undone: how many, or that they are more than are counted. */
export interface Overdue {
  readonly count: number;
  readonly more: boolean;
}

/**
 * What of somebody's activities was due before a moment and is still open.
 * @param mark  the row at the end of his journal; none where nothing of his is due
 */
export function overdueIn(mark: Item | undefined, before: Instant): Overdue {
  const { length } = ((mark?.['moments'] ?? []) as readonly Instant[]).filter((due) => due < before);
  return { count: Math.min(length, MOST_COUNTED), more: length > MOST_COUNTED };
}

/**
 * Keeps at the end of each person's journal when the first of his open activities are due, one more than are counted. A
 * report reads the journal of twenty people anyhow, and so learns without another read what each is late with.
 */
export async function markDue(table: TenantTable, changes: readonly Change[]): Promise<void> {
  const activities = toldOf(changes.filter(({ type }) => type === 'activity'));
  const moved = activities.filter(({ told }) =>
    told.some(({ before, after }) => {
      const [was, is] = [placeOf(before), placeOf(after)];
      return was?.owner !== is?.owner || was?.due !== is?.due;
    }),
  );
  const images = moved.flatMap(({ told }) => told.flatMap(({ before, after }) => [placeOf(before), placeOf(after)]));
  const owners = new Set(images.flatMap((place) => place?.owner ?? []));
  if (!owners.size) return;
  const newest = moved.map((each) => each.newest);
  const now = new Map((await getSeen(table, newest)).map((item) => [String(item['id']), placeOf(item)]));
  const at = newest.map((change) => change.at).reduce((a, b) => (a > b ? a : b));
  for (const owner of owners) await mark(table, owner, new Map(newest.map(({ id }) => [id, now.get(id)])), at);
}

/** Of an activity that the stream has told of lately, in the row of a person: when it is due, if it is his. */
interface Told {
  readonly at: Instant;
  readonly due?: Instant;
}
const TOLD = 'told#';
/** By then the index knows what was told of. */
const REMEMBERED_MS = 60_000;
const MOST_REMEMBERED = 100;

/**
 * Several readers of the stream may be told of activities of one person at the same moment, as when a colleague's come to
 * him, and none finds in the index what the others were told of. So each first adds to the row what it knows, and then
 * writes the moments, unless another has added since: that one knows all of it.
 */
async function mark(table: TenantTable, owner: string, told: ReadonlyMap<string, Place | undefined>, at: Instant): Promise<void> {
  const key = dueMarkKey(owner);
  const mine = [...told].map(([id, place]): [string, Told] => [
    `${TOLD}${id}`,
    { at, ...(place?.owner === owner ? { due: place.due } : {}) },
  ]);
  const row = await table.update({ update: key, set: Object.fromEntries(mine), add: { turn: 1 } });
  const recent = Object.entries(row)
    .flatMap(([name, value]): [string, Told][] => (name.startsWith(TOLD) ? [[name, value as Told]] : []))
    .filter(([, each]) => toMs(at) - toMs(each.at) < REMEMBERED_MS)
    .sort(([, a], [, b]) => (a.at < b.at ? 1 : -1))
    .slice(0, Math.max(MOST_REMEMBERED, told.size));
  const known = new Map(recent.map(([name, { due }]) => [name.slice(TOLD.length), due === undefined ? undefined : { owner, due }]));
  const moments = (await markOf(table, owner, known))?.['moments'] ?? [];
  try {
    await table.put({ ...key, turn: row['turn'], ...Object.fromEntries(recent), moments }, ifEquals('turn', row['turn']));
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
}

/**
 * The row of a person as it should stand; undefined where nothing of his is due.
 * @param told  activities that the index may not know yet, where they stand now
 */
export async function markOf(table: TenantTable, owner: string, told: ReadonlyMap<string, Place | undefined>): Promise<Item | undefined> {
  // Behind those told of stand the first of the others.
  const { items } = await table.query({ index: 'byDue', pk: byDue('activity', owner), limit: told.size + KEPT });
  const others = items.filter(({ pk }) => !told.has(idIn(pk))).map((row) => String(row['due']));
  const mine = [...told.values()].flatMap((place) => (place?.owner === owner ? [place.due] : []));
  const moments = [...others, ...mine].sort().slice(0, KEPT);
  return moments.length ? { ...dueMarkKey(owner), moments } : undefined;
}
