import { describe, expect, it } from 'vitest';
import { isArmed } from '../../../functions/table/dueWork.ts';
import { churnOffice, customerId, orderId, SELLER } from './churnOffice.ts';

/** Orders every ten days, the last on 21 January: from 6 February on he is missed. */
async function withRegular(zone?: string) {
  const office = await churnOffice(zone);
  await office.customer(1);
  await office.ordered(1, 1, '2026-01-01');
  await office.ordered(2, 1, '2026-01-11');
  await office.ordered(3, 1, '2026-01-21');
  return office;
}

describe('a customer', () => {
  it('who is silent for longer than he ever was is warned of on the first day of it, with what stands behind', async () => {
    const office = await withRegular();

    await office.morning('2026-02-05');
    expect(await office.warnings()).toEqual([]);
    await office.morning('2026-02-06');

    expect(await office.warnings()).toMatchObject([
      {
        name: 'Customer 1',
        customerId: customerId(1),
        ownerId: SELLER,
        reason: 'rhythm',
        lastOrderOn: '2026-01-21',
        medianGapDays: 10,
        silentDays: 16,
        valueAtRisk: { minor: 6000, currency: 'EUR' },
        status: 'open',
        updatedBy: 'system',
      },
    ]);
    expect((await office.open()).map(({ of }) => of)).toMatchObject([{ name: 'Customer 1', value: { minor: 6000 } }]);
  });

  it('who has bought once is warned of after ninety days', async () => {
    const office = await churnOffice();
    await office.customer(1);
    await office.ordered(1, 1, '2026-01-01');

    await office.morning('2026-04-01');
    expect(await office.warnings()).toEqual([]);
    await office.morning('2026-04-02');

    expect(await office.warnings()).toMatchObject([{ reason: 'silence', silentDays: 91 }]);
    expect((await office.warnings())[0]).not.toHaveProperty('medianGapDays');
  });

  it('is warned of in the early morning of the workspace’s own day', async () => {
    const office = await withRegular('Asia/Shanghai');

    expect(await isArmed(office.db, { tenant: 'firm', id: 'churn', kind: 'churn', at: '2026-01-21T21:00:00.000Z' })).toBe(true);
    await office.tick('2026-02-04T21:00:00.000Z');
    await office.work();
    expect(await office.warnings()).toEqual([]);
    await office.tick('2026-02-05T21:00:00.000Z');
    await office.work();

    expect(await office.warnings()).toHaveLength(1);
  });

  it('who buys again is warned of no longer, and is told so as the outcome', async () => {
    const office = await withRegular();
    await office.morning('2026-02-06');

    await office.ordered(4, 1, '2026-02-08');

    expect(await office.warnings()).toMatchObject([{ status: 'closed', outcome: 'boughtAgain' }]);
    expect(await office.open()).toEqual([]);
    expect(await office.rows()).toEqual([`2026-02-24#${customerId(1)}`]);
  });

  it('who buys at the very moment of the warning is warned of no longer, whoever comes first', async () => {
    const office = await withRegular();
    await office.morning('2026-02-06');
    const [warning] = await office.warnings();
    const after = await office.firm.itemOf('churnWarning', warning!.id);

    // Told before the warning was there, the order ended none; so it is looked for when the stream tells of the warning.
    await office.order(4, 1, '2026-02-06');
    await office.tell({ type: 'churnWarning', id: warning!.id, version: 1, at: warning!.updatedAt, before: undefined, after });

    expect(await office.warnings()).toMatchObject([{ status: 'closed', outcome: 'boughtAgain' }]);
  });

  it('who has bought is warned of no longer by a warning that is opened again', async () => {
    const office = await withRegular();
    await office.morning('2026-02-06');
    await office.ordered(4, 1, '2026-02-08');
    const [{ id } = { id: '' }] = await office.warnings();

    await office.tell(await office.firm.change('2026-02-09T09:00:00.000Z', 'churnWarning', id, { status: 'open', outcome: null }));

    expect(await office.warnings()).toMatchObject([{ id, status: 'closed', outcome: 'boughtAgain' }]);
    expect(await office.open()).toEqual([]);
  });

  it('whose saving order is cancelled is warned of again', async () => {
    const office = await withRegular();
    await office.morning('2026-02-06');
    await office.ordered(4, 1, '2026-02-08');

    await office.tell(await office.firm.change('2026-02-09T09:00:00.000Z', 'order', orderId(4), { status: 'cancelled' }));
    expect(await office.rows()).toEqual([`2026-02-06#${customerId(1)}`]);
    await office.morning('2026-02-10');

    expect(await office.warnings()).toMatchObject([{ status: 'open', silentDays: 20 }]);
  });

  it('is not warned of twice for one silence, also after his warning was closed', async () => {
    const office = await withRegular();
    await office.morning('2026-02-06');
    const [{ id } = { id: '' }] = await office.warnings();
    await office.tell(
      await office.firm.change('2026-02-07T09:00:00.000Z', 'churnWarning', id, { status: 'closed', outcome: 'falseAlarm' }),
    );

    await office.tell(await office.firm.change('2026-02-07T10:00:00.000Z', 'order', orderId(1), { status: 'cancelled' }));
    expect(await office.rows()).toEqual([`2026-04-22#${customerId(1)}`]);
    await office.morning('2026-04-22');

    expect(await office.warnings()).toMatchObject([{ id, status: 'closed', outcome: 'falseAlarm' }]);
    expect(await office.rows()).toEqual([]);
  });

  it('who is gone is not warned of', async () => {
    const office = await withRegular();
    await office.firm.remove('2026-02-01T09:00:00.000Z', 'customer', customerId(1));

    await office.morning('2026-02-06');

    expect(await office.warnings()).toEqual([]);
    expect(await office.rows()).toEqual([]);
  });
});

