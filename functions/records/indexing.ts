import { summaryOf, type RecordDefinition } from '../../shared/kernel/record.ts';
import { bucketOf, searchWords, type Pinyin } from '../../shared/kernel/searchText.ts';
import type { Shape } from '../../shared/kernel/shape.ts';
import type { Item } from '../table/failures.ts';
import { searchKey, type Key } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';
import { typeOf } from './context.ts';
import type { Change } from './follow.ts';
import { isRemoved, toRecord, valuesOf } from './item.ts';
import { getSeen } from './seen.ts';

/**
 * Brings the search rows of changed records to what the records say *now*, not to what the events said: a late or
 * repeated event can then neither resurrect an old word nor an old owner.
 */
export async function indexChanges(table: TenantTable, shape: Shape, changes: readonly Change[], pinyin: Pinyin): Promise<void> {
  const searched = changes.filter(({ type }) => isSearchable(typeOf({ shape }, type)));
  if (!searched.length) return;
  const told = Map.groupBy(searched, ({ id }) => id);
  const newest = [...told.values()].map((of) => of.reduce((a, b) => (b.version > a.version ? b : a)));
  const now = new Map((await getSeen(table, newest)).map((item) => [String(item['id']), item]));
  await table.writeMany([...told].flatMap(([id, of]) => rowWrites(shape, of, now.get(id), pinyin)));
}

const isSearchable = (definition: RecordDefinition): boolean => Object.values(definition.fields).some((field) => field.search);

const nameOf = ({ pk, sk }: Key): string => `${pk}|${sk}`;

function rowWrites(shape: Shape, changes: readonly Change[], now: Item | undefined, pinyin: Pinyin) {
  const images = changes.flatMap(({ before, after }) => [before, after]).map((item) => rowsByName(shape, item, pinyin));
  const wanted = rowsByName(shape, now, pinyin);
  // A row that stands in every image of the told changes was there before them, was left alone by them, and is what is
  // wanted: most edits touch no searched word. Not so where an administrator may just have opened a field to the search.
  const isFixed = !shape.customFields.some(({ on, searchable }) => searchable && on === changes[0]!.type);
  const stands = (name: string, row: Item): boolean =>
    isFixed && images.every((rows) => rows.has(name) && JSON.stringify(rows.get(name)) === JSON.stringify(row));
  const obsolete = new Map(images.flatMap((rows) => [...rows]).filter(([name]) => !wanted.has(name)));
  return [
    ...[...wanted].filter(([name, row]) => !stands(name, row)).map(([, put]) => ({ put })),
    ...[...obsolete.values()].map(({ pk, sk }) => ({ delete: { pk, sk } })),
  ];
}

const rowsByName = (shape: Shape, item: Item | undefined, pinyin: Pinyin): Map<string, Item> =>
  new Map(searchRows(shape, item, pinyin).map((row) => [nameOf(row), row]));

/**
 * The search rows of a record, one for each of its words. Each carries all of them, so that a query of several words
 * reads the rows of one; and with how closely they concern a person, so that nobody finds by what he may not see.
 */
export function searchRows(shape: Shape, item: Item | undefined, pinyin: Pinyin): Item[] {
  if (!item || isRemoved(item)) return [];
  const { type, id, ownerId } = item as unknown as { type: string; id: string; ownerId?: string };
  const definition = typeOf({ shape }, type);
  const values = valuesOf(toRecord(definition, item));
  const words = searchWords(definition, values, pinyin);
  const row = {
    type,
    id,
    ...(ownerId ? { ownerId } : {}),
    summary: summaryOf(definition, values),
    words: Object.fromEntries(Object.entries(words).map(([sensitivity, tokens]) => [sensitivity, tokens.join(' ')])),
  };
  return [...new Set(Object.values(words).flat())].map((token) => ({ ...searchKey(bucketOf(token), token, type, id), ...row }));
}
