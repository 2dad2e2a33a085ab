import { localDay, localInstant } from './dates.ts';
import type { Issue } from './errors.ts';
import type { Atom, Field, Operator } from './field.ts';
import { instant, kindOf, ref } from './fields/index.ts';
import { ME } from './me.ts';
import { daysOf, isPeriod } from './periods.ts';
import { type AnyRecord, ownField, type RecordDefinition } from './record.ts';
import type { Instant } from './types.ts';

/** One question, or several joined. Stored in saved views, sent by URLs and to `POST {plural}/query`. */
export type Filter = { readonly all: readonly Filter[] } | { readonly any: readonly Filter[] } | Condition;
export interface Condition {
  readonly field: string;
  readonly op: Operator;
  readonly value?: unknown;
}

/** Who asks a filter, and when: what `me` and periods stand for. */
export interface FilterReader {
  readonly memberId: string;
  readonly now: Instant;
  readonly zone: string;
  /** Month in which the fiscal year of his workspace begins, 1 … 12. */
  readonly yearStart: number;
}

const MOST_CONDITIONS = 50;
const MOST_NODES = 200;
const MOST_DEPTH = 4;
const MOST_VALUES = 200;
const LONGEST_VALUE = 1000;
const LABEL = { en: '', zh: '' };
const SYSTEM: Readonly<Record<string, Field>> = {
  id: ref('', LABEL),
  ownerId: ref('member', LABEL),
  createdBy: ref('member', LABEL),
  updatedBy: ref('member', LABEL),
  createdAt: instant(LABEL),
  updatedAt: instant(LABEL),
};

/** Field of that name that may be asked for, be it declared, derived, custom or the system's. */
export const filterField = (definition: RecordDefinition, name: string): Field | undefined =>
  ownField(definition, name) ?? (Object.hasOwn(SYSTEM, name) ? SYSTEM[name] : undefined);

const isAskable = (field: Field, value: unknown): boolean =>
  !(typeof value === 'string' && value.length > LONGEST_VALUE) && kindOf(field).asked(value) !== undefined;

/** Whether the operator of a condition may be given that value. */
function isValued(field: Field, op: Operator, value: unknown): boolean {
  if (op === 'empty' || op === 'notEmpty') return value === undefined;
  if (op === 'within') return isPeriod(value);
  if (op === 'in') return Array.isArray(value) && value.length <= MOST_VALUES && value.every((each) => isAskable(field, each));
  return isAskable(field, value);
}

/**
 * Checks a filter from outside; field names are whitelisted by the declaration, so none can reach the table.
 * At most 50 conditions in groups four deep; values must be of the field's kind. A group without parts asks nothing.
 */
export function parseFilter(definition: RecordDefinition, input: unknown): { ok: true; value: Filter } | { ok: false; issues: Issue[] } {
  const issues: Issue[] = [];
  let [conditions, nodes] = [0, 0];
  const walk = (node: unknown, path: string, depth: number): void => {
    const fault = (code: string) => void issues.push({ field: path, code });
    if (conditions > MOST_CONDITIONS || nodes > MOST_NODES) return; // told already
    if (++nodes > MOST_NODES) return fault('filter.tooMany');
    if (node === null || typeof node !== 'object' || Array.isArray(node) || depth > MOST_DEPTH) return fault('filter.invalid');
    const group = Object.hasOwn(node, 'all') ? 'all' : Object.hasOwn(node, 'any') ? 'any' : undefined;
    if (group) {
      const parts = (node as Record<string, unknown>)[group];
      if (Object.keys(node).length !== 1 || !Array.isArray(parts)) return fault('filter.invalid');
      return parts.forEach((part, i) => walk(part, `${path}.${group}.${i}`, depth + 1));
    }
    if (++conditions > MOST_CONDITIONS) return fault('filter.tooMany');
    const { field: name, op, value, ...rest } = node as Record<string, unknown>;
    const field = typeof name === 'string' ? filterField(definition, name) : undefined;
    if (!field || Object.keys(rest).length) return fault('filter.field');
    if (!kindOf(field).operators.includes(op as Operator)) return fault('filter.operator');
    if (!isValued(field, op as Operator, value)) return fault('filter.value');
  };
  walk(input, 'filter', 0);
  return issues.length ? { ok: false, issues } : { ok: true, value: input as Filter };
}

/** Reads a field's value off a record, wherever a record keeps values of that name. */
function reader(definition: RecordDefinition, name: string): (record: AnyRecord) => unknown {
  const isDerived = !Object.hasOwn(definition.fields, name) && Object.hasOwn(definition.derived, name);
  return isDerived ? (record) => record.derived?.[name] : (record) => record[name];
}

