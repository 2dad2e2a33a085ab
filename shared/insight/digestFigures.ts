import { byCode } from '../kernel/order.ts';
import type { Instant, Money } from '../kernel/types.ts';
import type { DigestContents } from './digest.ts';

/** One counted change of a record, as the journal of its owner tells it. */
export interface JournalRow {
  readonly owner: string;
  readonly type: string;
  readonly id: string;
  readonly at: Instant;
  readonly metrics: Readonly<Record<string, number>>;
}
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
}
/** How things stand with a person's work when the digest is made; the journal knows only what happened. */
export interface Standing {
  /** Activities that were due and are not done. */
  readonly overdue: number;
  /** There are more of them than were counted. */
  readonly moreOverdue?: true;
  /** His customers who may be lost. */
  readonly risks: number;
}
export type PersonLine = DigestContents['people'][number];

/** Figures of a line, in groups as they are shown. */
export const FIGURE_GROUPS = {
  leads: ['newLeads', 'workingLeads', 'convertedLeads', 'newCustomers'],
  opportunities: ['newOpportunities', 'movedOpportunities', 'wonOpportunities', 'lostOpportunities'],
  work: ['orders', 'activitiesDone', 'overdue', 'risks'],
} as const;
export type Figure = (typeof FIGURE_GROUPS)[keyof typeof FIGURE_GROUPS][number];
export const FIGURES: readonly Figure[] = Object.values(FIGURE_GROUPS).flat();
export type Figures = Pick<PersonLine, Figure>;

/** From what a reader wants to know first; where there is room for some figures only, it is for the first of these. */
export const BY_WEIGHT: readonly Figure[] = [
  'wonOpportunities',
  'orders',
  'newOpportunities',
  'convertedLeads',
  'newLeads',
  'newCustomers',
  'lostOpportunities',
  'activitiesDone',
  'overdue',
  'risks',
  'movedOpportunities',
  'workingLeads',
];

/** Which figure of a line a metric of a type adds to; amounts go with it as `<metric>:<currency>`. */
const FIGURE_OF: Readonly<Record<string, Readonly<Record<string, Figure | 'newRisks'>>>> = {
  lead: { created: 'newLeads', working: 'workingLeads', converted: 'convertedLeads' },
  customer: { created: 'newCustomers' },
  opportunity: { created: 'newOpportunities', moved: 'movedOpportunities', won: 'wonOpportunities', lost: 'lostOpportunities' },
  order: { confirmed: 'orders' },
  activity: { done: 'activitiesDone' },
  churnWarning: { warned: 'newRisks' },
};
const figureOf = (type: string, metric: string): Figure | 'newRisks' | undefined =>
  Object.hasOwn(FIGURE_OF, type) && Object.hasOwn(FIGURE_OF[type]!, metric) ? FIGURE_OF[type]![metric] : undefined;

const NOTHING: Omit<PersonLine, 'memberId' | 'name'> = {
  newLeads: 0,
  workingLeads: 0,
  convertedLeads: 0,
  newCustomers: 0,
  newOpportunities: 0,
  movedOpportunities: 0,
  wonOpportunities: 0,
  lostOpportunities: 0,
  orders: 0,
  activitiesDone: 0,
  overdue: 0,
  risks: 0,
  newRisks: 0,
};

export const isQuiet = (line: Figures): boolean => FIGURES.every((figure) => line[figure] === 0);

/** What all have done together. */
export type Total = Omit<PersonLine, 'memberId' | 'name'>;
export function totalOf(lines: readonly PersonLine[]): Total {
  const sums = { ...NOTHING };
  for (const line of lines) for (const figure of [...FIGURES, 'newRisks'] as const) sums[figure] += line[figure];
  return { ...sums, ...(lines.some(({ moreOverdue }) => moreOverdue) ? { moreOverdue: true } : {}) };
}

/**
 * One line for each person: who brought in most first, then by name. Who has left shows only with figures of his own.
 * @param people  everybody in the reader's reach; rows of others are not counted
 */
export function countPeople(
  people: readonly Person[],
  rows: readonly JournalRow[],
  standings: ReadonlyMap<string, Standing> = new Map(),
): PersonLine[] {
  const lines = new Map(people.map(({ id, name }): [string, PersonLine] => [id, { memberId: id, name, ...NOTHING, ...standings.get(id) }]));
  for (const { owner, type, metrics } of rows) {
    const line = lines.get(owner);
    if (!line) continue;
    for (const [metric, amount] of Object.entries(metrics)) {
      const figure = figureOf(type, metric);
      if (figure) line[figure] += amount;
    }
  }
  return people
    .map(({ id, active }) => ({ line: lines.get(id)!, active }))
    .filter(({ line, active }) => active || !isQuiet(line))
    .map(({ line }) => line)
    .sort((a, b) => weightOf(b) - weightOf(a) || byCode(a.name, b.name) || byCode(a.memberId, b.memberId));
}

const weightOf = (line: Figures): number =>
  line.wonOpportunities * 8 +
  line.orders * 6 +
  line.convertedLeads * 4 +
  line.newOpportunities * 3 +
  line.newCustomers * 3 +
  line.newLeads * 2 +
  line.movedOpportunities +
  line.workingLeads +
  line.activitiesDone;

/** What the events of a figure come to, per currency in the order of the codes; of figures with amounts alone. */
export function amountsOf(rows: readonly JournalRow[]): DigestContents['amounts'] {
  const sums = new Map<string, Map<string, number>>();
  for (const { type, metrics } of rows)
    for (const [name, minor] of Object.entries(metrics)) {
      const [metric = '', currency] = name.split(':');
      const figure = currency && figureOf(type, metric);
      if (!figure) continue;
      const sum = sums.get(figure) ?? new Map<string, number>();
      sum.set(currency, (sum.get(currency) ?? 0) + minor);
      sums.set(figure, sum);
    }
  return Object.fromEntries([...sums].map(([figure, sum]) => [figure, moneys(sum)]));
}

const moneys = (sum: ReadonlyMap<string, number>): Money[] =>
  [...sum].map(([currency, minor]) => ({ minor, currency })).sort((a, b) => byCode(a.currency, b.currency));
