import type { Condition } from '../../../shared/kernel/filter.ts';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import type { Day, Money } from '../../../shared/kernel/types.ts';

const MONTHS = 12;
const COUNTED = ['confirmed', 'closed'];

export interface PurchaseMonth {
  /** `YYYY-MM` */
  readonly month: string;
  /** What was bought, in minor units. */
  readonly now: number;
  /** The same month a year before. */
  readonly before: number;
  /** Orders of the month, in whatever currency. */
  readonly count: number;
}

/** First day of the month that lies so many months before or after that of a day. */
function monthFrom(day: Day, by: number): Day {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + by, 1)).toISOString().slice(0, 10);
}

/**
 * What was bought in each of the twelve months up to this one, beside the year before. Drafts and cancelled orders are
 * left out, and so are orders without a day: no month's list would show them.
 * @param orders  of one customer @param currency  of the sums: amounts of others are in none
 */
export function purchaseMonths(orders: readonly AnyRecord[], today: Day, currency: string): PurchaseMonth[] {
  const sums = new Map<string, { minor: number; count: number }>();
  for (const { status, orderedOn, total } of orders) {
    if (!COUNTED.includes(String(status)) || typeof orderedOn !== 'string') continue;
    const month = orderedOn.slice(0, 7);
    const { minor, count } = sums.get(month) ?? { minor: 0, count: 0 };
    const money = total as Money | undefined;
    sums.set(month, { minor: minor + (money?.currency === currency ? money.minor : 0), count: count + 1 });
  }
  const sumOf = (by: number) => sums.get(monthFrom(today, by).slice(0, 7));
  return Array.from({ length: MONTHS }, (_, i) => {
    const by = i + 1 - MONTHS;
    const now = sumOf(by);
    return {
      month: monthFrom(today, by).slice(0, 7),
      ...{ now: now?.minor ?? 0, count: now?.count ?? 0, before: sumOf(by - MONTHS)?.minor ?? 0 },
    };
  });
}

/** The list of the orders that a month counts. */
export const listedPurchases = (customerId: string, month: string): Condition[] => [
  { field: 'customerId', op: 'is', value: customerId },
  { field: 'status', op: 'in', value: COUNTED },
  { field: 'orderedOn', op: 'gte', value: `${month}-01` },
  { field: 'orderedOn', op: 'lt', value: monthFrom(`${month}-01`, 1) },
];
