import { describe, expect, it } from 'vitest';
import { isArmed } from '../../../functions/table/dueWork.ts';
import { dyingAfter } from '../../support/dying.ts';
import { meterOn } from '../../support/meter.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';
import { churnOffice, customerId } from './churnOffice.ts';

/** Customers who have each bought once, on the first of January: silent for too long from 2 April on. */
async function withSilent(customers: number, on = memoryDatabase()) {
  const office = await churnOffice('UTC', on);
  for (let n = 1; n <= customers; n++) {
    await office.customer(n);
    await office.ordered(n, n, '2026-01-01');
  }
  return office;
}
const DUE = '2026-04-02T05:00:00.000Z';
const NEXT = { tenant: 'firm', id: 'churn', kind: 'churn', at: '2026-04-03T05:00:00.000Z' };

describe('the morning of warnings', () => {
  it('fired twice, each message delivered three times, makes one warning of a silence', async () => {
    const office = await withSilent(2);

    await office.tick('2026-04-01T05:00:00.000Z');
    await office.work();
    await Promise.all([office.tick(DUE), office.tick(DUE)]);
    await office.work(3);

    expect((await office.warnings()).map(({ version, status }) => [version, status])).toEqual([
      [1, 'open'],
      [1, 'open'],
    ]);
  });

  it('after days without a tick warns of all that has become due, and then goes on', async () => {
    const office = await withSilent(1);
    await office.customer(2);
    await office.ordered(2, 2, '2026-01-03');

    await office.morning('2026-04-06');
    await office.customer(3);
    await office.ordered(3, 3, '2026-01-07');
    await office.morning('2026-04-08');

    expect((await office.warnings()).map(({ customerId, silentDays }) => [customerId, silentDays])).toEqual([
      [customerId(1), 95],
      [customerId(2), 93],
      [customerId(3), 91],
    ]);
  });

  it('with the clock set back warns of nothing that it has warned of before', async () => {
    const office = await withSilent(1);
    await office.morning('2026-04-02');

    await office.work();
    await office.morning('2026-04-02');
    await office.morning('2026-04-03');

    expect(await office.warnings()).toHaveLength(1);
  });

  it('does more than one message’s work in several, and waits for no second day', async () => {
    const office = await withSilent(130);

    await office.morning('2026-04-02');

    expect(await office.warnings()).toHaveLength(130);
    expect(await office.rows()).toEqual([]);
  });

  it('is whole again whichever request of the job was the last before a crash', async () => {
    let crashes = 0;
    for (const applied of [false, true]) {
      for (let last = 0; ; last++) {
        const office = await withSilent(1);
        await office.customer(2);
        await office.ordered(2, 2, '2026-03-01');
        await office.tick('2026-04-01T05:00:00.000Z');
        await office.work();
        await office.tick(DUE);
        const waiting = [...office.queued()];

        const died = await office.work(1, dyingAfter(office.db, last, applied)).then(
          () => false,
          () => true,
        );
        // What was not finished is delivered again.
        office.queued().push(...waiting);
        await office.work();

        const told = `${last} ${applied}`;
        expect(
          (await office.warnings()).map(({ version }) => version),
          told,
        ).toEqual([1]);
        expect(await office.rows(), told).toEqual([`2026-05-31#${customerId(2)}`]);
        expect(await isArmed(office.db, NEXT), told).toBe(true);
        if (!died) break;
        crashes += 1;
      }
    }
    expect(crashes).toBeGreaterThan(10);
  });

  it('costs what those cost whose day has come, however many others there are', async () => {
    const billOf = async (due: number, others: number) => {
      const database = memoryDatabase();
      const meter = meterOn(database);
      const office = await withSilent(due, database);
      for (let n = 1; n <= others; n++) {
        await office.customer(due + n);
        await office.ordered(due + n, due + n, '2026-02-01');
      }
      await office.tick('2026-04-01T05:00:00.000Z');
      await office.work();
      await office.tick(DUE);
      return meter.measure(() => office.work(1, meter.db));
    };

    const [alone, one, four] = [await billOf(1, 0), await billOf(1, 150), await billOf(4, 150)];

    expect(one).toEqual(alone);
    expect(one.reads).toBeLessThanOrEqual(16);
    expect((four.reads - one.reads) / 3).toBeLessThanOrEqual(3);
    expect((four.writes - one.writes) / 3).toBeLessThanOrEqual(6);
  });
});
