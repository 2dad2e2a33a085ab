import type { Activity } from '../../../shared/activities/activity.ts';
import { isOpenActivity } from '../../../shared/activities/activityRules.ts';

/** What takes a person's time: who, and from when to when. */
export type Taken = Pick<Activity, 'id' | 'ownerId' | 'status' | 'plannedStart' | 'plannedEnd' | 'allDay'>;

/** Only what has a beginning and an end on the clock keeps others out; a whole day is a frame, not an appointment. */
const takesTime = (activity: Taken): boolean =>
  isOpenActivity(activity) &&
  !activity.allDay &&
  activity.plannedStart !== undefined &&
  activity.plannedEnd !== undefined &&
  activity.plannedEnd > activity.plannedStart;

const overlap = (a: Taken, b: Taken): boolean => a.plannedStart! < b.plannedEnd! && b.plannedStart! < a.plannedEnd!;

/** The owner's other open activities at the same time. */
export function conflictsOf<A extends Taken>(one: Taken, all: readonly A[]): A[] {
  if (!takesTime(one)) return [];
  return all.filter((other) => other.id !== one.id && other.ownerId === one.ownerId && takesTime(other) && overlap(one, other));
}

/**
 * Ids of all that are in conflict with another; at n log n, for a whole agenda. Of several that overlap the one that
 * lasts longest is remembered, so that a short meeting inside a long one is found as well.
 */
export function conflicting(all: readonly Taken[]): ReadonlySet<string> {
  const found = new Set<string>();
  const latest = new Map<string, Taken>();
  for (const one of all.filter(takesTime).sort((a, b) => (a.plannedStart! < b.plannedStart! ? -1 : 1))) {
    const owner = one.ownerId ?? '';
    const before = latest.get(owner);
    if (before && one.plannedStart! < before.plannedEnd!) found.add(one.id).add(before.id);
    if (!before || one.plannedEnd! > before.plannedEnd!) latest.set(owner, one);
  }
  return found;
}
