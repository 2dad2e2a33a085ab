import { describe, expect, it } from 'vitest';
import { SYSTEM_ACTOR } from '../../../shared/kernel/access.ts';
import { REGISTRY } from '../../../shared/registry.ts';
import { runJob, type Job, type Tools } from '../../../functions/insight/runJob.ts';
import { readClearing, markDemo, startClearing } from '../../../functions/records/clearing.ts';
import { follow, toChange } from '../../../functions/records/follow.ts';
import { findReport, startRebuild, type RebuildStep } from '../../../functions/records/rebuild.ts';
import { counterKey, journalKey, recordKey } from '../../../functions/table/keys.ts';
import type { Database } from '../../../functions/table/database.ts';
import type { Item } from '../../../functions/table/failures.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';
import { deskOn, idOf, sampleValues } from '../../support/desk.ts';
import { dyingAfter } from '../../support/dying.ts';
import { makeFirm, memberId } from '../../support/firm.ts';

const TENANT = idOf('wsp', 1);
const SELLER = memberId(2);
const [BEFORE, NOW, AFTER] = ['2026-03-10T09:00:00.000Z', '2026-03-12T09:00:00.000Z', '2026-03-12T09:00:01.000Z'] as const;

/** A demo with records of every kind; its stream tells what has changed when it is asked to. */
async function demoWith(count: number) {
  const db = memoryDatabase();
  const firm = await makeFirm(deskOn(db), TENANT, [
    { n: 1, role: 'owner' },
    { n: 2, role: 'sales' },
  ]);
  const told = new Map<string, Item>();
  const keys: (readonly [type: string, id: string])[] = [];
  const note = async (type: string, id: string): Promise<void> => void told.set(id, (await firm.itemOf(type, id))!);
  const make = async (type: string, n: number, values: object, at: string = BEFORE): Promise<string> => {
    const definition = REGISTRY.find(({ name }) => name === type)!;
    const id = idOf(definition.idPrefix, n);
    await firm.create(
      at,
      type,
      id,
      { ...sampleValues(definition, n, { all: false }), ...values },
      definition.paths.owner ? SELLER : undefined,
    );
    keys.push([type, id]);
    await note(type, id);
    return id;
  };
  for (let n = 1; n <= count; n++) {
    const customerId = await make('customer', n, { name: `Customer ${n}` });
    await make('contact', n, { customerId });
    await make('lead', n, { name: `Lead ${n}` });
    await make('opportunity', n, { title: `Deal ${n}`, customerId });
    await make('activity', n, { subject: `Call ${n}`, customerId });
  }
  await make('product', 1, { name: 'Coffee' });
  await make('notification', 1, { code: 'leadAssigned' });
  await make('webForm', 1, { name: 'Site', language: 'en', active: true });
  await markDemo(firm.table, BEFORE);

  const queue: Job[] = [];
  const tools: Tools = { site: '', mail: async () => {}, tell: async () => {}, send: async (step) => void queue.push(step) };
  /** What the stream does with everything that has changed since it was asked last. */
  const tell = async (): Promise<void> => {
    for (const [type, id] of keys) {
      const [before, after] = [told.get(id), await firm.itemOf(type, id)];
      if (!after || before?.['version'] === after['version']) continue;
      await follow(firm.table, [toChange(before, after, NOW)!], 'UTC');
      told.set(id, after);
    }
  };
  const ctx = { ...deskOn(db).as(TENANT, 1), actor: SYSTEM_ACTOR, now: NOW };
  const start = () => startClearing(ctx, async (step) => void queue.push(step));
  const step = (on: Database = db): Promise<void> => runJob({ ...on }, queue.shift()!, tools);
  /** All that is queued and follows from it. */
  const finish = async (): Promise<void> => {
    while (queue.length) {
      await step();
      await tell();
    }
  };
  const alive = async (): Promise<string[]> => {
    const items = await Promise.all(keys.map(([type, id]) => firm.table.get(recordKey(type, id), { consistent: true })));
    return items.flatMap((item, i) => (item && item['removed'] !== true ? [keys[i]![0]] : []));
  };
  const isDemo = async () => ((await firm.itemOf('workspace', TENANT))!['data'] as { demo?: boolean }).demo;
  return { db, firm, make, start, step, tell, finish, alive, isDemo, queue, tools };
}

