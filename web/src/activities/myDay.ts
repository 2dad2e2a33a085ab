import type { Activity } from '../../../shared/activities/activity.ts';
import { isOpenActivity } from '../../../shared/activities/activityRules.ts';
import { byPlannedTime, planStateOf } from '../../../shared/activities/nextActivity.ts';
import type { Instant } from '../../../shared/kernel/types.ts';

export interface MyDay {
  /** The longest waiting first. */
  readonly overdue: readonly Activity[];
  readonly today: readonly Activity[];
  /** Open work without a time. */
  readonly undated: readonly Activity[];
}

/** What a person has before him, of all activities that are here. */
export function myDayOf(activities: readonly Activity[], memberId: string | undefined, now: Instant, zone: string): MyDay {
  const mine = activities.filter((one) => one.ownerId === memberId && isOpenActivity(one)).sort(byPlannedTime);
  const by = Map.groupBy(mine, (one) => planStateOf(one, now, zone));
  return { overdue: by.get('overdue') ?? [], today: by.get('today') ?? [], undated: by.get('undated') ?? [] };
}
