import { byCode } from '../kernel/order.ts';
import type { Instant } from '../kernel/types.ts';
import { LEAD_EVENTS, type DigestContents } from './digest.ts';

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
export type PersonLine = DigestContents['people'][number];
export type Figures = Pick<PersonLine, (typeof FIGURES)[number]>;
export const FIGURES = ['newLeads', 'workingLeads', 'convertedLeads', 'newCustomers'] as const;

/** Which figure of a line a metric of a type adds to. */
const FIGURE_OF: Readonly<Record<string, Readonly<Record<string, (typeof FIGURES)[number]>>>> = {
  lead: { created: 'newLeads', working: 'workingLeads', converted: 'convertedLeads' },
  customer: { created: 'newCustomers' },
};
const EVENT_OF = { created: 'new', working: 'working', converted: 'converted' } as const;

export const isQuiet = (line: Figures): boolean => FIGURES.every((figure) => line[figure] === 0);

export const totalOf = (lines: readonly Figures[]): Figures =>
  Object.fromEntries(FIGURES.map((figure) => [figure, lines.reduce((sum, line) => sum + line[figure], 0)])) as unknown as Figures;

/**
 * One line for each person: who did most first, then by name. Who has left shows only with figures of his own.
 * @param people  everybody in the reader's reach; rows of others are not counted
 */
export function countPeople(people: readonly Person[], rows: readonly JournalRow[]): PersonLine[] {
  const lines = new Map(
    people.map(({ id, name }) => [id, { memberId: id, name, newLeads: 0, workingLeads: 0, convertedLeads: 0, newCustomers: 0 }]),
  );
  for (const { owner, type, metrics } of rows) {
    const line = lines.get(owner);
    if (!line) continue;
    for (const [metric, amount] of Object.entries(metrics)) {
      const figure = FIGURE_OF[type]?.[metric];
      if (figure) line[figure] += amount;
    }
  }
  const weight = (line: Figures): number => line.convertedLeads * 4 + line.newCustomers * 3 + line.newLeads * 2 + line.workingLeads;
  return people
    .map(({ id, active }) => ({ line: lines.get(id)!, active }))
    .filter(({ line, active }) => active || !isQuiet(line))
    .map(({ line }) => line)
    .sort((a, b) => weight(b) - weight(a) || byCode(a.name, b.name) || byCode(a.memberId, b.memberId));
}

export interface Named {
  readonly type: 'lead' | 'customer';
  readonly id: string;
  /** Absent for customers, which are named for being new. */
  readonly event?: (typeof LEAD_EVENTS)[number];
}

/**
 * The records worth naming: converted leads, new customers, new leads and those in work in turns, the latest first, so
 * that a day of many new leads still names who became a customer. A record is named once, for the furthest it came.
 */
export function pickNamed(rows: readonly JournalRow[], most: number): Named[] {
  const latest = [...rows].sort((a, b) => byCode(b.at, a.at) || byCode(b.id, a.id));
  const leads = new Map<string, Named>();
  for (const { type, id, metrics } of latest) {
    if (type !== 'lead') continue;
    for (const [metric, event] of Object.entries(EVENT_OF)) {
      const known = leads.get(id)?.event;
      if (metrics[metric] && (!known || LEAD_EVENTS.indexOf(event) < LEAD_EVENTS.indexOf(known))) leads.set(id, { type, id, event });
    }
  }
  const customers = latest.filter(({ type, metrics }) => type === 'customer' && metrics['created']);
  const of = (event: Named['event']): Named[] => [...leads.values()].filter((each) => each.event === event);
  const sections: Named[][] = [
    of('converted'),
    [...new Set(customers.map(({ id }) => id))].map((id) => ({ type: 'customer', id })),
    of('new'),
    of('working'),
  ];
  const picked: Named[] = [];
  for (let round = 0; picked.length < most && sections.some((section) => round < section.length); round++)
    picked.push(...sections.flatMap((section) => section.slice(round, round + 1)));
  return picked.slice(0, most);
}
