import { describe, expect, it } from 'vitest';
import { SYSTEM_ACTOR } from '../../../shared/kernel/access.ts';
import { removeStageChange } from '../../../shared/sales/pipeline.ts';
import { STANDARD_ID } from '../../../shared/sales/pipelines.ts';
import { STAGES } from '../../../shared/sales/stages.ts';
import { toRecord } from '../../../functions/records/item.ts';
import { readMoving, runMoving, startMoving, type MovingStep } from '../../../functions/records/moveDeals.ts';
import { updateRecord } from '../../../functions/records/operations.ts';
import { definitionOf } from '../../../shared/registry.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';
import { deskOn, idOf } from '../../support/desk.ts';
import { dyingAfter } from '../../support/dying.ts';
import { makeFirm, memberId } from '../../support/firm.ts';

const TENANT = idOf('wsp', 1);
const CUSTOMER = idOf('cus', 1);
const [BEFORE, NOW] = ['2026-03-10T09:00:00.000Z', '2026-03-12T09:00:00.000Z'] as const;
const MOVING = { pipelineId: STANDARD_ID, stage: 'needs' };

/** Deals at *needs* of the standard pipeline, one beyond it and one lost there; then the stage is removed. */
async function firmWith(open: number) {
  const db = memoryDatabase();
  const desk = deskOn(db);
  const firm = await makeFirm(desk, TENANT, [{ n: 1, role: 'owner' }]);
  await firm.create(BEFORE, 'pipeline', STANDARD_ID, { nameEn: 'Standard', nameZh: '标准', stages: STAGES });
  await firm.create(BEFORE, 'customer', CUSTOMER, { name: 'Lotus' }, memberId(1));
  const deal = async (n: number, values: object): Promise<string> => {
    const id = idOf('opp', n);
    await firm.create(BEFORE, 'opportunity', id, { title: `Deal ${n}`, customerId: CUSTOMER, ...values }, memberId(1));
    return id;
  };
  const ids: string[] = [];
  for (let n = 1; n <= open; n++) ids.push(await deal(n, { stage: 'needs' }));
  const beyond = await deal(200, { stage: 'solution' });
  const lost = await deal(201, { stage: 'needs' });
  await firm.change(BEFORE, 'opportunity', lost, { outcome: 'lost', reasons: ['price'] });
  const pipeline = toRecord(definitionOf('pipeline'), (await firm.itemOf('pipeline', STANDARD_ID))!);
  await firm.change(NOW, 'pipeline', STANDARD_ID, removeStageChange(pipeline, { stage: 'needs', movesTo: 'solution' }));

  const queue: (readonly [MovingStep, number])[] = [];
  const send = async (step: MovingStep, delay = 0) => void queue.push([step, delay]);
  const ctx = { ...desk.as(TENANT, 1), actor: SYSTEM_ACTOR, now: NOW };
  const start = () => startMoving(ctx, MOVING, send);
  const step = (): Promise<void> => runMoving({ ...db }, queue.shift()![0], send);
  const finish = async (): Promise<void> => {
    while (queue.length) await step();
  };
  const at = async (id: string) => {
    const { data, version } = (await firm.itemOf('opportunity', id)) as unknown as { data: Record<string, unknown>; version: number };
    return [data['stage'], data['successRate'], version];
  };
  return { db, desk, firm, ids, beyond, lost, queue, send, start, step, finish, at };
}

describe('the deals of a stage that was removed', () => {
  it('are moved once, with their rate; what stands elsewhere or has ended is left alone', async () => {
    const { firm, ids, beyond, lost, start, finish, at } = await firmWith(12);
    await start();
    await finish();

    expect(await Promise.all(ids.map(at))).toEqual(ids.map(() => ['solution', 50, 2]));
    expect(await at(beyond)).toEqual(['solution', 50, 1]);
    expect(await at(lost)).toEqual(['needs', 0, 2]);
    expect(await readMoving(firm.table, MOVING)).toEqual({ state: 'done', moved: 12 });
  });

  it('are looked for once more, when whoever read the pipeline before has forgotten it', async () => {
    const { ids, queue, start, step, firm, at } = await firmWith(1);
    await start();
    await step();
    expect(queue.map(([, delay]) => delay)).toEqual([60]);
    await firm.create(NOW, 'opportunity', idOf('opp', 99), { title: 'Late', customerId: CUSTOMER, stage: 'needs' }, memberId(1));

    await step();

    expect([await at(ids[0]!), await at(idOf('opp', 99))]).toEqual([
      ['solution', 50, 2],
      ['solution', 50, 2],
    ]);
    expect(await readMoving(firm.table, MOVING)).toEqual({ state: 'done', moved: 2 });
  });

  it('lose nothing that is written to them at the same time', async () => {
    const { desk, firm, ids, start, finish, at } = await firmWith(1);
    await start();
    const { shape } = await firm.directory(NOW);
    await updateRecord(desk.as(TENANT, 1, { shape }), 'opportunity', ids[0]!, 1, { description: 'Called' });
    await finish();

    expect(await at(ids[0]!)).toEqual(['solution', 50, 2]);
    expect((await firm.itemOf('opportunity', ids[0]!))!['data']).toMatchObject({ description: 'Called', stage: 'solution' });
  });

  it('come to the same end wherever a step dies, and however often it comes', async () => {
    for (let last = 0, died = true; died; last++)
      for (const applied of [true, false]) {
        const { db, firm, ids, queue, send, start, finish, at } = await firmWith(2);
        await start();
        const [dying] = queue[0]!;
        died = false;
        await runMoving(dyingAfter(db, last, applied), dying, send).catch(() => (died = true));
        queue.push([dying, 0], [dying, 0]);
        await finish();

        expect([await Promise.all(ids.map(at)), await readMoving(firm.table, MOVING)], `request ${last}`).toEqual([
          ids.map(() => ['solution', 50, 2]),
          { state: 'done', moved: 2 },
        ]);
      }
  });

  it('are asked for again without effect, and nothing is known of a stage that stands', async () => {
    const { firm, queue, start, finish } = await firmWith(1);
    await start();
    await finish();
    await start();

    expect(queue).toEqual([]);
    expect(await readMoving(firm.table, { ...MOVING, stage: 'interest' })).toEqual({ state: 'none', moved: 0 });
  });
});
