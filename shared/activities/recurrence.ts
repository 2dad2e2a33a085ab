import { addDays, dayBounds, daysBetween, localDay, localInstant, localTime, toInstant, toMs } from '../kernel/dates.ts';
import type { Values } from '../kernel/record.ts';
import type { Day, Instant } from '../kernel/types.ts';
import { nextCycleDay, type Cycle } from './cycle.ts';

/** What the times of an activity say: moments, whole days of somebody's calendar, and how it comes again. */
export interface Planned {
  readonly plannedStart?: Instant;
  readonly plannedEnd?: Instant;
  readonly allDay?: boolean;
  readonly cycle?: Cycle;
}
export const plannedOf = (activity: Values): Planned => activity as Planned;

/** The times of something that takes whole days: from the first moment of one to the last of another. */
export const allDaySpan = (first: Day, last: Day, zone: string): { readonly plannedStart: Instant; readonly plannedEnd: Instant } => ({
  plannedStart: dayBounds(first, zone).from,
  plannedEnd: toInstant(toMs(dayBounds(last, zone).to) - 1),
});

const HALF_DAY_MS = 43_200_000;

/**
 * The days that something whole takes, in whatever zone it is looked at: it is asked at noon of the first and of the
 * last one, where most of the world has the same day.
 */
export function daysOf({ plannedStart, plannedEnd }: Planned, zone: string): { readonly first: Day; readonly last: Day } | undefined {
  const at = (moment: Instant | undefined, shift: number) => moment && localDay(toInstant(toMs(moment) + shift), zone);
  const [first, last] = [at(plannedStart, HALF_DAY_MS), at(plannedEnd, -HALF_DAY_MS)];
  const one = first ?? last;
  return one === undefined ? undefined : { first: one, last: last !== undefined && last > one ? last : one };
}

/**
 * The occurrence that follows when one is closed: at the same time on the wall of its owner, as long as before. What was
 * missed meanwhile is left out: of a daily call that waited for a week there comes today's, not seven.
 * @param zone  the owner's
 * @returns its times and the cycle that it carries on; undefined when there is none (any more)
 */
export function nextOccurrence(activity: Planned, zone: string, now: Instant): Planned | undefined {
  const { plannedStart, plannedEnd, allDay, cycle } = activity;
  const anchor = plannedStart ?? plannedEnd;
  const days = daysOf(activity, zone);
  if (!cycle || anchor === undefined || !days || (cycle.count !== undefined && cycle.count <= 1)) return undefined;
  const planned = allDay ? days.first : localDay(anchor, zone);
  const from = cycle.from ?? { day: planned, time: allDay ? '00:00' : localTime(anchor, zone) };
  const yesterday = addDays(localDay(now, zone), -1);
  const day = nextCycleDay(cycle, from.day, planned > yesterday ? planned : yesterday);
  if (day === undefined || (cycle.until !== undefined && day > cycle.until)) return undefined;
  const carried = { ...cycle, from, ...(cycle.count === undefined ? {} : { count: cycle.count - 1 }) };
  const lasting = plannedStart !== undefined && plannedEnd !== undefined;
  if (allDay) return { ...allDaySpan(day, addDays(day, daysBetween(days.first, days.last)), zone), allDay, cycle: carried };
  const start = localInstant(day, from.time, zone);
  return {
    ...(plannedStart === undefined ? { plannedEnd: start } : { plannedStart: start }),
    ...(lasting ? { plannedEnd: toInstant(toMs(start) + toMs(plannedEnd) - toMs(plannedStart)) } : {}),
    ...(allDay === undefined ? {} : { allDay }),
    cycle: carried,
  };
}
