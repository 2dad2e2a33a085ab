import { sameValue } from '../../shared/kernel/diff.ts';
import type { RecordDefinition, Values } from '../../shared/kernel/record.ts';
import type { Shape } from '../../shared/kernel/shape.ts';
import type { Pinyin } from '../../shared/kernel/searchText.ts';
import type { Item } from '../table/failures.ts';
import { ConditionFailed } from '../table/failures.ts';
import { recordKey, settingKey, uniqueKey, type Key } from '../table/keys.ts';
import { IF_ABSENT, ifEquals, type TenantTable } from '../table/tenantTable.ts';
import { typeOf } from './context.ts';
import { searchRows } from './indexing.ts';
import { isRemoved, markersOf, toRecord, valuesOf } from './item.ts';
import { replay } from './replay.ts';

/** Something that does not stand as the record says, and the way to make it so. */
export interface Fault {
  readonly what: string;
  readonly mend: () => Promise<unknown>;
}

/**
 * Holds what follows from one record's state against the record: search rows, markers, the copy that rights are read
 * from. Whatever an earlier version may have left behind is looked for too.
 * @returns what did not stand as it should, as names of keys
 */
export async function recheckRecord(
  table: TenantTable,
  shape: Shape,
  { type, id }: { type: string; id: string },
  { repair, pinyin }: { repair: boolean; pinyin: Pinyin },
): Promise<string[]> {
  const definition = typeOf({ shape }, type);
  const follows = definition.governs || Object.values(definition.fields).some(({ search, unique, match }) => search || unique || match);
  if (!follows) return [];
  const item = await table.get(recordKey(type, id), { consistent: true });
  const past = (await replay(table, type, id)).flatMap(({ after }) => (after ? [valuesOf(after)] : []));
  const faults = [
    ...(await searchFaults(table, shape, definition, id, item, past, pinyin)),
    ...(await markerFaults(table, definition, id, item, past)),
    ...(definition.governs ? await copyFaults(table, definition, id, item) : []),
  ];
  if (repair) for (const { mend } of faults) await mend();
  return faults.map(({ what }) => what);
}

const nameOf = ({ pk, sk }: Key): string => `${pk}|${sk}`;

/** What stands under those keys, by their names within the workspace. */
async function standing(table: TenantTable, keys: readonly Key[]): Promise<Map<string, Item>> {
  const unique = [...new Map(keys.map(({ pk, sk }) => [nameOf({ pk, sk }), { pk, sk }])).values()];
  const items = await table.getMany(unique, { consistent: true });
  const prefix = `T#${table.tenant}#`.length;
  return new Map(items.map((item) => [nameOf({ pk: item.pk.slice(prefix), sk: item.sk }), item]));
}

async function searchFaults(
  table: TenantTable,
  shape: Shape,
  definition: RecordDefinition,
  id: string,
  item: Item | undefined,
  past: readonly Values[],
  pinyin: Pinyin,
): Promise<Fault[]> {
  const once = past.map((data): Item => ({
    ...recordKey(definition.name, id),
    type: definition.name,
    id,
    schema: definition.schema,
    data,
  }));
  const wanted = new Map(searchRows(shape, item, pinyin).map((row) => [nameOf(row), row]));
  const left = once.flatMap((each) => searchRows(shape, each, pinyin)).filter((row) => !wanted.has(nameOf(row)));
  const found = await standing(table, [...wanted.values(), ...left]);
  const wrong = [...wanted].filter(([name, row]) => !sameValue({ ...found.get(name), pk: row.pk }, row));
  const obsolete = new Map(left.filter((row) => found.has(nameOf(row))).map((row) => [nameOf(row), row]));
  return [
    ...wrong.map(([what, put]) => ({ what, mend: () => table.writeMany([{ put }]) })),
    ...[...obsolete].map(([what, { pk, sk }]) => ({ what, mend: () => table.writeMany([{ delete: { pk, sk } }]) })),
  ];
}

async function markerFaults(
  table: TenantTable,
  definition: RecordDefinition,
  id: string,
  item: Item | undefined,
  past: readonly Values[],
): Promise<Fault[]> {
  const now = item && !isRemoved(item) ? markersOf(definition, valuesOf(toRecord(definition, item))) : [];
  const keyOf = ({ kind, value }: { kind: string; value: string }) => uniqueKey(kind, value);
  const wanted = new Map(now.map((marker) => [nameOf(keyOf(marker)), keyOf(marker)]));
  const left = past.flatMap((values) => markersOf(definition, values).map(keyOf)).filter((key) => !wanted.has(nameOf(key)));
  const found = await standing(table, [...wanted.values(), ...left]);
  // Another holder keeps it: a possible duplicate was allowed, and of a hard one there can be no second.
  const missing = [...wanted].filter(([name]) => !found.has(name));
  const obsolete = new Map(left.filter((key) => found.get(nameOf(key))?.['id'] === id).map((key) => [nameOf(key), key]));
  return [
    ...missing.map(([what, key]) => ({
      what,
      mend: () => unlessTaken(table.put({ ...key, id, type: definition.name }, IF_ABSENT)),
    })),
    ...[...obsolete].map(([what, key]) => ({ what, mend: () => table.transact([{ delete: key, if: ifEquals('id', id) }]) })),
  ];
}

async function unlessTaken(put: Promise<void>): Promise<void> {
  await put.catch((error: unknown) => {
    if (!(error instanceof ConditionFailed)) throw error;
  });
}

async function copyFaults(table: TenantTable, definition: RecordDefinition, id: string, item: Item | undefined): Promise<Fault[]> {
  const key = settingKey(definition.name, id);
  const copy = await table.get(key, { consistent: true });
  const wanted = item && !isRemoved(item) ? valuesOf(toRecord(definition, item)) : undefined;
  if (sameValue(copy?.['data'], wanted)) return [];
  const what = nameOf(key);
  if (!wanted) return [{ what, mend: () => table.writeMany([{ delete: key }]) }];
  const put = { ...key, id, version: Number(item!['version']), data: wanted };
  return [{ what, mend: () => table.transact([{ check: recordKey(definition.name, id), if: ifEquals('version', put.version) }, { put }]) }];
}
