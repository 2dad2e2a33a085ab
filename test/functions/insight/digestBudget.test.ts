import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { toInstant, toMs } from '../../../shared/kernel/dates.ts';
import { makeId } from '../../../shared/kernel/ids.ts';
import { sendDigest } from '../../../functions/insight/sendDigest.ts';
import { secretOf } from '../../../functions/table/entry.ts';
import { deskOn } from '../../support/desk.ts';
import { makeFirm, type Firm } from '../../support/firm.ts';
import { meterOn } from '../../support/meter.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';

const DAY = '2026-03-10T00:00:00.000Z';
const PEOPLE = '李雷,韩梅梅,Anna Lindqvist,王小明,Charlotte Dubois,Ahmed Hassan,欧阳娜娜,Sven Olsson,Grace Kim,张伟,刘洋'.split(',');
const FIRMS = '上海常青机械有限公司,Bergmann & Söhne GmbH,广州市永和贸易行,Northern Lights Ltd,Helios Optik AG,苏州精工模具厂'.split(',');
const at = (minute: number): string => toInstant(toMs(DAY) + minute * 60_000);
/** Ids as chance makes them: an id that compresses well would make a digest look smaller than it is. */
const id = (prefix: string, n: number): string =>
  makeId(prefix, toMs(at(n)), createHash('sha256').update(`${prefix}${n}`).digest().subarray(0, 10));
const nth = (list: readonly string[], n: number): string => list[n % list.length]!;

/** 200 changes: 50 leads come in, are taken up and converted, each into a new customer. */
async function liveOneDay(firm: Firm, owners: readonly string[], first: number): Promise<void> {
  for (let n = first; n < first + 50; n++) {
    const owner = nth(owners, n);
    const lead = { name: `${nth(PEOPLE, n)} ${n}`, company: nth(FIRMS, n), status: 'new' };
    await firm.create(at(n), 'lead', id('lea', n), lead, owner);
    await firm.change(at(n + 200), 'lead', id('lea', n), { status: 'working' });
    await firm.change(at(n + 400), 'lead', id('lea', n), { status: 'converted', convertedAt: at(n + 400) });
    await firm.create(at(n + 600), 'customer', id('cus', n), { name: `${nth(FIRMS, n)} ${n}` }, owner);
  }
}

it.each([
  ['in a small workspace', 0],
  ['where there are three times as many people and records', 40],
])('a digest over 20 people and 200 changes stays within its budget %s', async (_, others) => {
  const firm = await makeFirm(deskOn(database), `wsp_${others}`.padEnd(30, '0'), [
    { id: id('mem', 1), role: 'salesManager', name: 'Mona Manager', department: 'sales' },
    ...Array.from({ length: 19 }, (_each, i) => ({
      id: id('mem', i + 2),
      role: 'sales',
      name: `${nth(PEOPLE, i)} ${i}`,
      department: 'sales' as const,
    })),
    ...Array.from({ length: others }, (_each, i) => ({ id: id('mem', i + 50), role: 'sales', department: 'service' as const })),
  ]);
  const team = Array.from({ length: 20 }, (_each, i) => id('mem', i + 1));
  await liveOneDay(firm, team, 1);
  if (others) for (const first of [51, 101]) await liveOneDay(firm, [id('mem', 50), id('mem', 51)], first);
  await secretOf(database, 'unsubscribe'); // made once for all digests of a deployment
  const meter = meterOn(database);
  let mails = 0;

  const bill = await meter.measure(() =>
    sendDigest(meter.db, { tenant: firm.tenant, id: team[0]!, now: '2026-03-11T08:00:00.000Z' }, 'https://crm.test', async () => {
      mails += 1;
    }),
  );

  expect(mails).toBe(1);
  expect(bill.reads).toBeLessThanOrEqual(25);
  expect(bill.writes).toBeLessThanOrEqual(4);
});

const database = memoryDatabase();
