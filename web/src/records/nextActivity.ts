import { activity, type Activity } from '../../../shared/activities/activity.ts';
import { ACTIVITY_LINKS, nextByRecord, planStateOf, type PlanState } from '../../../shared/activities/nextActivity.ts';
import { toInstant } from '../../../shared/kernel/dates.ts';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { clock } from '../kernel/clock.svelte.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { replica } from '../kernel/replica.svelte.ts';
import { session } from '../kernel/session.svelte.ts';

export interface NextActivity {
  readonly state: PlanState;
  /** Absent where nothing is planned. */
  readonly activity?: Activity;
}

/** By the replica's array of activities, which is another one after every change: a board asks for 2,000 cards at once. */
const known = new WeakMap<readonly AnyRecord[], ReadonlyMap<string, Activity>>();

/**
 * What is to be done next with a customer, contact, lead, opportunity or order. Reactive.
 * @returns undefined while that cannot be said: activities are not all here, or not this reader's to see
 */
export function nextActivityOf(record: Pick<AnyRecord, 'id' | 'ownerId'>): NextActivity | undefined {
  if (!session.may('read', activity)) return undefined;
  const { rows, state: loaded } = replica.type('activity');
  let next = known.get(rows);
  if (!next) known.set(rows, (next = nextByRecord(rows)));
  const found = next.get(record.id);
  // "Nothing" is said of the whole: with some activities out of sight it would be a guess.
  if (!found && (loaded !== 'complete' || !session.may('read', activity, { ownerId: record.ownerId }))) return undefined;
  const state = planStateOf(found, toInstant(clock.now), i18n.zone);
  return found ? { state, activity: found } : { state };
}

/** The field by which an activity belongs to records of that type, where it can. */
export const linkTo = (type: string): (typeof ACTIVITY_LINKS)[number] | undefined => ACTIVITY_LINKS.find((link) => link === `${type}Id`);
