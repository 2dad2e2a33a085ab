import { definitionOf } from '../../shared/registry.ts';
import type { Item } from '../table/failures.ts';
import type { TenantTable } from '../table/tenantTable.ts';
import type { Change } from './follow.ts';
import { isRemoved, toRecord } from './item.ts';
import { timelineItem } from './past.ts';
import { getSeen } from './seen.ts';

/**
 * Brings the rows by which changed records show in the timelines of others to what the records say *now*: told late,
 * twice or in another order, each shows once and as it is. One write unit for each row that is not as it should be.
 */
export async function showElsewhere(table: TenantTable, changes: readonly Change[]): Promise<void> {
  const shown = changes.filter(({ type }) => definitionOf(type).elsewhere);
  if (!shown.length) return;
  const told = Map.groupBy(shown, ({ id }) => id);
  const newest = [...told.values()].map((of) => of.reduce((a, b) => (b.version > a.version ? b : a)));
  const now = new Map((await getSeen(table, newest)).map((item) => [String(item['id']), item]));
  await table.writeMany([...told].flatMap(([id, of]) => rowWrites(of, now.get(id))));
}

function rowWrites(changes: readonly Change[], now: Item | undefined) {
  const { type } = changes[0]!;
  const wanted = rowsOf(type, now);
  const images = changes.flatMap(({ before, after }) => [rowsOf(type, before), rowsOf(type, after)]);
  // What stands in every image stood before, was left alone, and is what is wanted: most edits change no row.
  const stands = (name: string, row: Item): boolean => images.every((rows) => JSON.stringify(rows.get(name)) === JSON.stringify(row));
  const obsolete = new Map(images.flatMap((rows) => [...rows]).filter(([name]) => !wanted.has(name)));
  return [
    ...[...wanted].filter(([name, row]) => !stands(name, row)).map(([, put]) => ({ put })),
    ...[...obsolete.values()].map(({ pk, sk }) => ({ delete: { pk, sk } })),
  ];
}

function rowsOf(type: string, item: Item | undefined): Map<string, Item> {
  const definition = definitionOf(type);
  const rows = item && !isRemoved(item) ? (definition.elsewhere?.(toRecord(definition, item)) ?? []) : [];
  return new Map(rows.map(({ type: to, id, row }) => timelineItem(to, id, row)).map((put) => [`${put.pk}|${put.sk}`, put]));
}
