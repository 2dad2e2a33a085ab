import * as z from 'zod/mini';
import { planReopening } from '../../shared/activities/activityCompletion.ts';
import { isOpenActivity } from '../../shared/activities/activityRules.ts';
import { can, maskRecord } from '../../shared/kernel/access.ts';
import { forbidden, invalid } from '../../shared/kernel/errors.ts';
import { isId } from '../../shared/kernel/ids.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { parseWith } from '../../shared/kernel/schema.ts';
import { typeOf, type Context } from '../records/context.ts';
import { isRemoved, toRecord } from '../records/item.ts';
import { commitPlan, loadForChange, updateRecord } from '../records/operations.ts';
import { recordKey } from '../table/keys.ts';

const wishShape = () =>
  z.strictObject(
    { nextStepId: z.optional(z.string('id.invalid').check(z.refine((value) => isId(value, 'act'), 'id.invalid'))) },
    'input.object',
  );

/**
 * Plans a closed activity again. Named by whoever takes his closing back, the next step that was made with it goes as well,
 * in the same transaction, as long as it stands as it was made and he may remove it; a next occurrence stays.
 * @param version  of the activity, as the caller saw it
 * @throws AppError record.stale (409); input.invalid (400); access.denied (403)
 */
export async function reopenActivity(ctx: Context, id: string, version: number, body: unknown): Promise<AnyRecord> {
  const wish = parseWith(wishShape(), body ?? {});
  if (!wish.ok) throw invalid(wish.issues);
  const definition = typeOf(ctx, 'activity');
  const activity = await loadForChange(ctx, definition, id);
  if (!can(ctx.actor, 'update', definition, activity)) throw forbidden();
  if (isOpenActivity(activity)) return maskRecord(ctx.actor, definition, activity);
  const { nextStepId } = wish.value;
  const step = nextStepId === undefined ? undefined : await findRemovable(ctx, nextStepId);
  if (!step) return updateRecord(ctx, 'activity', id, version, { status: 'planned' });
  const [reopened] = await commitPlan(ctx, planReopening({ ...activity, version }, step));
  return maskRecord(ctx.actor, definition, reopened!);
}

async function findRemovable(ctx: Context, id: string): Promise<AnyRecord | undefined> {
  const definition = typeOf(ctx, 'activity');
  const item = await ctx.table.get(recordKey('activity', id), { consistent: true });
  const step = item && !isRemoved(item) ? toRecord(definition, item) : undefined;
  return step && can(ctx.actor, 'delete', definition, step) ? step : undefined;
}