describe('a snoozed warning', () => {
  it('comes back on its day, and not before', async () => {
    const office = await withRegular();
    await office.morning('2026-02-06');
    const [{ id } = { id: '' }] = await office.warnings();
    await office.tell(
      await office.firm.change('2026-02-06T09:00:00.000Z', 'churnWarning', id, { status: 'snoozed', snoozedUntil: '2026-02-13' }),
    );
    expect(await office.rows()).toEqual([`2026-02-13#${id}`]);

    await office.morning('2026-02-12');
    expect(await office.warnings()).toMatchObject([{ status: 'snoozed' }]);
    await office.morning('2026-02-13');

    expect(await office.warnings()).toMatchObject([{ status: 'open', silentDays: 23 }]);
    expect(await office.rows()).toEqual([]);
  });

  it('that is taken up before is waited for no longer', async () => {
    const office = await withRegular();
    await office.morning('2026-02-06');
    const [{ id } = { id: '' }] = await office.warnings();
    await office.tell(
      await office.firm.change('2026-02-06T09:00:00.000Z', 'churnWarning', id, { status: 'snoozed', snoozedUntil: '2026-02-13' }),
    );

    await office.tell(
      await office.firm.change('2026-02-07T09:00:00.000Z', 'churnWarning', id, { status: 'acknowledged', snoozedUntil: null }),
    );

    expect(await office.rows()).toEqual([]);
  });
});

describe('the watch', () => {
  it('keeps one row of a customer, whatever happens to his orders', async () => {
    const office = await withRegular();
    expect(await office.rows()).toEqual([`2026-02-06#${customerId(1)}`]);

    await office.ordered(4, 1, '2026-01-22', { status: 'draft' });
    expect(await office.rows()).toEqual([`2026-02-06#${customerId(1)}`]);
    await office.tell(await office.firm.change('2026-01-22T12:00:00.000Z', 'order', orderId(4), { status: 'confirmed' }));
    expect(await office.rows()).toEqual([`2026-02-07#${customerId(1)}`]);
    await office.tell(await office.firm.remove('2026-01-22T13:00:00.000Z', 'order', orderId(4)));
    expect(await office.rows()).toEqual([`2026-02-06#${customerId(1)}`]);
    await office.tell(await office.firm.change('2026-01-23T13:00:00.000Z', 'order', orderId(3), { status: 'cancelled' }));
    expect(await office.rows()).toEqual([`2026-04-12#${customerId(1)}`]);
  });

  it('takes a batch of one customer’s orders at once, and the same batch once more', async () => {
    const office = await churnOffice();
    await office.customer(1);
    const changes = [
      await office.order(1, 1, '2026-01-01'),
      await office.order(2, 1, '2026-01-11'),
      await office.order(3, 1, '2026-01-21'),
    ];

    await office.tell(...changes);
    await office.tell(...changes);
    // A late redrive of a single one finds the orders as they are.
    await office.tell(changes[0]!);

    expect(await office.rows()).toEqual([`2026-02-06#${customerId(1)}`]);
  });

  it('that a row slipped through is mended when it comes up', async () => {
    const office = await withRegular();
    await office.firm.table.writeMany([
      { delete: { pk: 'CHURN', sk: `2026-02-06#${customerId(1)}` } },
      { put: { pk: 'CHURN', sk: `2026-01-25#${customerId(1)}` } },
    ]);

    await office.morning('2026-01-25');

    expect(await office.warnings()).toEqual([]);
    expect(await office.rows()).toEqual([`2026-02-06#${customerId(1)}`]);
  });

  it('costs nothing where nothing is sold: no morning is armed', async () => {
    const office = await churnOffice();
    await office.customer(1);
    await office.tell();
    await office.morning('2026-02-06');

    for (let day = 1; day <= 7; day++)
      expect(await isArmed(office.db, { tenant: 'firm', id: 'churn', kind: 'churn', at: `2026-02-0${day}T05:00:00.000Z` })).toBe(false);
  });
});
