import { describe, expect, it } from 'vitest';
import type { AppError } from '../../shared/kernel/errors.ts';
import type { Values } from '../../shared/kernel/record.ts';
import { orderChange, orderRules, type OrderCommand } from '../../shared/sales/orderRules.ts';
import { record } from './deals.ts';

const LINES = [{ id: 'a', name: 'Beans', quantity: '2', unitPrice: 3000, tax: 700 }];
const draft = (values: Values = {}): Values => orderRules.derive({ number: '1', customerId: 'cus_1', ...values });
const issues = (values: Values, before?: Values): string[] =>
  orderRules.check(orderRules.derive(values), before).map(({ field, code }) => `${field} ${code}`);
const TODAY = '2026-03-02';

describe('an order', () => {
  it('starts as a draft, neither delivered nor paid, and costs what its lines cost', () => {
    expect(draft({ currency: 'CNY', lines: LINES })).toMatchObject({
      status: 'draft',
      delivery: 'notDelivered',
      payment: 'unpaid',
      net: { minor: 6000, currency: 'CNY' },
      tax: { minor: 420, currency: 'CNY' },
      total: { minor: 6420, currency: 'CNY' },
    });
    expect(draft({ currency: 'JPY' })['total']).toEqual({ minor: 0, currency: 'JPY' });
  });

  it('has no sum that it cannot tell exactly, nor one of before', () => {
    const stood = draft({ currency: 'CNY', lines: LINES });
    const huge = [{ ...LINES[0], unitPrice: Number.MAX_SAFE_INTEGER }];

    expect(orderRules.derive({ ...stood, lines: huge })).not.toHaveProperty('total');
    expect(issues({ ...stood, lines: huge })).toEqual(['lines.0 money.tooLarge']);
    expect(issues({ ...stood, currency: undefined })).toEqual(['currency field.required']);
  });

  it('binds only with lines, a currency and a day', () => {
    const bound = { ...draft(), status: 'confirmed' };

    expect(issues(bound)).toEqual(['currency field.required', 'lines field.required', 'orderedOn field.required']);
    expect(issues({ ...bound, currency: 'CNY', lines: LINES, orderedOn: TODAY })).toEqual([]);
  });

  it('is what was promised from then on, whatever becomes of it', () => {
    for (const status of ['confirmed', 'closed', 'cancelled']) {
      const stood = orderRules.derive({ ...draft({ currency: 'CNY', lines: LINES, orderedOn: TODAY }), status });

      for (const [field, value] of Object.entries({
        number: '2',
        customerId: 'cus_2',
        orderedOn: '2026-03-03',
        currency: 'USD',
        lines: [{ ...LINES[0], quantity: '1' }],
      }))
        expect(issues({ ...stood, [field]: value }, stood), `${status} ${field}`).toEqual([`${field} order.confirmed`]);
      expect(
        issues(
          { ...stood, notes: 'x', tags: ['a'], customerNumber: '7', delivery: 'returned', payment: 'refunded', contactId: 'c' },
          stood,
        ),
      ).toEqual([]);
    }
  });
});

describe('a command', () => {
  const GOES: Readonly<Record<string, Partial<Record<OrderCommand, string>>>> = {
    draft: { confirm: 'confirmed', cancel: 'cancelled' },
    confirmed: { confirm: 'done', close: 'closed', cancel: 'cancelled' },
    closed: { close: 'done' },
    cancelled: { cancel: 'done' },
  };
  const after = (status: string, command: OrderCommand): string | undefined => {
    try {
      return String(orderChange(record({ status, orderedOn: TODAY }), command, TODAY)['status'] ?? 'done');
    } catch (error) {
      expect(error).toMatchObject({ code: 'order.status', status: 409, params: { status } } satisfies Partial<AppError>);
      return undefined;
    }
  };

  it.each(Object.keys(GOES))('brings an order that is %s only where it may go, and nowhere twice', (status) => {
    for (const command of ['confirm', 'close', 'cancel'] as const) expect(after(status, command), command).toBe(GOES[status]![command]);
  });

  it('to confirm dates the order where nobody has', () => {
    expect(orderChange(record({ status: 'draft' }), 'confirm', TODAY)).toEqual({ status: 'confirmed', orderedOn: TODAY });
    expect(orderChange(record({ status: 'draft', orderedOn: '2026-01-01' }), 'confirm', TODAY)).toMatchObject({ orderedOn: '2026-01-01' });
  });
});
