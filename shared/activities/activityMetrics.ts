import type { AnyRecord } from '../kernel/record.ts';
import { isOpenActivity } from './activityRules.ts';

/**
 * Activities that were planned and those that were done, counted on the day they were. What is overdue follows from no
 * event: it is asked of the lists of open work.
 */
export function activityMetrics(before: AnyRecord | undefined, after: AnyRecord | undefined): Readonly<Record<string, number>> {
  const isDone = after?.['status'] === 'done' && before?.['status'] !== 'done';
  return {
    ...(!before && after && isOpenActivity(after) ? { planned: 1 } : {}),
    ...(isDone ? { done: 1 } : {}),
  };
}
