import type { Values } from '../kernel/record.ts';

/** An order starts as a draft, neither delivered nor paid. */
export const orderRules = {
  derive: (given: Values): Values => ({
    ...given,
    status: given['status'] ?? 'draft',
    delivery: given['delivery'] ?? 'notDelivered',
    payment: given['payment'] ?? 'unpaid',
  }),
};
