import { randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { can } from '../../shared/kernel/access.ts';
import { AppError, forbidden } from '../../shared/kernel/errors.ts';
import { matcher } from '../../shared/kernel/matching.ts';
import { MOST_PER_PAGE } from '../../shared/kernel/page.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { definitionOf } from '../../shared/registry.ts';
import { JOB_DAYS } from '../../shared/workspace/job.ts';
import type { NoticeKind } from '../../shared/workspace/notification.ts';
import { readDirectory } from '../runtime/directory.ts';
import { memberContext } from '../runtime/memberContext.ts';
import type { EffectMessage } from '../services/effectsQueue.ts';
import type { Database } from '../table/database.ts';
import { secretOf } from '../table/entry.ts';
import { ConditionFailed } from '../table/failures.ts';
import { fileKey, recordKey } from '../table/keys.ts';
import { ifEquals, tenantTable, type TenantTable } from '../table/tenantTable.ts';
import { noteAudit } from './audit.ts';
import { typeOf, type Context } from './context.ts';
import { exportFile } from './exportFile.ts';
import { bytesKey, changeJob, FILE, progressKey, secondsAfter, type ExportProgress, type ExportStep } from './exportJob.ts';
import { exportRows, type ExportRow } from './exportRows.ts';
import { isRemoved, toRecord } from './item.ts';
import { listRecords } from './list.ts';

/** What an export does to the world beside the table. */
export interface ExportTools {
  readonly send: (step: ExportStep) => Promise<void>;
  readonly tell: (effects: readonly EffectMessage[]) => Promise<void>;
  readonly store: (key: string, bytes: Uint8Array) => Promise<void>;
  readonly fetch: (key: string) => Promise<Uint8Array>;
}

/** What one file takes; with its columns it stands in the function's memory once. */
const MOST_EXPORTED = 50_000;
/** One step reads so many rows at most, and stops well before its time is over when few of them fit the filter. */
const ROWS_PER_STEP = 2_000;
const PAGES_PER_STEP = 12;
const PART_DAYS = 1;

/**
 * Does one step of an export: reads some rows into a part, or makes the file of all parts. Rights are those of the moment, and
 * hold for every page anew. A step that dies, or comes twice, is done again from what the table says; of two at
 * the same time one ends without a word.
 */
export async function runExport(db: Database, step: ExportStep, tools: ExportTools): Promise<void> {
  const table = tenantTable(db, step.tenant);
  const progress = (await table.get(progressKey(step.id), { consistent: true })) as unknown as ExportProgress | undefined;
  const job = await readJob(table, step.id);
  if (!progress || !job || progress.ended) return;
  if (job['state'] === 'done') return finish(table, job, progress, tools);
  if (job['state'] !== 'queued' && job['state'] !== 'running') return;
  try {
    const ctx = await contextOf(db, table, progress, job, step);
    if (progress.read) return await finish(table, await writeFile(ctx, job, progress, step, tools), progress, tools);
    const next = await readPart(db, ctx, progress, step, tools);
    await changeJob(table, job, { state: 'running', doneCount: next.rows }, step.now);
    await tools.send(step);
  } catch (error) {
    if (error instanceof ConditionFailed || isStale(error)) return; // another delivery goes on, or it was given up
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    const failed = await changeJob(table, job, { state: 'failed', fault: error.code }, step.now);
    await tools.tell([tidings(table, failed, 'exportFailed')]);
  }
}

export const isStale = (error: unknown): boolean => error instanceof AppError && error.code === 'record.stale';

/** A job as it stands. */
export async function readJob(table: TenantTable, id: string): Promise<AnyRecord | undefined> {
  const item = await table.get(recordKey('job', id), { consistent: true });
  return item && !isRemoved(item) ? toRecord(definitionOf('job'), item) : undefined;
}

/** Who asked, with the rights he has now; "today" stays the day on which he asked. @throws AppError export.left (409) */
async function contextOf(db: Database, table: TenantTable, { by }: ExportProgress, job: AnyRecord, step: ExportStep): Promise<Context> {
  const directory = await readDirectory(db, table, step.now);
  const ctx = memberContext(table, directory, by, { now: job.createdAt, requestId: job.id });
  if (!ctx) throw new AppError('export.left', { status: 409 });
  return ctx;
}

/** Reads on from where the last part ended. @returns how far it is now @throws ConditionFailed when another delivery was quicker */
async function readPart(
  db: Database,
  ctx: Context,
  progress: ExportProgress,
  { id }: ExportStep,
  tools: ExportTools,
): Promise<ExportProgress> {
  const { asked, rows: before, parts, turn, found } = progress;
  const definition = typeOf(ctx, asked.recordType);
  const matches = matcher(definition, asked.q ?? '');
  if (!can(ctx.actor, 'export', definition)) throw forbidden();
  const secret = await secretOf(db, 'cursor');
  const rows: ExportRow[] = [];
  let { cursor } = progress;
  for (let pages = 0; pages === 0 || (cursor && rows.length < ROWS_PER_STEP && pages < PAGES_PER_STEP); pages++) {
    const question = {
      limit: MOST_PER_PAGE,
      ...(asked.filter === undefined ? {} : { filter: asked.filter }),
      ...(cursor ? { cursor } : {}),
    };
    const page = await listRecords(ctx, secret, asked.recordType, question);
    const reached = page.items.filter((record) => can(ctx.actor, 'export', definition, record));
    const wanted = reached.filter((record) => matches(record) || found?.includes(record.id));
    rows.push(...(await exportRows(ctx, definition, wanted, asked)));
    ({ cursor } = page);
  }
  const room = MOST_EXPORTED - before;
  const isFull = rows.length > room || (rows.length === room && cursor !== undefined);
  // Of a name that nobody else takes: what another delivery reads must not come under this one's cursor.
  const part = `p${turn}_${randomBytes(8).toString('hex')}`;
  await keep(ctx.table, id, part, gzipSync(JSON.stringify(rows.slice(0, room))), ctx.now, PART_DAYS, tools);
  const { cursor: _, ...rest } = progress;
  const next: ExportProgress = {
    ...rest,
    turn: turn + 1,
    rows: before + Math.min(rows.length, room),
    parts: [...parts, part],
    ...(isFull ? { cut: true } : {}),
    ...(cursor && !isFull ? { cursor } : { read: true }),
  };
  await saveProgress(ctx.table, id, turn, next, ctx.now);
  return next;
}

const saveProgress = (table: TenantTable, id: string, turn: number, next: ExportProgress, at: Instant): Promise<void> =>
  table.put({ ...next, ...progressKey(id), expiresAt: secondsAfter(at, JOB_DAYS) }, ifEquals('turn', turn));

/** Bytes lie in the store as long as their item stands in the table: it goes first there, and takes them along. */
async function keep(table: TenantTable, id: string, name: string, bytes: Uint8Array, at: Instant, days: number, { store }: ExportTools) {
  await table.put({ ...fileKey('job', id, name), expiresAt: secondsAfter(at, days) });
  await store(bytesKey(table.tenant, id, name), bytes);
}

async function writeFile(ctx: Context, job: AnyRecord, progress: ExportProgress, { id, now }: ExportStep, tools: ExportTools) {
  const { asked, parts, cut } = progress;
  const rows: ExportRow[] = [];
  for (const part of parts) {
    const bytes = gunzipSync(await tools.fetch(bytesKey(ctx.table.tenant, id, part)));
    for (const row of JSON.parse(bytes.toString()) as ExportRow[]) rows.push(row);
  }
  const totalCount = rows.length;
  const bytes = await exportFile(typeOf(ctx, asked.recordType), rows, asked, ctx.home.zone);
  await keep(ctx.table, id, FILE, bytes, job.createdAt, JOB_DAYS, tools);
  const change = { state: 'done', doneCount: totalCount, totalCount, size: bytes.length, ...(cut ? { cut } : {}) };
  return changeJob(ctx.table, job, change, now);
}

/** What follows once the file stands: the log, who asked for it, and an end of its parts. */
async function finish(table: TenantTable, job: AnyRecord, progress: ExportProgress, { tell }: ExportTools): Promise<void> {
  const { by, asked, parts, turn, rows } = progress;
  const entry = { at: job.updatedAt, kind: 'export' as const, event: 'exported' as const, by, on: { type: asked.recordType }, count: rows };
  await noteAudit(table, entry, job.id);
  await tell([tidings(table, job, 'exportReady')]);
  await table.writeMany(parts.map((part) => ({ delete: fileKey('job', job.id, part) })));
  await saveProgress(table, job.id, turn, { ...progress, turn: turn + 1, ended: true }, job.createdAt);
}

/** To who asked; the same for every delivery. */
const tidings = ({ tenant }: TenantTable, job: AnyRecord, code: NoticeKind): EffectMessage => ({
  tenant,
  effect: {
    kind: 'notify',
    memberId: job.ownerId!,
    code,
    params: { name: String(job['fileName']), count: String(job['doneCount']) },
    recordType: 'job',
    recordId: job.id,
  },
  type: 'job',
  id: job.id,
  version: job.version,
  at: job.updatedAt,
  requestId: `job-${job.id}`,
});
