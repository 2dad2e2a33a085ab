import type { Instant } from '../../shared/kernel/types.ts';
import type { RecordDefinition } from '../../shared/kernel/record.ts';
import { AppError } from '../../shared/kernel/errors.ts';
import { definitionOf, REGISTRY } from '../../shared/registry.ts';
import { readDirectory } from '../runtime/directory.ts';
import { systemContext } from '../runtime/systemContext.ts';
import type { Database } from '../table/database.ts';
import { ConditionFailed } from '../table/failures.ts';
import { byOwner, byType, jobKey, recordKey, versionKey } from '../table/keys.ts';
import { IF_ABSENT, ifEquals, tenantTable, type Query, type TenantTable } from '../table/tenantTable.ts';
import { commit } from './commit.ts';
import { typeOf, type Context } from './context.ts';
import { forgetCounts } from './forgetCounts.ts';
import { isPersonal, isRemoved, toRecord } from './item.ts';
import { loadForChange } from './operations.ts';
import { prepareRemove, prepareUpdate } from './prepare.ts';

/** A step on its way through the queue of jobs; how far the work is stands in the table alone. */
export interface ClearingStep {
  readonly kind: 'clearDemo';
  readonly tenant: string;
  readonly now: Instant;
  /** How often it has waited for the stream. */
  readonly waits?: number;
}
type Send = (step: ClearingStep, delaySeconds?: number) => Promise<void>;

/** How far the removal of a demo is; `none` before it was asked for. */
export interface Clearing {
  readonly state: 'none' | 'running' | 'done';
  /** Records that are gone. */
  readonly removed: number;
}
type Named = readonly [type: string, id: string];
interface Progress extends Clearing {
  readonly turn: number;
  /** What was made later is no part of the demo. */
  readonly since: Instant;
  /** What this turn removes. */
  readonly batch: readonly Named[];
}

const KEY = jobKey('clear-demo');
const BATCH = 50;
const AT_ONCE = 8;
const PAGE = 200;
const WAIT_SECONDS = 1;
/** Each wait is twice the one before, up to this: seven minutes in all, and few steps however often one is delivered. */
const LONGEST_WAIT_SECONDS = 60;
const MOST_WAITS = 12;

/** What is told about by people's work; people, roles and forms stay, as settings do. Children before their parents. */
const CLEARED: readonly RecordDefinition[] = REGISTRY.filter(({ name, domain, access }) =>
  domain === 'workspace' ? access.group === 'personal' || access.group === 'news' : name !== 'webForm',
).toReversed();

const readProgress = async (table: TenantTable): Promise<Progress | undefined> =>
  (await table.get(KEY, { consistent: true })) as unknown as Progress | undefined;

export async function readClearing(table: TenantTable): Promise<Clearing> {
  const { state, removed } = (await readProgress(table)) ?? { state: 'none', removed: 0 };
  return { state, removed };
}

/**
 * Begins to remove all records of a demo, or goes on where it was cut off.
 * @throws AppError workspace.noDemo (409) for a workspace that is none, and never was
 */
export async function startClearing(ctx: Context, send: Send): Promise<Clearing> {
  const { table, now } = ctx;
  const known = await readProgress(table);
  const workspace = await table.get(recordKey('workspace', table.tenant), { consistent: true });
  const isDemo = workspace !== undefined && toRecord(definitionOf('workspace'), workspace)['demo'] === true;
  if (!isDemo && !known) throw new AppError('workspace.noDemo', { status: 409 });
  if (isDemo && known?.state !== 'running') {
    const fresh: Progress = { state: 'running', removed: 0, turn: (known?.turn ?? 0) + 1, since: now, batch: [] };
    await unlessTaken(table.put({ ...KEY, ...fresh }, known ? ifEquals('turn', known.turn) : IF_ABSENT));
  }
  if (isDemo) await send({ kind: 'clearDemo', tenant: table.tenant, now });
  return readClearing(table);
}

/**
 * Removes one batch and sends for the next. Which batch is written down before it is touched, and a turn ends only when the
 * stream has told of every record of it: so a step that dies, or comes twice, is simply done again, and what is
 * counted last is nothing of the demo any more.
 */
