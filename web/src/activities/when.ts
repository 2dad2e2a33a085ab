import { addDays, daysBetween, localDay, localInstant, localTime, toInstant, toMs } from '../../../shared/kernel/dates.ts';
import type { Day, Instant } from '../../../shared/kernel/types.ts';

/** A time that is often wanted. */
export interface QuickTime {
  readonly key: 'today' | 'tomorrow' | 'nextWeek';
  readonly at: Instant;
}

const MORNING = '09:00';
/** Nobody plans a customer's call for later than this on the same day. */
const EVENING = '20:00';
const HOUR_MS = 3_600_000;

/** Today at a full hour that leaves time to get ready, unless it is evening; tomorrow and next Monday in the morning. */
export function quickTimes(now: Instant, zone: string): QuickTime[] {
  const today = localDay(now, zone);
  const soon = toInstant(Math.ceil((toMs(now) + HOUR_MS / 2) / HOUR_MS) * HOUR_MS);
  const fits = localDay(soon, zone) === today && localTime(soon, zone) <= EVENING;
  return [
    ...(fits ? [{ key: 'today' as const, at: soon }] : []),
    { key: 'tomorrow', at: localInstant(addDays(today, 1), MORNING, zone) },
    { key: 'nextWeek', at: localInstant(addDays(mondayOf(today), 7), MORNING, zone) },
  ];
}

/** Any Monday. */
const MONDAY = '2001-01-01';

/** The Monday of a day's week. */
export const mondayOf = (day: Day): Day => addDays(day, -(((daysBetween(MONDAY, day) % 7) + 7) % 7));

/** Lengths offered for what takes time, in minutes; none for what only has to be done by a moment. */
export const DURATIONS = [15, 30, 45, 60, 90, 120, 240] as const;

/** How long before an activity one may be reminded, in minutes. */
export const LEADS = [0, 5, 10, 30, 60, 120, 1440, 2880] as const;

export const minutesBetween = (from: Instant, to: Instant): number => Math.round((toMs(to) - toMs(from)) / 60_000);
export const addMinutes = (at: Instant, minutes: number): Instant => toInstant(toMs(at) + minutes * 60_000);
