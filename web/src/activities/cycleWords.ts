import { m } from '#messages';
import type { Cycle } from '../../../shared/activities/cycle.ts';
import { i18n } from '../kernel/i18n.svelte.ts';

/** How an activity comes again, in words: `every 2 weeks on Mon, Wed until 31 Dec 2026`. Reactive. */
export function cycleWords({ unit, every, weekdays, day, until, count }: Cycle): string {
  const { formats } = i18n;
  const base = UNITS[unit]({ count: every });
  const days = weekdays?.length ? weekdays.toSorted().map((number) => formats.weekday(number)) : [];
  const onDays = days.length ? m.activities_cycle_on({ cycle: base, days: days.join(i18n.locale === 'en' ? ', ' : '、') }) : base;
  const on =
    day === 'last'
      ? m.activities_cycle_last_day({ cycle: onDays })
      : day !== undefined
        ? m.activities_cycle_on_day({ cycle: onDays, day })
        : onDays;
  if (until !== undefined) return m.activities_cycle_until({ cycle: on, day: formats.day(until) });
  return count === undefined ? on : m.activities_cycle_count({ cycle: on, count });
}

const UNITS: Readonly<Record<Cycle['unit'], (inputs: { count: number }) => string>> = {
  day: m.activities_cycle_day,
  weekday: m.activities_cycle_weekday,
  week: m.activities_cycle_week,
  month: m.activities_cycle_month,
  year: m.activities_cycle_year,
};
