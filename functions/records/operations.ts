import { can, maskRecord } from '../../shared/kernel/access.ts';
import { AppError, invalid, notFound } from '../../shared/kernel/errors.ts';
import type { Plan } from '../../shared/kernel/plan.ts';
import type { AnyRecord, RecordDefinition, Values } from '../../shared/kernel/record.ts';
import { parseCreate, parsePatch } from '../../shared/kernel/schema.ts';
import { retiredIssues } from '../../shared/kernel/valueLists.ts';
import { derivedKey, recordKey, timelineKey } from '../table/keys.ts';
import type { Item } from '../table/failures.ts';
import type { Write } from '../table/tenantTable.ts';
import { commit, stale } from './commit.ts';
import { newId, typeOf, type Context } from './context.ts';
import { isRemoved, toRecord } from './item.ts';
import { prepareCreate, prepareRemove, prepareUpdate, type Prepared } from './prepare.ts';

/** The record with its derived values, as its reader may see it. @throws AppError record.notFound (404), also when it is out of reach */
export async function getRecord(ctx: Context, name: string, id: string): Promise<AnyRecord> {
  const definition = typeOf(ctx, name);
  const hasDerived = Object.keys(definition.derived).length > 0;
  const items = await ctx.table.getMany([recordKey(name, id), ...(hasDerived ? [derivedKey(name, id)] : [])]);
  const record = readable(
    ctx,
    definition,
    items.find(({ sk }) => sk === 'A'),
    items.find(({ sk }) => sk === 'D'),
  );
  return maskRecord(ctx.actor, definition, record);
}

/** The record alone, for a look at what stands beside it. @throws AppError record.notFound (404), also when it is out of reach */
export async function getRecordItself(ctx: Context, name: string, id: string): Promise<AnyRecord> {
  const definition = typeOf(ctx, name);
  return maskRecord(ctx.actor, definition, readable(ctx, definition, await ctx.table.get(recordKey(name, id))));
}

function readable(ctx: Context, definition: RecordDefinition, item: Item | undefined, derived?: Item): AnyRecord {
  if (!item || isRemoved(item)) throw notFound();
  const record = toRecord(definition, item, derived);
  if (!can(ctx.actor, 'read', definition, record)) throw notFound();
  return record;
}

/** The record as it is written, read consistently, for a change of it. @throws AppError record.notFound (404) */
export async function loadForChange(ctx: Context, definition: RecordDefinition, id: string): Promise<AnyRecord> {
  return readable(ctx, definition, await ctx.table.get(recordKey(definition.name, id), { consistent: true }));
}

/** Whether the caller himself has written what stands, from the version he names: the repeat of a write whose answer was lost. */
const isOwnWork = (ctx: Context, item: Item | undefined, version: number): item is Item =>
  item?.['version'] === version + 1 && item['updatedBy'] === ctx.actor.memberId;

export async function createRecord(ctx: Context, name: string, body: unknown, { allowDuplicate = false } = {}): Promise<AnyRecord> {
  const definition = typeOf(ctx, name);
  const parsed = parseCreate(definition, body);
  if (!parsed.ok) throw invalid(parsed.issues);
  assertChosen(definition, parsed.value, undefined);
  const { id = newId(ctx, definition.idPrefix), ownerId, ...values } = parsed.value as Values & { id?: string; ownerId?: string };
  try {
    const [record] = await commit(ctx, [await prepareCreate(ctx, definition, { id, ownerId, values, allowDuplicate })]);
    return maskRecord(ctx.actor, definition, record!);
  } catch (error) {
    // What was right the first time may be wrong by now (a colleague has left, a customer is gone): written is written.
    const item =
      error instanceof AppError && error.status === 400 ? await ctx.table.get(recordKey(name, id), { consistent: true }) : undefined;
    if (!isOwnWork(ctx, item, 0) || item['writeId'] !== ctx.writeId || isRemoved(item)) throw error;
    return maskRecord(ctx.actor, definition, toRecord(definition, item));
  }
}

