import { AppError } from '../kernel/errors.ts';
import type { Plan } from '../kernel/plan.ts';
import type { AnyRecord, Values } from '../kernel/record.ts';
import type { Money } from '../kernel/types.ts';
import type { SalesLine } from './lines.ts';
import { namedBy } from './opportunityClone.ts';

/**
 * The fields of the order that a won deal becomes: its customer, its first contact and its lines, or its amount as the one line.
 * @param currency  where the deal names none
 * @throws AppError opportunity.order.notWon (409)
 */
export function orderValues(deal: AnyRecord, currency: string | undefined): Values {
  if (deal['outcome'] !== 'won') throw new AppError('opportunity.order.notWon', { status: 409 });
  const [amount, contacts, lines] = [deal['amount'] as Money | undefined, deal['contactIds'] as string[] | undefined, linesOf(deal)];
  return {
    customerId: deal['customerId'],
    opportunityId: deal.id,
    currency: amount?.currency ?? currency,
    ...(contacts?.length ? { contactId: contacts[0] } : {}),
    ...(lines.length ? { lines } : {}),
  };
}

function linesOf(deal: AnyRecord): SalesLine[] {
  const lines = deal['lines'] as SalesLine[] | undefined;
  const amount = deal['amount'] as Money | undefined;
  if (lines?.length) return lines;
  return amount ? [{ id: 'amount', name: String(deal['title']), quantity: '1', unitPrice: amount.minor }] : [];
}

/** An order, and the deal that knows it: one plan, so that of two people who ask at once one makes it. */
export function planOrder(
  deal: AnyRecord,
  order: { readonly id: string; readonly ownerId: string | undefined; readonly values: Values },
): Plan {
  const { id, ownerId, values } = order;
  const known = (deal['orderIds'] ?? []) as readonly string[];
  return {
    writes: [
      { op: 'create', type: 'order', id, values, inherited: namedBy(deal), ...(ownerId === undefined ? {} : { ownerId }) },
      { op: 'update', type: 'opportunity', id: deal.id, version: deal.version, change: { orderIds: [...known, id] } },
    ],
  };
}
