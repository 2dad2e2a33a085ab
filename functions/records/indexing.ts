import { summaryOf, type Values } from '../../shared/kernel/record.ts';
import { bucketOf, searchTokens, type Pinyin } from '../../shared/kernel/searchText.ts';
import type { Item } from '../table/failures.ts';
import { recordKey, searchKey } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';
import { typeOf, type Context } from './context.ts';
import type { Change } from './follow.ts';
import { isRemoved, toRecord, valuesOf } from './item.ts';

/**
 * Brings the search rows of changed records to what the records say *now*, not to what the events said: a late or
 * repeated event can then neither resurrect an old word nor an old owner.
 */
export async function indexChanges(
  table: TenantTable,
  customFields: Context['customFields'],
  changes: readonly Change[],
  pinyin: Pinyin,
): Promise<void> {
  const latest = [...new Map(changes.map((change) => [change.id, change])).values()].filter(({ type }) =>
    isSearchable({ customFields }, type),
  );
  if (!latest.length) return;
  const now = new Map((await table.getMany(latest.map(({ type, id }) => recordKey(type, id)))).map((item) => [String(item['id']), item]));
  const writes = latest.flatMap(({ type, id }) => {
    const told = changes.filter((change) => change.id === id).flatMap(({ before, after }) => [before, after]);
    const wanted = rowsOf({ customFields }, now.get(id), pinyin);
    const names = new Set(wanted.map((row) => `${row.pk}|${row.sk}`));
    const obsolete = new Map(
      told.flatMap((item) => tokensOf({ customFields }, item, pinyin)).map((token) => [token, searchKey(bucketOf(token), token, type, id)]),
    );
    return [
      ...wanted.map((put) => ({ put })),
      ...[...obsolete.values()].filter((key) => !names.has(`${key.pk}|${key.sk}`)).map((key) => ({ delete: key })),
    ];
  });
  await table.writeMany(writes);
}

const isSearchable = (ctx: Pick<Context, 'customFields'>, type: string): boolean =>
  Object.values(typeOf(ctx, type).fields).some((field) => field.search);

function valuesIn(ctx: Pick<Context, 'customFields'>, item: Item): Values {
  return valuesOf(toRecord(typeOf(ctx, String(item['type'])), item));
}

const tokensOf = (ctx: Pick<Context, 'customFields'>, item: Item | undefined, pinyin: Pinyin): string[] =>
  item && !isRemoved(item) ? searchTokens(typeOf(ctx, String(item['type'])), valuesIn(ctx, item), pinyin) : [];

function rowsOf(ctx: Pick<Context, 'customFields'>, item: Item | undefined, pinyin: Pinyin): Item[] {
  if (!item || isRemoved(item)) return [];
  const { type, id, ownerId, version } = item as unknown as { type: string; id: string; ownerId?: string; version: number };
  const summary = summaryOf(typeOf(ctx, type), valuesIn(ctx, item));
  return tokensOf(ctx, item, pinyin).map((token) => ({
    ...searchKey(bucketOf(token), token, type, id),
    type,
    id,
    ...(ownerId ? { ownerId } : {}),
    version,
    summary,
  }));
}
