import type { Instant } from '../../shared/kernel/types.ts';
import type { Item } from '../table/failures.ts';
import { byDue, dueMarkKey, idIn } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';
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
  const told = new Map(newest.map(({ id }) => [id, now.get(id)]));
  for (const owner of owners) {
    const mark = await markOf(table, owner, told);
    await table.writeMany([mark ? { put: mark } : { delete: dueMarkKey(owner) }]);
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
