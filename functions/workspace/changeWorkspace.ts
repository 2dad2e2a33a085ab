import { can } from '../../shared/kernel/access.ts';
import { diff } from '../../shared/kernel/diff.ts';
import { AppError, forbidden } from '../../shared/kernel/errors.ts';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import { typeOf, type Context } from '../records/context.ts';
import { commitPlan, loadForChange } from '../records/operations.ts';

const MOST_TRIES = 4;

/** The workspace, for somebody who may change it. @throws AppError record.notFound (404), access.denied (403) */
export async function loadWorkspace(ctx: Context, id: string): Promise<AnyRecord> {
  const definition = typeOf(ctx, 'workspace');
  const workspace = await loadForChange(ctx, definition, id);
  if (!can(ctx.actor, 'update', definition, workspace)) throw forbidden();
  return workspace;
}

/**
 * Changes what a plain change of the workspace may not, whatever version stands there.
 * @param decide  what is to change, null to clear; where all of it stands already nothing is written
 */
export async function changeWorkspace(ctx: Context, id: string, decide: (workspace: AnyRecord) => Values): Promise<AnyRecord> {
  for (let round = 1; ; round++) {
    const workspace = await loadWorkspace(ctx, id);
    const change = decide(workspace);
    const before = Object.fromEntries(Object.keys(change).map((name) => [name, workspace[name] ?? null]));
    if (!Object.keys(diff(before, change)).length) return workspace;
    try {
      const [changed] = await commitPlan(ctx, { writes: [{ op: 'update', type: 'workspace', id, version: workspace.version, change }] });
      return changed!;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'record.stale' || round === MOST_TRIES) throw error;
    }
  }
}
