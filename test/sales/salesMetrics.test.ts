import { describe, expect, it } from 'vitest';
import type { Values } from '../../shared/kernel/record.ts';
import { opportunityMetrics, orderMetrics } from '../../shared/sales/salesMetrics.ts';
import { record } from './deals.ts';

const of = (values: Values | undefined) => values && record(values);
const CNY = (minor: number) => ({ minor, currency: 'CNY' });
const open = (stage: string, amount?: object): Values => ({ outcome: 'open', stage, ...(amount ? { amount } : {}) });
const won = (amount?: object): Values => ({ outcome: 'won', stage: 'signed', ...(amount ? { amount } : {}) });
const lost = (amount?: object): Values => ({ outcome: 'lost', stage: 'needs', ...(amount ? { amount } : {}) });

describe('what is counted of deals', () => {
  it.each<[string, Values | undefined, Values | undefined, object]>([
    ['a new one', undefined, open('needs', CNY(5)), { created: 1, 'created:CNY': 5 }],
    ['one that comes in won', undefined, won(CNY(5)), { created: 1, 'created:CNY': 5, won: 1, 'won:CNY': 5 }],
    ['a move on', open('needs'), open('solution'), { moved: 1 }],
    ['a move back', open('solution'), open('needs'), { moved: 1 }],
    ['winning', open('negotiation', CNY(5)), won(CNY(5)), { won: 1, 'won:CNY': 5 }],
    ['losing', open('needs', { minor: 7, currency: 'JPY' }), lost({ minor: 7, currency: 'JPY' }), { lost: 1, 'lost:JPY': 7 }],
    ['winning without an amount', open('needs'), won(), { won: 1 }],
    ['winning nothing', open('needs', CNY(0)), won(CNY(0)), { won: 1 }],
    ['reopening what was won', won(CNY(5)), open('negotiation', CNY(5)), { reopened: 1, 'reopened:CNY': 5 }],
    ['reopening what was lost', lost(CNY(5)), open('needs', CNY(5)), { reopened: 1 }],
    ['another edit', open('needs', CNY(5)), open('needs', CNY(6)), {}],
    ['another edit of a won one', won(CNY(5)), won(CNY(5)), {}],
    ['removal', open('needs', CNY(5)), undefined, { removed: 1 }],
  ])('%s', (_what, before, after, expected) => {
    expect(opportunityMetrics(of(before), of(after))).toEqual(expected);
  });

  it('is bounded, so that sums stay exact whatever people type', () => {
    expect(opportunityMetrics(of(open('needs')), of(won(CNY(Number.MAX_SAFE_INTEGER))))).toEqual({ won: 1, 'won:CNY': 10 ** 14 });
  });
});

describe('what is counted of orders', () => {
  const order = (status: string): Values => ({ status, net: CNY(5), total: CNY(6) });

  it.each<[string, Values | undefined, Values | undefined, object]>([
    ['a new one', undefined, order('draft'), { created: 1 }],
    ['confirming, without tax', order('draft'), order('confirmed'), { confirmed: 1, 'confirmed:CNY': 5 }],
    ['closing', order('confirmed'), order('closed'), { closed: 1 }],
    ['cancelling a draft', order('draft'), order('cancelled'), { cancelled: 1 }],
    ['cancelling a confirmed one', order('confirmed'), order('cancelled'), { cancelled: 1, 'cancelled:CNY': 5 }],
    ['removing a draft', order('draft'), undefined, { removed: 1 }],
    ['removing a closed one', order('closed'), undefined, { removed: 1, 'cancelled:CNY': 5 }],
    ['delivery', order('confirmed'), { ...order('confirmed'), delivery: 'partly' }, {}],
  ])('%s', (_what, before, after, expected) => {
    expect(orderMetrics(of(before), of(after))).toEqual(expected);
  });
});
