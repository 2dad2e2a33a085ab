import { expect, it } from 'vitest';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import { toPredicate } from '../../../shared/kernel/filter.ts';
import type { HomeFigureKey, HomeFigures } from '../../../shared/insight/figures.ts';
import { definitionOf } from '../../../shared/registry.ts';
import { routes } from '../../../functions/insight/routes.ts';
import { figureList } from '../../../web/src/insight/figureLists.ts';
import { visitorsOf } from '../../support/visitors.ts';
import { openSales } from '../sales/salesDesk.ts';

const ZONE = 'Asia/Shanghai';
const LINES = [{ id: 'a', name: 'Beans', quantity: '2', unitPrice: 3000 }];

it('a figure counts as many as the list behind it shows, by the days of the workspace', async () => {
  const firm = await openSales();
  const kept: AnyRecord[] = [];
  /** One request at that time, followed as the stream would. */
  const send = async (at: string, method: string, path: string, body: Values, seen?: AnyRecord): Promise<AnyRecord> => {
    const before = seen && (await firm.itemOf(seen));
    const headers: Record<string, string> = seen ? { 'if-match': String(seen.version) } : {};
    const answer = await firm.call(method, path, { as: 'sam', body, headers, at: Date.parse(at), issuedAt: Date.parse(at) });
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    const type = path.startsWith('/orders') ? 'order' : 'opportunity';
    await firm.desk.followed({ ...firm.system(), now: at }, before, await firm.itemOf(answer.body));
    kept.splice(0, kept.length, ...kept.filter(({ id }) => id !== answer.body.id), { ...answer.body, type } as AnyRecord);
    return answer.body;
  };
  const deal = (at: string) =>
    send(at, 'POST', '/opportunities', { title: at, customerId: firm.customer.id, amount: { minor: 100, currency: 'CNY' } });
  const win = async (at: string, made: AnyRecord) => send(at, 'POST', `/opportunities/${made.id}/close`, { outcome: 'won' }, made);

  // In Shanghai March has begun at four in the afternoon of the last day of February.
  const early = await deal('2026-02-28T15:59:59.000Z');
  const first = await deal('2026-02-28T16:00:00.000Z');
  await deal('2026-03-02T08:00:00.000Z');
  await win('2026-03-02T09:00:00.000Z', early);
  await win('2026-03-10T15:59:59.000Z', first);
  const order = await send('2026-03-03T08:00:00.000Z', 'POST', '/orders', {
    customerId: firm.customer.id,
    lines: LINES,
    orderedOn: '2026-03-03',
  });
  await send('2026-03-03T09:00:00.000Z', 'POST', `/orders/${order.id}/confirm`, {}, order);
  await send('2026-03-04T08:00:00.000Z', 'POST', '/orders', { customerId: firm.customer.id, lines: LINES, orderedOn: '2026-03-04' });

  const ask = visitorsOf<HomeFigures>(routes, firm.desk);
  for (const [now, period] of [
    ['2026-03-10T10:00:00.000Z', 'thisWeek'],
    ['2026-03-10T15:59:59.000Z', 'thisMonth'],
    ['2026-04-02T08:00:00.000Z', 'lastMonth'],
    ['2026-03-10T15:59:59.000Z', 'thisQuarter'],
  ] as const) {
    const { body } = await ask('GET', `/figures?scope=all&period=${period}`, {
      as: 'olga',
      at: Date.parse(now),
      issuedAt: Date.parse(now),
    });
    const counted = Object.entries(body.figures).map(([key, figure]) => [key, figure.now.count]);
    const listed = Object.keys(body.figures).map((key) => {
      const { type, conditions } = figureList(key as HomeFigureKey, body, ZONE, []);
      const isListed = toPredicate(definitionOf(type), { all: conditions });
      return [key, kept.filter((record) => record['type'] === type && isListed(record)).length];
    });

    expect([period, Object.fromEntries(listed)]).toEqual([period, Object.fromEntries(counted)]);
    if (period === 'thisMonth') expect(Object.fromEntries(counted)).toMatchObject({ newOpportunities: 2, wonOpportunities: 2, orders: 1 });
  }
});