export async function runClearing(db: Database, { tenant, now, waits = 0 }: ClearingStep, send: Send): Promise<void> {
  const table = tenantTable(db, tenant);
  const progress = await readProgress(table);
  if (progress?.state !== 'running') return;
  const { turn, since, batch, removed } = progress;
  const ctx = systemContext(table, { now: since, requestId: `clear-demo-${turn}` });
  const versions = await inParts(batch, (one) => remove(ctx, one));
  const next = (await areTold(table, versions)) ? await nextBatch(table, now, since) : undefined;
  if (!next || (!next.length && !(await finish(ctx, now)))) {
    if (waits >= MOST_WAITS) throw new AppError('clearing.untold', { message: `the stream does not tell what was removed from ${tenant}` });
    return send({ kind: 'clearDemo', tenant, now, waits: waits + 1 }, Math.min(LONGEST_WAIT_SECONDS, WAIT_SECONDS * 2 ** waits));
  }
  const set = { turn: turn + 1, batch: next, removed: removed + batch.length, state: next.length ? 'running' : 'done' };
  await unlessTaken(table.update({ update: KEY, set, if: ifEquals('turn', turn) }));
  if (next.length) await send({ kind: 'clearDemo', tenant, now }, batch.length ? WAIT_SECONDS : 0);
}

/** Another delivery that was quicker has done the same. */
async function unlessTaken(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
}

async function inParts<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < all.length; at += AT_ONCE) results.push(...(await Promise.all(all.slice(at, at + AT_ONCE).map(work))));
  return results;
}

type Told = readonly [...Named, version: number];

/** @returns the version in which it is gone; undefined when somebody has changed it meanwhile, and it has to be found again */
async function remove(ctx: Context, [type, id]: Named): Promise<Told | undefined> {
  const item = await ctx.table.get(recordKey(type, id), { consistent: true });
  if (!item || isRemoved(item)) return item && [type, id, Number(item['version'])];
  const definition = typeOf(ctx, type);
  try {
    const [record] = await commit(ctx, [await prepareRemove(ctx, definition, toRecord(definition, item))]);
    return [type, id, record!.version];
  } catch (error) {
    if (error instanceof AppError && error.status === 409) return undefined;
    throw error;
  }
}

async function areTold(table: TenantTable, removed: readonly (Told | undefined)[]): Promise<boolean> {
  const keys = removed.flatMap((one) => (one ? [versionKey(...one)] : []));
  return (await table.getMany(keys, { consistent: true })).length === keys.length;
}

async function nextBatch(table: TenantTable, now: Instant, since: Instant): Promise<Named[]> {
  const found: Named[] = [];
  const { members } = await readDirectory({}, table, now);
  for (const definition of CLEARED)
    for (const list of listsOf(definition, [...members.keys()])) {
      found.push(...(await namedIn(table, definition, list, since, BATCH - found.length)));
      if (found.length >= BATCH) return found;
    }
  return found;
}

/** What is personal stands in its reader's list alone. */
const listsOf = (definition: RecordDefinition, members: readonly string[]): Query[] =>
  isPersonal(definition)
    ? members.map((id) => ({ index: 'byOwner', pk: byOwner(definition.name, id) }))
    : [{ index: 'byType', pk: byType(definition.name) }];

async function namedIn(table: TenantTable, { name }: RecordDefinition, list: Query, since: Instant, most: number): Promise<Named[]> {
  const found: Named[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    const page = await table.query({ ...list, limit: PAGE, ...(after ? { after } : {}) });
    // The index may be behind, and keeps no times of what is personal.
    const items = await table.getMany(
      page.items.map(({ id }) => recordKey(name, String(id))),
      { consistent: true },
    );
    found.push(
      ...items.filter((item) => !isRemoved(item) && String(item['createdAt']) <= since).map(({ id }): Named => [name, String(id)]),
    );
    after = page.last;
  } while (after && found.length < most);
  return found.slice(0, most);
}

/** @returns false when something was counted meanwhile: to be tried again */
async function finish(ctx: Context, now: Instant): Promise<boolean> {
  const { members } = await readDirectory({}, ctx.table, now);
  if (!(await forgetCounts(ctx.table, [...members.keys()], { now, until: ctx.now }))) return false;
  await mark(ctx, null);
  return true;
}

/** Says of a workspace that its records are made up. */
export const markDemo = (table: TenantTable, now: Instant): Promise<void> =>
  mark(systemContext(table, { now, requestId: `demo-${now}` }), true);

async function mark(ctx: Context, demo: true | null): Promise<void> {
  const definition = definitionOf('workspace');
  const prepared = await prepareUpdate(ctx, definition, await loadForChange(ctx, definition, ctx.table.tenant), { demo });
  if (prepared) await commit(ctx, [prepared]);
}