describe('clearing a demo', () => {
  it('removes every record and nothing that a workspace is set up with', async () => {
    const demo = await demoWith(13);
    const settings = async () =>
      [await demo.firm.directory(AFTER)].map(({ members, roles, departments }) => [members.size, roles.size, departments.length]);
    const before = await settings();
    expect(await demo.isDemo()).toBe(true);

    await demo.start();
    await demo.finish();

    expect(await demo.alive()).toEqual(['webForm']);
    expect(await readClearing(demo.firm.table)).toEqual({ state: 'done', removed: 67 });
    expect(await demo.isDemo()).toBeUndefined();
    expect(await settings()).toEqual(before);
  });

  it('forgets what was counted, so that no report tells of it, and a recount finds nothing amiss', async () => {
    const demo = await demoWith(2);
    const { table } = demo.firm;
    const counted = () => table.get(counterKey('lead', '2026-03', SELLER), { consistent: true });
    const journal = async () => (await table.query({ pk: journalKey(SELLER, '', '', '', 0).pk })).items.length;
    expect([(await counted())?.['created'], await journal()]).toEqual([2, expect.any(Number)]);

    await demo.start();
    await demo.finish();
    expect([await counted(), await journal()]).toEqual([undefined, 0]);
    await demo.make('lead', 99, { name: 'A real one' }, AFTER);
    const id = await startRebuild(
      demo.db,
      { tenant: TENANT, what: 'counters', repair: false, now: AFTER },
      demo.tools.send as (step: RebuildStep) => Promise<void>,
    );
    await demo.finish();

    expect((await counted())?.['created']).toBe(1);
    expect(await findReport(table, id)).toMatchObject({ state: 'done', drift: 0 });
  });

  it('leaves alone what was made after it was asked for', async () => {
    const demo = await demoWith(1);
    await demo.start();
    await demo.make('customer', 50, { name: 'Real' }, AFTER);
    await demo.finish();

    expect(await demo.alive()).toEqual(['webForm', 'customer']);
  });

  it('ends only when the stream has told of all that went', async () => {
    const demo = await demoWith(1);
    await demo.start();
    for (let i = 0; i < 6; i++) await demo.step();
    expect(await readClearing(demo.firm.table)).toMatchObject({ state: 'running' });

    await demo.tell();
    await demo.finish();

    expect(await readClearing(demo.firm.table)).toMatchObject({ state: 'done' });
  });

  it('comes to the same end wherever a step dies, and however often it comes', async () => {
    for (let last = 0, died = true; died; last++)
      for (const applied of [true, false]) {
        const demo = await demoWith(1);
        await demo.start();
        await demo.step();
        await demo.tell();
        const dying = demo.queue[0]!;
        died = false;
        await runJob(dyingAfter(demo.db, last, applied), dying, demo.tools).catch(() => (died = true));
        demo.queue.push(dying, dying);
        await demo.finish();

        expect([await demo.alive(), await demo.isDemo(), (await readClearing(demo.firm.table)).state], `request ${last}`).toEqual([
          ['webForm'],
          undefined,
          'done',
        ]);
      }
  });

  it('is asked for again without effect, and refused where there is no demo', async () => {
    const demo = await demoWith(1);
    const first = await demo.start();
    expect([first, await demo.start()]).toEqual([
      { state: 'running', removed: 0 },
      { state: 'running', removed: 0 },
    ]);
    await demo.finish();
    expect((await demo.start()).state).toBe('done');
    expect(demo.queue).toEqual([]);

    const db = memoryDatabase();
    await makeFirm(deskOn(db), TENANT, [{ n: 1, role: 'owner' }]);
    const real = { ...deskOn(db).as(TENANT, 1), actor: SYSTEM_ACTOR };
    await expect(startClearing(real, async () => {})).rejects.toMatchObject({ code: 'workspace.noDemo', status: 409 });
    expect(await readClearing(real.table)).toEqual({ state: 'none', removed: 0 });
  });

  it('is done again when the workspace has become one again', async () => {
    const demo = await demoWith(1);
    await demo.start();
    await demo.finish();
    await demo.make('lead', 7, { name: 'Of the second demo' });
    await markDemo(demo.firm.table, BEFORE);

    await demo.start();
    await demo.finish();

    expect(await demo.alive()).toEqual(['webForm']);
    expect(await readClearing(demo.firm.table)).toEqual({ state: 'done', removed: 1 });
  });
});
