import { toPredicate } from '../../../shared/kernel/filter.ts';
import type { HomeFigureKey, Period } from '../../../shared/insight/figures.ts';
import { replica } from '../kernel/replica.svelte.ts';
import { scope } from '../records/scope.svelte.ts';
import { typeOf } from '../records/types.ts';
import { daysOfPeriod, sumByDay } from './figureDays.ts';
import { figureList } from './figureLists.ts';

/** Types that the home page reads anyway: what is drawn of them costs nothing. Orders it does not, and a firm may have many. */
const HERE = ['lead', 'opportunity', 'activity'];

/** Whether there is, or will be, something to draw beside a figure. */
export const isDrawn = (type: string): boolean => HERE.includes(type) && replica.type(type).state !== 'partial';

/**
 * The records of the list behind a figure, day by day.
 * @returns undefined while they are not all here
 */
export function sparkOf(key: HomeFigureKey, days: Period, zone: string): number[] | undefined {
  const { type, at, conditions } = figureList(key, days, zone, []);
  if (!isDrawn(type)) return undefined;
  const { state, rows } = replica.type(type);
  if (state !== 'complete') return undefined;
  const counts = toPredicate(typeOf(type), { all: conditions });
  const own = rows.filter((row) => scope.has(row.ownerId) && counts(row));
  return sumByDay(own, at, daysOfPeriod(days), zone);
}
