import { createHash } from 'node:crypto';
import { planClosing, type Closing } from '../../shared/activities/activityCompletion.ts';
import { isOpenActivity } from '../../shared/activities/activityRules.ts';
import { can, maskRecord } from '../../shared/kernel/access.ts';
import { toMs } from '../../shared/kernel/dates.ts';
import { sameValue } from '../../shared/kernel/diff.ts';
import { AppError, forbidden, invalid, type Issue } from '../../shared/kernel/errors.ts';
import { makeId } from '../../shared/kernel/ids.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { typeOf, type Context } from '../records/context.ts';
import { isRemoved, toRecord } from '../records/item.ts';
import { commitPlan, loadForChange } from '../records/operations.ts';
import { recordKey } from '../table/keys.ts';

export interface Closed {
  readonly activity: AnyRecord;
  /** The next occurrence of its cycle; absent when nothing comes again. */
  readonly next?: AnyRecord;
  /** Absent when none was wanted. */
  readonly nextStep?: AnyRecord;
}
type Ids = { readonly next: string; readonly nextStep: string };
/** Ids that a next step may have: one that was taken back is in the bin under the first, and wished again stands under another. */
type Places = { readonly next: string; readonly nextSteps: readonly [string, ...string[]] };

const MOST_TRIES = 3;
const MOST_TAKEN_BACK = 4;

/**
 * Closes an activity as done or cancelled, and makes its next occurrence and the next step, in one transaction. Their
 * ids follow from activity and wish: asked again, it finds what was made; reopened and closed again, it makes no second.
 * @param version  of the activity, as the caller saw it
 * @param zoneOf   the wall clock of a member, by which his cycles go
 * @throws AppError activity.closed (409) when it was closed otherwise; record.stale (409); input.invalid (400) with
 *   issues also under `nextStep.`; access.denied (403)
 */
export async function closeActivity(
  ctx: Context,
  id: string,
  version: number,
  closing: Closing,
  zoneOf: (memberId: string) => string,
): Promise<Closed> {
  for (let round = 1; ; round++) {
    const definition = typeOf(ctx, 'activity');
    const activity = await loadForChange(ctx, definition, id);
    if (!can(ctx.actor, 'update', definition, activity)) throw forbidden();
    const places = placesFor(activity, closing);
    const { ids, stands } = await findFollowUps(ctx, places);
    if (!isOpenActivity(activity)) return answerOf(ctx, asClosed(activity, closing, places, stands), ids, stands);
    try {
      const made = await close(ctx, { ...activity, version }, closing, ids, stands, zoneOf);
      return answerOf(ctx, made.get(id) ?? activity, ids, new Map([...stands, ...made]));
    } catch (error) {
      // Closed by another delivery of this very wish, or by somebody else, a moment ago: looked at anew.
      if (!isClosedMeanwhile(error, id) || round >= MOST_TRIES) throw error;
    }
  }
}

async function close(
  ctx: Context,
  activity: AnyRecord,
  closing: Closing,
  ids: Ids,
  stands: ReadonlyMap<string, AnyRecord | undefined>,
  zoneOf: (memberId: string) => string,
): Promise<Map<string, AnyRecord>> {
  // What follows stays with whoever had it, as long as he is there.
  const ownerId = activity.ownerId && ctx.activeMembers.has(activity.ownerId) ? activity.ownerId : undefined;
  const planned = planClosing({
    activity,
    closing,
    ids: { ...(stands.has(ids.next) ? {} : { next: ids.next }), ...(stands.has(ids.nextStep) ? {} : { nextStep: ids.nextStep }) },
    ownerId,
    definition: typeOf(ctx, 'activity'),
    zone: zoneOf(ownerId ?? ctx.actor.memberId),
    now: ctx.now,
  });
  if (!planned.ok) throw invalid(planned.issues);
  try {
    return new Map((await commitPlan(ctx, planned.value)).map((record) => [record.id, record]));
  } catch (error) {
    throw error instanceof AppError && error.code === 'input.invalid' ? invalid((error.issues ?? []).map(ofTheirRecord)) : error;
  }
}

/** The closed record is written by these; what else is found wrong is of the next step. */
const CLOSING_FIELDS = ['outcome', 'evaluation', 'actualStart', 'actualEnd'];
const ofTheirRecord = (issue: Issue): Issue =>
  CLOSING_FIELDS.includes(issue.field.split('.')[0]!) ? issue : { ...issue, field: `nextStep.${issue.field}` };

function isClosedMeanwhile(error: unknown, id: string): boolean {
  if (!(error instanceof AppError) || error.code !== 'record.stale') return false;
  const stands = error.params?.['record'] as AnyRecord;
  return stands.id === id && !isOpenActivity(stands);
}

/** Under which ids the follow-ups stand or will stand, and what is there. The other places are looked at once the first is in the bin. */
async function findFollowUps(ctx: Context, { next, nextSteps: [first, ...others] }: Places) {
  const made = await findMade(ctx, [next, first]);
  const isInBin = (stands: typeof made, id: string): boolean => stands.has(id) && stands.get(id) === undefined;
  const stands = others.length && isInBin(made, first) ? new Map([...made, ...(await findMade(ctx, others))]) : made;
  const ids: Ids = { next, nextStep: [first, ...others].find((id) => !isInBin(stands, id)) ?? first };
  return { ids, stands };
}

/** Of the ids those that are taken; of a removed record there is nothing to show. */
async function findMade(ctx: Context, ids: readonly string[]): Promise<Map<string, AnyRecord | undefined>> {
  const items = await ctx.table.getMany(
    ids.map((id) => recordKey('activity', id)),
    { consistent: true },
  );
  return new Map(items.map((item) => [String(item['id']), isRemoved(item) ? undefined : toRecord(typeOf(ctx, 'activity'), item)]));
}

/** An activity that is closed already, when it was closed just so. */
function asClosed(activity: AnyRecord, closing: Closing, { nextSteps }: Places, stands: ReadonlyMap<string, unknown>): AnyRecord {
  const same =
    activity['status'] === closing.status &&
    Object.entries(closing.values).every(([name, value]) => sameValue(activity[name], value ?? undefined)) &&
    (!closing.nextStep || stands.has(nextSteps[0]));
  if (!same) throw new AppError('activity.closed', { status: 409, params: { status: activity['status'], version: activity.version } });
  return activity;
}

function answerOf(ctx: Context, activity: AnyRecord, ids: Ids, made: ReadonlyMap<string, AnyRecord | undefined>): Closed {
  const definition = typeOf(ctx, 'activity');
  const shown = (id: string): AnyRecord | undefined => {
    const record = made.get(id);
    return record && can(ctx.actor, 'read', definition, record) ? maskRecord(ctx.actor, definition, record) : undefined;
  };
  const [next, nextStep] = [shown(ids.next), shown(ids.nextStep)];
  return { activity: maskRecord(ctx.actor, definition, activity), ...(next ? { next } : {}), ...(nextStep ? { nextStep } : {}) };
}

/** Of the time of the activity, so that they are the same whenever it is asked. */
function placesFor(activity: AnyRecord, { nextStep }: Closing): Places {
  const idOf = (cause: unknown): string =>
    makeId(
      'act',
      toMs(activity.createdAt),
      createHash('sha256')
        .update(JSON.stringify([activity.id, cause]))
        .digest(),
    );
  const wish = nextStep ?? null;
  const others = Array.from({ length: nextStep ? MOST_TAKEN_BACK : 0 }, (_, i) => idOf([wish, i + 1]));
  return { next: idOf('next'), nextSteps: [idOf(wish), ...others] };
}
