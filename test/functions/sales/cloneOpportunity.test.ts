import { beforeAll, describe, expect, it } from 'vitest';
import type { Values } from '../../../shared/kernel/record.ts';
import { idOf } from '../../support/desk.ts';
import { openSales } from './salesDesk.ts';

let firm: Awaited<ReturnType<typeof openSales>>;
beforeAll(async () => {
  firm = await openSales();
});

const clone = (id: string, body?: unknown, { as = 'sam', headers = {} } = {}) =>
  firm.call('POST', `/opportunities/${id}/clone`, { as, body, headers });

/** All that may be copied, and what tells how far the deal came. */
const FULL: Values = {
  title: 'Yearly beans',
  amount: { minor: 0, currency: 'CNY' },
  lines: [{ id: 'a', name: 'Beans', quantity: '2', unitPrice: 3000 }],
  people: [{ name: 'Li Lei', roles: ['coach'] }],
  competitors: [{ name: 'Acme' }],
  tags: ['yearly'],
  description: 'As last year',
  method: 'trial',
  source: 'exhibition',
  stage: 'signed',
  expectedEndOn: '2026-01-31',
  rank: 'm',
  reasons: ['price'],
};

describe('a clone', () => {
  it('takes over with whom, about what and how, and starts anew as its copier’s', async () => {
    const original = await firm.addDeal({ ...FULL, workGroup: [{ memberId: firm.memberId('sue'), share: 20 }] });

    const copied = await clone(original.id, { title: 'This year’s beans' }, { as: 'olga' });

    const { stage: _stage, expectedEndOn: _end, rank: _rank, reasons: _reasons, title: _title, ...taken } = FULL;
    expect(copied).toMatchObject({
      status: 201,
      body: {
        ...taken,
        amount: { minor: 6000, currency: 'CNY' },
        title: 'This year’s beans',
        customerId: firm.customer.id,
        workGroup: [{ memberId: firm.memberId('sue'), share: 20 }],
        stage: 'firstContact',
        outcome: 'open',
        successRate: 5,
        version: 1,
        ownerId: firm.memberId('olga'),
      },
    });
    for (const field of ['expectedEndOn', 'rank', 'reasons', 'closedAt', 'orderIds']) expect(copied.body).not.toHaveProperty(field);
    expect(copied.body.id).not.toBe(original.id);
  });

  it('says otherwise what its copier says otherwise; null leaves a field out', async () => {
    const original = await firm.addDeal(FULL);

    const { body } = await clone(original.id, { lines: null, amount: { minor: 7, currency: 'USD' }, stage: 'needs', tags: null });

    expect(body).toMatchObject({ title: 'Yearly beans', amount: { minor: 7, currency: 'USD' }, stage: 'needs' });
    for (const field of ['lines', 'tags']) expect(body).not.toHaveProperty(field);
  });

  it('is made once for one key, or one id; without either, as often as it is asked for', async () => {
    const original = await firm.addDeal();
    const headers = { 'idempotency-key': 'one' };
    const id = idOf('opp', 250);

    const [keyed, again] = [await clone(original.id, {}, { headers }), await clone(original.id, {}, { headers })];
    const [named, same] = [await clone(original.id, { id }), await clone(original.id, { id })];
    const [one, two] = [await clone(original.id), await clone(original.id)];

    expect(again.body).toEqual(keyed.body);
    expect(same.body).toEqual(named.body);
    expect(new Set([keyed, named, one, two].map(({ body }) => body.id)).size).toBe(4);
  });

  it('names what the original names, gone or not, and nothing else that is not there', async () => {
    const gone = await firm.add('product', idOf('prd', 7), { name: 'Gone' }, { owner: undefined });
    const line = { id: 'a', name: 'Beans', quantity: '2', unitPrice: 3000 };
    // An id in the words of the original opens nothing.
    const original = await firm.addDeal({ ...FULL, description: firm.rivals.id, lines: [{ ...line, productId: gone.id }] });
    await firm.remove('product', gone);

    expect((await clone(original.id)).status).toBe(201);
    expect(await clone(original.id, { lines: [{ ...line, productId: firm.rivals.id }] })).toMatchObject({
      status: 400,
      body: { issues: [{ field: 'lines.0.productId', code: 'ref.notFound' }] },
    });
  });

  it.each<[string, unknown, string, string]>([
    ['a list', [], '', 'input.object'],
    ['an end of its own', { outcome: 'won' }, 'outcome', 'field.unknown'],
    ['no title', { title: '' }, 'title', 'field.required'],
    ['another type’s id', { id: idOf('ord', 1) }, 'id', 'id.invalid'],
  ])('with %s is refused', async (_what, body, field, code) => {
    expect(await clone((await firm.addDeal()).id, body)).toMatchObject({ status: 400, body: { issues: [{ field, code }] } });
  });

  it('is for whoever may read the deal and make deals', async () => {
    const deal = await firm.addDeal();

    expect((await clone(deal.id, {}, { as: 'mia' })).status).toBe(403);
    expect((await clone(deal.id, {}, { as: 'sue' })).status).toBe(404);
    expect((await clone(idOf('opp', 999))).status).toBe(404);
  });
});
