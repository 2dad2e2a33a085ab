import { can } from '../../shared/kernel/access.ts';
import { toMs } from '../../shared/kernel/dates.ts';
import { sameValue } from '../../shared/kernel/diff.ts';
import { AppError, forbidden, invalid, notFound } from '../../shared/kernel/errors.ts';
import type { Page } from '../../shared/kernel/page.ts';
import type { AnyRecord, RecordDefinition } from '../../shared/kernel/record.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { faultOfContents, LOOKED_AT_BYTES } from '../../shared/workspace/fileContents.ts';
import { FILE_ADDED, FILE_REMOVED, parseFile, type FileInput, type RecordFile } from '../../shared/workspace/recordFile.ts';
import { presignDownload, presignUpload, readEnds, type Presigned } from '../services/fileStore.ts';
import { ConditionFailed, TransactionRefused, type Item } from '../table/failures.ts';
import { fileKey, recordKey, timelineKey } from '../table/keys.ts';
import { IF_ABSENT, ifEquals, type Write } from '../table/tenantTable.ts';
import { openCursor, sealCursor } from './cursor.ts';
import { typeOf, type Context } from './context.ts';
import { loadForDiscussion } from './notes.ts';
import { getRecordItself, loadForChange } from './operations.ts';
import { standing } from './remarks.ts';

/**
 * A file's item, from its announcement on. What lies in the store lies there as long as its item does: an item that
 * expires or goes takes its bytes along (`keysOfRemoved`), so neither can be left without the other.
 */
interface FileItem extends FileInput {
  /** `incoming`: announced, bytes may come. `refused` and `removed`: shown to nobody, gone when the item expires. */
  readonly state: 'incoming' | 'ready' | 'refused' | 'removed';
  readonly by: string;
  readonly at: Instant;
  /** Why it was refused. */
  readonly fault?: string;
  /** Of all but those that are ready; seconds. */
  readonly expiresAt?: number;
}

const DAY_SECONDS = 86_400;
const PER_PAGE = 100;

/** Where a file's bytes lie. */
export const storeKey = (tenant: string, type: string, id: string, fileId: string): string => `${tenant}/${type}/${id}/${fileId}`;

/**
 * Announces a file and lets its bytes be sent to the store. Announced twice it is one file.
 * @throws AppError input.invalid (400); record.exists (409) where its id is another file's
 */
export async function announceFile(ctx: Context, name: string, id: string, body: unknown): Promise<{ upload: Presigned }> {
  await loadForDiscussion(ctx, name, id);
  const parsed = parseFile(body);
  if (!parsed.ok) throw invalid(parsed.issues);
  const file = parsed.value;
  const item: FileItem = { ...file, state: 'incoming', by: ctx.actor.memberId, at: ctx.now, expiresAt: seconds(ctx.now) + DAY_SECONDS };
  try {
    await ctx.table.put({ ...fileKey(name, id, file.id), ...item }, IF_ABSENT);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    const { id: fileId, name: given, size, sha256, by, state } = toFile(error.item!);
    const same = by === ctx.actor.memberId && sameValue({ id: fileId, name: given, size, sha256 }, file);
    if (!same || state !== 'incoming') throw new AppError('record.exists', { status: 409 });
  }
  return { upload: await presignUpload(storeKey(ctx.table.tenant, name, id, file.id), file, ctx.now) };
}

/**
 * Takes a file whose bytes have been sent, if they are what its name says. Done twice it is done once.
 * @throws AppError file.missing (409) before they are there; input.invalid (400) naming what is wrong with them
 */
export async function completeFile(ctx: Context, name: string, id: string, fileId: string): Promise<RecordFile> {
  const [definition, record] = await loadForDiscussion(ctx, name, id);
  const item = await getFile(ctx, name, id, fileId);
  if (item.by !== ctx.actor.memberId) throw forbidden();
  if (item.state === 'ready') return shown(item);
  if (item.state === 'refused') throw refusal(item.fault!);
  if (item.state === 'removed') throw notFound();
  const ends = await readEnds(storeKey(ctx.table.tenant, name, id, fileId), LOOKED_AT_BYTES);
  if (!ends) throw new AppError('file.missing', { status: 409 });
  const fault = ends.size === item.size ? faultOfContents(item.name, ends) : 'file.contents';
  if (fault) {
    await write(ctx, [{ put: { ...fileKey(name, id, fileId), ...item, state: 'refused', fault }, if: ifEquals('state', 'incoming') }]);
    throw refusal(fault);
  }
  const { expiresAt: _, ...kept } = item;
  const ready: FileItem = { ...kept, state: 'ready', at: ctx.now };
  await write(ctx, [
    { put: { ...fileKey(name, id, fileId), ...ready }, if: ifEquals('state', 'incoming') },
    { put: remark(ctx, definition, record, FILE_ADDED, ready) },
  ]);
  return shown(ready);
}

