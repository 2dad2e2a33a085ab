/** Queries of the table and its indexes. */
import type { tableSchema } from '../../../infra/tableSchema.ts';
import { parseCondition, Placeholders } from './expression.ts';
import { compareKeys, sizeOfItem, toStoredItem, type StoredItem, type Value } from './item.ts';
import { refuse } from './refusals.ts';
import { indexNamed, type IndexName, type Store } from './store.ts';

const MOST_PAGE_BYTES = 1024 * 1024;

export interface QueryInput {
  readonly IndexName?: string;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: object;
  readonly ScanIndexForward?: boolean;
  readonly ConsistentRead?: boolean;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: object;
}

export interface QueryAnswer {
  readonly Items: StoredItem[];
  readonly Count: number;
  readonly ScannedCount: number;
  readonly LastEvaluatedKey?: StoredItem;
}

/** How far behind a read may be, in milliseconds; asked once per read. */
export interface Lag {
  readonly ofTable: () => number;
  readonly ofIndex: () => number;
}

export function query(store: Store, lag: Lag, input: QueryInput): QueryAnswer {
  const index = input.IndexName === undefined ? undefined : indexNamed(input.IndexName);
  if (input.IndexName !== undefined && !index) throw refuse('The table does not have the specified index');
  if (index && input.ConsistentRead) throw refuse('Consistent reads are not supported on global secondary indexes');
  if (input.Limit !== undefined && !(input.Limit >= 1)) throw refuse('Limit must be at least 1');
  const [hashName, rangeName] = index ? [index.partitionKey, index.sortKey] : (['pk', 'sk'] as const);
  const placeholders = new Placeholders(
    input.ExpressionAttributeNames,
    input.ExpressionAttributeValues && (toStoredItem(input.ExpressionAttributeValues) as StoredItem),
  );
  const backwards = input.ScanIndexForward === false;
  const asked = keyCondition(input.KeyConditionExpression ?? '', placeholders, hashName, backwards);
  placeholders.assertAllUsed();

  const lagMs = input.ConsistentRead ? 0 : index ? lag.ofIndex() : lag.ofTable();
  const whole = index ? store.index(index.name as IndexName, asked.hash, lagMs) : store.partition(asked.hash, lagMs);
  const wanted = whole.filter((item) => asked.matches(item));
  const ordered = backwards ? wanted.toReversed() : wanted;
  const keyNames = index ? [hashName, rangeName, 'pk', 'sk'] : ['pk', 'sk'];
  /** In the table, a place at the very bound has nothing behind it: it is neither answered nor taken as a start. */
  const isEnd = (place: StoredItem): boolean => !index && asked.end !== undefined && place[rangeName] === asked.end;
  const start = input.ExclusiveStartKey && toStoredItem(input.ExclusiveStartKey);
  if (start && (!hasNames(start, keyNames) || !asked.matches(start) || isEnd(start))) throw refuse('The provided starting key is invalid');
  const rest = start ? ordered.filter((item) => comparePlaces(item, start, rangeName) > 0 !== backwards && !isSame(item, start)) : ordered;

  const page: StoredItem[] = [];
  let bytes = 0;
  for (const item of rest) {
    if (page.length === input.Limit || bytes > MOST_PAGE_BYTES) break;
    const shown = index ? projected(item, index) : item;
    page.push(shown);
    bytes += sizeOfItem(shown);
  }
  const ended = page.length === rest.length && page.length !== input.Limit && bytes <= MOST_PAGE_BYTES;
  const last = page.at(-1);
  return {
    Items: page,
    Count: page.length,
    ScannedCount: page.length,
    ...(!ended && last && !isEnd(last)
      ? { LastEvaluatedKey: toStoredItem(Object.fromEntries(keyNames.map((name) => [name, last[name]]))) }
      : {}),
  };
}

interface Asked {
  readonly hash: string;
  /** The last range value that may come, where the condition names one. */
  readonly end: Value | undefined;
  readonly matches: (item: StoredItem) => boolean;
}

/** A key condition: `hash = :value`, and perhaps a bound of the range. */
function keyCondition(text: string, placeholders: Placeholders, hashName: string, backwards: boolean): Asked {
  const [, name, value] = /^\s*(#\w+|pk)\s*=\s*(:\w+)/.exec(text) ?? [];
  if (!name || !value) throw new Error(`no key condition we know: ${text}`);
  if ((name.startsWith('#') ? placeholders.name(name) : name) !== hashName) throw refuse('Query condition missed key schema element');
  const hash = placeholders.value(value);
  if (typeof hash !== 'string' || hash === '') throw refuse('One or more parameter values were invalid: an empty or foreign key value');
  const end = (backwards ? /(?:BETWEEN|>=)\s*(:\w+)/ : /(?:BETWEEN\s*:\w+\s*AND|<=)\s*(:\w+)/).exec(text)?.[1];
  return { hash, end: end === undefined ? undefined : placeholders.value(end), matches: parseCondition(text, placeholders) };
}

const hasNames = (place: StoredItem, names: readonly string[]): boolean =>
  Object.keys(place).length === names.length && names.every((name) => typeof place[name] === 'string');

const isSame = (a: StoredItem, b: StoredItem): boolean => a['pk'] === b['pk'] && a['sk'] === b['sk'];

const comparePlaces = (a: StoredItem, b: StoredItem, rangeName: string): number =>
  compareKeys(String(a[rangeName]), String(b[rangeName])) ||
  compareKeys(String(a['pk']), String(b['pk'])) ||
  compareKeys(String(a['sk']), String(b['sk']));

function projected(item: StoredItem, index: (typeof tableSchema.indexes)[number]): StoredItem {
  if (index.projection === 'ALL') return item;
  const shown = new Set(['pk', 'sk', index.partitionKey, index.sortKey, ...index.projection]);
  return Object.fromEntries(Object.entries(item).filter(([name]) => shown.has(name)));
}
