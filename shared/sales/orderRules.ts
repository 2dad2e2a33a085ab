import { sameValue } from '../kernel/diff.ts';
import { AppError, type Issue } from '../kernel/errors.ts';
import type { AnyRecord, Values } from '../kernel/record.ts';
import type { Day } from '../kernel/types.ts';
import { lineIssues, totalLines } from './lineTotals.ts';
import type { SalesLine } from './lines.ts';

export type OrderCommand = 'confirm' | 'close' | 'cancel';

/** A cancelled order stays cancelled and a closed one closed: what comes after is a new order. */
const MOVES: Readonly<Record<OrderCommand, { readonly from: readonly string[]; readonly to: string }>> = {
  confirm: { from: ['draft'], to: 'confirmed' },
  close: { from: ['confirmed'], to: 'closed' },
  cancel: { from: ['draft', 'confirmed'], to: 'cancelled' },
};

/** What a confirmed order has promised. Notes, tags, delivery and payment go on; other goods are another order. */
const PROMISED = ['number', 'customerId', 'orderedOn', 'currency', 'lines'] as const;

export const orderRules = {
  /** An order starts as a draft, neither delivered nor paid; its sums are those of its lines. */
  derive: (given: Values): Values => {
    const { net: _net, tax: _tax, total: _total, ...values } = given;
    return {
      ...values,
      status: values['status'] ?? 'draft',
      delivery: values['delivery'] ?? 'notDelivered',
      payment: values['payment'] ?? 'unpaid',
      ...sumsOf(values),
    };
  },

  check: (values: Values, before: Values | undefined): readonly Issue[] => {
    const { currency, status } = values;
    const lines = (values['lines'] ?? []) as SalesLine[];
    const isBinding = status === 'confirmed' || status === 'closed';
    const missing = [
      ...(before && values['number'] === undefined ? ['number'] : []),
      ...(currency === undefined && (lines.length || isBinding) ? ['currency'] : []),
      ...(isBinding && !lines.length ? ['lines'] : []),
      ...(isBinding && values['orderedOn'] === undefined ? ['orderedOn'] : []),
    ];
    const promised = before && before['status'] !== 'draft' ? PROMISED.filter((name) => !sameValue(values[name], before[name])) : [];
    return [
      ...missing.map((field) => ({ field, code: 'field.required' })),
      ...lineIssues(lines),
      ...promised.map((field) => ({ field, code: 'order.confirmed' })),
    ];
  },
};

/** Nothing costs nothing; without a currency, or beyond exact numbers, there is no sum. */
function sumsOf(values: Values): Values {
  const currency = values['currency'];
  const totals = totalLines((values['lines'] ?? []) as SalesLine[]);
  if (currency === undefined || !totals.ok) return {};
  return Object.fromEntries(Object.entries(totals.value).map(([name, minor]) => [name, { minor, currency }]));
}

/**
 * What a command changes of an order; nothing where it is so already.
 * @param today  on which it counts as ordered, where it does not say
 * @throws AppError order.status (409) naming where the order stands
 */
export function orderChange(order: AnyRecord, command: OrderCommand, today: Day): Values {
  const { from, to } = MOVES[command];
  const status = String(order['status']);
  if (status === to) return {};
  if (!from.includes(status)) throw new AppError('order.status', { status: 409, params: { status } });
  return { status: to, ...(command === 'confirm' ? { orderedOn: order['orderedOn'] ?? today } : {}) };
}
