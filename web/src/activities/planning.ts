import { allDaySpan } from '../../../shared/activities/recurrence.ts';
import { localDay } from '../../../shared/kernel/dates.ts';
import type { Values } from '../../../shared/kernel/record.ts';
import type { Instant } from '../../../shared/kernel/types.ts';
import type { ActivityType } from './activityWords.ts';
import { addMinutes } from './when.ts';

/** How long something takes: so many minutes, a whole day, or no time of its own. */
export type Length = number | 'allDay' | undefined;

/** What is usual for a kind of activity, until somebody says otherwise. */
const USUAL: Readonly<Partial<Record<ActivityType, { readonly minutes: number; readonly remindMinutes: number }>>> = {
  meeting: { minutes: 60, remindMinutes: 10 },
  appointment: { minutes: 60, remindMinutes: 10 },
  visit: { minutes: 60, remindMinutes: 30 },
};

export const usualMinutes = (type: ActivityType): number | undefined => USUAL[type]?.minutes;
export const usualReminder = (type: ActivityType): number | undefined => USUAL[type]?.remindMinutes;

/** The planned times that say so. @param start  the moment, or any moment of the day that is taken as a whole */
export function timesOf(start: Instant | undefined, length: Length, zone: string): Values {
  if (start === undefined) return {};
  if (length === 'allDay') {
    const day = localDay(start, zone);
    return { ...allDaySpan(day, day, zone), allDay: true };
  }
  return { plannedStart: start, ...(length === undefined ? {} : { plannedEnd: addMinutes(start, length) }) };
}
