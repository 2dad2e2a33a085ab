/**
 * What DynamoDB charges, by its published rules: sizes of items, read and write units, and what each index adds to a
 * write. The local database misreports transactions and knows no on-demand prices, hence an arithmetic of our own.
 * @source AWS, Amazon DynamoDB Developer Guide: "Item sizes and formats", "Capacity unit consumption for read and write
 *   operations", "Provisioned throughput considerations for Global Secondary Indexes"
 */
import { tableSchema, type IndexSchema } from '../../infra/tableSchema.ts';

export type Item = Readonly<Record<string, unknown>>;

const READ_BYTES = 4096;
const WRITE_BYTES = 1024;

/** Bytes of an item as DynamoDB counts them: names and values in UTF-8, one byte for each part of a list or map and three for itself. */
export const itemBytes = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, value]) => (value === undefined ? sum : sum + text(name) + valueBytes(value)), 0);

const text = (value: string): number => Buffer.byteLength(value);

function valueBytes(value: unknown): number {
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number' || typeof value === 'bigint') return numberBytes(Number(value));
  if (value instanceof Uint8Array) return value.length;
  if (value instanceof Set) return [...value].reduce<number>((sum, each) => sum + valueBytes(each), 0);
  if (Array.isArray(value)) return 3 + value.reduce<number>((sum, each) => sum + 1 + valueBytes(each), 0);
  const fields = Object.entries(value as Item).filter(([, each]) => each !== undefined);
  return 3 + fields.reduce((sum, [name, each]) => sum + 1 + text(name) + valueBytes(each), 0);
}

/** One byte for two significant digits and one more; a sign takes another. */
function numberBytes(value: number): number {
  const digits = value
    .toExponential()
    .split('e')[0]!
    .replace(/[-.]/g, '')
    .replace(/^0+|0+$/g, '').length;
  return Math.ceil(digits / 2) + 1 + (value < 0 ? 1 : 0);
}

/** Read units of so many bytes, at least those of one block; a read that may be stale costs half. */
export const readUnits = (bytes: number, consistent: boolean): number =>
  Math.max(1, Math.ceil(bytes / READ_BYTES)) * (consistent ? 1 : 0.5);

/** Write units of so many bytes, at least one. */
export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / WRITE_BYTES));

const bytesOf = (item: Item | undefined): number => (item ? itemBytes(item) : 0);

/** Write units of replacing one image of an item by another in the table itself: the larger of the two counts. */
export const tableWriteUnits = (before: Item | undefined, after: Item | undefined): number =>
  writeUnits(Math.max(bytesOf(before), bytesOf(after)));

/** What an index keeps of an item; undefined when the item lacks one of its keys. */
function projected({ partitionKey, sortKey, projection }: IndexSchema, item: Item | undefined): Item | undefined {
  if (item?.[partitionKey] === undefined || item[sortKey] === undefined) return undefined;
  if (projection === 'ALL') return item;
  const kept = new Set([tableSchema.partitionKey, tableSchema.sortKey, partitionKey, sortKey, ...projection]);
  return Object.fromEntries(Object.entries(item).filter(([name]) => kept.has(name)));
}

/**
 * Write units of one index for one write of the table: none where nothing that it keeps changes, two writes where its
 * key changes. An index follows after the write, so a transaction does not double it.
 */
export function indexWriteUnits(index: IndexSchema, before: Item | undefined, after: Item | undefined): number {
  const [old, next] = [projected(index, before), projected(index, after)];
  if (!old || !next) return old || next ? writeUnits(bytesOf(old ?? next)) : 0;
  const { partitionKey, sortKey } = index;
  if (old[partitionKey] !== next[partitionKey] || old[sortKey] !== next[sortKey])
    return writeUnits(itemBytes(old)) + writeUnits(itemBytes(next));
  return sorted(old) === sorted(next) ? 0 : writeUnits(Math.max(itemBytes(old), itemBytes(next)));
}

/** One spelling for equal values, in whatever order their parts stand. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_name, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** Write units of all indexes of the product's table together. */
export const allIndexWriteUnits = (before: Item | undefined, after: Item | undefined): number =>
  tableSchema.indexes.reduce((sum, index) => sum + indexWriteUnits(index, before, after), 0);
