import { inReach, reachOf } from '../../shared/kernel/access.ts';
import { toInstant, toMs } from '../../shared/kernel/dates.ts';
import { AppError, forbidden, invalid, notFound, type Issue } from '../../shared/kernel/errors.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { definitionOf } from '../../shared/registry.ts';
import { receiverIssues, receiverOf, type HandoverRequest, type Receivers } from '../../shared/workspace/handover.ts';
import { isOpenJob, JOB_DAYS, type Job } from '../../shared/workspace/job.ts';
import { ConditionFailed } from '../table/failures.ts';
import { handoverKey, jobKey } from '../table/keys.ts';
import { IF_ABSENT, type TenantTable } from '../table/tenantTable.ts';
import type { Context } from './context.ts';
import { createJob, secondsAfter } from './exportJob.ts';
import { bookOf, countBook, type Held } from './handoverBook.ts';

/** A step on its way through the queue of jobs; how far the work is stands in the table alone. */
export interface HandoverStep {
  readonly kind: 'handover';
  readonly tenant: string;
  readonly id: string;
  readonly now: Instant;
}
export type SendHandover = (step: HandoverStep, delaySeconds?: number) => Promise<void>;

/** How far a hand-over is, or the taking back of one. */
export interface HandoverProgress extends Receivers {
  readonly turn: number;
  readonly by: string;
  /** The member whose records go. */
  readonly from: string;
  readonly name: string;
  /** Id of the hand-over that is taken back. */
  readonly takesBack?: string;
  /** The book is read twice where its holder has just been shut out. */
  readonly round: number;
  /** Which of his holdings is being read, and where its next page begins. */
  readonly place: number;
  readonly cursor?: Record<string, unknown>;
  readonly moved: number;
  /** How many each member was given, and the first of them. */
  readonly given: Readonly<Record<string, Given>>;
  readonly takenBackBy?: string;
  /** What is to be done in the end has been done. */
  readonly ended?: true;
}
export interface Given {
  readonly count: number;
  readonly type: string;
  readonly id: string;
}

/** A hand-over of somebody's records, as long as it can be taken back. */
interface PastHandover {
  readonly id: string;
  readonly by: string;
  readonly at: Instant;
  readonly to: string;
  readonly state: 'running' | 'ended';
  readonly count: number;
  readonly takenBack: boolean;
  /** Till then it can be taken back. */
  readonly until: Instant;
}

export const handoverJobKey = (id: string) => jobKey(`hand-over-${id}`);
/** Names every write of a hand-over; requests of callers have other names. */
const REQUEST = 'hand-over-';
export const requestOf = (id: string, turn: number): string => `${REQUEST}${id}-${turn}`;
export const isHandingOver = (requestId: unknown): boolean => String(requestId).startsWith(REQUEST);

export const readHandoverJob = async (table: TenantTable, id: string): Promise<HandoverProgress | undefined> =>
  (await table.get(handoverJobKey(id), { consistent: true })) as unknown as HandoverProgress | undefined;

/**
 * Asks all that can be asked before anything is done: whom the records go to, and whether the caller may give them.
 * @returns what will go
 * @throws AppError input.invalid (400); access.denied (403) where he may give nothing that anybody can hold
 */
export async function checkHandover(ctx: Context, from: AnyRecord, request: HandoverRequest): Promise<Held[]> {
  const book = bookOf(ctx, from.id);
  if (!book.length) throw forbidden();
  const known = new Set(book.map(({ definition }) => definition.name));
  const issues = receiverIssues(request, { from: from.id, active: ctx.activeMembers, known });
  if (issues.length) throw invalid(issues);
  const held = await countBook(ctx, from.id);
  const outside = held.flatMap(({ type, field }): Issue[] => {
    const receiver = receiverOf(request, type);
    if (field !== 'ownerId' || inReach(ctx.actor, reachOf(ctx.actor, 'assign', definitionOf(type)), receiver)) return [];
    return [{ field: request.types[type] === undefined ? 'to' : `types.${type}`, code: 'owner.outOfReach' }];
  });
  if (outside.length) throw invalid(outside);
  return held;
}

/**
 * Begins to hand a member's records over; asked again under the same id it is the same hand-over, and is sent on its way
 * again in case it never was.
 * @throws AppError record.exists (409) where the id is another job's
 */
