import type { AnyRecord } from '../../../shared/kernel/record.ts';
import type { Day, Money } from '../../../shared/kernel/types.ts';

/** What was ordered in a year, in one currency. */
export interface YearSum {
  readonly year: string;
  readonly sum: Money;
  readonly count: number;
}

export interface Purchases {
  /** All orders, cancelled ones and drafts too, newest first. */
  readonly orders: readonly AnyRecord[];
  /** Of orders that count, newest year first, within one the currency of most orders first. */
  readonly years: readonly YearSum[];
  /** Day of the last order that counts. */
  readonly lastOn: Day | undefined;
}

/** A draft is not bought yet, a cancelled order not any more. */
const counts = ({ status }: AnyRecord): boolean => status === 'confirmed' || status === 'closed';
const dayOf = (order: AnyRecord): string => String(order['orderedOn'] ?? order.createdAt.slice(0, 10));

export const newestOrders = (orders: readonly AnyRecord[]): AnyRecord[] =>
  orders.toSorted((a, b) => compare(dayOf(b), dayOf(a)) || compare(b.createdAt, a.createdAt));

/** What a customer has bought. @param orders  of one customer, in any order */
export function purchasesOf(orders: readonly AnyRecord[]): Purchases {
  const newest = newestOrders(orders);
  const bought = newest.filter(counts);
  const sums = new Map<string, YearSum>();
  for (const order of bought) {
    const total = order['total'] as Money | undefined;
    if (!total) continue;
    const year = dayOf(order).slice(0, 4);
    const key = `${year} ${total.currency}`;
    const before = sums.get(key) ?? { year, sum: { minor: 0, currency: total.currency }, count: 0 };
    sums.set(key, { year, sum: { ...total, minor: before.sum.minor + total.minor }, count: before.count + 1 });
  }
  const years = [...sums.values()].sort((a, b) => compare(b.year, a.year) || b.count - a.count || compare(a.sum.currency, b.sum.currency));
  return { orders: newest, years, lastOn: bought[0] && dayOf(bought[0]) };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
