import type { RowElsewhere, TimelineRow } from '../kernel/plan.ts';
import type { AnyRecord } from '../kernel/record.ts';
import { cutText } from '../kernel/text.ts';
import { ACTIVITY_LINKS } from './nextActivity.ts';

const LONGEST = 160;

const TYPES: Readonly<Record<(typeof ACTIVITY_LINKS)[number], string>> = {
  customerId: 'customer',
  contactId: 'contact',
  opportunityId: 'opportunity',
  leadId: 'lead',
  orderId: 'order',
};

/**
 * The one row by which an activity shows in the timeline of everything it is linked to: what was done stands where it
 * happened, what is planned or called off where it was planned.
 */
export function activityRows(activity: AnyRecord): RowElsewhere[] {
  const { id, status, type, subject, outcome, plannedStart, plannedEnd, actualEnd, ownerId } = activity;
  const isDone = status === 'done';
  const row: TimelineRow = {
    at: isDone && typeof actualEnd === 'string' ? actualEnd : activity.createdAt,
    id,
    code: isDone ? 'activity.done' : status === 'cancelled' ? 'activity.cancelled' : 'activity.planned',
    params: {
      ...{ type: 'activity', activityId: id, activityType: type, subject },
      ...(typeof outcome === 'string' ? { outcome: cutText(outcome, LONGEST) } : {}),
      ...(isDone ? {} : present({ plannedAt: plannedStart ?? plannedEnd })),
    },
    by: ownerId ?? activity.updatedBy,
  };
  return ACTIVITY_LINKS.flatMap((link) => {
    const to = activity[link];
    return typeof to === 'string' ? [{ type: TYPES[link], id: to, row }] : [];
  });
}

const present = (values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
