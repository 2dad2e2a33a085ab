import { m } from '#messages';
import type { Cycle } from '../../../shared/activities/cycle.ts';
import type { Locale } from '../../../shared/kernel/types.ts';
import type { Formats } from '../kernel/formats.ts';

/** How an activity comes again, in words of a language: `every 2 weeks on Mon, Wed until 31 Dec 2026`. */
export function cycleText({ unit, every, weekdays, day, until, count }: Cycle, locale: Locale, formats: Formats): string {
  const language = { locale };
  const base = UNITS[unit]({ count: every }, language);
  const days = weekdays?.length ? weekdays.toSorted((a, b) => a - b).map((number) => formats.weekday(number)) : [];
  const onDays = days.length ? m.activities_cycle_on({ cycle: base, days: days.join(locale === 'en' ? ', ' : '、') }, language) : base;
  const on =
    day === 'last'
      ? m.activities_cycle_last_day({ cycle: onDays }, language)
      : day === undefined
        ? onDays
        : m.activities_cycle_on_day({ cycle: onDays, day }, language);
  if (until !== undefined) return m.activities_cycle_until({ cycle: on, day: formats.day(until) }, language);
  return count === undefined ? on : m.activities_cycle_count({ cycle: on, count }, language);
}

const UNITS: Readonly<Record<Cycle['unit'], (inputs: { count: number }, options: { locale: Locale }) => string>> = {
  day: m.activities_cycle_day,
  weekday: m.activities_cycle_weekday,
  week: m.activities_cycle_week,
  month: m.activities_cycle_month,
  year: m.activities_cycle_year,
};
