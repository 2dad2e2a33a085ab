import type { Activity } from '../../../shared/activities/activity.ts';
import { isOpenActivity } from '../../../shared/activities/activityRules.ts';
import { byPlannedTime, isOverdue, plannedAt } from '../../../shared/activities/nextActivity.ts';
import { addDays, dayBounds, localDay } from '../../../shared/kernel/dates.ts';
import type { Day, Instant } from '../../../shared/kernel/types.ts';
import { mondayOf } from './when.ts';

export type AgendaView = 'day' | 'week';

export interface AgendaDay {
  readonly day: Day;
  /** Whole days and what lasts over the day first, then by time. */
  readonly items: readonly Activity[];
}

export interface Agenda {
  readonly days: readonly AgendaDay[];
  /** Open, due before today, and on none of the days; only when today is among them. The longest waiting first. */
  readonly overdue: readonly Activity[];
  /** Open, without a time; only when today is among the days. */
  readonly undated: readonly Activity[];
}

/** The days that are shown around a day. */
export const daysOf = (view: AgendaView, day: Day): Day[] =>
  view === 'day' ? [day] : Array.from({ length: 7 }, (_, i) => addDays(mondayOf(day), i));

/** The day to go to from `day`. @param by  1 onwards, -1 back */
export const stepFrom = (view: AgendaView, day: Day, by: 1 | -1): Day => addDays(day, view === 'day' ? by : 7 * by);

/**
 * A person's activities by the days of his calendar. What lasts over several days stands on each of them, what is done
 * on the day on which it was; what was called off is left out.
 * @param zone  whose days they are; they may be 23 or 25 hours long
 */
export function agendaOf(activities: readonly Activity[], days: readonly Day[], now: Instant, zone: string): Agenda {
  const today = localDay(now, zone);
  const bounds = days.map((day) => ({ day, ...dayBounds(day, zone) }));
  const has = days.includes(today);
  const items = new Map<Day, Activity[]>(days.map((day) => [day, []]));
  const overdue: Activity[] = [];
  const undated: Activity[] = [];
  for (const activity of activities) {
    const span = spanOf(activity);
    if (!span) {
      if (isOpenActivity(activity)) undated.push(activity);
      continue;
    }
    // The last moment belongs to it, unless it is the midnight at which it ends.
    for (const { day, from, to } of bounds) {
      const begins = span.from >= from && span.from < to;
      if (begins || (span.from < from && span.to > from)) items.get(day)!.push(activity);
    }
    if (isOverdue(activity, now, zone) && localDay(span.to, zone) < days[0]!) overdue.push(activity);
  }
  return {
    days: days.map((day, i) => ({ day, items: items.get(day)!.sort(inDay(bounds[i]!.from)) })),
    overdue: has ? overdue.sort(byPlannedTime) : [],
    undated: has ? undated.sort(byPlannedTime) : [],
  };
}

/** The time it takes, or took; nothing for what has none, or was called off. */
function spanOf(activity: Activity): { readonly from: Instant; readonly to: Instant } | undefined {
  if (activity.status === 'cancelled') return undefined;
  const open = isOpenActivity(activity);
  const from = open ? plannedAt(activity) : (activity.actualStart ?? activity.actualEnd);
  const to = open ? activity.plannedEnd : activity.actualEnd;
  return from === undefined ? undefined : { from, to: to ?? from };
}

/** What is under way at midnight, or takes the whole day, stands above what has its own time. */
function inDay(begin: Instant): (a: Activity, b: Activity) => number {
  const rank = (activity: Activity): Instant => {
    const from = spanOf(activity)!.from;
    return activity.allDay || from < begin ? begin : from;
  };
  return (a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : byPlannedTime(a, b));
}