/** Files of a record, the last announced first. */
export async function listFiles(ctx: Context, secret: Buffer, name: string, id: string, cursor?: string): Promise<Page<RecordFile>> {
  await getRecordItself(ctx, name, id);
  const bound = `${ctx.table.tenant} ${ctx.actor.memberId} files ${name} ${id}`;
  const after = cursor === undefined ? undefined : openCursor<Record<string, unknown>>(secret, bound, cursor);
  const { pk } = recordKey(name, id);
  const page = await ctx.table.query({ pk, startsWith: 'F#', newestFirst: true, limit: PER_PAGE, ...(after ? { after } : {}) });
  const items = page.items.map(toFile).filter(({ state }) => state === 'ready');
  return { items: items.map(shown), ...(page.last ? { cursor: sealCursor(secret, bound, page.last) } : {}) };
}

/** The way to a file's bytes, open for a moment. @throws AppError record.notFound (404) */
export async function downloadFile(ctx: Context, name: string, id: string, fileId: string): Promise<Presigned> {
  await getRecordItself(ctx, name, id);
  const item = await getFile(ctx, name, id, fileId);
  if (item.state !== 'ready') throw notFound();
  return presignDownload(storeKey(ctx.table.tenant, name, id, fileId), item.name, ctx.now);
}

/**
 * Takes a file away. Its item stays a day: an upload that is still open must not bring bytes that nothing points at.
 * @throws AppError access.denied (403) to all but who put it there and those who may delete the record
 */
export async function removeFile(ctx: Context, name: string, id: string, fileId: string): Promise<void> {
  const definition = typeOf(ctx, name);
  const record = await loadForChange(ctx, definition, id);
  const item = await getFile(ctx, name, id, fileId);
  if (item.by !== ctx.actor.memberId && !can(ctx.actor, 'delete', definition, record)) throw forbidden();
  if (item.state === 'removed' || item.state === 'refused') return;
  const removed: FileItem = { ...item, state: 'removed', expiresAt: seconds(ctx.now) + DAY_SECONDS };
  await write(ctx, [
    { put: { ...fileKey(name, id, fileId), ...removed }, if: ifEquals('state', item.state) },
    ...(item.state === 'ready' ? [{ put: remark(ctx, definition, record, FILE_REMOVED, removed) }] : []),
  ]);
}

async function getFile(ctx: Context, name: string, id: string, fileId: string): Promise<FileItem> {
  const item = await ctx.table.get(fileKey(name, id, fileId), { consistent: true });
  if (!item) throw notFound();
  return toFile(item);
}

/** Somebody who changed the file's state at the same moment has the last word: whoever comes second asks again. */
async function write(ctx: Context, writes: readonly Write[]): Promise<void> {
  try {
    await ctx.table.transact(writes);
  } catch (error) {
    throw error instanceof TransactionRefused ? new AppError('table.conflict', { status: 503, cause: error }) : error;
  }
}

/** The row of the timeline that says who put which file there, or took it away. */
const remark = (ctx: Context, definition: RecordDefinition, record: AnyRecord, code: string, { id, name, size }: FileItem): Item => ({
  ...timelineKey(definition.name, record.id, ctx.now, `${id}.${code}`),
  at: ctx.now,
  on: standing(definition, record),
  row: { id: `${id}.${code}`, code, params: { fileId: id, name, size }, by: ctx.actor.memberId },
});

const toFile = ({ pk: _pk, sk: _sk, ...item }: Item): FileItem => item as unknown as FileItem;
const shown = ({ id, name, size, by, at }: FileItem): RecordFile => ({ id, name, size, by, at });
const refusal = (fault: string): AppError => invalid([{ field: 'name', code: fault }]);
const seconds = (at: Instant): number => Math.floor(toMs(at) / 1000);
