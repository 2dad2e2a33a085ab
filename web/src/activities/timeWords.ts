import { m } from '#messages';
import type { Activity } from '../../../shared/activities/activity.ts';
import { isOpenActivity } from '../../../shared/activities/activityRules.ts';
import type { Instant } from '../../../shared/kernel/types.ts';
import { clock } from '../kernel/clock.svelte.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { minutesBetween } from './when.ts';

type Timed = Pick<Activity, 'status' | 'plannedStart' | 'plannedEnd' | 'actualStart' | 'actualEnd' | 'allDay'>;

/** When it takes place, or took place, and how long: `Monday 23 November, 09:00–10:30 (1 hr 30 min)`. Empty without a time. Reactive. */
export function spanWords(activity: Timed): string {
  const { formats } = i18n;
  const open = isOpenActivity(activity);
  const from = open ? activity.plannedStart : (activity.actualStart ?? activity.plannedStart);
  const to = open ? activity.plannedEnd : (activity.actualEnd ?? activity.plannedEnd);
  const start = from ?? to;
  if (start === undefined) return '';
  const [first, last] = [dayOf(start), dayOf(to ?? start)];
  if (open && activity.allDay) {
    const days =
      first === last ? formats.dayLong(first) : m.activities_from_to({ from: formats.dayLong(first), to: formats.dayLong(last) });
    return m.activities_at({ day: days, time: m.activities_all_day() });
  }
  if (from === undefined) return m.activities_due_by({ when: m.activities_at({ day: formats.dayLong(last), time: formats.time(start) }) });
  const minutes = to === undefined ? 0 : minutesBetween(from, to);
  if (minutes <= 0 || to === undefined) return m.activities_at({ day: formats.dayLong(first), time: formats.time(from) });
  const time = first === last ? formats.timeRange(from, to) : m.activities_from_to({ from: formats.time(from), to: formats.instant(to) });
  return m.activities_span({ day: formats.dayLong(first), time, duration: formats.duration(minutes) });
}

/** The same in a word or two, for rows: `today 14:00`, `in 3 days`, `25 Nov`. Reactive. */
export function whenWords({ plannedStart, plannedEnd, allDay }: Timed): string {
  const at = plannedStart ?? plannedEnd;
  if (at === undefined) return m.activities_when_open();
  const { formats } = i18n;
  const today = formats.today(clock.now);
  const day = dayOf(at);
  const word = formats.relativeDay(day, today);
  return allDay ? word : m.activities_at({ day: word, time: formats.time(at) });
}

const dayOf = (at: Instant): string => i18n.formats.today(Date.parse(at));
