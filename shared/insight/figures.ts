import { addDays, daysBetween } from '../kernel/dates.ts';
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

/** Days of a month up to one of them, and as many of the month before; all of that month where it is shorter. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}
export function monthToDate(day: Day): Period & { readonly before: Period } {
  const from = `${day.slice(0, 7)}-01`;
  const lastBefore = addDays(from, -1);
  const fromBefore = `${lastBefore.slice(0, 7)}-01`;
  const sameDay = addDays(fromBefore, daysBetween(from, day));
  return { from, to: day, before: { from: fromBefore, to: sameDay < lastBefore ? sameDay : lastBefore } };
}

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
