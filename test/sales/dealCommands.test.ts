import { describe, expect, it } from 'vitest';
import type { Values } from '../../shared/kernel/record.ts';
import { cloneValues, namedBy } from '../../shared/sales/opportunityClone.ts';
import { closeChange, readClose, readReopen, reopenChange, type CloseWish } from '../../shared/sales/opportunityClose.ts';
import { opportunity } from '../../shared/sales/opportunity.ts';
import { orderValues, planOrder } from '../../shared/sales/opportunityOrder.ts';
import { STANDARD, record } from './deals.ts';

const codeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code: string }).code;
  }
};
const CNY = (minor: number) => ({ minor, currency: 'CNY' });
const LINES = [{ id: 'a', name: 'Beans', quantity: '2', unitPrice: 3000 }];
const NOTHING = { reasons: null, lostTo: null, closeNote: null };

describe('closing', () => {
  const lost: CloseWish = { outcome: 'lost', reasons: ['price'], lostTo: 'Acme' };

  it.each<[string, Values, CloseWish, unknown]>([
    ['an open deal as lost', { outcome: 'open', stage: 'needs' }, lost, { ...NOTHING, ...lost }],
    ['an open deal as won', { outcome: 'open', stage: 'needs' }, { outcome: 'won' }, { ...NOTHING, outcome: 'won', stage: 'signed' }],
    [
      'a lost deal for another reason',
      { outcome: 'lost', stage: 'needs' },
      { ...lost, lostTo: null },
      { ...NOTHING, ...lost, lostTo: null },
    ],
    ['a lost deal as won', { outcome: 'lost', stage: 'needs' }, { outcome: 'won' }, 'opportunity.closed'],
    ['a won deal as lost', { outcome: 'won', stage: 'signed' }, lost, 'opportunity.closed'],
  ])('%s', (_what, deal, wish, expected) => {
    expect(codeOf(() => closeChange(STANDARD, record(deal), wish))).toEqual(expected);
  });

  it('takes boxes left blank for nothing said', () => {
    expect(readClose(opportunity, { outcome: 'won', reasons: [], lostTo: '', closeNote: ' ' })).toEqual({ outcome: 'won', ...NOTHING });
    for (const body of [undefined, null, [], 'won', { outcome: 'lost', reasons: [] }])
      expect(codeOf(() => readClose(opportunity, body))).toBe('input.invalid');
  });
});

describe('reopening', () => {
  it.each<[string, Values, string | undefined, Values]>([
    ['a lost deal', { outcome: 'lost', stage: 'needs' }, undefined, { outcome: 'open', stage: 'needs', ...NOTHING }],
    ['a lost deal elsewhere', { outcome: 'lost', stage: 'needs' }, 'solution', { outcome: 'open', stage: 'solution', ...NOTHING }],
    ['a won deal', { outcome: 'won', stage: 'signed' }, undefined, { outcome: 'open', stage: 'negotiation', ...NOTHING }],
    ['an open deal', { outcome: 'open', stage: 'needs' }, 'solution', {}],
  ])('%s', (_what, deal, stage, expected) => {
    expect(reopenChange(STANDARD, record(deal), stage)).toEqual(expected);
  });

  it('goes on from open stages alone', () => {
    expect([undefined, null, {}, { stage: '' }, { stage: 'needs' }].map((body) => readReopen(body))).toEqual([
      ...Array<undefined>(4),
      'needs',
    ]);
    for (const stage of ['signed', 'moon'])
      expect(codeOf(() => reopenChange(STANDARD, record({ outcome: 'lost', stage: 'needs' }), stage))).toBe('input.invalid');
    expect(codeOf(() => readReopen({ stage: 7 }))).toBe('input.invalid');
  });
});

describe('an order of a deal', () => {
  const won = (values: Values) => record({ outcome: 'won', title: 'Beans', customerId: 'cus_1', ...values });
  const basic = { customerId: 'cus_1', opportunityId: 'opp_1' };

  it.each<[string, Values, Values]>([
    ['is of its lines', { amount: CNY(6000), lines: LINES }, { ...basic, currency: 'CNY', lines: LINES }],
    [
      'is of its amount',
      { amount: CNY(5) },
      { ...basic, currency: 'CNY', lines: [{ id: 'amount', name: 'Beans', quantity: '1', unitPrice: 5 }] },
    ],
    ['is of nothing yet', {}, { ...basic, currency: 'EUR' }],
    ['goes to its first contact', { contactIds: ['con_2', 'con_1'] }, { ...basic, currency: 'EUR', contactId: 'con_2' }],
  ])('%s', (_what, deal, expected) => {
    expect(orderValues(won(deal), 'EUR')).toEqual(expected);
  });

  it('needs a deal that is won', () => {
    for (const outcome of ['open', 'lost']) expect(codeOf(() => orderValues(record({ outcome }), 'EUR'))).toBe('opportunity.order.notWon');
  });

  it('is known by its deal in the same write, after those before it', () => {
    const { writes } = planOrder(won({ orderIds: ['ord_1'] }), { id: 'ord_2', ownerId: undefined, values: {} });

    expect(writes).toMatchObject([
      { op: 'create', type: 'order', id: 'ord_2' },
      { op: 'update', type: 'opportunity', id: 'opp_1', version: 1, change: { orderIds: ['ord_1', 'ord_2'] } },
    ]);
    expect(writes[0]).not.toHaveProperty('ownerId');
  });
});

describe('a clone', () => {
  it('takes own fields along, and nothing of how far the deal came', () => {
    const original = record({
      title: 'Beans',
      x_roast: 'dark',
      stage: 'needs',
      outcome: 'lost',
      rank: 'm',
      leadIds: ['l'],
      expectedEndOn: '2026-01-01',
    });

    expect(cloneValues(original, { title: 'Tea' })).toEqual({ title: 'Tea', x_roast: 'dark' });
  });

  it('may name what the deal names, by its ids alone', () => {
    const lines = [{ ...LINES[0], productId: 'prd_1' }, LINES[0]];
    const people = [
      { name: 'A', roles: [], contactId: 'con_2' },
      { name: 'con_9', roles: [] },
    ];
    const named = record({
      customerId: 'cus_1',
      contactIds: ['con_1'],
      lines,
      people,
      workGroup: [{ memberId: 'mem_1', share: 1 }],
      title: 'prd_9',
    });

    expect(namedBy(named)).toEqual(['cus_1', 'con_1', 'prd_1', 'con_2', 'mem_1']);
  });
});
