import { kindOf } from '../../../shared/kernel/fields/index.ts';
import type { AnyRecord, RecordDefinition } from '../../../shared/kernel/record.ts';
import type { Formats } from '../kernel/formats.ts';
import type { Sort } from '../ui/table.ts';
import { ColumnOrder } from './columnOrder.ts';
import { fieldOf, valueOf } from './fieldOf.ts';

/** Names compare as the language has it; everything else as its kind has it. */
const BY_NAME = new Set(['text', 'longText', 'ref', 'email', 'url']);

/** Kinds whose values are one number or day each: nothing is gained by learning their order. */
const PLAIN = new Set(['number', 'date', 'instant', 'boolean', 'money']);

type Compare = Pick<Formats, 'compare'>;
type NameOf = (value: unknown) => string;

/** Orders of columns by language, so that the second sort of a column is quick, and the first too once it was prepared. */
const known = new WeakMap<Compare, Map<string, ColumnOrder>>();

function orderOf(definition: RecordDefinition, column: string, formats: Compare): ColumnOrder {
  const field = fieldOf(definition, column);
  const orders = known.get(formats) ?? new Map<string, ColumnOrder>();
  known.set(formats, orders);
  // The list of options is part of the name: an administrator may order it anew.
  const name = JSON.stringify([definition.name, column, field.kind, 'options' in field ? field.options : undefined]);
  let order = orders.get(name);
  if (!order) {
    const kind = kindOf(field);
    order = new ColumnOrder(
      BY_NAME.has(field.kind) ? (a, b) => formats.compare(String(a), String(b)) : (a, b) => kind.compare(a, b, field),
    );
    orders.set(name, order);
  }
  return order;
}

/** What a row is sorted by; undefined for a blank. */
function keysOf(definition: RecordDefinition, rows: readonly AnyRecord[], column: string, nameOf: NameOf): unknown[] {
  const isRef = fieldOf(definition, column).kind === 'ref';
  return rows.map((row) => {
    const value = valueOf(row, column);
    return value === undefined || value === null ? undefined : isRef ? nameOf(value) || undefined : value;
  });
}

/**
 * The rows in the order of a column; blanks last either way, equals as they stood.
 * @param rows  the newest first
 * @param nameOf  text of a reference
 */
export function sortRows(
  definition: RecordDefinition,
  rows: readonly AnyRecord[],
  { column, descending }: Sort,
  formats: Compare,
  nameOf: NameOf,
): AnyRecord[] {
  const field = fieldOf(definition, column);
  const keys = keysOf(definition, rows, column, nameOf);
  const isFilled = (_: unknown, i: number): boolean => keys[i] !== undefined;
  const filled = rows.filter(isFilled);
  const blank = rows.filter((row, i) => !isFilled(row, i));
  const values = keys.filter((key) => key !== undefined);
  if (!PLAIN.has(field.kind)) return [...byRank(filled, orderOf(definition, column, formats).ranksOf(values), descending), ...blank];
  const kind = kindOf(field);
  const sign = descending ? -1 : 1;
  const places = filled.map((_, i) => i).sort((a, b) => sign * kind.compare(values[a], values[b], field));
  return [...places.map((i) => filled[i]!), ...blank];
}

/** Each rank's rows together, without a single comparison. */
function byRank(rows: readonly AnyRecord[], ranks: Uint32Array, descending: boolean): AnyRecord[] {
  const most = ranks.reduce((a, b) => Math.max(a, b), 0);
  const placeOf = (i: number): number => (descending ? most - ranks[i]! : ranks[i]!);
  const starts = new Uint32Array(most + 2);
  for (let i = 0; i < rows.length; i++) starts[placeOf(i) + 1]!++;
  for (let place = 1; place < starts.length; place++) starts[place]! += starts[place - 1]!;
  const sorted = new Array<AnyRecord>(rows.length);
  for (let i = 0; i < rows.length; i++) sorted[starts[placeOf(i)]!++] = rows[i]!;
  return sorted;
}

/** Rows learnt at a time: a sort of so many and their merge stay within a frame. */
const PER_PIECE = 2_000;

/** Learns the orders of columns, a piece at each step, so that a first sort is as quick as the next. */
export function* learnOrders(
  definition: RecordDefinition,
  rows: readonly AnyRecord[],
  columns: readonly string[],
  formats: Compare,
  nameOf: (column: string) => NameOf,
): Generator<void> {
  for (const column of columns.filter((name) => !PLAIN.has(fieldOf(definition, name).kind))) {
    const order = orderOf(definition, column, formats);
    for (let at = 0; at < rows.length; at += PER_PIECE) {
      const keys = keysOf(definition, rows.slice(at, at + PER_PIECE), column, nameOf(column));
      order.learn(keys.filter((key) => key !== undefined));
      yield;
    }
  }
}

const newest = (a: AnyRecord, b: AnyRecord): number =>
  a.createdAt === b.createdAt ? (a.id < b.id ? 1 : -1) : a.createdAt < b.createdAt ? 1 : -1;

const inOrder = new WeakMap<readonly AnyRecord[], readonly AnyRecord[]>();

/** The rows by their making, made once for each array of them. */
export function newestFirst(rows: readonly AnyRecord[]): readonly AnyRecord[] {
  const known = inOrder.get(rows) ?? rows.toSorted(newest);
  inOrder.set(rows, known);
  return known;
}

/** `-amount` in the address: by amount, the largest first. */
export const readSort = (text: string): Sort | undefined =>
  text ? { column: text.replace(/^-/, ''), descending: text.startsWith('-') } : undefined;

export const writeSort = (sort: Sort | undefined): string => (sort ? (sort.descending ? '-' : '') + sort.column : '');
