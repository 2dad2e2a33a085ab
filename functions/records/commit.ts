import { can } from '../../shared/kernel/access.ts';
import { sameValue } from '../../shared/kernel/diff.ts';
import { AppError } from '../../shared/kernel/errors.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { ConditionFailed, type Item, TransactionRefused } from '../table/failures.ts';
import { definitionOfId } from '../../shared/registry.ts';
import { ownField } from '../../shared/kernel/record.ts';
import { FEED_HEAD, recordKey } from '../table/keys.ts';
import { MOST_IN_TRANSACTION, type Write } from '../table/tenantTable.ts';
import type { Context } from './context.ts';
import { isRemoved, toRecord, valuesOf } from './item.ts';
import type { Prepared } from './prepare.ts';

/**
 * Writes everything prepared, whole or not at all. A single item costs half in a plain conditional write.
 * @returns the records as they stand now; those of an earlier try when this is its repeat
 * @throws AppError record.stale, record.exists, unique.taken, duplicate.possible (409)
 */
export async function commit(ctx: Context, prepared: readonly Prepared[], more: readonly Write[] = []): Promise<AnyRecord[]> {
  const epoch: Write[] = prepared.some(({ definition }) => definition.governs) ? [{ update: FEED_HEAD, add: { epoch: 1 } }] : [];
  const writes = [...prepared.flatMap((each) => each.writes), ...more, ...epoch];
  if (writes.length > MOST_IN_TRANSACTION) throw new AppError('plan.tooLarge', { status: 413, params: { most: MOST_IN_TRANSACTION } });
  const [only] = writes;
  try {
    if (writes.length === 1 && only && 'put' in only) await ctx.table.put(only.put, only.if);
    else await ctx.table.transact(writes);
    return prepared.map(({ record }) => record);
  } catch (error) {
    const failed =
      error instanceof ConditionFailed ? [{ index: 0, item: error.item }] : error instanceof TransactionRefused ? error.failed : undefined;
    if (!failed) throw error;
    return explain(ctx, prepared, failed, error);
  }
}

async function explain(
  ctx: Context,
  prepared: readonly Prepared[],
  failed: readonly { index: number; item: Item | undefined }[],
  cause: unknown,
): Promise<AnyRecord[]> {
  const places = prepared.flatMap((each) => each.meanings.map((meaning) => ({ each, meaning })));
  const met = failed.map(({ index, item }) => ({ ...places[index], item }));
  // A write whose answer was lost stands there already; it was written whole, so one sign of it is enough.
  if (met.some(({ each, item, meaning }) => meaning?.kind === 'record' && each && isRepeat(ctx, each, item))) return current(ctx, prepared);
  for (const { each, meaning, item } of met) {
    if (!each || meaning?.kind !== 'record') continue;
    if (each.before === undefined) throw new AppError('record.exists', { status: 409, cause });
    const now =
      item &&
      !isRemoved(item) &&
      can(ctx.actor, 'read', each.definition, { id: each.record.id, ownerId: item['ownerId'] as string | undefined })
        ? toRecord(each.definition, item)
        : undefined;
    if (!now) throw new AppError('record.notFound', { status: 404, cause });
    throw stale(each.before, now, cause);
  }
  for (const { each, meaning, item } of met) {
    if (each && meaning?.kind === 'marker') throw await taken(ctx, each, meaning, item, cause);
  }
  throw new AppError('table.conflict', { status: 503, cause });
}

function isRepeat(ctx: Context, { record, before }: Prepared, item: Item | undefined): boolean {
  if (!item || item['version'] !== record.version) return false;
  if (item['writeId'] === ctx.writeId) return true;
  // Ids of creates are the caller's own: the same person sending the same contents again means the same create.
  return before === undefined && item['createdBy'] === record.createdBy && !isRemoved(item) && sameValue(item['data'], valuesOf(record));
}

async function current(ctx: Context, prepared: readonly Prepared[]): Promise<AnyRecord[]> {
  return Promise.all(
    prepared.map(async ({ definition, record }) => {
      const item = await ctx.table.get(recordKey(definition.name, record.id), { consistent: true });
      return item ? toRecord(definition, item) : record;
    }),
  );
}

/**
 * The record has moved on since the caller read it: his version, today's, and which fields differ between the two he names.
 * Values that rules keep are left out: they follow whichever of the two is written.
 */
export function stale(seen: AnyRecord, now: AnyRecord, cause?: unknown): AppError {
  const [old, next] = [valuesOf(seen), valuesOf(now)];
  const definition = definitionOfId(now.id);
  const fields = [...new Set([...Object.keys(old), ...Object.keys(next)])].filter(
    (name) => !sameValue(old[name], next[name]) && !(definition && ownField(definition, name)?.readOnly),
  );
  return new AppError('record.stale', { status: 409, params: { version: now.version, fields, record: now }, cause });
}

async function taken(
  ctx: Context,
  { definition }: Prepared,
  { field, hard }: { field: string; hard: boolean },
  marker: Item | undefined,
  cause: unknown,
): Promise<AppError> {
  const holder = marker && (await ctx.table.get(recordKey(definition.name, String(marker['id'])), { consistent: true }));
  const visible =
    holder &&
    !isRemoved(holder) &&
    can(ctx.actor, 'read', definition, { id: String(holder['id']), ownerId: holder['ownerId'] as string | undefined });
  const existing = visible ? { id: holder['id'], title: (holder['summary'] as { title?: unknown }).title } : undefined;
  const code = hard ? 'unique.taken' : 'duplicate.possible';
  return new AppError(code, { status: 409, params: { field, ...(existing ? { existing } : {}) }, issues: [{ field, code }], cause });
}
