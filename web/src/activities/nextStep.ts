import type { Activity } from '../../../shared/activities/activity.ts';
import { addDays, localDay, localInstant } from '../../../shared/kernel/dates.ts';
import type { Instant } from '../../../shared/kernel/types.ts';
import type { ActivityType } from './activityWords.ts';
import { mondayOf } from './when.ts';

export interface NextStep {
  readonly type: ActivityType;
  readonly at: Instant;
}

/**
 * What usually follows, and after how many days: who was visited or met gets it in writing the next day, who was written
 * to is called when he had time to read, who was called is called again.
 */
const FOLLOWS: Readonly<Record<ActivityType, { readonly type: ActivityType; readonly days: number }>> = {
  call: { type: 'call', days: 7 },
  visit: { type: 'email', days: 1 },
  meeting: { type: 'email', days: 1 },
  appointment: { type: 'email', days: 1 },
  email: { type: 'call', days: 3 },
  message: { type: 'call', days: 3 },
  fax: { type: 'call', days: 3 },
  web: { type: 'call', days: 1 },
  todo: { type: 'call', days: 7 },
};
const MORNING = '09:00';

/**
 * A next step worth offering when an activity is done, in the morning of a working day.
 * @returns undefined where none is to be expected: it comes again anyway, or concerns nobody outside
 */
export function suggestNextStep(
  done: Pick<Activity, 'type' | 'cycle' | 'customerId' | 'leadId'>,
  now: Instant,
  zone: string,
): NextStep | undefined {
  if (done.cycle || (done.customerId === undefined && done.leadId === undefined)) return undefined;
  const { type, days } = FOLLOWS[done.type];
  const day = addDays(localDay(now, zone), days);
  const monday = mondayOf(day);
  const working = day > addDays(monday, 4) ? addDays(monday, 7) : day;
  return { type, at: localInstant(working, MORNING, zone) };
}
