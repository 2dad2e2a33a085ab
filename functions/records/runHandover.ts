import { AppError } from '../../shared/kernel/errors.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { goesAlong, receiverOf, receiversOf, type Holding } from '../../shared/workspace/handover.ts';
import { isOpenJob, JOB_DAYS, type Job } from '../../shared/workspace/job.ts';
import type { NoticeKind } from '../../shared/workspace/notification.ts';
import { readDirectory } from '../runtime/directory.ts';
import { memberContext } from '../runtime/memberContext.ts';
import type { EffectMessage } from '../services/effectsQueue.ts';
import type { Database } from '../table/database.ts';
import { ConditionFailed, type Item } from '../table/failures.ts';
import { MOVED, movedIn, movedKey, recordKey } from '../table/keys.ts';
import { ifEquals, tenantTable, type TenantTable } from '../table/tenantTable.ts';
import { noteAudit } from './audit.ts';
import { commit } from './commit.ts';
import { typeOf, type Context } from './context.ts';
import { changeJob, secondsAfter } from './exportJob.ts';
import { bookOf, holderOf, readBook } from './handoverBook.ts';
import {
  handoverJobKey,
  readHandoverJob,
  requestOf,
  type Given,
  type HandoverProgress,
  type HandoverStep,
  type SendHandover,
} from './handoverJob.ts';
import { isRemoved, toRecord } from './item.ts';
import { prepareUpdate } from './prepare.ts';
import { isStale, readJob } from './runExport.ts';
import { forgetSuccessor, keepSuccessor } from './successors.ts';

/** What a hand-over does to the world beside the table. */
interface HandoverTools {
  readonly send: SendHandover;
  readonly tell: (effects: readonly EffectMessage[]) => Promise<void>;
}

/** A record on its way from one member to another, in one of the ways in which members hold it. */
interface Move {
  readonly type: string;
  readonly id: string;
  readonly field: string;
  readonly from: string;
  readonly to: string;
}
/** What one turn does, and where the next one begins: undefined when the whole book has been read. */
interface Page {
  readonly moves: readonly Move[];
  readonly next: Pick<HandoverProgress, 'place' | 'cursor'> | undefined;
}

const PAGE = 100;
/** Pages read by one step at most. */
const MOST_READ = 20;
const AT_ONCE = 8;
const MOST_TRIES = 5;
/** By then nobody lets him in any more who was shut out, and the index knows what he wrote last. */
const BETWEEN_ROUNDS_SECONDS = 40;

/**
 * Does one step of a hand-over, or of taking one back: moves the records of one page, each in the name of whoever asked
 * and with the rights he has now. A step that dies, or comes twice, is done again: each record moves in one transaction
 * with the row that tells of it, so that what is counted, and what can be taken back, is exactly what was moved.
 */
export async function runHandover(db: Database, step: HandoverStep, tools: HandoverTools): Promise<void> {
  const table = tenantTable(db, step.tenant);
  const progress = await readHandoverJob(table, step.id);
  const job = await readJob(table, step.id);
  if (!progress || !job || progress.ended) return;
  if (!isOpenJob(job as unknown as Job)) return finish(table, job, progress, tools);
  try {
    const { ctx, isShutOut } = await contextOf(db, table, progress, step);
    if (progress.turn === 0 && !progress.takesBack) await keepSuccessor(table, progress.from, progress, step.id, step.now);
    const page = progress.takesBack ? await pageBack(ctx, progress) : await pageOfBook(ctx, progress);
    await inParts(page.moves, (move) => give(ctx, move, progress.turn, step.id));
    const { after, isDone } = await advance(table, step.id, progress, page, isShutOut);
    if (isDone || job['state'] === 'queued' || after.moved > progress.moved)
      await changeJob(table, job, { state: isDone ? 'done' : 'running', doneCount: after.moved }, step.now);
    await tools.send(step, after.round > progress.round ? BETWEEN_ROUNDS_SECONDS : 0);
  } catch (error) {
    // Another delivery was quicker, it was given up, or the answer to a write was lost: the next step sees which.
    if (error instanceof ConditionFailed || isStale(error)) return tools.send(step);
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    await changeJob(table, job, { state: 'failed', fault: error.code }, step.now);
    await tools.send(step);
  }
}

/** @throws AppError handover.left (409) when whoever asked works here no more; handover.receiverLeft (409) */
async function contextOf(db: Database, table: TenantTable, progress: HandoverProgress, { id, now }: HandoverStep) {
  const directory = await readDirectory(db, table, now, { fresh: true });
  const ctx = memberContext(table, directory, progress.by, { now, requestId: requestOf(id, progress.turn) });
  if (!ctx) throw new AppError('handover.left', { status: 409 });
  const isShutOut = !ctx.activeMembers.has(progress.from);
  // What is taken back is as it was before, also for somebody who cannot sign in.
  if (progress.takesBack) return { ctx: { ...ctx, activeMembers: new Set([...ctx.activeMembers, progress.from]) }, isShutOut: false };
  if (receiversOf(progress).some((receiver) => !ctx.activeMembers.has(receiver)))
    throw new AppError('handover.receiverLeft', { status: 409 });
  return { ctx, isShutOut };
}

