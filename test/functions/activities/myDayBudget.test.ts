import { beforeAll, expect, it } from 'vitest';
import { readMyDay } from '../../../functions/activities/myDay.ts';
import { DAY, dayReads, fillDays } from '../../bench/support/activityUnits.ts';
import { TENANT } from '../../bench/support/market.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';
import { deskOn, idOf } from '../../support/desk.ts';
import { meterOn } from '../../support/meter.ts';

const SAM = idOf('mem', 1);
const db = memoryDatabase();
const meter = meterOn(db);
const sam = () => deskOn(meter.db).as(TENANT, 1);

beforeAll(() => fillDays(db, SAM, 5_000));

it('of thousands of activities his day shows the first of each kind', async () => {
  const { overdue, today, someday } = await readMyDay(sam(), { ownerId: SAM, zone: 'Europe/Berlin', day: DAY });

  for (const part of [overdue, today, someday]) expect(part).toMatchObject({ more: true });
});

it('and costs no more than it may', async () => {
  const { reads, writes } = await meter.measure(dayReads(sam, SAM)['my day']!);

  expect(reads).toBeLessThanOrEqual(3);
  expect(writes).toBe(0);
});
