import { beforeAll, describe, expect, it } from 'vitest';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import { idOf } from '../../support/desk.ts';
import { openSales } from './salesDesk.ts';

/* Whom an order or a deal names belongs to its customer. */

let firm: Awaited<ReturnType<typeof openSales>>;
let other: AnyRecord;
let [ours, theirs]: AnyRecord[] = [];
let count = 500;
const contactOf = (customer: AnyRecord): Promise<AnyRecord> =>
  firm.add('contact', idOf('con', (count += 1)), { name: `Contact ${count}`, customerId: customer.id });

beforeAll(async () => {
  firm = await openSales();
  other = await firm.add('customer', idOf('cus', 2), { name: 'Bakery' });
  [ours, theirs] = [await contactOf(firm.customer), await contactOf(other)];
});

const create = (plural: string, body: Values) => firm.call('POST', `/${plural}`, { as: 'sam', body });
const ofAnother = (...fields: string[]) => ({
  status: 400,
  body: { issues: fields.map((field) => ({ field, code: 'ref.ofAnother' })) },
});

describe('a new record', () => {
  it('names its customer’s own', async () => {
    const deal = await firm.addDeal();
    const tied = { customerId: firm.customer.id, contactId: ours!.id, opportunityId: deal.id };

    expect(await create('orders', tied)).toMatchObject({ status: 201, body: tied });
    expect((await create('opportunities', { title: 'Beans', customerId: other.id, contactIds: [theirs!.id] })).status).toBe(201);
  });

  it('names nobody else’s', async () => {
    const deal = await firm.addDeal({ customerId: other.id });
    const order = { customerId: firm.customer.id, contactId: theirs!.id, opportunityId: deal.id };

    expect(await create('orders', order)).toMatchObject(ofAnother('contactId', 'opportunityId'));
    expect(
      await create('opportunities', { title: 'Beans', customerId: firm.customer.id, contactIds: [ours!.id, theirs!.id] }),
    ).toMatchObject(ofAnother('contactIds'));
  });

  it('says of who is out of reach no more than that he is not there', async () => {
    const hers = await firm.add('contact', idOf('con', 400), { name: 'Hers', customerId: other.id }, { owner: 'olga' });

    expect(await create('orders', { customerId: firm.customer.id, contactId: hers.id })).toMatchObject({
      status: 400,
      body: { issues: [{ field: 'contactId', code: 'ref.notFound' }] },
    });
  });
});

describe('a change', () => {
  it('brings in nobody else’s', async () => {
    const deal = await firm.addDeal({ contactIds: [ours!.id] });

    expect(await firm.change(deal, 'opportunities', { contactIds: [ours!.id, theirs!.id] })).toMatchObject(ofAnother('contactIds'));
    expect(await firm.standing(deal)).toMatchObject({ version: 1, contactIds: [ours!.id] });
  });

  it('of the customer leaves nobody of the old one', async () => {
    const deal = await firm.addDeal({ contactIds: [ours!.id] });

    expect(await firm.change(deal, 'opportunities', { customerId: other.id })).toMatchObject(ofAnother('contactIds'));
    expect(await firm.change(deal, 'opportunities', { customerId: other.id, contactIds: [theirs!.id] })).toMatchObject({ status: 200 });
  });

  it('lets stand who has moved to another customer since, or has gone, as long as nothing else is asked of him', async () => {
    const [moved, gone] = [await contactOf(firm.customer), await contactOf(firm.customer)];
    const deal = await firm.addDeal({ contactIds: [moved.id, gone.id] });
    await firm.remove('contact', gone);
    await firm.update('contact', moved, { customerId: other.id });

    const named = await firm.change(deal, 'opportunities', { title: 'Renamed', contactIds: [moved.id, gone.id, ours!.id] });
    expect(named).toMatchObject({ status: 200, body: { title: 'Renamed' } });
    const followed = await firm.change(named.body, 'opportunities', { customerId: other.id, contactIds: [moved.id, gone.id] });
    expect(followed).toMatchObject({ status: 200, body: { customerId: other.id } });
  });
});

describe('what is made of a deal', () => {
  it('an order, names the deal’s contact and no other customer’s', async () => {
    const deal = await firm.addDeal({ stage: 'signed', amount: { minor: 700, currency: 'CNY' }, contactIds: [ours!.id] });

    expect(await firm.command(deal, 'opportunities/{id}/order', { contactId: theirs!.id })).toMatchObject(ofAnother('contactId'));
    expect(await firm.command(deal, 'opportunities/{id}/order')).toMatchObject({ status: 200, body: { order: { contactId: ours!.id } } });
  });

  it('a clone for another customer leaves the people of this one behind', async () => {
    const deal = await firm.addDeal({ contactIds: [ours!.id], people: [{ name: 'Li Lei', roles: ['coach'], contactId: ours!.id }] });
    const clone = (body: Values) => firm.call('POST', `/opportunities/${deal.id}/clone`, { as: 'sam', body });

    const { status, body } = await clone({ customerId: other.id });
    expect(status).toBe(201);
    for (const field of ['contactIds', 'people']) expect(body).not.toHaveProperty(field);
    expect(await clone({ customerId: other.id, contactIds: [ours!.id] })).toMatchObject(ofAnother('contactIds'));
    expect((await clone({ customerId: firm.customer.id })).body).toMatchObject({ contactIds: [ours!.id] });
  });
});
