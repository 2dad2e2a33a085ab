import { localDay } from '../kernel/dates.ts';
import type { AnyRecord } from '../kernel/record.ts';
import type { Instant } from '../kernel/types.ts';
import type { Activity } from './activity.ts';
import { isOpenActivity } from './activityRules.ts';

/** What of an activity says when it is to be done, and whether it still is. */
export type Dated = Pick<Activity, 'status' | 'plannedStart' | 'plannedEnd' | 'allDay'>;

/** Fields by which an activity belongs to other records. */
export const ACTIVITY_LINKS = ['customerId', 'contactId', 'opportunityId', 'leadId', 'orderId'] as const;

/** What stands next on a record; `undated` is to be done some day, `nothing` is what a salesperson must not leave behind. */
export type PlanState = 'overdue' | 'today' | 'later' | 'undated' | 'nothing';

/** Whether its time has passed undone. What takes all day has the whole of its last day. */
export function isOverdue(activity: Dated, now: Instant, zone: string): boolean {
  const due = activity.plannedEnd ?? activity.plannedStart;
  if (due === undefined || due >= now || !isOpenActivity(activity)) return false;
  return !activity.allDay || localDay(due, zone) < localDay(now, zone);
}

/** When it begins, or, where only that is said, until when it is to be done. */
export const plannedAt = ({ plannedStart, plannedEnd }: Dated): Instant | undefined => plannedStart ?? plannedEnd;

/** How urgent it is. @param next  what stands next on a record, if anything does */
export function planStateOf(next: Dated | undefined, now: Instant, zone: string): PlanState {
  if (!next) return 'nothing';
  if (isOverdue(next, now, zone)) return 'overdue';
  const at = plannedAt(next);
  if (at === undefined) return 'undated';
  return localDay(at, zone) <= localDay(now, zone) ? 'today' : 'later';
}

/** By time, the earliest first; those without one last, in the order they were made. */
export function byPlannedTime(a: Dated & { readonly id: string }, b: Dated & { readonly id: string }): number {
  const [of, other] = [plannedAt(a) ?? BEHIND_ALL, plannedAt(b) ?? BEHIND_ALL];
  return of < other ? -1 : of > other ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
const BEHIND_ALL = '~';

/** What is to be done next on each record that an open activity is linked to, by the record's id; one pass over all. */
export function nextByRecord(activities: Iterable<AnyRecord>): ReadonlyMap<string, Activity> {
  const next = new Map<string, Activity>();
  for (const each of activities) {
    if (!isOpenActivity(each)) continue;
    const activity = each as unknown as Activity;
    for (const link of ACTIVITY_LINKS) {
      const id = activity[link];
      if (id === undefined) continue;
      const known = next.get(id);
      if (!known || byPlannedTime(activity, known) < 0) next.set(id, activity);
    }
  }
  return next;
}
