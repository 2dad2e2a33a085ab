/**
 * Items as the table keeps them: what the document client makes of our values, how large they are, in which order
 * their keys stand. Kinds of values the product never stores are refused, so that nothing is modelled by accident.
 */
import { refuse } from './refusals.ts';

export type Value = string | number | boolean | null | Uint8Array | readonly Value[] | { readonly [name: string]: Value };
export type StoredItem = Readonly<Record<string, Value>>;

const DEEPEST = 32;
const SMALLEST = 1e-130;

/** A copy of a value as it comes back from the table: without undefined parts, deeply frozen. */
function toStored(value: unknown, depth = 0): Value {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new Error('a lone surrogate is not modelled');
      return value;
    case 'boolean':
      return value;
    case 'number':
      return toNumber(value);
    case 'object': {
      if (value === null) return null;
      if (depth >= DEEPEST) throw refuse('Nesting Levels have exceeded supported limits');
      if (value instanceof Uint8Array) return new Uint8Array(value);
      if (Array.isArray(value)) return Object.freeze(value.filter((each) => each !== undefined).map((each) => toStored(each, depth + 1)));
      if (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null) return toStoredMap(value, depth);
    }
  }
  throw new Error(`values like ${String(value)} are not modelled`);
}

function toStoredMap(map: object, depth: number): StoredItem {
  const entries = Object.entries(map).filter(([, value]) => value !== undefined && typeof value !== 'function');
  return Object.freeze(Object.fromEntries(entries.map(([name, value]) => [name, toStored(value, depth + 1)])));
}

export const toStoredItem = (item: object): StoredItem => toStoredMap(item, -1);

function toNumber(value: number): number {
  // The SDK refuses these before anything is sent.
  if (!Number.isFinite(value)) throw new Error('Special numeric value NaN or Infinity is not allowed');
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) throw new Error('Number beyond MAX_SAFE_INTEGER');
  if (value !== 0 && Math.abs(value) < SMALLEST) throw refuse('Number underflow');
  return value === 0 ? 0 : value;
}

/** Bytes as DynamoDB counts them. @source https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
function sizeOf(value: Value): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).replace(/e.*|\D/g, '').length / 2) + 1;
  if (value === null || typeof value === 'boolean') return 1;
  if (value instanceof Uint8Array) return value.byteLength;
  if (isList(value)) return 3 + value.reduce<number>((sum, each) => sum + 1 + sizeOf(each), 0);
  return 3 + Object.values(value).length + sizeOfItem(value);
}

/** Stored items never change, and pages of them are measured again and again. */
const SIZES = new WeakMap<StoredItem, number>();

export function sizeOfItem(item: StoredItem): number {
  const known = SIZES.get(item);
  if (known !== undefined) return known;
  const size = Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOf(value), 0);
  SIZES.set(item, size);
  return size;
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

export function sameStored(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || isList(a) !== isList(b)) return false;
  if (a instanceof Uint8Array || b instanceof Uint8Array)
    return a instanceof Uint8Array && b instanceof Uint8Array && Buffer.compare(a, b) === 0;
  const [own, other] = [Object.entries(a), Object.entries(b)];
  return own.length === other.length && own.every(([name, value]) => Object.hasOwn(b, name) && sameStored(value, (b as StoredItem)[name]));
}

/** The order of keys is that of their UTF-8 bytes, where JavaScript's own is that of UTF-16 units. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}
const rank = (unit: number): number => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit);
