import { can, maskRecord } from '../../shared/kernel/access.ts';
import { forbidden } from '../../shared/kernel/errors.ts';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import { commit, stale } from './commit.ts';
import { typeOf, type Context } from './context.ts';
import { loadForChange } from './operations.ts';
import { prepareUpdate } from './prepare.ts';

/**
 * A command over one record: loads it, asks the rule what changes, writes that under the version the caller saw. Where
 * it is so already, whoever made it so, nothing is left to do: the repeat of a command finds its own work.
 * @throws AppError record.notFound (404), access.denied (403), record.stale (409), whatever the rule throws
 */
export async function decideChange(
  ctx: Context,
  name: string,
  { id, version }: { readonly id: string; readonly version: number },
  decide: (record: AnyRecord) => Values,
): Promise<AnyRecord> {
  const definition = typeOf(ctx, name);
  const before = await loadForChange(ctx, definition, id);
  if (!can(ctx.actor, 'update', definition, before)) throw forbidden();
  const change = decide(before);
  const prepared = await prepareUpdate(ctx, definition, before, change);
  if (prepared && before.version !== version) throw stale({ ...before, ...change }, maskRecord(ctx.actor, definition, before));
  const [record] = prepared ? await commit(ctx, [prepared]) : [before];
  return maskRecord(ctx.actor, definition, record!);
}
