import { beforeAll, describe, expect, it } from 'vitest';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import { idOf } from '../../support/desk.ts';
import { openSales } from './salesDesk.ts';

let firm: Awaited<ReturnType<typeof openSales>>;
beforeAll(async () => {
  firm = await openSales();
});

const LINES = [
  { id: '1', name: 'Beans', quantity: '2.5', unitPrice: 2400, discount: 1000, tax: 700 },
  { id: '2', name: 'Back', quantity: '-1', unitPrice: 400 },
];
const create = (values: Values = {}, { as = 'sam', headers = {} } = {}) =>
  firm.call('POST', '/orders', { as, body: { customerId: firm.customer.id, ...values }, headers });
const make = async (values: Values = {}): Promise<AnyRecord> => {
  const { status, body } = await create(values);
  expect(status).toBe(201);
  return body;
};
const command = (order: AnyRecord, name: string, options: { as?: string; version?: number } = {}) =>
  firm.command(order, `orders/{id}/${name}`, undefined, options);
const change = (order: AnyRecord, body: Values, version?: number) => firm.change(order, 'orders', body, version ? { version } : {});

describe('a new order', () => {
  it('is a draft of today, numbered, with exact sums', async () => {
    expect(await make({ lines: LINES })).toMatchObject({
      number: expect.stringMatching(/^2026-\d{4}$/),
      status: 'draft',
      delivery: 'notDelivered',
      payment: 'unpaid',
      orderedOn: '2026-03-02',
      currency: 'CNY',
      net: { minor: 5000, currency: 'CNY' },
      tax: { minor: 378, currency: 'CNY' },
      total: { minor: 5378, currency: 'CNY' },
    });
  });

  it('counts its day where its maker is, and its number in the year of that day', async () => {
    const answer = await firm.call('POST', '/orders', {
      as: 'sam',
      body: { customerId: firm.customer.id },
      at: Date.parse('2026-12-31T17:00:00.000Z'),
      issuedAt: Date.parse('2026-12-31T16:59:00.000Z'),
    });

    expect(answer).toMatchObject({ status: 201, body: { orderedOn: '2027-01-01', number: '2027-0001' } });
  });

  it('keeps a number of its maker’s, which nobody else gets', async () => {
    const taken = await make({ number: '2031-0002', orderedOn: '2031-01-01' });
    const numbers = [];
    for (let n = 0; n < 3; n++) numbers.push((await make({ orderedOn: '2031-02-01' }))['number']);

    expect(numbers[0]).toBe('2031-0001');
    expect(new Set([taken['number'], ...numbers]).size).toBe(4);
    expect(await create({ number: '2031-0002' })).toMatchObject({
      status: 409,
      body: { code: 'unique.taken', params: { field: 'number', existing: { id: taken.id } } },
    });
  });

  it('passes a run of numbers that were brought along', async () => {
    for (let n = 1; n <= 12; n++) await make({ number: `2032-00${String(n).padStart(2, '0')}`, orderedOn: '2032-01-01' });

    expect((await make({ orderedOn: '2032-01-01' }))['number']).toMatch(/^2032-00(1[3-9]|2\d)$/);
  });

  it('gets a number of its own, however many are made at once', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => make({ orderedOn: '2033-01-01' })));

    expect(new Set(made.map(({ number }) => number)).size).toBe(20);
  });

  it('is made once, sent again under its key or its id', async () => {
    const [id, other] = [idOf('ord', 71), idOf('ord', 72)];

    const [one, again] = [await create({ id }), await create({ id })];
    const [two, keyed] = [
      await create({ id: other }, { headers: { 'idempotency-key': 'k' } }),
      await create({ id: other }, { headers: { 'idempotency-key': 'k' } }),
    ];

    expect(again).toMatchObject({ status: 201, body: one.body });
    expect(keyed).toMatchObject({ status: 201, body: two.body });
    expect(await create({ id, notes: 'Other' })).toMatchObject({ status: 409, body: { code: 'record.exists' } });
  });

  it.each<[string, Values, string, string]>([
    [
      'a product of another workspace',
      { lines: [LINES[0], { ...LINES[1], productId: idOf('prd', 2) }] },
      'lines.1.productId',
      'ref.notFound',
    ],
    ['a product that is a customer', { lines: [{ ...LINES[0], productId: idOf('cus', 1) }] }, 'lines.0.productId', 'ref.invalid'],
    ['a quantity of five places', { lines: [{ ...LINES[0], quantity: '1.00001' }] }, 'lines.0.quantity', 'line.quantity'],
    ['a quantity in words', { lines: [{ ...LINES[0], quantity: '1e3' }] }, 'lines.0.quantity', 'line.quantity'],
    ['a price with a fraction', { lines: [{ ...LINES[0], unitPrice: 0.5 }] }, 'lines.0.unitPrice', 'money.amount'],
    ['a price beyond 2^53', { lines: [{ ...LINES[0], unitPrice: 2 ** 53 }] }, 'lines.0.unitPrice', 'money.amount'],
    ['a sum beyond 2^53', { lines: [{ ...LINES[0], unitPrice: Number.MAX_SAFE_INTEGER }] }, 'lines.0', 'money.tooLarge'],
    ['a discount of more than all', { lines: [{ ...LINES[0], discount: 10_001 }] }, 'lines.0.discount', 'line.percent'],
    ['a line without a name', { lines: [{ id: '1', quantity: '1', unitPrice: 1 }] }, 'lines.0.name', 'field.required'],
    ['a name with a NUL', { lines: [{ ...LINES[0], name: 'a\u0000' }] }, 'lines.0.name', 'text.characters'],
    ['a field nobody knows', { lines: [{ ...LINES[0], total: 1 }] }, 'lines.0.total', 'field.unknown'],
    ['lines of one id', { lines: [LINES[0], LINES[0]] }, 'lines.1.id', 'line.idTaken'],
    [
      'more lines than an order holds',
      { lines: Array.from({ length: 201 }, (_, n) => ({ ...LINES[0], id: `${n}` })) },
      'lines',
      'list.tooLong',
    ],
    ['a currency that is none', { currency: 'QQQ' }, 'currency', 'choice.unknown'],
    ['a sum of its own', { total: { minor: 1, currency: 'CNY' } }, 'total', 'field.unknown'],
    ['a status of its own', { status: 'confirmed' }, 'status', 'field.unknown'],
    ['no customer', { customerId: null }, 'customerId', 'field.required'],
  ])('refuses %s', async (_what, values, field, code) => {
    const answer = await create(values);

    expect(answer.status).toBe(400);
    expect(answer.body.issues).toContainEqual(expect.objectContaining({ field, code }));
  });

  it('adds up yen, fils and 2^53−1 to the last unit', async () => {
    const priced = async (currency: string, unitPrice: number, quantity: string) =>
      (await make({ currency, lines: [{ id: '1', name: 'X', quantity, unitPrice }] }))['total'];

    expect(await priced('JPY', 101, '0.5')).toEqual({ minor: 51, currency: 'JPY' });
    expect(await priced('KWD', 1, '-0.5')).toEqual({ minor: -1, currency: 'KWD' });
    expect(await priced('CNY', Number.MAX_SAFE_INTEGER, '1')).toEqual({ minor: 2 ** 53 - 1, currency: 'CNY' });
    expect(await priced('CNY', 0, '3')).toEqual({ minor: 0, currency: 'CNY' });
  });
});