/** What a caller chooses must stand in its list; what commands take over from other records may have left it since. @throws AppError input.invalid (400) */
export function assertChosen(definition: RecordDefinition, change: Values, before: Values | undefined): void {
  const issues = retiredIssues(definition, change, before);
  if (issues.length) throw invalid(issues);
}

/** @param version  that the caller changes from; another one standing there is a conflict, never an overwrite */
export async function updateRecord(
  ctx: Context,
  name: string,
  id: string,
  version: number,
  body: unknown,
  { allowDuplicate = false } = {},
): Promise<AnyRecord> {
  const definition = typeOf(ctx, name);
  const parsed = parsePatch(definition, body);
  if (!parsed.ok) throw invalid(parsed.issues);
  const item = await ctx.table.get(recordKey(name, id), { consistent: true });
  // Also when it has given the record away, out of the writer's own reach.
  if (isOwnWork(ctx, item, version) && item['writeId'] === ctx.writeId && !isRemoved(item))
    return maskRecord(ctx.actor, definition, toRecord(definition, item));
  const before = readable(ctx, definition, item);
  const { ownerId, ...change } = parsed.value as Values & { ownerId?: string };
  assertChosen(definition, change, before);
  const prepared = await prepareUpdate(ctx, definition, before, change, { ...(ownerId ? { ownerId } : {}), allowDuplicate });
  if (before.version !== version) {
    // The repeat of a change whose answer was lost finds its own work: there is nothing left to change.
    if (!prepared && before.version === version + 1) return maskRecord(ctx.actor, definition, before);
    throw stale({ ...before, ...change }, maskRecord(ctx.actor, definition, before));
  }
  if (!prepared) return maskRecord(ctx.actor, definition, before);
  const [record] = await commit(ctx, [prepared]);
  return maskRecord(ctx.actor, definition, record!);
}

export async function removeRecord(ctx: Context, name: string, id: string, version: number): Promise<void> {
  const definition = typeOf(ctx, name);
  const item = await ctx.table.get(recordKey(name, id), { consistent: true });
  if (isOwnWork(ctx, item, version) && isRemoved(item)) return;
  const before = readable(ctx, definition, item);
  const prepared = await prepareRemove(ctx, definition, before); // asks for the right, which goes before the version
  if (before.version !== version) throw stale(before, maskRecord(ctx.actor, definition, before));
  await commit(ctx, [prepared]);
}

/**
 * Carries out what a rule decided, whole or not at all.
 * @returns the written records in the order of the plan's creates and updates
 * @throws AppError plan.tooLarge (413) over 100 items; record.stale (409) when a record moved on since the rule saw it
 */
export async function commitPlan(ctx: Context, plan: Plan): Promise<AnyRecord[]> {
  const prepared: Prepared[] = [];
  const notes: Write[] = [];
  const among = new Set(plan.writes.flatMap((write) => (write.op === 'create' ? [write.id] : [])));
  for (const write of plan.writes) {
    if (write.op === 'note') {
      const { at, id, ...row } = write.row;
      notes.push({ put: { ...timelineKey(write.type, write.id, at, id), at, row: { id, ...row } } });
      continue;
    }
    const definition = typeOf(ctx, write.type);
    if (write.op === 'create') {
      prepared.push(await prepareCreate(ctx, definition, { ...write, among: new Set([...among, ...(write.inherited ?? [])]) }));
      continue;
    }
    const before = await loadForChange(ctx, definition, write.id);
    if (before.version !== write.version) throw stale(before, maskRecord(ctx.actor, definition, before));
    const one =
      write.op === 'remove'
        ? await prepareRemove(ctx, definition, before)
        : await prepareUpdate(ctx, definition, before, write.change, { ...(write.ownerId ? { ownerId: write.ownerId } : {}), among });
    if (one) prepared.push(one);
  }
  if (!prepared.length && !notes.length) throw new AppError('plan.empty', { status: 400 });
  return commit(ctx, prepared, notes);
}
