import { addDays, localInstant, toInstant, toMs } from '../kernel/dates.ts';
import type { Effect } from '../kernel/effect.ts';
import type { AnyRecord, Values } from '../kernel/record.ts';
import { cutText } from '../kernel/text.ts';
import type { Instant } from '../kernel/types.ts';
import { daysOf, plannedOf } from './recurrence.ts';

/** When whole days are spoken of: whoever plans them means no hour. */
const MORNING = '09:00';
const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
const LONGEST = 200;

/**
 * When an activity is to be recalled: so many minutes before it begins, or is to be done. Of whole days it is nine in the
 * morning on the owner's wall, so many days before.
 * @param zone  the owner's
 * @returns undefined when it has begun, is closed, has no time, or nobody wants to be reminded
 */
export function remindAt(activity: Values, zone: string): Instant | undefined {
  const { plannedStart, plannedEnd, allDay } = plannedOf(activity);
  const [anchor, remindMinutes] = [plannedStart ?? plannedEnd, activity['remindMinutes']];
  if (activity['status'] !== 'planned' || anchor === undefined || typeof remindMinutes !== 'number') return undefined;
  const days = allDay ? daysOf({ plannedStart, plannedEnd }, zone) : undefined;
  if (!days) return toInstant(toMs(anchor) - remindMinutes * MINUTE_MS);
  const day = addDays(days.first, -Math.floor(remindMinutes / DAY_MINUTES));
  return toInstant(toMs(localInstant(day, MORNING, zone)) - (remindMinutes % DAY_MINUTES) * MINUTE_MS);
}

/** What its owner is told. @param customer  its name, where he may read it */
export function reminderOf(activity: AnyRecord, customer: string | undefined): Effect | undefined {
  const { id, ownerId, subject, plannedStart, plannedEnd, allDay, remindBy } = activity;
  if (ownerId === undefined) return undefined;
  return {
    kind: 'notify',
    memberId: ownerId,
    code: 'activityReminder',
    params: {
      name: cutText(String(subject), LONGEST),
      plannedAt: String(plannedStart ?? plannedEnd),
      ...(allDay === true ? { allDay: 'true' } : {}),
      ...(customer === undefined ? {} : { customer: cutText(customer, LONGEST) }),
    },
    recordType: 'activity',
    recordId: id,
    ...(remindBy === 'app' || remindBy === 'mail' ? { by: remindBy } : {}),
  };
}
