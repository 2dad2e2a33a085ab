import { AppError } from '../../shared/kernel/errors.ts';
import type { RecordDefinition } from '../../shared/kernel/record.ts';
import { REGISTRY } from '../../shared/registry.ts';
import { byParent, recordKey } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';
import { commit } from './commit.ts';
import type { Context } from './context.ts';
import type { Change } from './follow.ts';
import { isRemoved, toRecord } from './item.ts';
import { prepareUpdate } from './prepare.ts';

const MOST_TRIES = 5;

/** Types whose records change hands with a parent of that type. */
const followersOf = (type: string): RecordDefinition[] =>
  REGISTRY.filter(
    ({ followsParent, fields, paths }) => followsParent && paths.parent && (fields[paths.parent] as { to?: string }).to === type,
  );

/**
 * Hands records over that belong to whoever their parent belongs to. Whom that is, is read anew: a late event gives
 * nothing back to a former owner.
 */
export async function handOver(ctx: (change: Change) => Context, changes: readonly Change[]): Promise<void> {
  for (const change of changes) {
    const [was, is] = [change.before?.['ownerId'], change.after?.['ownerId']];
    if (was === is || !change.before || isRemoved(change.after)) continue;
    for (const definition of followersOf(change.type)) await handOverEach(ctx(change), definition, change);
  }
}

async function handOverEach(ctx: Context, definition: RecordDefinition, { type, id }: Change): Promise<void> {
  const parent = await ctx.table.get(recordKey(type, id), { consistent: true });
  const ownerId = parent?.['ownerId'] as string | undefined;
  if (!ownerId || isRemoved(parent)) return;
  for await (const child of childrenOf(ctx.table, definition, id))
    if (child.ownerId !== ownerId) await give(ctx, definition, child.id, ownerId);
}

async function* childrenOf(table: TenantTable, { idPrefix }: RecordDefinition, parentId: string) {
  let after: Record<string, unknown> | undefined;
  do {
    const page = await table.query({
      index: 'byParent',
      pk: byParent(parentId),
      startsWith: `${idPrefix}_`,
      ...(after ? { after } : {}),
    });
    for (const row of page.items) yield { id: String(row['id']), ownerId: row['ownerId'] };
    after = page.last;
  } while (after);
}

async function give(ctx: Context, definition: RecordDefinition, id: string, ownerId: string): Promise<void> {
  for (let round = 1; ; round++) {
    const item = await ctx.table.get(recordKey(definition.name, id), { consistent: true });
    if (!item || isRemoved(item)) return;
    const prepared = await prepareUpdate(ctx, definition, toRecord(definition, item), {}, { ownerId });
    if (!prepared) return;
    try {
      await commit(ctx, [prepared]);
      return;
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'record.stale') || round >= MOST_TRIES) throw error;
    }
  }
}
