import { describe, expect, it } from 'vitest';
import type { HomeFigures } from '../../../shared/insight/figures.ts';
import { routes } from '../../../functions/insight/routes.ts';
import { mendCounters } from '../../../functions/records/recount.ts';
import { counterKey, FEED_HEAD, sumsKey } from '../../../functions/table/keys.ts';
import { idOf, openDesk } from '../../support/desk.ts';
import { employ } from '../../support/staff.ts';
import { visitorsOf } from '../../support/visitors.ts';

const NOW = Date.parse('2026-03-12T20:00:00.000Z');
const [OWNER, SELLER, MATE] = [1, 2, 3].map((n) => idOf('mem', n)) as [string, string, string];
const STAFF = [
  { name: 'owner', role: 'owner' },
  { name: 'seller', role: 'sales' },
  { name: 'mate', role: 'sales' },
  { name: 'marketer', role: 'marketing' },
  { name: 'agent', role: 'service' },
];

/** A firm in Shanghai, where it is already 13 March, and what was counted in it by `<type> <day> <owner>`. */
async function firmWith(counted: Readonly<Record<string, Readonly<Record<string, number>>>>) {
  const desk = await openDesk();
  await employ(desk, 'firm', STAFF);
  const { table } = desk.as('firm', 0);
  await table.put({ pk: 'CFG', sk: 'workspace#W', id: 'firm', data: { zone: 'Asia/Shanghai' } });
  const add = (rows: typeof counted) =>
    Promise.all(
      Object.entries(rows).flatMap(([name, metrics]) => {
        const [type, day, owner] = name.split(' ') as [string, string, string];
        return [day, day.slice(0, 7)].map((period) => table.update({ update: counterKey(type, period, owner), add: metrics }));
      }),
    );
  await add(counted);
  const call = visitorsOf<HomeFigures>(routes, desk);
  const ask = async (as: string, scope = '', at = NOW) => call('GET', `/figures${scope && `?scope=${scope}`}`, { as, at, issuedAt: at });
  const leads = async (as: string, scope = '', at = NOW) => {
    const { newLeads } = (await ask(as, scope, at)).body.figures;
    return [newLeads?.now.count, newLeads?.before.count];
  };
  return { table, add, ask, leads };
}

