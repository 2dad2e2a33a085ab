import { beforeAll, describe, expect, it, vi } from 'vitest';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import type { Database } from '../../../functions/table/database.ts';
import { idOf } from '../../support/desk.ts';
import { openSales } from './salesDesk.ts';

type Firm = Awaited<ReturnType<typeof openSales>>;
let firm: Firm;
beforeAll(async () => {
  firm = await openSales();
});

const CNY = (minor: number) => ({ minor, currency: 'CNY' });
const LINES = [{ id: 'a', name: 'Beans', quantity: '2', unitPrice: 3000 }];
const order = async (deal: AnyRecord, body?: unknown, options: { as?: string; version?: number } = {}, at: Firm = firm) => {
  const answer = await at.command(deal, 'opportunities/{id}/order', body, options);
  return { ...answer, made: answer.body as unknown as { order: AnyRecord; opportunity: AnyRecord } };
};

describe('a won deal', () => {
  it('becomes an order with one click: its customer, contact, owner and lines', async () => {
    const contact = await firm.add('contact', idOf('con', 1), { name: 'Li Lei', customerId: firm.customer.id });
    const lines = [{ ...LINES[0], productId: firm.product.id }];
    const deal = await firm.addDeal({ stage: 'signed', amount: CNY(0), lines, contactIds: [contact.id] });

    const { status, made } = await order(deal);

    expect(status).toBe(200);
    expect(made.order).toMatchObject({
      number: expect.stringMatching(/^2026-\d{4}$/),
      customerId: firm.customer.id,
      contactId: contact.id,
      opportunityId: deal.id,
      ownerId: firm.memberId('sam'),
      status: 'draft',
      orderedOn: '2026-03-02',
      currency: 'CNY',
      lines,
      total: CNY(6000),
    });
    expect(made.opportunity).toMatchObject({ id: deal.id, version: 2, orderIds: [made.order.id], outcome: 'won' });
  });

  it('without lines becomes one of its amount; without an amount, an empty draft in the workspace’s currency', async () => {
    const [priced, bare] = [
      await firm.addDeal({ stage: 'signed', amount: { minor: 500, currency: 'JPY' } }),
      await firm.addDeal({ stage: 'signed' }),
    ];

    expect((await order(priced)).made.order).toMatchObject({
      lines: [{ name: priced['title'], quantity: '1', unitPrice: 500 }],
      total: { minor: 500, currency: 'JPY' },
    });
    const { made } = await order(bare);
    expect(made.order).toMatchObject({ currency: 'CNY', total: CNY(0) });
    expect(made.order).not.toHaveProperty('lines');
  });

  it('takes the words of whoever orders over its own', async () => {
    const deal = await firm.addDeal({ stage: 'signed', amount: CNY(100) });

    expect((await order(deal, { number: 'PO-7', customerNumber: '4711', orderedOn: '2026-02-27', lines: LINES })).made.order).toMatchObject(
      {
        number: 'PO-7',
        customerNumber: '4711',
        orderedOn: '2026-02-27',
        total: CNY(6000),
      },
    );
  });

  it('orders what has gone from the catalogue since', async () => {
    const gone = await firm.add('product', idOf('prd', 8), { name: 'Gone' }, { owner: undefined });
    const deal = await firm.addDeal({ stage: 'signed', amount: CNY(0), lines: [{ ...LINES[0], productId: gone.id }] });
    await firm.remove('product', gone);

    expect((await order(deal)).status).toBe(200);
  });

  it('of a colleague who has left is ordered by whoever asks', async () => {
    const deal = await firm.addDeal({ stage: 'signed' }, 'old');

    expect((await order(deal, undefined, { as: 'olga' })).made.order).toMatchObject({ ownerId: firm.memberId('olga') });
  });
});

