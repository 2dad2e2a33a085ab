import type { AnyRecord, SystemValues } from '../../../shared/kernel/record.ts';
import type { Day, Money } from '../../../shared/kernel/types.ts';
import { wholePeriod, type FigurePeriod, type Period } from '../../../shared/insight/figures.ts';
import { addedUp, daysOfPeriod, sumByDay } from './figureDays.ts';

export interface PaceDay {
  readonly day: Day;
  /** Won from the first day up to this one, in minor units; undefined for a day still to come. */
  readonly now?: number;
  /** How many that are. */
  readonly count?: number;
  /** Won up to as many days of the period before; undefined past its end. */
  readonly before?: number;
}

/** Of what time, and how its days and amounts are told. */
interface Pacing {
  readonly period: FigurePeriod;
  readonly days: Period & { readonly before: Period };
  readonly zone: string;
  readonly home: string;
  /** Month in which the fiscal year begins, 1 … 12. */
  readonly yearStart: number;
}

/**
 * What was won, added up day by day to the end of the period. A period that is longer than the one before goes on alone.
 * @param deals  of those whose work is looked at, open ones too
 * @param days  of the period up to today, and of what it is compared with
 */
export function paceOf(deals: readonly SystemValues[], { period, days, zone, home, yearStart }: Pacing): PaceDay[] {
  const won = (deals as readonly AnyRecord[]).filter(({ outcome }) => outcome === 'won');
  const worth = ({ amount }: AnyRecord): number => {
    const { minor, currency } = (amount ?? {}) as Partial<Money>;
    return currency === home ? (minor ?? 0) : 0;
  };
  const passed = daysOfPeriod(days);
  const now = addedUp(sumByDay(won, 'closedAt', passed, zone, worth));
  const counts = addedUp(sumByDay(won, 'closedAt', passed, zone));
  const before = addedUp(sumByDay(won, 'closedAt', daysOfPeriod(wholePeriod(days.before.from, period, yearStart)), zone, worth));
  return daysOfPeriod(wholePeriod(days.from, period, yearStart)).map((day, i) => ({
    day,
    ...(now[i] === undefined ? {} : { now: now[i] }),
    ...(counts[i] === undefined ? {} : { count: counts[i] }),
    ...(before[i] === undefined ? {} : { before: before[i] }),
  }));
}
