import { addDays, daysBetween } from '../kernel/dates.ts';
import { daysOf, type NamedPeriod } from '../kernel/periods.ts';
import type { Day, Money } from '../kernel/types.ts';

/** What the home page counts: a counter of a record type, and where `money` goes with it, the counters of its amounts by currency (`won:CNY`). */
export const HOME_FIGURES = [
  { key: 'newLeads', type: 'lead', metric: 'created', money: false },
  { key: 'convertedLeads', type: 'lead', metric: 'converted', money: false },
  { key: 'newOpportunities', type: 'opportunity', metric: 'created', money: false },
  { key: 'wonOpportunities', type: 'opportunity', metric: 'won', money: true },
  { key: 'orders', type: 'order', metric: 'confirmed', money: true },
  { key: 'activitiesDone', type: 'activity', metric: 'done', money: false },
] as const;
type HomeFigure = (typeof HOME_FIGURES)[number];
export type HomeFigureKey = HomeFigure['key'];

/** Record types that are counted, each once. */
export const FIGURE_TYPES: readonly string[] = [...new Set(HOME_FIGURES.map(({ type }) => type))];

/** Whether a counter of a type is one that the figures read. */
export const isCounted = (type: string, metric: string): boolean =>
  HOME_FIGURES.some(
    (figure) => figure.type === type && (metric === figure.metric || (figure.money && metric.startsWith(`${figure.metric}:`))),
  );

/** Counters of one owner; a number beyond 2^53 comes as a bigint. */
export type Counters = Readonly<Record<string, number | bigint>>;
/** Counters by type, then by owner. */
export type CountersByType = Readonly<Record<string, Readonly<Record<string, Counters>>>>;

/** From one day to another, both counted. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** What figures can be asked for; a period that still goes on is told up to today. */
export const FIGURE_PERIODS = ['thisWeek', 'thisMonth', 'lastMonth', 'thisQuarter'] as const;
export type FigurePeriod = (typeof FIGURE_PERIODS)[number];
const BEFORE = { thisWeek: 'lastWeek', thisMonth: 'lastMonth', thisQuarter: 'lastQuarter' } as const;

/**
 * The days of a period up to today, and what they are compared with: as many days of the one before, all of it where it is
 * shorter; the whole month before a month that is over.
 * @param yearStart  month in which the fiscal year begins, 1 … 12
 */
export function figureDays(period: FigurePeriod, today: Day, yearStart: number): Period & { readonly before: Period } {
  const { from, to: end } = boundsOf(period, today, yearStart);
  const to = addDays(end, -1) < today ? addDays(end, -1) : today;
  if (period === 'lastMonth') return { from, to, before: { from: boundsOf('lastMonth', from, yearStart).from, to: addDays(from, -1) } };
  const before = boundsOf(BEFORE[period], today, yearStart);
  const sameDay = addDays(before.from, daysBetween(from, to));
  return { from, to, before: { from: before.from, to: sameDay < before.to ? sameDay : addDays(before.to, -1) } };
}

/** All days of the period of that kind that begins on a day. */
export function wholePeriod(from: Day, period: FigurePeriod, yearStart: number): Period {
  const kind = period === 'lastMonth' ? 'thisMonth' : period;
  return { from, to: addDays(boundsOf(kind, from, yearStart).to, -1) };
}

const boundsOf = (period: NamedPeriod, today: Day, yearStart: number): Period => daysOf(period, today, yearStart) as Period;

/** What one figure says of a period: how many, and what they amount to, by the code of the currency. */
export interface FigureValue {
  readonly count: number;
  readonly amounts?: readonly Money[];
}
export type Figures = Readonly<Partial<Record<HomeFigureKey, { readonly now: FigureValue; readonly before: FigureValue }>>>;

/** Answer of `GET /figures`. A figure whose records the reader may not read is absent. */
export interface HomeFigures extends Period {
  readonly before: Period;
  readonly figures: Figures;
}

/**
 * Sums of the owners that count, figure by figure.
 * @param counts  undefined for a type whose figures are left out
 */
export function toFigures(
  now: CountersByType,
  before: CountersByType,
  counts: (type: string) => ((owner: string) => boolean) | undefined,
): Figures {
  return Object.fromEntries(
    HOME_FIGURES.flatMap((figure) => {
      const ofOwner = counts(figure.type);
      if (!ofOwner) return [];
      const valueOf = (sums: CountersByType): FigureValue => {
        const rows = Object.entries(sums[figure.type] ?? {}).flatMap(([owner, row]) => (ofOwner(owner) ? [row] : []));
        const count = sumOf(rows, figure.metric) ?? 0;
        return figure.money ? { count, amounts: amountsOf(rows, `${figure.metric}:`) } : { count };
      };
      return [[figure.key, { now: valueOf(now), before: valueOf(before) }]];
    }),
  );
}

/** @returns undefined for a sum beyond 2^53−1, which no number says exactly */
function sumOf(rows: readonly Counters[], metric: string): number | undefined {
  const sum = rows.reduce((total, row) => total + BigInt(row[metric] ?? 0), 0n);
  return sum >= BigInt(Number.MIN_SAFE_INTEGER) && sum <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(sum) : undefined;
}

function amountsOf(rows: readonly Counters[], prefix: string): Money[] {
  const metrics = new Set(rows.flatMap((row) => Object.keys(row).filter((metric) => metric.startsWith(prefix))));
  return [...metrics].sort().flatMap((metric) => {
    const minor = sumOf(rows, metric);
    return minor ? [{ minor, currency: metric.slice(prefix.length) }] : [];
  });
}
