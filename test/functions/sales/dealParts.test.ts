import { beforeAll, describe, expect, it } from 'vitest';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import { idOf } from '../../support/desk.ts';
import { openSales } from './salesDesk.ts';

let firm: Awaited<ReturnType<typeof openSales>>;
let contact: AnyRecord;
beforeAll(async () => {
  firm = await openSales();
  contact = await firm.add('contact', idOf('con', 1), { name: 'Li Lei', customerId: firm.customer.id });
  await firm.add('contact', idOf('con', 2), { name: 'Hers', customerId: firm.customer.id }, { owner: 'olga' });
});

const CNY = { minor: 0, currency: 'CNY' };
const line = (productId: string) => ({ id: 'a', productId, name: 'Beans', quantity: '1', unitPrice: 100 });
const person = (contactId: string) => ({ contactId, name: 'Li Lei', roles: ['coach'] });
const colleague = (memberId: string) => ({ memberId, share: 10 });

describe('the parts of a deal', () => {
  it('name products, contacts and colleagues that are there', async () => {
    const parts: Values = {
      lines: [line(firm.product.id)],
      people: [person(contact.id), { name: 'A voice on the phone', roles: [] }],
      workGroup: [colleague(firm.memberId('olga'))],
    };

    expect(await firm.change(await firm.addDeal({ amount: CNY }), 'opportunities', parts)).toMatchObject({ status: 200, body: parts });
  });

  it.each<[string, Values, string, string]>([
    [
      'another workspace’s product',
      { lines: [line(idOf('prd', 1)), { ...line(idOf('prd', 2)), id: 'b' }] },
      'lines.1.productId',
      'ref.notFound',
    ],
    ['a product that never was', { lines: [line(idOf('prd', 99))] }, 'lines.0.productId', 'ref.notFound'],
    ['a contact out of reach', { people: [person(idOf('con', 2))] }, 'people.0.contactId', 'ref.notFound'],
    ['a customer for a contact', { people: [person(idOf('cus', 1))] }, 'people.0.contactId', 'ref.invalid'],
    ['a colleague of nobody', { workGroup: [colleague(idOf('mem', 88))] }, 'workGroup.0.memberId', 'ref.notFound'],
    ['a person without a name', { people: [{ roles: [] }] }, 'people.0.name', 'field.required'],
    ['a person in a part that there is not', { people: [{ name: 'X', roles: ['boss'] }] }, 'people.0.roles.0', 'choice.unknown'],
    ['an influence of six', { people: [{ name: 'X', roles: [], influence: 6 }] }, 'people.0.influence', 'number.tooLarge'],
    ['a competitor with a hidden direction', { competitors: [{ name: 'a\u202eb' }] }, 'competitors.0.name', 'text.characters'],
    ['a share of half a percent', { workGroup: [{ memberId: idOf('mem', 1), share: 0.5 }] }, 'workGroup.0.share', 'number.whole'],
    ['a thousand people', { people: Array.from({ length: 1000 }, () => ({})) }, 'people', 'list.tooLong'],
  ])('do not name %s', async (_what, parts, field, code) => {
    const deal = await firm.addDeal({ amount: CNY });

    const answer = await firm.change(deal, 'opportunities', parts);

    expect(answer.status).toBe(400);
    expect(answer.body.issues).toContainEqual(expect.objectContaining({ field, code }));
    expect(await firm.standing(deal)).toMatchObject({ version: 1 });
  });

  it('keep a contact who has gone since', async () => {
    const gone = await firm.add('contact', idOf('con', 3), { name: 'Gone', customerId: firm.customer.id });
    const deal = await firm.addDeal({ people: [person(gone.id)], contactIds: [gone.id] });
    await firm.remove('contact', gone);

    const answer = await firm.change(deal, 'opportunities', {
      people: [{ ...person(gone.id), influence: 2 }, person(contact.id)],
      contactIds: [gone.id, contact.id],
    });

    expect(answer).toMatchObject({ status: 200, body: { contactIds: [gone.id, contact.id] } });
  });
});
