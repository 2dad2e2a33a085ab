import { m } from '#messages';
import { segmentOf, type AnyRecord } from '../../../shared/kernel/record.ts';
import { definitionOf } from '../../../shared/registry.ts';
import { api } from '../kernel/connection.svelte.ts';
import { newId } from '../kernel/newId.ts';
import { replica } from '../kernel/replica.svelte.ts';
import { router } from '../kernel/router.svelte.ts';
import { toasts } from '../kernel/toasts.svelte.ts';
import { hrefOf, titleOf } from '../records/types.ts';

/**
 * Sends a command of sales under the version that is shown, and takes the record it answers with.
 * @throws ApiError record.stale (409), and what the command refuses
 */
export async function command(type: string, record: AnyRecord, name: string, body: object = {}): Promise<AnyRecord> {
  const { version } = replica.type(type).get(record.id) ?? record;
  const path = `${segmentOf(definitionOf(type))}/${record.id}/${name}`;
  const changed = await api.post<AnyRecord>(path, body, { version, repeatable: true });
  replica.accept(type, changed);
  replica.expectNews();
  return changed;
}

/** A deal that had ended goes on. @throws ApiError */
export async function reopen(deal: AnyRecord): Promise<void> {
  const opened = await command('opportunity', deal, 'reopen');
  toasts.show(() => m.sales_reopened({ name: String(opened['title']) }), { tone: 'good' });
}

/** Originals whose copy is under way: a second press makes no second one. */
const copying = new Set<string>();

/** Another deal like this one, from the first stage. @throws ApiError */
export async function clone(deal: AnyRecord): Promise<void> {
  if (copying.has(deal.id)) return;
  copying.add(deal.id);
  try {
    const id = newId(definitionOf('opportunity').idPrefix);
    const made = await api.post<AnyRecord>(`opportunities/${deal.id}/clone`, { id }, { repeatable: true });
    replica.accept('opportunity', made);
    replica.expectNews();
    toasts.show(() => m.sales_cloned({ name: String(made['title']) }), { tone: 'good' });
    await router.goto(hrefOf('opportunity', made.id));
  } finally {
    copying.delete(deal.id);
  }
}

/** The order of a won deal; safe to ask again, for a deal has one. @throws ApiError opportunity.order.notWon (409), input.invalid */
export async function makeOrder(deal: AnyRecord): Promise<void> {
  const { version } = replica.type('opportunity').get(deal.id) ?? deal;
  const path = `opportunities/${deal.id}/order`;
  const { order, opportunity } = await api.post<{ order: AnyRecord; opportunity: AnyRecord }>(path, {}, { version, repeatable: true });
  replica.accept('order', order);
  replica.accept('opportunity', opportunity);
  replica.expectNews();
  toasts.show(() => m.sales_order_made({ number: titleOf(definitionOf('order'), order) }), { tone: 'good' });
  await router.goto(hrefOf('order', order.id));
}

export type OrderMove = 'confirm' | 'close' | 'cancel';

const MOVED = { confirm: m.sales_order_confirmed, close: m.sales_order_closed, cancel: m.sales_order_cancelled } as const;

/** An order goes on in its life. @throws ApiError order.status (409); input.invalid where it is not complete enough to be confirmed */
export async function moveOrder(order: AnyRecord, move: OrderMove): Promise<void> {
  const moved = await command('order', order, move);
  toasts.show(() => MOVED[move]({ number: String(moved['number'] ?? '') }), { tone: 'good' });
}
