import type { Instant } from '../../shared/kernel/types.ts';
import type { Item } from '../table/failures.ts';
import { byDue, dueMarkKey } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';
import { toldOf, type Change } from './follow.ts';
import { isRemoved } from './item.ts';
import { getSeen } from './seen.ts';

/** Where an activity stands among the open work of its owner; undefined when it is in nobody's. */
function placeOf(item: Item | undefined): { readonly owner: string; readonly due: Instant } | undefined {
  if (!item || isRemoved(item) || !item['due'] || !item['ownerId']) return undefined;
  return { owner: String(item['ownerId']), due: String(item['due']) };
}

/**
 * Keeps at the end of each person's journal when the first of his open activities is due. A report reads the journal of
 * twenty people anyhow, and so learns without another read who has nothing overdue.
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
  const now = (await getSeen(table, newest)).flatMap((item) => placeOf(item) ?? []);
  const told = new Set(newest.map(({ id }) => id));
  for (const owner of owners) {
    // Of those told of, the index may not know yet; behind them stands the first of the others.
    const { items } = await table.query({ index: 'byDue', pk: byDue('activity', owner), limit: told.size + 1 });
    const others = items.filter(({ id }) => !told.has(String(id))).map(({ due }) => String(due));
    const [first] = [...others.slice(0, 1), ...now.filter((place) => place.owner === owner).map(({ due }) => due)].sort();
    const key = dueMarkKey(owner);
    await table.writeMany([first === undefined ? { delete: key } : { put: { ...key, first } }]);
  }
}
