/** What a post comes to when the database answers late, wrongly or not at all, and what it costs when all is well. */
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from '../../../functions/table/database.ts';
import { meterOn, type Meter } from '../../support/meter.ts';
import { openLeads } from './leadsDesk.ts';

const SENT = { name: 'Li Lei', email: 'lilei@example.test', phone: '13800138000', message: 'What does it cost?' };
const timedOut = () => Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });

beforeEach(() => void vi.spyOn(process.stdout, 'write').mockReturnValue(true)); // faults are logged, and these are meant

/** A database whose every request may be spoiled, before or after it is carried out. */
function spoiled(spoil: (command: unknown, when: 'before' | 'after') => Error | undefined) {
  return (inner: Database): Database => {
    const send = async (command: unknown): Promise<unknown> => {
      const early = spoil(command, 'before');
      if (early) throw early;
      const answer: unknown = await inner.send(command as never);
      const late = spoil(command, 'after');
      if (late) throw late;
      return answer;
    };
    return { ...inner, send: send as Database['send'] };
  };
}

async function expectOnce(firm: Awaited<ReturnType<typeof openLeads>>): Promise<void> {
  const [leads, submissions] = [await firm.all('lead'), await firm.all('submission')];
  expect(leads.map(({ name }) => name)).toEqual(['Li Lei']);
  expect(submissions).toMatchObject([{ outcome: 'created', leadId: leads[0]!.id }]);
}

describe('a post', () => {
  it('is received when it was written and only the answer was lost', async () => {
    let lost = 0;
    const firm = await openLeads(
      spoiled((command, when) => (command instanceof TransactWriteCommand && when === 'after' && lost++ === 0 ? timedOut() : undefined)),
    );
    const form = await firm.addForm(1);

    const answer = await firm.post(form, SENT);

    expect(answer.status).toBe(200);
    expect(lost).toBe(1);
    await expectOnce(firm);
  });

  it('is one, wherever its function dies and however often it is sent again', async () => {
    let [request, deadAt, dead] = [0, Infinity, 'before'];
    const firm = await openLeads(spoiled((_command, when) => (when === dead && request++ === deadAt ? new Error('killed') : undefined)));
    const form = await firm.addForm(1);
    const statuses: number[] = [];
    for (const when of ['before', 'after']) {
      for (let at = 0; at < 15; at++) {
        [request, deadAt, dead] = [0, at, when];
        statuses.push((await firm.post(form, SENT)).status);
      }
    }
    deadAt = Infinity;

    expect((await firm.post(form, SENT)).status).toBe(200);
    expect(new Set(statuses)).toEqual(new Set([200, 500]));
    await expectOnce(firm);
  });

  it('is answered with "not now" while the table cannot answer, and not half written', async () => {
    let down = true;
    const firm = await openLeads(
      spoiled((command, when) =>
        down && command instanceof TransactWriteCommand && when === 'before'
          ? Object.assign(new Error('slow down'), { name: 'ProvisionedThroughputExceededException' })
          : undefined,
      ),
    );
    const form = await firm.addForm(1);

    expect(await firm.post(form, SENT)).toMatchObject({
      status: 503,
      body: { code: 'table.unavailable' },
      headers: { 'retry-after': '2' },
    });
    expect(await firm.all('submission')).toEqual([]);
    down = false;
    expect((await firm.post(form, SENT)).status).toBe(200);
    await expectOnce(firm);
  });
});

describe('the bill of a post', () => {
  it('is within its budget, whatever it becomes', async () => {
    let meter: Meter;
    const firm = await openLeads((db) => (meter = meterOn(db)).db);
    const form = await firm.addForm(1);
    const bill = (body: unknown) => meter.measure(async () => expect((await firm.post(form, body)).status).toBe(200));
    await bill({ ...SENT, website_url: 'x' }); // who works here is read once in thirty seconds

    const created = await bill(SENT);
    const repeated = await bill(SENT);
    const merged = await bill({ name: 'Li Lei', email: SENT.email, message: 'Still there?' });
    const filled = await bill({ name: 'Li Lei', email: SENT.email, company: 'Yunqi' });
    const refused = await bill({ ...SENT, name: 'Bot', website_url: 'x' });

    const [budgets, turn] = [2, 1];
    expect(created.writes).toBe(budgets + turn + 13);
    expect(repeated.writes).toBe(budgets);
    expect(merged.writes).toBe(budgets + 9);
    expect(filled.writes).toBe(budgets + 11);
    expect(refused.writes).toBe(budgets + 3);
    expect([created, repeated, merged, filled, refused].map(({ reads }) => reads)).toEqual([6, 3, 5, 5, 3]);
  });
});