describe('an order that stands', () => {
  it('keeps a line whose product has gone since, and takes no other that is not there', async () => {
    const gone = await firm.add('product', idOf('prd', 9), { name: 'Gone' }, { owner: undefined });
    const order = await make({ lines: [{ ...LINES[0], productId: gone.id }] });
    await firm.remove('product', gone);

    const kept = await change(order, { lines: [{ ...LINES[0], productId: gone.id, quantity: '3' }] });
    const other = await change(order, { lines: [{ ...LINES[0], productId: firm.rivals.id }] }, 2);

    expect(kept).toMatchObject({ status: 200, body: { version: 2, net: { minor: 6480 } } });
    expect(other).toMatchObject({ status: 400, body: { issues: [{ field: 'lines.0.productId', code: 'ref.notFound' }] } });
  });

  it('is confirmed, then closed; each once', async () => {
    const order = await make({ lines: LINES });

    const confirmed = await command(order, 'confirm');
    const again = await command(order, 'confirm');
    const closed = await command(confirmed.body, 'close');

    expect(confirmed).toMatchObject({ status: 200, body: { status: 'confirmed', version: 2 } });
    expect(again).toMatchObject({ status: 200, body: confirmed.body });
    expect(closed).toMatchObject({ status: 200, body: { status: 'closed', version: 3 } });
    expect(await command(closed.body, 'cancel')).toMatchObject({
      status: 409,
      body: { code: 'order.status', params: { status: 'closed' } },
    });
  });

  it('is cancelled from a draft or a confirmed one, for good', async () => {
    const [draft, confirmed] = [await make(), (await command(await make({ lines: LINES }), 'confirm')).body];

    for (const order of [draft, confirmed]) {
      const { status, body } = await command(order, 'cancel');
      expect([status, body['status']]).toEqual([200, 'cancelled']);
      for (const name of ['confirm', 'close']) expect((await command(body, name)).status).toBe(409);
    }
  });

  it('is confirmed only with something in it', async () => {
    expect(await command(await make(), 'confirm')).toMatchObject({
      status: 400,
      body: { issues: [{ field: 'lines', code: 'field.required' }] },
    });
  });

  it('keeps what it promised once confirmed, while delivery and payment go on by themselves', async () => {
    const { body: order } = await command(await make({ lines: LINES }), 'confirm');
    const promised = {
      lines: LINES.slice(1),
      currency: 'USD',
      orderedOn: '2026-01-01',
      number: 'X-1',
      customerId: (await anotherCustomer()).id,
    };

    for (const [field, value] of Object.entries(promised))
      expect((await change(order, { [field]: value })).body.issues, field).toEqual([{ field, code: 'order.confirmed' }]);
    const { body: cancelled } = await command((await change(order, { payment: 'paid', delivery: 'partly', notes: 'x' })).body, 'cancel');
    expect(await change(cancelled, { payment: 'refunded', delivery: 'returned' })).toMatchObject({
      status: 200,
      body: { status: 'cancelled', payment: 'refunded', delivery: 'returned' },
    });
  });

  it('is never without a number', async () => {
    expect(await change(await make(), { number: null })).toMatchObject({
      status: 400,
      body: { issues: [{ field: 'number', code: 'field.required' }] },
    });
  });

  it('is commanded by whoever may change it, from the version he saw', async () => {
    const order = await make({ lines: LINES });

    expect((await command(order, 'confirm', { as: 'mia' })).status).toBe(403);
    expect((await command(order, 'confirm', { as: 'sue' })).status).toBe(404);
    expect(await command(order, 'confirm', { version: 4 })).toMatchObject({ status: 409, body: { code: 'record.stale' } });
    expect(await firm.standing(order)).toMatchObject({ version: 1, status: 'draft' });
  });
});

let customers = 1;
const anotherCustomer = (): Promise<AnyRecord> => firm.add('customer', idOf('cus', (customers += 1)), { name: `Customer ${customers}` });
