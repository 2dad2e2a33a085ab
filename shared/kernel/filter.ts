import { OPERATORS, type Operator } from './field.ts';
import type { Issue } from './errors.ts';
import { instant, kindOf, ref, text } from './fields/index.ts';
import type { Field } from './field.ts';
import type { AnyRecord, RecordDefinition } from './record.ts';
import { foldText } from './text.ts';

/** One question, or several joined. Stored in saved views, sent by URLs and to `POST {plural}/query`. */
export type Filter = { readonly all: readonly Filter[] } | { readonly any: readonly Filter[] } | Condition;
export interface Condition {
  readonly field: string;
  readonly op: Operator;
  readonly value?: unknown;
}

const MOST_CONDITIONS = 50;
const MOST_DEPTH = 4;
const LABEL = { en: '', zh: '' };
const SYSTEM: Readonly<Record<string, Field>> = {
  id: ref('', LABEL), ownerId: ref('member', LABEL), createdBy: ref('member', LABEL), updatedBy: ref('member', LABEL), createdAt: instant(LABEL), updatedAt: instant(LABEL),
};

/** Field of that name that may be asked for, be it declared, derived, custom or the system's. */
export const filterField = (definition: RecordDefinition, name: string): Field | undefined =>
  Object.hasOwn(definition.fields, name) ? definition.fields[name] : Object.hasOwn(definition.derived, name) ? definition.derived[name] : Object.hasOwn(SYSTEM, name) ? SYSTEM[name] : undefined;

type Atom = string | number | boolean;
const isAtom = (value: unknown): value is Atom => ['string', 'number', 'boolean'].includes(typeof value);

/** Checks a filter from outside; field names are whitelisted by the declaration, so none can reach the table. */
export function parseFilter(definition: RecordDefinition, input: unknown): { ok: true; value: Filter } | { ok: false; issues: Issue[] } {
  const issues: Issue[] = [];
  let conditions = 0;
  const walk = (node: unknown, path: string, depth: number): void => {
    const fault = (code: string, at = path) => void issues.push({ field: at, code });
    if (node === null || typeof node !== 'object' || Array.isArray(node) || depth > MOST_DEPTH) return fault('filter.invalid');
    const group = 'all' in node ? 'all' : 'any' in node ? 'any' : undefined;
    if (group) {
      const parts = (node as Record<string, unknown>)[group];
      if (Object.keys(node).length !== 1 || !Array.isArray(parts)) return fault('filter.invalid');
      return parts.forEach((part, i) => walk(part, `${path}.${group}.${i}`, depth + 1));
    }
    if (++conditions > MOST_CONDITIONS) return conditions === MOST_CONDITIONS + 1 ? fault('filter.tooMany') : undefined;
    const { field: name, op, value, ...rest } = node as Record<string, unknown>;
    const field = typeof name === 'string' ? filterField(definition, name) : undefined;
    if (!field || Object.keys(rest).length) return fault('filter.field');
    if (!OPERATORS.includes(op as Operator) || !kindOf(field).operators.includes(op as Operator)) return fault('filter.operator');
    const valued = op === 'empty' || op === 'notEmpty' ? value === undefined : op === 'in' ? Array.isArray(value) && value.length <= 200 && value.every(isAtom) : isAtom(value);
    if (!valued) fault('filter.value');
  };
  walk(input, 'filter', 0);
  return issues.length ? { ok: false, issues } : { ok: true, value: input as Filter };
}

const fold = (value: unknown): Atom => (typeof value === 'string' ? foldText(value) : (value as Atom));

function conditionTest(definition: RecordDefinition, { field: name, op, value }: Condition): (record: AnyRecord) => boolean {
  const field = filterField(definition, name);
  if (!field) return () => false;
  const kind = kindOf(field);
  const plain = kind === kindOf(text(LABEL)); // text is compared folded; ids, dates and numbers as they stand
  const wanted = plain ? fold(value) : (value as Atom);
  const list = op === 'in' ? (value as Atom[]).map((each) => (plain ? fold(each) : each)) : [];
  const derived = Object.hasOwn(definition.derived, name) && !Object.hasOwn(definition.fields, name);
  const read = (record: AnyRecord): unknown => (derived ? record.derived?.[name] : record[name]);
  const some = (test: (atom: Atom) => boolean) => (record: AnyRecord) => {
    const held = read(record);
    return held !== undefined && held !== null && kind.atoms(held).some(test);
  };
  switch (op) {
    case 'is':
      return some((atom) => atom === wanted);
    case 'isNot': {
      const is = some((atom) => atom === wanted);
      return (record) => !is(record);
    }
    case 'in':
      return some((atom) => list.includes(atom));
    case 'contains':
      return some((atom) => typeof atom === 'string' && atom.includes(String(fold(wanted))));
    case 'startsWith':
      return some((atom) => typeof atom === 'string' && atom.startsWith(String(fold(wanted))));
    case 'lt':
      return some((atom) => atom < wanted);
    case 'lte':
      return some((atom) => atom <= wanted);
    case 'gt':
      return some((atom) => atom > wanted);
    case 'gte':
      return some((atom) => atom >= wanted);
    case 'empty':
      return (record) => read(record) === undefined || read(record) === null;
    case 'notEmpty':
      return (record) => read(record) !== undefined && read(record) !== null;
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

/** Every field a filter asks about; a reader may not ask about fields he may not see, or the answer would tell him. */
export const fieldsIn = (filter: Filter): string[] =>
  'all' in filter ? filter.all.flatMap(fieldsIn) : 'any' in filter ? filter.any.flatMap(fieldsIn) : [filter.field];
