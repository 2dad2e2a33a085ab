import { can } from '../../shared/kernel/access.ts';
import { toMs } from '../../shared/kernel/dates.ts';
import { AppError, forbidden, invalid } from '../../shared/kernel/errors.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { findDefinition } from '../../shared/registry.ts';
import { columnIssues, parseExport, type ExportRequest } from '../../shared/workspace/exportRequest.ts';
import { isOpenJob, JOB_DAYS, type Job } from '../../shared/workspace/job.ts';
import { systemContext } from '../runtime/systemContext.ts';
import { presignDownload, type Presigned } from '../services/fileStore.ts';
import { ConditionFailed } from '../table/failures.ts';
import { jobKey } from '../table/keys.ts';
import { IF_ABSENT, type TenantTable } from '../table/tenantTable.ts';
import { typeOf, type Context } from './context.ts';
import { storeKey } from './files.ts';
import { filterOf } from './list.ts';
import { commitPlan, getRecordItself } from './operations.ts';
import { search } from './search.ts';

/** A step on its way through the queue of jobs; how far the work is stands in the table alone. */
export interface ExportStep {
  readonly kind: 'export';
  readonly tenant: string;
  readonly id: string;
  readonly now: Instant;
}

/** How far an export is. */
export interface ExportProgress {
  readonly turn: number;
  readonly by: string;
  readonly asked: ExportRequest;
  /** What the words asked for find beyond what stands in the records: names by their pinyin. */
  readonly found?: readonly string[];
  /** Where the next page begins; absent before the first. */
  readonly cursor?: string;
  /** All rows have been read. */
  readonly read?: true;
  readonly rows: number;
  readonly cut?: true;
  /** Names of the files that hold what has been read. */
  readonly parts: readonly string[];
  /** What is to be done when the file stands has been done. */
  readonly ended?: true;
}

export const FILE = 'file';
export const progressKey = (id: string) => jobKey(`export-${id}`);
export const bytesKey = (tenant: string, id: string, name: string): string => storeKey(tenant, 'job', id, name);
export const secondsAfter = (at: Instant, days: number): number => Math.floor(toMs(at) / 1000) + days * 86_400;

/**
 * Begins an export; asked again under the same id it is the same one, and is sent on its way again in case it never was.
 * @throws AppError access.denied (403); input.invalid (400); record.exists (409) where the id is another job's
 */
export async function startExport(ctx: Context, body: unknown, send: (step: ExportStep) => Promise<void>): Promise<AnyRecord> {
  const parsed = parseExport(body);
  if (!parsed.ok) throw invalid(parsed.issues);
  const asked = parsed.value;
  const { id, recordType, name, format } = asked;
  if (!findDefinition(recordType)) throw invalid([{ field: 'recordType', code: 'choice.unknown' }]);
  const definition = typeOf(ctx, recordType);
  if (!can(ctx.actor, 'export', definition) || !can(ctx.actor, 'read', definition)) throw forbidden();
  const issues = columnIssues(ctx.actor, definition, asked);
  if (issues.length) throw invalid(issues);
  filterOf(ctx, definition, asked.filter);
  const { memberId } = ctx.actor;
  const found = asked.q ? (await search(ctx, asked.q)).filter(({ type }) => type === recordType).map((hit) => hit.id) : undefined;
  const fresh: ExportProgress = { turn: 0, by: memberId, asked, ...(found ? { found } : {}), rows: 0, parts: [] };
  try {
    await ctx.table.put({ ...progressKey(id), ...fresh, expiresAt: secondsAfter(ctx.now, JOB_DAYS) }, IF_ABSENT);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    const known = error.item as unknown as ExportProgress;
    if (known.by !== memberId || JSON.stringify(known.asked) !== JSON.stringify(asked))
      throw new AppError('record.exists', { status: 409 });
  }
  const values = { kind: 'export', state: 'queued', recordType, fileName: `${name}.${format}`, doneCount: 0 };
  const record = await createJob(ctx, id, values);
  if (isOpenJob(record as unknown as Job)) await send({ kind: 'export', tenant: ctx.table.tenant, id, now: ctx.now });
  return record;
}

/** The record of a job that whoever asked for it sees; asked for again, the one that stands. @throws AppError record.exists (409) */
export async function createJob(ctx: Context, id: string, values: Readonly<Record<string, unknown>>): Promise<AnyRecord> {
  const write = { op: 'create' as const, type: 'job', id, ownerId: ctx.actor.memberId, values };
  try {
    const [record] = await commitPlan(ctx, { writes: [write] });
    return record!;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'record.exists') throw error;
    return getRecordItself(ctx, 'job', id).catch(() => {
      throw error;
    });
  }
}

/** Gives a job up; one that has ended stays as it is. @throws AppError record.notFound (404); record.stale (409) when a step was quicker */
export async function cancelJob(ctx: Context, id: string): Promise<AnyRecord> {
  const record = await getRecordItself(ctx, 'job', id);
  if (!isOpenJob(record as unknown as Job)) return record;
  return changeJob(ctx.table, record, { state: 'cancelled' }, ctx.now);
}

/** The product's own write of a job: its owner reads, and asks for nothing but its end. @throws AppError record.stale (409) */
export async function changeJob(table: TenantTable, { id, version }: AnyRecord, change: Readonly<Record<string, unknown>>, now: Instant) {
  const ctx = systemContext(table, { now, requestId: `job-${id}-${version}` });
  const [record] = await commitPlan(ctx, { writes: [{ op: 'update', type: 'job', id, version, change }] });
  return record!;
}

/** The way to the file, open for a moment, as long as its reader may still export what it holds. @throws AppError job.notDone (409) */
export async function downloadExport(ctx: Context, id: string): Promise<Presigned> {
  const { state, recordType, fileName } = (await getRecordItself(ctx, 'job', id)) as unknown as Job;
  const definition = findDefinition(recordType);
  if (state !== 'done' || !definition) throw new AppError('job.notDone', { status: 409 });
  if (!can(ctx.actor, 'export', definition)) throw forbidden();
  return presignDownload(bytesKey(ctx.table.tenant, id, FILE), fileName, ctx.now);
}
