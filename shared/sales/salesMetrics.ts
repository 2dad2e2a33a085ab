import type { AnyRecord } from '../kernel/record.ts';
import type { Money } from '../kernel/types.ts';

type Counts = Readonly<Record<string, number>>;

/**
 * Sums of amounts are counted in minor units beside the events, a metric for each currency: `won:CNY`. An amount beyond
 * a million millions counts as that much, so that the sums of a batch stay exact whatever people type.
 */
const MOST = 10 ** 14;

function amountIn(event: string, value: unknown): Counts {
  const money = value as Money | undefined;
  return money?.minor ? { [`${event}:${money.currency}`]: Math.min(Math.max(money.minor, -MOST), MOST) } : {};
}

/** Deals that came in, moved on or back, were won, lost and reopened, with what they are or were worth. */
export function opportunityMetrics(before: AnyRecord | undefined, after: AnyRecord | undefined): Counts {
  if (!after) return before ? { removed: 1 } : {};
  const [was, is] = [before?.['outcome'] ?? 'open', after['outcome']];
  const moved = before !== undefined && was === 'open' && is === 'open' && before['stage'] !== after['stage'];
  return {
    ...(before ? {} : { created: 1, ...amountIn('created', after['amount']) }),
    ...(moved ? { moved: 1 } : {}),
    ...(is !== was && is === 'won' ? { won: 1, ...amountIn('won', after['amount']) } : {}),
    ...(is !== was && is === 'lost' ? { lost: 1, ...amountIn('lost', after['amount']) } : {}),
    ...(is !== was && is === 'open' ? { reopened: 1, ...(was === 'won' ? amountIn('reopened', before?.['amount']) : {}) } : {}),
  };
}

const isBinding = (order: AnyRecord | undefined): boolean => order?.['status'] === 'confirmed' || order?.['status'] === 'closed';

/**
 * Orders that came in, were confirmed, closed and cancelled. `confirmed:` holds what was ordered for certain, without
 * tax; `cancelled:` what of it was taken back, also by deleting the order.
 */
export function orderMetrics(before: AnyRecord | undefined, after: AnyRecord | undefined): Counts {
  const [was, is] = [before?.['status'], after?.['status']];
  const takenBack = isBinding(before) && !isBinding(after);
  return {
    ...(!before && after ? { created: 1 } : {}),
    ...(before && !after ? { removed: 1 } : {}),
    ...(is !== was && is === 'confirmed' ? { confirmed: 1, ...amountIn('confirmed', after?.['net']) } : {}),
    ...(is !== was && is === 'closed' ? { closed: 1 } : {}),
    ...(is !== was && is === 'cancelled' ? { cancelled: 1 } : {}),
    ...(takenBack ? amountIn('cancelled', before?.['net']) : {}),
  };
}
