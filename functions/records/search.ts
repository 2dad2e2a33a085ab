import { can, canSeeField } from '../../shared/kernel/access.ts';
import type { Values } from '../../shared/kernel/record.ts';
import { bucketOf, queryWords, type QueryWord } from '../../shared/kernel/searchText.ts';
import { definitionOf } from '../../shared/registry.ts';
import type { Item } from '../table/failures.ts';
import { searchKey } from '../table/keys.ts';
import type { Context } from './context.ts';

export interface Hit {
  readonly type: string;
  readonly id: string;
  readonly summary: Values;
}

const MOST_HITS = 25;
/** Rows read per word; one more page of a very common word would cost more than it finds. */
const MOST_ROWS = 100;

/** Records of any type whose words start with every word asked for, within the reader's reach, nearest spelling first. */
export async function search(ctx: Context, text: string): Promise<Hit[]> {
  const words = queryWords(text);
  if (!words.length) return [];
  const found = await Promise.all(words.map((word) => rowsOf(ctx, word)));
  const [first, ...others] = found.sort((a, b) => a.size - b.size);
  return [...first!.values()]
    .filter((row) => others.every((rows) => rows.has(String(row['id']))))
    .filter((row) => canFind(ctx, row))
    .slice(0, MOST_HITS)
    .map((row) => ({ type: String(row['type']), id: String(row['id']), summary: visible(ctx, row) }));
}

async function rowsOf(ctx: Context, { anyOf }: QueryWord): Promise<Map<string, Item>> {
  const pages = await Promise.all(
    anyOf.map((word) => ctx.table.query({ pk: searchKey(bucketOf(word), '', '', '').pk, startsWith: word, limit: MOST_ROWS })),
  );
  return new Map(pages.flatMap(({ items }) => items).map((item) => [String(item['id']), item]));
}

const canFind = (ctx: Context, row: Item): boolean =>
  can(ctx.actor, 'read', definitionOf(String(row['type'])), { id: String(row['id']), ownerId: row['ownerId'] as string | undefined });

function visible(ctx: Context, row: Item): Values {
  const definition = definitionOf(String(row['type']));
  const summary = row['summary'] as Values;
  return Object.fromEntries(
    Object.entries(summary).filter(([name]) => canSeeField(ctx.actor, definition, name === 'title' ? definition.title : name)),
  );
}
