import { createHash } from 'node:crypto';
import { maskRecord } from '../../shared/kernel/access.ts';
import { toMs } from '../../shared/kernel/dates.ts';
import { invalid } from '../../shared/kernel/errors.ts';
import { makeId } from '../../shared/kernel/ids.ts';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import { blanksToNull, parseCreate } from '../../shared/kernel/schema.ts';
import { cloneValues, namedBy, originalFor } from '../../shared/sales/opportunityClone.ts';
import { typeOf, type Context } from '../records/context.ts';
import { commitPlan, getRecord } from '../records/operations.ts';

/**
 * A new deal like one that is there, whoever's it is: its copier's, unless the body names another owner.
 * @param body  fields over those of the original; also `id`, by which a repeat is known as it is by the Idempotency-Key
 * @throws AppError record.notFound (404), input.invalid (400), access.denied (403), record.exists (409)
 */
export async function cloneOpportunity(ctx: Context, originalId: string, body: unknown): Promise<AnyRecord> {
  const definition = typeOf(ctx, 'opportunity');
  const deal = await getRecord(ctx, 'opportunity', originalId);
  const over = blanksToNull(body ?? {});
  if (typeof over !== 'object' || over === null || Array.isArray(over)) throw invalid([{ field: '', code: 'input.object' }]);
  const original = originalFor(deal, over as Values);
  const parsed = parseCreate(definition, cloneValues(original, over as Values));
  if (!parsed.ok) throw invalid(parsed.issues);
  const { id = idFor(ctx, original), ownerId, ...values } = parsed.value as Values & { id?: string; ownerId?: string };
  const create = { op: 'create' as const, type: 'opportunity', id, values, inherited: namedBy(original), ...(ownerId ? { ownerId } : {}) };
  const [made] = await commitPlan(ctx, { writes: [create] });
  return maskRecord(ctx.actor, definition, made!);
}

/** Of original and wish, and with the original's time: the same wish again makes the same id. */
const idFor = (ctx: Context, { id, createdAt }: AnyRecord): string =>
  makeId('opp', toMs(createdAt), createHash('sha256').update(`${id} ${ctx.writeId}`).digest());
