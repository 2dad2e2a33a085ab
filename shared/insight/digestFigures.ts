import { byCode } from '../kernel/order.ts';
import type { Instant, Money } from '../kernel/types.ts';
import { NOTHING, type DigestContents } from './digest.ts';

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

/** By what an event that is counted is taken back, and of which figure that takes off what it came to. */
const TAKEN_BACK: Readonly<Record<string, { readonly events: readonly string[]; readonly by: readonly string[]; readonly off: Figure }>> = {
  opportunity: { events: ['won', 'lost'], by: ['reopened'], off: 'wonOpportunities' },
  order: { events: ['confirmed'], by: ['cancelled', 'removed'], off: 'orders' },
};

/**
 * Without what came to nothing within these rows: an order that was confirmed and cancelled, or a deal that was closed and
 * reopened, is as if neither had been. What takes back something of before stays. A removal that is taken back in its turn,
 * out of the bin, has never been.
 */
export function withoutTakenBack(rows: readonly JournalRow[]): JournalRow[] {
  const dropped = new Map<JournalRow, readonly string[]>();
  const endable = rows.filter(({ type }) => Object.hasOwn(TAKEN_BACK, type));
  for (const [, ofRecord] of Map.groupBy(endable, ({ id }) => id)) {
    const { events, by } = TAKEN_BACK[ofRecord[0]!.type]!;
    let standing: JournalRow | undefined;
    let ended: { readonly began: JournalRow; readonly by: JournalRow } | undefined;
    for (const row of [...ofRecord].sort((a, b) => byCode(a.at, b.at))) {
      const has = (metrics: readonly string[]): boolean => metrics.some((metric) => (row.metrics[metric] ?? 0) > 0);
      if (standing && has(by)) {
        dropped.set(standing, events).set(row, by);
        ended = { began: standing, by: row };
        standing = undefined;
      } else if (ended && isReverse(ended.by, row)) {
        dropped.delete(ended.began);
        dropped.set(row, by);
        standing = ended.began;
        ended = undefined;
      } else if (has(events)) standing = row;
    }
  }
  return rows.map((row) => {
    const names = dropped.get(row);
    const kept = Object.entries(row.metrics).filter(([name]) => !names?.includes(name.split(':')[0]!));
    return names ? { ...row, metrics: Object.fromEntries(kept) } : row;
  });
}

const isReverse = (one: JournalRow, other: JournalRow): boolean =>
  Object.entries(other.metrics).every(([metric, amount]) => amount === -(one.metrics[metric] ?? 0));

/**
 * What the events of a figure come to, per currency in the order of the codes; of figures with amounts alone. What was taken
 * back of earlier events is taken off, so a sum may be below nothing.
 */
export function amountsOf(rows: readonly JournalRow[]): DigestContents['amounts'] {
  const sums = new Map<string, Map<string, number>>();
  for (const { type, metrics } of rows)
    for (const [name, minor] of Object.entries(metrics)) {
      const [metric = '', currency] = name.split(':');
      const back = Object.hasOwn(TAKEN_BACK, type) && TAKEN_BACK[type]!.by.includes(metric) ? TAKEN_BACK[type]!.off : undefined;
      const figure = currency && (back ?? figureOf(type, metric));
      if (!figure) continue;
      const sum = sums.get(figure) ?? new Map<string, number>();
      sum.set(currency, (sum.get(currency) ?? 0) + (back ? -minor : minor));
      sums.set(figure, sum);
    }
  return Object.fromEntries([...sums].map(([figure, sum]) => [figure, moneys(sum)] as const).filter(([, sum]) => sum.length));
}

const moneys = (sum: ReadonlyMap<string, number>): Money[] =>
  [...sum].flatMap(([currency, minor]) => (minor ? [{ minor, currency }] : [])).sort((a, b) => byCode(a.currency, b.currency));
