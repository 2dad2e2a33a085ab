import { addDays, daysBetween, localDay } from '../../../shared/kernel/dates.ts';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import type { Day } from '../../../shared/kernel/types.ts';
import type { Period } from '../../../shared/insight/figures.ts';

/** All days of a time, the first and the last too. */
export const daysOfPeriod = ({ from, to }: Period): Day[] => Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => addDays(from, i));

/** What records come to, day by day. @param at  the field with their day or instant @param zone  whose days they are */
export function sumByDay(
  records: readonly AnyRecord[],
  at: string,
  days: readonly Day[],
  zone: string,
  worth: (record: AnyRecord) => number = () => 1,
): number[] {
  const sums = new Map<Day, number>();
  for (const record of records) {
    const when = record[at];
    if (typeof when !== 'string') continue;
    const day = when.length > 10 ? localDay(when, zone) : when;
    sums.set(day, (sums.get(day) ?? 0) + worth(record));
  }
  return days.map((day) => sums.get(day) ?? 0);
}

/** Each day with all before it. */
export function addedUp(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => (sum += value));
}