function conditionTest(definition: RecordDefinition, { field: name, op, value }: Condition): (record: AnyRecord) => boolean {
  const field = filterField(definition, name);
  if (!field) return () => false;
  const kind = kindOf(field);
  const read = reader(definition, name);
  const isEmpty = (record: AnyRecord): boolean => read(record) === undefined || read(record) === null;
  const some = (test: (atom: Atom) => boolean) => (record: AnyRecord) => !isEmpty(record) && kind.atoms(read(record)).some(test);
  const wanted = kind.asked(value);
  /** Holds for an atom when something was asked that this kind can hold at all; else for none. */
  const asks = (test: (atom: Atom, wanted: Atom) => boolean) => (wanted === undefined ? () => false : some((atom) => test(atom, wanted)));
  switch (op) {
    case 'is':
      return asks((atom, wanted) => atom === wanted);
    case 'isNot': {
      const is = asks((atom, wanted) => atom === wanted);
      return (record) => !is(record);
    }
    case 'in': {
      const list = new Set(Array.isArray(value) ? value.map((each) => kind.asked(each)) : []);
      return some((atom) => list.has(atom));
    }
    case 'contains':
      return asks((atom, wanted) => String(atom).includes(String(wanted)));
    case 'startsWith':
      return asks((atom, wanted) => String(atom).startsWith(String(wanted)));
    case 'lt':
      return asks((atom, wanted) => atom < wanted);
    case 'lte':
      return asks((atom, wanted) => atom <= wanted);
    case 'gt':
      return asks((atom, wanted) => atom > wanted);
    case 'gte':
      return asks((atom, wanted) => atom >= wanted);
    case 'within':
      return () => false; // asks for a reader: `forReader` puts bounds in its place
    case 'empty':
      return isEmpty;
    case 'notEmpty':
      return (record) => !isEmpty(record);
    default:
      return op satisfies never;
  }
}

/** The filter as a predicate: the same one answers in the browser's replica, in the stream and behind the table's pages. */
export function toPredicate(definition: RecordDefinition, filter: Filter): (record: AnyRecord) => boolean {
  if ('all' in filter) {
    const parts = filter.all.map((part) => toPredicate(definition, part));
    return (record) => parts.every((part) => part(record));
  }
  if ('any' in filter) {
    const parts = filter.any.map((part) => toPredicate(definition, part));
    return (record) => parts.length === 0 || parts.some((part) => part(record));
  }
  return conditionTest(definition, filter);
}

/** The condition with the reader in the place of `me`, and with bounds in the place of a period. */
function settle(definition: RecordDefinition, condition: Condition, { memberId, now, zone, yearStart }: FilterReader): Filter {
  const { field: name, op, value } = condition;
  const field = filterField(definition, name);
  if (field && 'to' in field && field.to === 'member') {
    const settled = (one: unknown): unknown => (one === ME ? memberId : one);
    return value === undefined ? condition : { ...condition, value: Array.isArray(value) ? value.map(settled) : settled(value) };
  }
  if (op !== 'within' || !isPeriod(value)) return condition;
  const isMoment = field?.kind === 'instant';
  if (isMoment && value === 'overdue') return { field: name, op: 'lt', value: now };
  const { from, to } = daysOf(value, localDay(now, zone), yearStart);
  const edge = (day: string): string => (isMoment ? localInstant(day, '00:00', zone) : day);
  const bounds: Condition[] = [];
  if (from !== undefined) bounds.push({ field: name, op: 'gte', value: edge(from) });
  if (to !== undefined) bounds.push({ field: name, op: 'lt', value: edge(to) });
  return { all: bounds };
}

/** The filter as it stands for one reader at one moment; what is stored and sent keeps the form that anybody can read. */
export function forReader(definition: RecordDefinition, filter: Filter, reader: FilterReader): Filter {
  if ('all' in filter) return { all: filter.all.map((part) => forReader(definition, part, reader)) };
  if ('any' in filter) return { any: filter.any.map((part) => forReader(definition, part, reader)) };
  return settle(definition, filter, reader);
}

/** Every field a filter asks about; a reader may not ask about fields he may not see, or the answer would tell him. */
export const fieldsIn = (filter: Filter): string[] =>
  'all' in filter ? filter.all.flatMap(fieldsIn) : 'any' in filter ? filter.any.flatMap(fieldsIn) : [filter.field];
