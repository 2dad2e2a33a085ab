import { can, maskRecord } from '../../shared/kernel/access.ts';
import { AppError, forbidden, invalid } from '../../shared/kernel/errors.ts';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import { blanksToNull, parseCreate } from '../../shared/kernel/schema.ts';
import { orderValues, planOrder } from '../../shared/sales/opportunityOrder.ts';
import { newId, typeOf, type Context } from '../records/context.ts';
import { isRemoved, toRecord } from '../records/item.ts';
import { commitPlan, loadForChange } from '../records/operations.ts';
import { byParent, recordKey } from '../table/keys.ts';
import { orderDefaults } from './createOrder.ts';
import { withOrderNumber } from './orderNumber.ts';

export interface Ordered {
  readonly order: AnyRecord;
  readonly opportunity: AnyRecord;
}

const MOST_TRIES = 3;
/** What ties the order to its deal is not the caller's to say. */
const OURS = ['id', 'customerId', 'opportunityId'];

/**
 * The order of a won deal, made now or before: a deal has one, unless it was cancelled or deleted.
 * @param version  of the deal, as the caller saw it
 * @param body  fields of the order over those of the deal
 * @throws AppError opportunity.order.notWon, opportunity.ordered, record.stale (409); input.invalid (400); access.denied (403)
 */
export async function orderOpportunity(ctx: Context, id: string, version: number, body: unknown): Promise<Ordered> {
  const over = readOver(body);
  for (let round = 1; ; round++) {
    const deal = await loadForChange(ctx, typeOf(ctx, 'opportunity'), id);
    if (!can(ctx.actor, 'update', typeOf(ctx, 'opportunity'), deal)) throw forbidden();
    const order = await findOrder(ctx, deal);
    if (order) return seen(ctx, { order, opportunity: deal });
    try {
      return seen(ctx, await makeOrder(ctx, { ...deal, version }, over));
    } catch (error) {
      if (!(hasOrderMeanwhile(error, deal) && round < MOST_TRIES)) throw error;
    }
  }
}

/** Somebody else was quicker: then his order is the answer. */
function hasOrderMeanwhile(error: unknown, deal: AnyRecord): boolean {
  if (!(error instanceof AppError) || error.code !== 'record.stale') return false;
  const stands = error.params?.['record'] as AnyRecord;
  const [now, then] = [stands['orderIds'], deal['orderIds']].map((ids) => ((ids ?? []) as readonly string[]).length);
  return stands.id === deal.id && now! > then!;
}

async function findOrder(ctx: Context, deal: AnyRecord): Promise<AnyRecord | undefined> {
  const definition = typeOf(ctx, 'order');
  const ids = new Set([...((deal['orderIds'] ?? []) as readonly string[]), ...(await linkedOrders(ctx, deal))]);
  const keys = [...ids].map((id) => recordKey('order', id));
  const orders = (await ctx.table.getMany(keys, { consistent: true }))
    .filter((item) => !isRemoved(item))
    .map((item) => toRecord(definition, item));
  const order = orders.find(({ status }) => status !== 'cancelled');
  if (order && !can(ctx.actor, 'read', definition, order)) throw new AppError('opportunity.ordered', { status: 409 });
  return order;
}

/** Orders of its customer that somebody has made by hand and tied to the deal. */
async function linkedOrders({ table }: Context, deal: AnyRecord): Promise<string[]> {
  const rows = await table.query({ index: 'byParent', pk: byParent(String(deal['customerId'])), startsWith: 'ord_', newestFirst: true });
  return rows.items.filter(({ summary }) => (summary as Values)['opportunityId'] === deal.id).map(({ id }) => String(id));
}

async function makeOrder(ctx: Context, deal: AnyRecord, over: Values): Promise<Ordered> {
  const { orderedOn, currency } = orderDefaults(ctx);
  const parsed = parseCreate(typeOf(ctx, 'order'), { orderedOn, ...orderValues(deal, currency), ...over });
  if (!parsed.ok) throw invalid(parsed.issues);
  const { ownerId, ...values } = parsed.value as Values & { ownerId?: string };
  // Who keeps the deal keeps the order, as long as he is there.
  const keeper = deal.ownerId && ctx.activeMembers.has(deal.ownerId) ? deal.ownerId : undefined;
  const write = (number: unknown) =>
    commitPlan(ctx, planOrder(deal, { id: newId(ctx, 'ord'), ownerId: ownerId ?? keeper, values: { ...values, number } }));
  const [order, opportunity] = await (values['number'] === undefined
    ? withOrderNumber(ctx, String(values['orderedOn'] ?? orderedOn), write)
    : write(values['number']));
  return { order: order!, opportunity: opportunity! };
}

const seen = (ctx: Context, { order, opportunity }: Ordered): Ordered => ({
  order: maskRecord(ctx.actor, typeOf(ctx, 'order'), order),
  opportunity: maskRecord(ctx.actor, typeOf(ctx, 'opportunity'), opportunity),
});

function readOver(body: unknown): Values {
  const given = blanksToNull(body ?? {});
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw invalid([{ field: '', code: 'input.object' }]);
  const refused = Object.keys(given).filter((name) => OURS.includes(name));
  if (refused.length) throw invalid(refused.map((field) => ({ field, code: 'field.unknown' })));
  return given as Values;
}
