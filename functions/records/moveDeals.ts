import { AppError } from '../../shared/kernel/errors.ts';
import type { RecordDefinition, Values } from '../../shared/kernel/record.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { pipelineOf, pipelinesOf, stageOf, type Pipeline } from '../../shared/sales/pipelines.ts';
import { readDirectory } from '../runtime/directory.ts';
import { systemContext } from '../runtime/systemContext.ts';
import type { Database } from '../table/database.ts';
import { ConditionFailed, type Item } from '../table/failures.ts';
import { byType, jobKey, recordKey, type Key } from '../table/keys.ts';
import { IF_ABSENT, ifEquals, tenantTable, type TenantTable } from '../table/tenantTable.ts';
import { commit } from './commit.ts';
import { typeOf, type Context } from './context.ts';
import { isRemoved, toRecord } from './item.ts';
import { prepareUpdate } from './prepare.ts';

/** Which deals are on their way: those of a stage that was removed from its pipeline. */
export interface Moving {
  readonly pipelineId: string;
  readonly stage: string;
}
/** A step on its way through the queue of jobs; how far the work is stands in the table alone. */
export interface MovingStep extends Moving {
  readonly kind: 'moveDeals';
  readonly tenant: string;
  readonly now: Instant;
}
type Send = (step: MovingStep, delaySeconds?: number) => Promise<void>;

/** How far it is; `none` where nothing was to be moved. */
export interface MovingState {
  readonly state: 'none' | 'running' | 'done';
  /** Deals that have been written at their new stage. */
  readonly moved: number;
}
interface Progress extends MovingState {
  readonly turn: number;
  /** The list is walked twice. */
  readonly round: number;
  readonly cursor?: Record<string, unknown>;
}

const PAGE = 200;
const AT_ONCE = 8;
const MOST_TRIES = 5;
const ROUNDS = 2;
/** By then whoever read the pipeline before the removal has forgotten it, and the index knows what he wrote. */
const BETWEEN_ROUNDS_SECONDS = 60;

const keyOf = ({ pipelineId, stage }: Moving): Key => jobKey(`move-deals-${pipelineId}-${stage}`);
const readProgress = async (table: TenantTable, moving: Moving): Promise<Progress | undefined> =>
  (await table.get(keyOf(moving), { consistent: true })) as unknown as Progress | undefined;

export async function readMoving(table: TenantTable, moving: Moving): Promise<MovingState> {
  const { state, moved } = (await readProgress(table, moving)) ?? { state: 'none', moved: 0 };
  return { state, moved };
}

/** Begins to move the deals of a stage that was removed, or goes on where it was cut off. */
export async function startMoving({ table, now }: Pick<Context, 'table' | 'now'>, moving: Moving, send: Send): Promise<void> {
  const fresh: Progress = { state: 'running', moved: 0, turn: 1, round: 1 };
  await unlessTaken(table.put({ ...keyOf(moving), ...fresh }, IF_ABSENT));
  const known = await readProgress(table, moving);
  if (known?.state === 'running') await send({ kind: 'moveDeals', tenant: table.tenant, now, ...moving });
}

/**
 * Moves the deals of one page of the list and sends for the next. A step that dies, or comes twice, is done again: what
 * it has moved is known by the request and the turn it was moved with. Nothing is lost between the removal and the last step: a deal
 * under a removed stage stands where the pipeline says it goes.
 */
export async function runMoving(db: Database, step: MovingStep, send: Send): Promise<void> {
  const { tenant, now, pipelineId, stage } = step;
  const table = tenantTable(db, tenant);
  const progress = await readProgress(table, step);
  if (progress?.state !== 'running') return;
  const { turn, round, moved, cursor } = progress;
  const { shape } = await readDirectory({}, table, now);
  const ctx = systemContext(table, { now, requestId: `move-deals-${pipelineId}-${stage}-${turn}`, shape });
  const page = await table.query({ index: 'byType', pk: byType('opportunity'), limit: PAGE, ...(cursor ? { after: cursor } : {}) });
  const target = stageOf(pipelineOf(pipelinesOf(shape.pipelines), { pipelineId }), stage).key;
  // Those that stand there already may have come by an earlier try of this step, which nobody has counted.
  const ids = page.items
    .filter(({ summary }) => [stage, target].includes(String((summary as Values)['stage'])))
    .map(({ id }) => String(id));
  const counted = await inParts(ids, (id) => move(ctx, id, step));
  const isLast = !page.last && round === ROUNDS;
  const set = {
    turn: turn + 1,
    moved: moved + counted.filter(Boolean).length,
    round: page.last ? round : round + 1,
    cursor: page.last ?? null,
    state: isLast ? 'done' : 'running',
  };
  await unlessTaken(table.update({ update: keyOf(step), set, if: ifEquals('turn', turn) }));
  if (!isLast) await send(step, page.last ? 0 : BETWEEN_ROUNDS_SECONDS);
}

/** @returns whether it stands moved by this work */
async function move(ctx: Context, id: string, { pipelineId, stage }: Moving): Promise<boolean> {
  const definition = typeOf(ctx, 'opportunity');
  const pipelines = pipelinesOf(ctx.shape.pipelines);
  for (let round = 1; ; round++) {
    const item = await ctx.table.get(recordKey('opportunity', id), { consistent: true });
    if (!item || isRemoved(item)) return false;
    if (!standsAt(definition, item, pipelines, { pipelineId, stage })) return item['requestId'] === ctx.requestId;
    const deal = toRecord(definition, item);
    const prepared = await prepareUpdate(ctx, definition, deal, { stage: stageOf(pipelineOf(pipelines, deal), stage).key });
    if (!prepared) return false;
    try {
      await commit(ctx, [prepared]);
      return true;
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'record.stale') || round >= MOST_TRIES) throw error;
    }
  }
}

/** A deal that has ended stays where it ended. */
function standsAt(definition: RecordDefinition, item: Item, pipelines: readonly Pipeline[], { pipelineId, stage }: Moving): boolean {
  const deal = toRecord(definition, item);
  return deal['outcome'] === 'open' && deal['stage'] === stage && pipelineOf(pipelines, deal).id === pipelineId;
}

async function inParts<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < all.length; at += AT_ONCE) results.push(...(await Promise.all(all.slice(at, at + AT_ONCE).map(work))));
  return results;
}

/** Another delivery that was quicker has done the same. */
async function unlessTaken(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
}