describe('the figures', async () => {
  const { ask, leads } = await firmWith({
    [`lead 2026-01-31 ${SELLER}`]: { created: 1000 },
    [`lead 2026-02-01 ${SELLER}`]: { created: 1 },
    [`lead 2026-02-13 ${SELLER}`]: { created: 2, converted: 1 },
    [`lead 2026-02-14 ${SELLER}`]: { created: 300 },
    [`lead 2026-03-01 ${SELLER}`]: { created: 4, working: 7 },
    [`lead 2026-03-13 ${SELLER}`]: { created: 1 },
    [`lead 2026-03-02 ${MATE}`]: { created: 20 },
    'lead 2026-03-02 -': { created: 100 },
    [`opportunity 2026-03-05 ${SELLER}`]: { won: 2, 'won:CNY': 120_000, 'won:JPY': 5, moved: 9 },
    [`opportunity 2026-02-05 ${SELLER}`]: { won: 1, 'won:CNY': 90_000 },
    [`order 2026-03-05 ${MATE}`]: { confirmed: 1, 'confirmed:CNY': 2 ** 53 - 1 },
    [`activity 2026-03-05 ${OWNER}`]: { done: 3 },
  });

  it('are this month’s so far and the same days’ of the last, by the days of the workspace', async () => {
    const { status, body } = await ask('seller');

    expect(status).toBe(200);
    expect([body.from, body.to, body.before]).toEqual(['2026-03-01', '2026-03-13', { from: '2026-02-01', to: '2026-02-13' }]);
    expect(body.figures).toEqual({
      newLeads: { now: { count: 5 }, before: { count: 3 } },
      convertedLeads: { now: { count: 0 }, before: { count: 1 } },
      newOpportunities: { now: { count: 0 }, before: { count: 0 } },
      wonOpportunities: {
        now: {
          count: 2,
          amounts: [
            { minor: 120_000, currency: 'CNY' },
            { minor: 5, currency: 'JPY' },
          ],
        },
        before: { count: 1, amounts: [{ minor: 90_000, currency: 'CNY' }] },
      },
      orders: { now: { count: 0, amounts: [] }, before: { count: 0, amounts: [] } },
      activitiesDone: { now: { count: 0 }, before: { count: 0 } },
    });
  });

  it('reach as far as the reader’s reports, and count nobody’s for whoever reads all', async () => {
    expect(await leads('owner', 'me')).toEqual([0, 0]);
    expect(await leads('owner', 'all')).toEqual([125, 3]);
    expect(await leads('owner', MATE)).toEqual([20, 0]);
    for (const scope of ['team', 'span', 'all', MATE]) expect((await ask('seller', scope)).status, scope).toBe(403);
    expect(await leads('seller', SELLER)).toEqual([5, 3]);
  });

  it('are those of the types that the reader may read, and nobody’s who reads no reports', async () => {
    expect(Object.keys((await ask('agent')).body.figures)).toEqual(['newLeads', 'convertedLeads', 'activitiesDone']);
    expect((await ask('marketer')).status).toBe(403);
  });

  it('of somebody who is not of the workspace are nobody’s to read', async () => {
    expect((await ask('owner', idOf('mem', 99))).status).toBe(403);
  });

  it.each([
    ['thisWeek', ['2026-03-09', '2026-03-13', '2026-03-02', '2026-03-06'], [1, 120]],
    ['lastMonth', ['2026-02-01', '2026-02-28', '2026-01-01', '2026-01-31'], [303, 1000]],
    ['thisQuarter', ['2026-01-01', '2026-03-13', '2025-10-01', '2025-12-11'], [1428, 0]],
  ])('tell of %s as well', async (period, [from, to, fromBefore, toBefore], counted) => {
    const { status, body } = await ask('owner', `all&period=${period}`);

    expect(status).toBe(200);
    expect([body.from, body.to, body.before]).toEqual([from, to, { from: fromBefore, to: toBefore }]);
    expect([body.figures.newLeads?.now.count, body.figures.newLeads?.before.count]).toEqual(counted);
  });

  it('know no other period', async () => {
    const { status, body } = await ask('owner', 'all&period=always');

    expect([status, body]).toEqual([
      400,
      expect.objectContaining({ issues: [expect.objectContaining({ field: 'period', code: 'choice.unknown' })] }),
    ]);
  });

  it('know no other question', async () => {
    const { status, body } = await ask('owner', 'all&from=2026-01-01');

    expect([status, body]).toEqual([
      400,
      expect.objectContaining({ issues: [expect.objectContaining({ field: 'from', code: 'field.unknown' })] }),
    ]);
  });

  it('keep the last unit of the largest amount', async () => {
    expect((await ask('owner', MATE)).body.figures.orders?.now.amounts).toEqual([{ minor: 2 ** 53 - 1, currency: 'CNY' }]);
  });
});

describe('the sums of the last month', () => {
  const DAY = 86_400_000;

  it('are added up once a day, from where the day before had come', async () => {
    const { table, add, leads } = await firmWith({
      [`lead 2026-02-01 ${SELLER}`]: { created: 1 },
      [`lead 2026-02-14 ${SELLER}`]: { created: 2 },
      [`lead 2026-02-14 ${MATE}`]: { created: 4 },
    });

    expect(await leads('owner', 'all')).toEqual([0, 1]);
    // No row of a past day changes but by a recount: what is read again shows by it.
    await add({ [`lead 2026-02-01 ${SELLER}`]: { created: 1000 } });
    expect(await leads('owner', 'all')).toEqual([0, 1]);
    expect(await leads('owner', 'all', NOW + DAY)).toEqual([0, 7]);
    expect(await leads('owner', 'all', NOW + DAY)).toEqual([0, 7]);
    expect(await leads('owner', 'all', NOW + 20 * DAY)).toEqual([0, 0]);
    expect(await table.get(sumsKey('2026-02-14'))).toMatchObject({ sums: { lead: { [SELLER]: { created: 3 }, [MATE]: { created: 4 } } } });
  });

  it('are added up anew when the counters were mended', async () => {
    const { table, leads } = await firmWith({ [`lead 2026-02-01 ${SELLER}`]: { created: 1 } });
    expect(await leads('owner', 'all')).toEqual([0, 1]);
    await table.put({ ...FEED_HEAD, position: 7 });

    const { pk, sk } = counterKey('lead', '2026-02-01', SELLER);
    await mendCounters(table, [{ name: `${pk}|${sk}`, wanted: { created: 5 } }], 7);

    expect(await leads('owner', 'all')).toEqual([0, 5]);
  });

  it('of a release that counted other things are left alone', async () => {
    const { table, leads } = await firmWith({ [`lead 2026-02-01 ${SELLER}`]: { created: 1 } });
    await table.put({ ...sumsKey('2026-02-13'), sums: { lead: { [SELLER]: { visits: 9 } } }, counted: 'lead.visits', recounts: 0 });

    expect(await leads('owner', 'all')).toEqual([0, 1]);
  });
});
