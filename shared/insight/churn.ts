import { addDays, daysBetween } from '../kernel/dates.ts';
import type { Values } from '../kernel/record.ts';
import type { Day, Money } from '../kernel/types.ts';

/** An order as the rule sees it: when it was placed, and what it came to. */
export interface Purchase {
  readonly on: Day;
  readonly total?: Money;
}

/** When a customer buys, and the day from which his silence is longer than that explains. */
export interface Rhythm {
  readonly lastOn: Day;
  /** Days from one day of buying to the next; absent with fewer than three such days. */
  readonly medianGapDays?: number;
  readonly reason: 'rhythm' | 'silence';
  readonly warnOn: Day;
}

/** Two gaps are the least that a usual one can be told from. */
const LEAST_DAYS_OF_BUYING = 3;
/** Silence beyond this many usual gaps is more than one order that came a little late. */
const PATIENCE = 1.5;
/** Days of silence that are too many for whoever has shown no rhythm yet. */
const LONG_SILENCE = 90;
/** What is lost with a customer is said by what he bought in a year. */
const YEAR_DAYS = 365;

/**
 * What an order tells about buying.
 * @param order  its values: `status`, `orderedOn`, `total`
 * @returns undefined for drafts, cancelled orders, and those without a day
 */
export function purchaseOf(order: Values): Purchase | undefined {
  const { status, orderedOn, total } = order;
  if ((status !== 'confirmed' && status !== 'closed') || typeof orderedOn !== 'string') return undefined;
  return { on: orderedOn, ...(total ? { total: total as Money } : {}) };
}

/** Taking goods back is an order with a negative total, and no sign of life. */
const isBuying = ({ total }: Purchase): boolean => (total?.minor ?? 0) >= 0;

/**
 * The first day of silence that is one too many, counted from the last day of buying.
 * @param medianGapDays  undefined for who has shown no rhythm
 */
export const daysToWarning = (medianGapDays: number | undefined): number =>
  (medianGapDays === undefined ? LONG_SILENCE : Math.floor(PATIENCE * medianGapDays)) + 1;

/** @returns undefined for who has never bought */
export function rhythmOf(purchases: readonly Purchase[]): Rhythm | undefined {
  const days = [...new Set(purchases.filter(isBuying).map(({ on }) => on))].sort();
  const lastOn = days.at(-1);
  if (lastOn === undefined) return undefined;
  if (days.length < LEAST_DAYS_OF_BUYING) return { lastOn, reason: 'silence', warnOn: addDays(lastOn, daysToWarning(undefined)) };
  const medianGapDays = medianOf(days.slice(1).map((day, i) => daysBetween(days[i]!, day)));
  return { lastOn, medianGapDays, reason: 'rhythm', warnOn: addDays(lastOn, daysToWarning(medianGapDays)) };
}

function medianOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}

/**
 * What is lost with a customer: his orders of the twelve months up to the last one, returns taken off, in the currency of
 * the last one. What he bought in others is not in it, since there is no rate to add them by.
 * @returns undefined where his orders have no amounts, or he has returned as much as he bought
 */
export function valueAtRisk(purchases: readonly Purchase[]): Money | undefined {
  const last = rhythmOf(purchases)?.lastOn;
  if (last === undefined) return undefined;
  const currency = purchases.findLast(({ on, total }) => on === last && total && total.minor >= 0)?.total?.currency;
  if (currency === undefined) return undefined;
  const minor = purchases
    .filter(({ on, total }) => total?.currency === currency && daysBetween(on, last) < YEAR_DAYS)
    .reduce((sum, { total }) => sum + total!.minor, 0);
  return minor > 0 && Number.isSafeInteger(minor) ? { minor, currency } : undefined;
}
