import type { Issue } from '../kernel/errors.ts';
import type { PlannedWrite, Plan } from '../kernel/plan.ts';
import type { AnyRecord, RecordDefinition, Values } from '../kernel/record.ts';
import { parseCreate, type Parsed } from '../kernel/schema.ts';
import type { Instant } from '../kernel/types.ts';
import { ACTIVITY_LINKS } from './nextActivity.ts';
import { nextOccurrence, plannedOf } from './recurrence.ts';

/** How an activity is closed: done with what came of it, or not done at all. */
export interface Closing {
  readonly status: 'done' | 'cancelled';
  /** What is written about it: outcome, evaluation, actual times. */
  readonly values: Values;
  /** What to do next with the same customer; its fields over those taken from this one. */
  readonly nextStep?: Values;
  /** True lets nothing come again. */
  readonly endsSeries?: boolean;
}

/** Ids that follow from the activity and the wish, so that asking again makes nothing twice; those that stand are left out. */
export interface FollowUpIds {
  readonly next?: string;
  readonly nextStep?: string;
}

/** What belongs to one occurrence alone. */
const OF_ONE = ['status', 'outcome', 'evaluation', 'actualStart', 'actualEnd', 'cost', 'dueAt', 'cycle', 'plannedStart', 'plannedEnd'];

/**
 * Closes an activity and makes what follows from it: the next occurrence of its cycle, and the next step.
 * @param about.ownerId  of what is made, unless the next step names somebody else
 * @param about.zone     the wall clock by which a cycle goes
 * @returns issues under `nextStep.`
 */
export function planClosing(about: {
  readonly activity: AnyRecord;
  readonly closing: Closing;
  readonly ids: FollowUpIds;
  readonly ownerId: string | undefined;
  readonly definition: RecordDefinition;
  readonly zone: string;
  readonly now: Instant;
}): Parsed<Plan> {
  const { activity, closing, ids, ownerId, definition, zone, now } = about;
  const cycleGoes = activity['cycle'] === undefined ? {} : { cycle: null };
  const close: PlannedWrite = {
    ...{ op: 'update', type: 'activity', id: activity.id, version: activity.version },
    change: { ...closing.values, status: closing.status, ...cycleGoes },
  };
  const occurrence = closing.endsSeries ? undefined : nextOccurrence(plannedOf(activity), zone, now);
  const created = (id: string, values: Values, owner = ownerId): PlannedWrite => ({
    ...{ op: 'create', type: 'activity', id, values, inherited: inheritedBy(activity) },
    ...(owner === undefined ? {} : { ownerId: owner }),
  });
  const writes: PlannedWrite[] = [close];
  if (ids.next && occurrence) writes.push(created(ids.next, { ...repeated(definition, activity), ...occurrence }));
  if (closing.nextStep && ids.nextStep) {
    const parsed = parseNextStep(definition, activity, closing.nextStep);
    if (!parsed.ok) return parsed;
    const { ownerId: named, ...values } = parsed.value as Values & { ownerId?: string };
    writes.push(created(ids.nextStep, values, named));
  }
  return { ok: true, value: { writes } };
}

/**
 * Plans a closed activity again, and takes the next step back that was made with its closing: as long as nobody has touched
 * either since.
 */
export function planReopening(activity: AnyRecord, step: AnyRecord | undefined): Plan {
  const { id, version, updatedAt, updatedBy } = activity;
  const writes: PlannedWrite[] = [{ op: 'update', type: 'activity', id, version, change: { status: 'planned' } }];
  const isMadeWithIt = step?.version === 1 && step.createdAt === updatedAt && step.createdBy === updatedBy;
  if (isMadeWithIt) writes.push({ op: 'remove', type: 'activity', id: step.id, version: step.version });
  return { writes };
}

const fieldsOf = (definition: RecordDefinition, record: AnyRecord): [string, unknown][] =>
  Object.entries(record).filter(([name]) => Object.hasOwn(definition.fields, name));

const repeated = (definition: RecordDefinition, activity: AnyRecord): Values =>
  Object.fromEntries(fieldsOf(definition, activity).filter(([name]) => !OF_ONE.includes(name)));

/** Whom and what an activity concerns, which its follow-ups concern as well. */
const linksOf = (activity: AnyRecord): Values =>
  Object.fromEntries(ACTIVITY_LINKS.flatMap((name) => (activity[name] === undefined ? [] : [[name, activity[name]]])));

/** Ids that stand in the activity: who may read it may take them over, also where the records are out of his reach or gone. */
const inheritedBy = (activity: AnyRecord): string[] =>
  [...Object.values(linksOf(activity)), ...((activity['watcherIds'] as string[] | undefined) ?? [])].map(String);

/** What closes it already, or names it, is not the caller's. */
const NOT_OF_A_STEP = ['id', 'status', 'actualStart', 'actualEnd', 'outcome', 'evaluation'];

function parseNextStep(definition: RecordDefinition, activity: AnyRecord, given: Values): Parsed<Values> {
  const refused = NOT_OF_A_STEP.filter((name) => Object.hasOwn(given, name)).map((name): Issue => ({ field: name, code: 'field.unknown' }));
  const parsed = parseCreate(definition, { ...linksOf(activity), ...given });
  const issues = [...refused, ...(parsed.ok ? [] : parsed.issues)];
  return issues.length ? { ok: false, issues: issues.map((issue) => ({ ...issue, field: `nextStep.${issue.field}` })) } : parsed;
}