describe('asking again', () => {
  it('finds the order that was made, from whatever version', async () => {
    const deal = await firm.addDeal({ stage: 'signed' });
    const first = await order(deal);

    expect((await order(deal)).made).toEqual(first.made);
    expect((await order(deal, { notes: 'x' }, { as: 'olga', version: 9 })).made).toEqual(first.made);
  });

  it('finds the order that somebody has tied to the deal by hand', async () => {
    const deal = await firm.addDeal({ stage: 'signed', amount: CNY(900) });
    const tied = { customerId: firm.customer.id, opportunityId: deal.id };
    const hand = await firm.add('order', idOf('ord', 77), { ...tied, number: 'BY-HAND', currency: 'CNY', lines: LINES });

    const { status, made } = await order(deal);

    expect([status, made.order.id]).toEqual([200, hand.id]);
    expect(made.opportunity.version).toBe(deal.version);
  });

  it('at the same moment makes one', async () => {
    const deal = await firm.addDeal({ stage: 'signed' });

    const answers = await Promise.all(['sam', 'olga', 'sam', 'olga'].map((as) => order(deal, {}, { as })));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(({ made }) => made.order.id)).size).toBe(1);
    expect(await firm.standing(deal)).toMatchObject({ orderIds: [answers[0]!.made.order.id], version: 2 });
  });

  it('after the order was cancelled or deleted makes another', async () => {
    const deal = await firm.addDeal({ stage: 'signed', amount: CNY(100) });
    const first = (await order(deal)).made;
    await firm.command(first.order, 'orders/{id}/cancel');
    const second = (await order(first.opportunity)).made;
    await firm.remove('order', second.order);
    const third = (await order(second.opportunity)).made;

    expect(third.opportunity['orderIds']).toEqual([first.order.id, second.order.id, third.order.id]);
  });

  it('after the answer was lost finds its own work', async () => {
    vi.spyOn(process.stdout, 'write').mockReturnValueOnce(true); // the fault is logged, and meant
    let armed = false;
    const shaky = await openSales((inner: Database) => ({
      ...inner,
      send: (async (command: unknown) => {
        const answer: unknown = await inner.send(command as never);
        if (armed && command instanceof TransactWriteCommand) {
          armed = false;
          throw Object.assign(new Error('hang up'), { name: 'TimeoutError' });
        }
        return answer;
      }) as Database['send'],
    }));
    const deal = await shaky.addDeal({ stage: 'signed' });
    armed = true;

    expect((await order(deal, {}, {}, shaky)).status).toBe(503);
    const { status, made } = await order(deal, {}, {}, shaky);
    expect([status, made.opportunity.version]).toEqual([200, 2]);
  });
});

describe('no order comes', () => {
  it('of a deal that is not won', async () => {
    for (const values of [{}, { outcome: 'lost' }] as Values[])
      expect(await order(await firm.addDeal(values))).toMatchObject({ status: 409, body: { code: 'opportunity.order.notWon' } });
  });

  it.each<[string, unknown, string, string]>([
    ['another workspace’s product', { lines: [{ ...LINES[0], productId: idOf('prd', 2) }] }, 'lines.0.productId', 'ref.notFound'],
    ['another customer', { customerId: idOf('cus', 1) }, 'customerId', 'field.unknown'],
    ['a field nobody knows', { nonsense: 1 }, 'nonsense', 'field.unknown'],
    ['a list', [], '', 'input.object'],
  ])('with %s, and nothing is written', async (_what, body, field, code) => {
    const deal = await firm.addDeal({ stage: 'signed' });

    expect(await order(deal, body)).toMatchObject({ status: 400, body: { issues: [{ field, code }] } });
    expect(await firm.standing(deal)).toMatchObject({ version: 1 });
  });

  it('to those who may not change the deal, or from an old version', async () => {
    const deal = await firm.addDeal({ stage: 'signed' });

    expect((await order(deal, {}, { as: 'mia' })).status).toBe(403);
    expect((await order(deal, {}, { as: 'sue' })).status).toBe(404);
    expect(await order(deal, {}, { version: 5 })).toMatchObject({ status: 409, body: { code: 'record.stale' } });
    expect(await firm.standing(deal)).toMatchObject({ version: 1 });
  });

  it('where the number that was asked for is taken', async () => {
    const deal = await firm.addDeal({ stage: 'signed' });
    await firm.call('POST', '/orders', { as: 'sam', body: { customerId: firm.customer.id, number: 'PO-1' } });

    expect(await order(deal, { number: 'PO-1' })).toMatchObject({ status: 409, body: { code: 'unique.taken' } });
    expect(await firm.standing(deal)).toMatchObject({ version: 1 });
  });
});