/** The next of his records; what he holds nothing of is passed over, as far as one step may read. */
async function pageOfBook(ctx: Context, { from, place: first, cursor, ...receivers }: HandoverProgress): Promise<Page> {
  const book = bookOf(ctx, from);
  let after = cursor;
  for (let place = first, read = 1; place < book.length; read++) {
    const holding = book[place]!;
    const { definition, field } = holding;
    const { rows, last } = await readBook(ctx.table, holding, from, { limit: PAGE, after });
    const to = receiverOf(receivers, definition.name);
    const moves = rows.map(({ id }) => ({ type: definition.name, id: String(id), field, from, to }));
    const next = last ? { place, cursor: last } : place + 1 < book.length ? { place: place + 1 } : undefined;
    if (moves.length || !next || read === MOST_READ) return { moves, next };
    ({ place } = next);
    after = last;
  }
  return { moves: [], next: undefined };
}

/** What was moved goes back, in the order in which it came; a cursor is the key of the last row read. */
async function pageBack({ table }: Context, { takesBack, cursor }: HandoverProgress): Promise<Page> {
  const { pk } = handoverJobKey(takesBack!);
  const page = await table.query({ pk, startsWith: MOVED, consistent: true, limit: PAGE, ...(cursor ? { after: cursor } : {}) });
  const moves = page.items.map((row) => {
    const { type, id, field, from, to } = row as unknown as Move;
    return { type, id, field, from: to, to: from };
  });
  return { moves, next: page.last && { place: 0, cursor: page.last } };
}

/** Moves one record, unless it has another holder, or an end, by now; what a rule of its own refuses stays where it is. */
async function give(ctx: Context, move: Move, turn: number, jobId: string): Promise<void> {
  const { type, id, field, from, to } = move;
  const definition = typeOf(ctx, type);
  const holding: Holding = { definition, field };
  for (let round = 1; ; round++) {
    const item = await ctx.table.get(recordKey(type, id), { consistent: true });
    if (!item || isRemoved(item)) return;
    const record = toRecord(definition, item);
    if (holderOf(holding, record) !== from || !goesAlong(definition, record)) return;
    try {
      const prepared = await prepareUpdate(
        ctx,
        definition,
        record,
        field === 'ownerId' ? {} : { [field]: to },
        field === 'ownerId' ? { ownerId: to } : {},
      );
      if (!prepared) return;
      const row: Item = {
        ...movedKey(handoverJobKey(jobId), turn, type, id, field),
        ...move,
        expiresAt: secondsAfter(ctx.now, JOB_DAYS + 1),
      };
      await commit(ctx, [prepared], [{ put: row }]);
      return;
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500) throw error;
      if (!isStale(error) || round >= MOST_TRIES) return;
    }
  }
}

/** Writes how far it is, counted by the rows that tell of what was moved. @throws ConditionFailed when another delivery was quicker */
async function advance(
  table: TenantTable,
  id: string,
  progress: HandoverProgress,
  { next }: Page,
  isShutOut: boolean,
): Promise<{ after: HandoverProgress; isDone: boolean }> {
  const { cursor: _, ...rest } = progress;
  const { pk } = handoverJobKey(id);
  const rows = (await table.query({ pk, startsWith: movedIn(progress.turn), consistent: true })).items as unknown as Move[];
  const given: Record<string, Given> = { ...progress.given };
  for (const { to, type, id: first } of rows) given[to] = { type, id: first, ...given[to], count: (given[to]?.count ?? 0) + 1 };
  const again = !next && isShutOut && progress.round === 1;
  const after: HandoverProgress = {
    ...rest,
    ...(next ?? { place: 0 }),
    round: again ? 2 : progress.round,
    turn: progress.turn + 1,
    moved: progress.moved + rows.length,
    given,
  };
  await table.put({ ...after, ...handoverJobKey(id) }, ifEquals('turn', progress.turn));
  return { after, isDone: !next && !again };
}

/** What follows from its end, whichever that was: the log, those it concerns, and what can be done about it from now on. */
async function finish(table: TenantTable, job: AnyRecord, progress: HandoverProgress, { tell }: HandoverTools): Promise<void> {
  const { by, from, name, takesBack, moved, given } = progress;
  const event = takesBack ? ('takenBack' as const) : ('handedOver' as const);
  await noteAudit(table, { at: job.updatedAt, kind: 'people', event, by, on: { type: 'member', id: from }, count: moved }, job.id);
  const state = String(job['state']);
  const count = String(moved);
  await tell([
    // Whoever has given it up knows.
    ...(state === 'cancelled' ? [] : [tidings(table, job, by, 'handoverEnded', { name, count, state, kind: String(job['kind']) }, job)]),
    ...Object.entries(takesBack ? {} : given).flatMap(([receiver, { count: his, ...first }]) =>
      receiver === by ? [] : [tidings(table, job, receiver, 'handedOver', { name, count: String(his) }, first)],
    ),
  ]);
  if (takesBack && state === 'done') await closeTakenBack(table, from, takesBack, job.id);
  await table.update({ update: handoverJobKey(job.id), set: { ended: true } });
}

async function closeTakenBack(table: TenantTable, from: string, takesBack: string, by: string): Promise<void> {
  await table.update({ update: handoverJobKey(takesBack), set: { takenBackBy: by } });
  await forgetSuccessor(table, from, takesBack);
}

/** To one member; the same for every delivery. */
const tidings = (
  { tenant }: TenantTable,
  job: AnyRecord,
  memberId: string,
  code: NoticeKind,
  params: Readonly<Record<string, string>>,
  about: { readonly type?: unknown; readonly id: string },
): EffectMessage => ({
  tenant,
  effect: { kind: 'notify', memberId, code, params, recordType: String(about.type ?? 'job'), recordId: about.id },
  ...{ type: 'job', id: job.id, version: job.version, at: job.updatedAt, requestId: `job-${job.id}` },
});

async function inParts<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length; at += AT_ONCE) await Promise.all(all.slice(at, at + AT_ONCE).map(work));
}
