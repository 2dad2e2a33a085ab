import { m } from '#messages';
import { OPERATORS, type Field, type Operator } from '../../../shared/kernel/field.ts';
import { kindOf } from '../../../shared/kernel/fields/index.ts';
import { forReader, type Condition, type Filter } from '../../../shared/kernel/filter.ts';
import { ME } from '../../../shared/kernel/me.ts';
import { countedOf, isOfCalendar, type CountedPeriod, type NamedPeriod } from '../../../shared/kernel/periods.ts';
import type { RecordDefinition } from '../../../shared/kernel/record.ts';
import type { Instant } from '../../../shared/kernel/types.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { session } from '../kernel/session.svelte.ts';
import { EMPTY_TREE, isGroup, toFilter, toTree, type FilterTree, type Join, type Part } from './filterTree.ts';
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
const rank = (op: Operator): number => (op === 'in' || op === 'contains' || op === 'within' ? 0 : 1);

/** A filter from outside as chips show it; what is not right, or not this reader's to ask, is left out. */
export function cleanTree(definition: RecordDefinition, input: unknown): FilterTree {
  const open = new Set(filterableFields(definition));
  return toTree(definition, input, (name) => open.has(name));
}

/** The filter in an address. */
export function readTree(definition: RecordDefinition, text: string): FilterTree {
  try {
    return text ? cleanTree(definition, JSON.parse(text)) : EMPTY_TREE;
  } catch {
    return EMPTY_TREE;
  }
}

export const writeConditions = (conditions: readonly Condition[]): string => (conditions.length ? JSON.stringify(conditions) : '');

/** Whether a part asks for the reader's own records. */
export const isMine = (part: Part): boolean => !isGroup(part) && part.field === 'ownerId' && part.op === 'is' && part.value === ME;

/** The filter for this reader: himself in the place of `me`, days in the place of periods. */
export const settled = (definition: RecordDefinition, tree: FilterTree, now: Instant): Filter =>
  forReader(definition, toFilter(tree), { memberId: session.data?.member.id ?? '', zone: i18n.zone, yearStart: session.yearStart, now });

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
  within: m.lists_op_within,
  empty: m.records_op_empty,
  notEmpty: m.records_op_not_empty,
};
const DATE_WORDS: Partial<Record<Operator, () => string>> = {
  lt: m.records_op_before,
  lte: m.records_op_until,
  gt: m.records_op_after,
  gte: m.records_op_since,
};

const PERIOD_WORDS: Readonly<Record<NamedPeriod, () => string>> = {
  today: m.lists_period_today,
  yesterday: m.lists_period_yesterday,
  tomorrow: m.lists_period_tomorrow,
  thisWeek: m.lists_period_this_week,
  lastWeek: m.lists_period_last_week,
  nextWeek: m.lists_period_next_week,
  thisMonth: m.lists_period_this_month,
  lastMonth: m.lists_period_last_month,
  nextMonth: m.lists_period_next_month,
  thisQuarter: m.lists_period_this_quarter,
  lastQuarter: m.lists_period_last_quarter,
  nextQuarter: m.lists_period_next_quarter,
  thisYear: m.lists_period_this_year,
  lastYear: m.lists_period_last_year,
  nextYear: m.lists_period_next_year,
  overdue: m.lists_period_overdue,
};
/** Of a fiscal year that is not the calendar's. */
const FISCAL_WORDS: Readonly<Partial<Record<NamedPeriod, () => string>>> = {
  thisQuarter: m.lists_period_this_fiscal_quarter,
  lastQuarter: m.lists_period_last_fiscal_quarter,
  nextQuarter: m.lists_period_next_fiscal_quarter,
  thisYear: m.lists_period_this_fiscal_year,
  lastYear: m.lists_period_last_fiscal_year,
  nextYear: m.lists_period_next_fiscal_year,
};
const COUNTED_WORDS: Readonly<Record<CountedPeriod, (inputs: { days: number }) => string>> = {
  last: m.lists_period_last_days,
  next: m.lists_period_next_days,
  before: m.lists_period_before_days,
  after: m.lists_period_after_days,
};

/** A period in the reader's words. */
export function periodLabel(period: string): string {
  const counted = countedOf(period);
  if (counted) return COUNTED_WORDS[counted.kind]({ days: counted.days });
  const isCalendar = isOfCalendar(period.endsWith('Year') ? 'Year' : 'Quarter', session.yearStart);
  return ((isCalendar ? undefined : FISCAL_WORDS[period as NamedPeriod]) ?? PERIOD_WORDS[period as NamedPeriod])();
}

/** What stands between parts: all must hold, or any of them. */
export const joinWord = (join: Join): string => (join === 'all' ? m.lists_and() : m.lists_or());

export function operatorLabel(definition: RecordDefinition, name: string, op: Operator): string {
  const { kind } = fieldOf(definition, name);
  return ((kind === 'date' || kind === 'instant' ? DATE_WORDS[op] : undefined) ?? WORDS[op])();
}

/** The value of a condition in the reader's words. */
function conditionValue(definition: RecordDefinition, { field: name, op, value }: Condition): string {
  if (!takesValue(op) || value === undefined) return '';
  const field = fieldOf(definition, name);
  const word = (one: unknown): string => {
    if (op === 'within') return periodLabel(String(one));
    if (one === ME && targetOf(field) === 'member') return m.records_me();
    if (field.kind === 'choice' || field.kind === 'choices') return optionLabel(field, String(one));
    if (field.kind === 'ref' || field.kind === 'refs') return refTitle(targetOf(field), String(one));
    if (field.kind === 'instant') return i18n.formats.day(i18n.formats.today(Date.parse(String(one))));
    if (field.kind === 'date' || field.kind === 'boolean') return textOf(field, one);
    return String(one);
  };
  return (Array.isArray(value) ? value : [value]).map(word).join(m.records_or());
}

export function conditionLabel(definition: RecordDefinition, condition: Condition): string {
  const value = conditionValue(definition, condition);
  const name = labelOf(definition, condition.field);
  // A period says itself how it is meant.
  if (condition.op === 'within') return value ? `${name}${m.lists_colon()}${value}` : name;
  return [name, operatorLabel(definition, condition.field, condition.op), value].filter(Boolean).join(' ');
}
