import { expect, it } from 'vitest';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import { openSales } from './salesDesk.ts';

it('the stages of a deal are told from its history, and from what the history does not yet tell', async () => {
  const firm = await openSales();
  const at = (hour: number) => Date.parse(`2026-03-02T${String(hour).padStart(2, '0')}:00:00.000Z`);
  let deal: AnyRecord;
  let seen = undefined as Awaited<ReturnType<typeof firm.itemOf>>;
  /** One request at that hour, followed as the stream would. */
  const write = async (hour: number, method: string, path: string, body: Values): Promise<void> => {
    const headers: Record<string, string> = deal ? { 'if-match': String(deal.version) } : {};
    const answer = await firm.call(method, path, { as: 'sam', body, headers, at: at(hour), issuedAt: at(hour) });
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    deal = answer.body;
  };
  const follow = async (): Promise<void> => {
    const item = await firm.itemOf(deal);
    await firm.desk.followed(firm.system(), seen, item);
    seen = item;
  };
  const stages = async (hour: number, as = 'sam') =>
    (await firm.call('GET', `/opportunities/${deal.id}/stages`, { as, at: at(hour), issuedAt: at(hour) })).body;

  await write(8, 'POST', '/opportunities', { title: 'Beans', customerId: firm.customer.id });
  await follow();
  await write(9, 'PATCH', `/opportunities/${deal!.id}`, { stage: 'needs' });
  await follow();
  await write(10, 'PATCH', `/opportunities/${deal!.id}`, { description: 'Not a move' });
  await follow();
  await write(12, 'POST', `/opportunities/${deal!.id}/close`, { outcome: 'lost', reasons: ['price'] });

  const by = firm.memberId('sam');
  const HOUR = 3_600_000;
  expect(await stages(20)).toEqual({
    items: [
      { stage: 'firstContact', since: '2026-03-02T08:00:00.000Z', until: '2026-03-02T09:00:00.000Z', ms: HOUR, ended: 'moved', by },
      { stage: 'needs', since: '2026-03-02T09:00:00.000Z', until: '2026-03-02T12:00:00.000Z', ms: 3 * HOUR, ended: 'lost', by },
    ],
    totals: [
      { stage: 'firstContact', ms: HOUR },
      { stage: 'needs', ms: 3 * HOUR },
    ],
  });
  await follow();
  await write(14, 'POST', `/opportunities/${deal!.id}/reopen`, {});
  await follow();
  expect((await stages(15)) as unknown).toMatchObject({
    items: [{}, {}, { stage: 'needs', since: '2026-03-02T14:00:00.000Z', ms: HOUR }],
    totals: [{}, { stage: 'needs', ms: 4 * HOUR }],
  });
  expect(await stages(15, 'sue')).toMatchObject({ code: 'record.notFound' });
});
