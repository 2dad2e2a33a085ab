import { can, canSeeField } from '../../shared/kernel/access.ts';
import type { Sensitivity } from '../../shared/kernel/field.ts';
import type { Values } from '../../shared/kernel/record.ts';
import { bucketOf, matchesWords, queryWords, type QueryWord } from '../../shared/kernel/searchText.ts';
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
/** Rows read of a word at most: half of the records may share it. */
const MOST_ROWS = 500;

/** Records of any type whose words start with every word asked for, within the reader's reach, nearest spelling first. */
export async function search(ctx: Context, text: string): Promise<Hit[]> {
  const words = queryWords(text);
  if (!words.length) return [];
  const hits = new Map<string, Item>();
  const take = (rows: readonly Item[]): void => {
    for (const row of rows) if (hits.size < MOST_HITS && fits(ctx, row, words)) hits.set(String(row['id']), row);
  };
  // Every row carries all words of its record, so that the rows of any one word suffice: those of the rarest end first.
  let open = words.map(({ anyOf }): readonly Place[] => anyOf.map((start) => ({ start })));
  for (let read = 0; hits.size < MOST_HITS && read < MOST_ROWS && open.every((places) => places.length); read += MOST_HITS) {
    const pages = await Promise.all(open.map((places) => readPages(ctx, places)));
    for (const { rows } of pages) take(rows);
    open = pages.map((page) => page.open);
  }
  return [...hits.values()].map((row) => ({ type: String(row['type']), id: String(row['id']), summary: visible(ctx, row) }));
}

/** A start of a token whose rows are read, and where its next page begins. */
interface Place {
  readonly start: string;
  readonly after?: Record<string, unknown>;
}
/** A page from each place, and the places that have more. */
async function readPages(ctx: Context, places: readonly Place[]): Promise<{ rows: Item[]; open: Place[] }> {
  const pages = await Promise.all(
    places.map(async ({ start, after }) => {
      const pk = searchKey(bucketOf(start), '', '', '').pk;
      return { start, ...(await ctx.table.query({ pk, startsWith: start, limit: MOST_HITS, ...(after ? { after } : {}) })) };
    }),
  );
  return {
    rows: pages.flatMap(({ items }) => items),
    open: pages.flatMap(({ start, last }) => (last ? [{ start, after: last }] : [])),
  };
}

const fits = (ctx: Context, row: Item, words: readonly QueryWord[]): boolean =>
  can(ctx.actor, 'read', definitionOf(String(row['type'])), { id: String(row['id']), ownerId: row['ownerId'] as string | undefined }) &&
  matchesWords(knownWords(ctx, row), words);

/** Words of a record that its reader may know: finding by a hidden one would tell it. */
function knownWords(ctx: Context, row: Item): string[] {
  const { masks = [] } = ctx.actor.rights;
  const words = Object.entries(row['words'] as Record<string, string>);
  return words.flatMap(([sensitivity, text]) => (masks.includes(sensitivity as Sensitivity) ? [] : text.split(' ')));
}

function visible(ctx: Context, row: Item): Values {
  const definition = definitionOf(String(row['type']));
  const summary = row['summary'] as Values;
  return Object.fromEntries(
    Object.entries(summary).filter(([name]) => canSeeField(ctx.actor, definition, name === 'title' ? definition.title : name)),
  );
}
