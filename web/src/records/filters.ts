import { m } from '#messages';
import { OPERATORS, type Field, type Operator } from '../../../shared/kernel/field.ts';
import { kindOf } from '../../../shared/kernel/fields/index.ts';
import { parseFilter, type Condition, type Filter } from '../../../shared/kernel/filter.ts';
import type { RecordDefinition } from '../../../shared/kernel/record.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { session } from '../kernel/session.svelte.ts';
import { ME } from './me.ts';
import { fieldOf, labelOf, visibleFields } from './types.ts';
import { optionLabel, refTitle, targetOf, textOf } from './values.ts';

const SYSTEM = ['ownerId', 'createdAt', 'updatedAt', 'createdBy'];
const WITHOUT_VALUE: readonly Operator[] = ['empty', 'notEmpty'];

export const takesValue = (op: Operator): boolean => !WITHOUT_VALUE.includes(op);

/** Fields a reader may filter by. */
export const filterableFields = (definition: RecordDefinition): string[] => [
  ...visibleFields(definition),
  ...SYSTEM.filter((name) => name !== 'ownerId' || definition.paths.owner),
];

/** Chosen from a list of a few: options, colleagues. */
export const isListed = (field: Field): boolean => field.kind === 'choice' || field.kind === 'choices' || targetOf(field) === 'member';

/** Operators a field offers, the usual one first. */
export function operatorsOf(definition: RecordDefinition, name: string): Operator[] {
  const field = fieldOf(definition, name);
  // Of a list several are chosen at once, and one is a case of that; elsewhere there is nothing to choose several from.
  const spare: Operator = isListed(field) ? 'is' : 'in';
  const known = kindOf(field).operators.filter((op) => op !== spare);
  return OPERATORS.filter((op) => known.includes(op)).sort((a, b) => rank(a) - rank(b));
}
const rank = (op: Operator): number => (op === 'in' || op === 'contains' ? 0 : 1);

/** Conditions in an address; what is not right, or not this reader's to ask, is left out. */
export function readConditions(definition: RecordDefinition, text: string): Condition[] {
  let given: unknown;
  try {
    given = JSON.parse(text || '[]');
  } catch {
    return [];
  }
  const open = new Set(filterableFields(definition));
  const isRight = (one: unknown): one is Condition => parseFilter(definition, withMe(one)).ok && open.has((one as Condition).field);
  return Array.isArray(given) ? given.filter(isRight) : [];
}

export const writeConditions = (conditions: readonly Condition[]): string => (conditions.length ? JSON.stringify(conditions) : '');

const here = (value: unknown): unknown => (value === ME ? session.data?.member.id : Array.isArray(value) ? value.map(here) : value);
const withMe = (one: unknown): unknown =>
  typeof one === 'object' && one !== null && 'value' in one ? { ...one, value: here(one.value) } : one;

/** The filter the kernel understands: all conditions at once, the reader in the place of `me`. */
export const toFilter = (conditions: readonly Condition[]): Filter => ({ all: conditions.map((one) => withMe(one) as Condition) });

const WORDS: Readonly<Record<Operator, () => string>> = {
  is: m.records_op_is,
  isNot: m.records_op_is_not,
  in: m.records_op_in,
  contains: m.records_op_contains,
  startsWith: m.records_op_starts,
  lt: m.records_op_lt,
  lte: m.records_op_lte,
  gt: m.records_op_gt,
  gte: m.records_op_gte,
  empty: m.records_op_empty,
  notEmpty: m.records_op_not_empty,
};
const DATE_WORDS: Partial<Record<Operator, () => string>> = {
  lt: m.records_op_before,
  lte: m.records_op_until,
  gt: m.records_op_after,
  gte: m.records_op_since,
};

export function operatorLabel(definition: RecordDefinition, name: string, op: Operator): string {
  const { kind } = fieldOf(definition, name);
  return ((kind === 'date' || kind === 'instant' ? DATE_WORDS[op] : undefined) ?? WORDS[op])();
}

/** The value of a condition in the reader's words. */
function conditionValue(definition: RecordDefinition, { field: name, op, value }: Condition): string {
  if (!takesValue(op)) return '';
  const field = fieldOf(definition, name);
  const word = (one: unknown): string => {
    if (one === ME) return m.records_me();
    if (field.kind === 'choice' || field.kind === 'choices') return optionLabel(field, String(one));
    if (field.kind === 'ref' || field.kind === 'refs') return refTitle(targetOf(field), String(one));
    if (field.kind === 'instant') return i18n.formats.day(i18n.formats.today(Date.parse(String(one))));
    if (field.kind === 'date' || field.kind === 'boolean') return textOf(field, one);
    return String(one);
  };
  return (Array.isArray(value) ? value : [value]).map(word).join(m.records_or());
}

export const conditionLabel = (definition: RecordDefinition, condition: Condition): string =>
  [labelOf(definition, condition.field), operatorLabel(definition, condition.field, condition.op), conditionValue(definition, condition)]
    .filter(Boolean)
    .join(' ');