export async function startHandover(
  ctx: Context,
  from: AnyRecord,
  request: HandoverRequest,
  held: readonly Held[],
  send: SendHandover,
): Promise<AnyRecord> {
  const { id, to, types } = request;
  const totalCount = held.reduce((sum, { count }) => sum + count, 0);
  await begin(ctx, id, { ...freshFor(ctx, from), to, types });
  return announce(ctx, id, { kind: 'handover', memberId: from.id, fileName: String(from['name']), totalCount }, send);
}

/**
 * Begins to take a hand-over back: whatever still belongs to whom it was given goes back.
 * @throws AppError record.notFound (404) for none of this member, or one too long ago; handover.running,
 *   handover.takenBack, record.exists (409)
 */
export async function startTakingBack(
  ctx: Context,
  from: AnyRecord,
  { id, handover }: { readonly id: string; readonly handover: string },
  send: SendHandover,
): Promise<AnyRecord> {
  const past = await readHandoverJob(ctx.table, handover);
  const isOver = !past || past.from !== from.id || past.takesBack || isPast(ctx, past as unknown as { expiresAt: number });
  if (isOver) throw notFound();
  if (!past.ended) throw new AppError('handover.running', { status: 409 });
  if (past.takenBackBy !== undefined && past.takenBackBy !== id) throw new AppError('handover.takenBack', { status: 409 });
  if (!bookOf(ctx, from.id).length) throw forbidden();
  await begin(ctx, id, { ...freshFor(ctx, from), to: from.id, types: {}, takesBack: handover });
  return announce(ctx, id, { kind: 'takingBack', memberId: from.id, fileName: past.name, totalCount: past.moved }, send);
}

const isPast = ({ now }: Context, { expiresAt }: { readonly expiresAt: number }): boolean => expiresAt * 1000 <= toMs(now);

const freshFor = ({ actor }: Context, from: AnyRecord) => ({
  ...{ turn: 0, round: 1, place: 0, moved: 0, given: {} },
  ...{ by: actor.memberId, from: from.id, name: String(from['name']) },
});

/** @throws AppError record.exists (409) */
async function begin({ table, now }: Context, id: string, fresh: HandoverProgress): Promise<void> {
  const expiresAt = secondsAfter(now, JOB_DAYS);
  // Listed first: what begins without being listed could not be taken back.
  await table.put({ ...handoverKey(fresh.from, now, id), id, by: fresh.by, at: now, expiresAt });
  try {
    await table.put({ ...handoverJobKey(id), ...fresh, expiresAt }, IF_ABSENT);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    const known = error.item as unknown as HandoverProgress;
    if (wishOf(known) !== wishOf(fresh)) throw new AppError('record.exists', { status: 409 });
  }
}
const wishOf = ({ by, from, to, types, takesBack }: HandoverProgress): string =>
  JSON.stringify([by, from, to, Object.entries(types).sort(), takesBack ?? null]);

async function announce(ctx: Context, id: string, values: Readonly<Record<string, unknown>>, send: SendHandover): Promise<AnyRecord> {
  const record = await createJob(ctx, id, { ...values, state: 'queued', recordType: 'member', doneCount: 0 });
  if (isOpenJob(record as unknown as Job)) await send({ kind: 'handover', tenant: ctx.table.tenant, id, now: ctx.now });
  return record;
}

/** Hand-overs of that member's records that can still be taken back, or have been; the last first. */
export async function listHandovers(ctx: Context, memberId: string): Promise<PastHandover[]> {
  const { pk } = handoverKey(memberId, '', '');
  const { items } = await ctx.table.query({ pk, from: '0', to: '9', newestFirst: true, consistent: true, limit: 20 });
  const rows = [...new Map(items.map((row) => [String(row['id']), row])).values()].filter(
    (row) => !isPast(ctx, row as unknown as { expiresAt: number }),
  );
  const known = await ctx.table.getMany(
    rows.map(({ id }) => handoverJobKey(String(id))),
    { consistent: true },
  );
  const byKey = new Map(known.map((item) => [item.pk.slice(item.pk.indexOf('J#')), item as unknown as HandoverProgress]));
  return rows.flatMap((row): PastHandover[] => {
    const progress = byKey.get(handoverJobKey(String(row['id'])).pk);
    // One that never began, because its caller gave up, has moved nothing.
    if (!progress || progress.takesBack || progress.turn === 0) return [];
    const { by, to, moved, ended, takenBackBy } = progress;
    return [
      {
        ...{ id: String(row['id']), by, to, at: String(row['at']), count: moved },
        ...{ state: ended ? 'ended' : 'running', takenBack: takenBackBy !== undefined },
        until: toInstant(Number(row['expiresAt']) * 1000),
      },
    ];
  });
}
