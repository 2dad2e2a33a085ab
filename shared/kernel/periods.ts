import { addDays } from './dates.ts';
import type { Day } from './types.ts';

/**
 * Spans of days told by the day on which they are asked about: `thisWeek`, `last:30`. Filters that are stored keep this
 * form, so that they mean tomorrow what they mean today. Weeks begin on Monday; quarters and years are those of the firm's
 * books, from the month in which its fiscal year begins.
 */
export const NAMED_PERIODS = [
  'today',
  'yesterday',
  'tomorrow',
  'thisWeek',
  'lastWeek',
  'nextWeek',
  'thisMonth',
  'lastMonth',
  'nextMonth',
  'thisQuarter',
  'lastQuarter',
  'nextQuarter',
  'thisYear',
  'lastYear',
  'nextYear',
  'overdue',
] as const;
/**
 * With a number of days: `last:7` are the seven days up to today, `next:7` those from today on, `before:7` is whatever is
 * more than seven days ago, `after:7` what is more than seven days ahead.
 */
export const COUNTED_PERIODS = ['last', 'next', 'before', 'after'] as const;
export type NamedPeriod = (typeof NAMED_PERIODS)[number];
export type CountedPeriod = (typeof COUNTED_PERIODS)[number];
export type Period = NamedPeriod | `${CountedPeriod}:${number}`;

export const MOST_DAYS = 3_650;
const COUNTED = /^(last|next|before|after):([1-9]\d{0,3})$/;

export function isPeriod(value: unknown): value is Period {
  if (typeof value !== 'string') return false;
  if ((NAMED_PERIODS as readonly string[]).includes(value)) return true;
  const [, , days] = COUNTED.exec(value) ?? [];
  return days !== undefined && Number(days) <= MOST_DAYS;
}

/** The parts of a counted period; undefined for a named one. */
export function countedOf(period: string): { readonly kind: CountedPeriod; readonly days: number } | undefined {
  const [, kind, days] = COUNTED.exec(period) ?? [];
  return kind === undefined ? undefined : { kind: kind as CountedPeriod, days: Number(days) };
}

/** First day, and the day after the last; a side without bound is left out. */
export interface Days {
  readonly from?: Day;
  readonly to?: Day;
}

const UNIT_MONTHS = { Month: 1, Quarter: 3, Year: 12 } as const;
const SHIFT = { last: -1, this: 0, next: 1 } as const;

/** First day of the month that lies so many months after January of year 0. */
const firstOf = (months: number): Day =>
  `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-01`;

/** The month in which the fiscal year of a workspace begins, 1 … 12: January where it has said nothing. */
export const yearStartOf = (workspace: { readonly id: string; readonly fiscalYearStart?: unknown } | undefined): number =>
  Number(workspace?.fiscalYearStart ?? 1);

/** Whether quarters, or years, of the books are those of the calendar as well. */
export const isOfCalendar = (unit: 'Quarter' | 'Year', yearStart: number): boolean => (yearStart - 1) % UNIT_MONTHS[unit] === 0;

/**
 * The days of a period, seen from `today`.
 * @param yearStart  month in which the fiscal year begins, 1 … 12
 */
export function daysOf(period: Period, today: Day, yearStart: number): Days {
  const counted = countedOf(period);
  if (counted) {
    const { kind, days } = counted;
    switch (kind) {
      case 'last':
        return { from: addDays(today, 1 - days), to: addDays(today, 1) };
      case 'next':
        return { from: today, to: addDays(today, days) };
      case 'before':
        return { to: addDays(today, -days) };
      case 'after':
        return { from: addDays(today, days + 1) };
      default:
        return kind satisfies never;
    }
  }
  switch (period) {
    case 'today':
      return { from: today, to: addDays(today, 1) };
    case 'yesterday':
      return { from: addDays(today, -1), to: today };
    case 'tomorrow':
      return { from: addDays(today, 1), to: addDays(today, 2) };
    case 'overdue':
      return { to: today };
  }
  const [, which, unit] = /^(last|this|next)(Week|Month|Quarter|Year)$/.exec(period) as unknown as [
    string,
    keyof typeof SHIFT,
    'Week' | keyof typeof UNIT_MONTHS,
  ];
  const shift = SHIFT[which];
  if (unit === 'Week') {
    const sinceMonday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
    const monday = addDays(today, 7 * shift - sinceMonday);
    return { from: monday, to: addDays(monday, 7) };
  }
  const length = UNIT_MONTHS[unit];
  const month = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1;
  // Counted from the first month of the books, so that a year has whole quarters wherever it begins.
  const begins = (yearStart - 1) % length;
  const first = month - ((month - begins) % length) + shift * length;
  return { from: firstOf(first), to: firstOf(first + length) };
}
