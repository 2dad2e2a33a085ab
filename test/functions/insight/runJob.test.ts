import { describe, expect, it } from 'vitest';
import { runJob, type Job, type Tools } from '../../../functions/insight/runJob.ts';
import { armCounting } from '../../../functions/records/arming.ts';
import { counterKey } from '../../../functions/table/keys.ts';
import { isArmed } from '../../../functions/table/dueWork.ts';
import { runTick } from '../../../functions/workspace/tick.scheduled.ts';
import { deskOn, idOf } from '../../support/desk.ts';
import { makeFirm, memberId } from '../../support/firm.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';

async function office() {
  const db = memoryDatabase();
  const firm = await makeFirm(deskOn(db), 'firm', [{ n: 1, role: 'salesManager', department: 'sales' }], { zone: 'UTC' });
  const queue: Job[] = [];
  const tools: Tools = {
    site: 'https://crm.test',
    mail: async () => {},
    tell: async () => {},
    send: async (step) => void queue.push(step),
  };
  /** Minutes with something due, and all jobs that follow from it. */
  const tick = async (now: string): Promise<void> => {
    await runTick({ ...db }, now, async (messages) => void queue.push(...(messages as unknown as Job[])));
    for (let job = queue.shift(); job; job = queue.shift()) await runJob({ ...db }, job, tools);
  };
  const counted = (day: string) => firm.table.get(counterKey('customer', day, memberId(1)), { consistent: true });
  return { db, firm, tick, counted, tools };
}

describe('jobs', () => {
  it('count anew when the days of a workspace begin at another time', async () => {
    const { db, firm, tick, counted } = await office();
    await firm.create('2026-03-10T20:00:00.000Z', 'customer', idOf('cus', 1), { name: 'Late' }, memberId(1));
    expect(await counted('2026-03-10')).toMatchObject({ created: 1 });
    await tick('2026-03-11T09:00:00.000Z');

    const moved = await firm.change('2026-03-11T09:00:30.000Z', 'workspace', idOf('wsp', 1), { zone: 'Asia/Shanghai' });
    await armCounting(db, firm.table, [moved]);
    await tick('2026-03-11T09:01:00.000Z');

    expect(await counted('2026-03-10')).toBeUndefined();
    expect(await counted('2026-03-11')).toMatchObject({ created: 1 });
  });

  it('compare the counters of a workspace every week', async () => {
    const { db, firm, tick } = await office();
    const founded = await firm.create('2026-03-02T09:00:00.000Z', 'workspace', idOf('wsp', 2), {
      name: 'Second',
      zone: 'UTC',
      currency: 'EUR',
      language: 'en',
    });
    await armCounting(db, firm.table, [founded]);
    await tick('2026-03-09T08:59:00.000Z');
    const report = async (day: string) =>
      (await firm.table.query({ pk: `J#compare-counters-202603${day}T090000000Z`, startsWith: 'J' })).items[0]?.['state'];
    expect(await report('09')).toBeUndefined();

    await tick('2026-03-09T09:00:00.000Z');

    expect(await report('09')).toBe('done');
    expect(await isArmed(db, { tenant: 'firm', id: 'counters', kind: 'compare', at: '2026-03-16T09:00:00.000Z' })).toBe(true);
  });

  it('of a kind that this release does not know fail, and so are kept', async () => {
    const { db, tools } = await office();

    await expect(runJob(db, { kind: 'tomorrow' } as unknown as Job, tools)).rejects.toThrow('no job tomorrow');
  });
});
