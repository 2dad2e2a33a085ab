import { beforeEach, describe, expect, it } from 'vitest';
import { AUDIT_LIST } from '../../../functions/records/audit.ts';
import { restoreRecord } from '../../../functions/records/bin.ts';
import { cancelJob } from '../../../functions/records/exportJob.ts';
import { countBook } from '../../../functions/records/handoverBook.ts';
import { checkHandover, listHandovers, startHandover, startTakingBack, type HandoverStep } from '../../../functions/records/handoverJob.ts';
import { toRecord } from '../../../functions/records/item.ts';
import { runHandover } from '../../../functions/records/runHandover.ts';
import { memberContext } from '../../../functions/runtime/memberContext.ts';
import type { EffectMessage } from '../../../functions/services/effectsQueue.ts';
import { DEFAULT_ROLES } from '../../../shared/workspace/defaultRoles.ts';
import { definitionOf } from '../../../shared/registry.ts';
import { readHandover } from '../../../shared/workspace/handover.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';
import { deskOn, idOf } from '../../support/desk.ts';
import { dyingAfter } from '../../support/dying.ts';
import { departmentId, makeFirm, memberId } from '../../support/firm.ts';

const [OWNER, LEAVER, WANG, LI] = [1, 2, 3, 4].map(memberId) as [string, string, string, string];
const [BEFORE, NOW, LATER] = ['2026-03-01T09:00:00.000Z', '2026-03-02T10:00:00.000Z', '2026-03-03T10:00:00.000Z'] as const;
const JOB = idOf('job', 1);
const BACK = idOf('job', 2);
const rightsOf = (role: string) => DEFAULT_ROLES.find(({ key }) => key === role)!.rights;

/** A seller with two customers, a deal, a task to do and one that is done; he heads a department and catches a form's leads. */
async function office() {
  const db = memoryDatabase();
  const desk = deskOn(db);
  const firm = await makeFirm(desk, 'firm', [
    { role: 'owner', name: 'Olga' },
    { role: 'sales', department: 'sales', name: 'Leo' },
    { role: 'sales', department: 'sales', name: 'Wang' },
    { role: 'sales', department: 'north', name: 'Li' },
  ]);
  const [cus, opp] = [(n: number) => idOf('cus', n), idOf('opp', 1)];
  await firm.create(BEFORE, 'customer', cus(1), { name: 'Lotus' }, LEAVER);
  await firm.create(BEFORE, 'customer', cus(2), { name: 'Berg' }, LEAVER);
  await firm.create(BEFORE, 'customer', cus(3), { name: 'Not his' }, LI);
  await firm.create(BEFORE, 'opportunity', opp, { title: 'Machine', customerId: cus(1) }, LEAVER);
  await firm.create(
    BEFORE,
    'opportunity',
    idOf('opp', 2),
    { title: 'Lost', customerId: cus(1), outcome: 'lost', reasons: ['price'] },
    LEAVER,
  );
  await firm.create(BEFORE, 'activity', idOf('act', 1), { subject: 'Call', type: 'call', status: 'planned' }, LEAVER);
  await firm.create(BEFORE, 'activity', idOf('act', 2), { subject: 'Called', type: 'call', status: 'done' }, LEAVER);
  await firm.create(BEFORE, 'webForm', idOf('frm', 1), { name: 'Contact', fallbackOwnerId: LEAVER }, OWNER);
  await firm.change(BEFORE, 'department', departmentId('north'), { headId: LEAVER });

  const queue: HandoverStep[] = [];
  const told: EffectMessage[] = [];
  const tools = {
    send: async (step: HandoverStep) => void queue.push(step),
    tell: async (effects: readonly EffectMessage[]) => void told.push(...effects),
  };
  const as = async (id: string, now: string = NOW, requestId = `req-${now}`) =>
    memberContext(desk.as('firm', 1).table, await firm.directory(now), id, { now, requestId })!;
  const record = async (type: string, id: string) => toRecord(definitionOf(type), (await firm.itemOf(type, id))!);
  const leaver = () => record('member', LEAVER);
  const start = async (body: object = {}) => {
    const ctx = await as(OWNER);
    const request = readHandover({ id: JOB, to: WANG, ...body });
    return startHandover(ctx, await leaver(), request, await checkHandover(ctx, await leaver(), request), tools.send);
  };
  const takeBack = async () => startTakingBack(await as(OWNER, LATER), await leaver(), { id: BACK, handover: JOB }, tools.send);
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) await runHandover({ ...db }, next, tools);
  };
  const holders = async () => ({
    customers: await Promise.all([1, 2, 3].map(async (n) => (await record('customer', cus(n))).ownerId)),
    deals: await Promise.all([1, 2].map(async (n) => (await record('opportunity', idOf('opp', n))).ownerId)),
    tasks: await Promise.all([1, 2].map(async (n) => (await record('activity', idOf('act', n))).ownerId)),
    form: (await record('webForm', idOf('frm', 1)))['fallbackOwnerId'],
    head: (await record('department', departmentId('north')))['headId'],
  });
  const job = async (id = JOB) => (await firm.itemOf('job', id))?.['data'] as Record<string, unknown>;
  const audit = async () =>
    (await firm.table.query({ index: 'byType', pk: AUDIT_LIST })).items.flatMap(({ entry }) => (entry ? [entry] : []));
  return { db, desk, firm, queue, told, tools, as, record, leaver, start, takeBack, work, holders, job, audit, cus };
}
let o: Awaited<ReturnType<typeof office>>;
beforeEach(async () => void (o = await office()));

const BEFOREHAND = { customers: [LEAVER, LEAVER, LI], deals: [LEAVER, LEAVER], tasks: [LEAVER, LEAVER], form: LEAVER, head: LEAVER };
const HANDED = { customers: [WANG, WANG, LI], deals: [WANG, WANG], tasks: [WANG, LEAVER], form: WANG, head: WANG };

describe('what a member holds', () => {
  it('is counted by type, with what is still open, and without what is done', async () => {
    expect(await countBook(await o.as(OWNER), LEAVER)).toEqual([
      { type: 'customer', field: 'ownerId', count: 2 },
      { type: 'webForm', field: 'fallbackOwnerId', count: 1 },
      { type: 'opportunity', field: 'ownerId', count: 2, open: 1 },
      { type: 'activity', field: 'ownerId', count: 1 },
      { type: 'department', field: 'headId', count: 1 },
    ]);
  });

  it('is nothing to somebody who may give none of it away', async () => {
    expect(await countBook(await o.as(WANG), LEAVER)).toEqual([]);
    await expect(checkHandover(await o.as(WANG), await o.leaver(), readHandover({ id: JOB, to: LI }))).rejects.toMatchObject({
      status: 403,
    });
  });

  it.each<[string, object, { field: string; code: string }]>([
    ['himself', { to: LEAVER }, { field: 'to', code: 'handover.self' }],
    ['nobody of here', { to: memberId(99) }, { field: 'to', code: 'owner.unknown' }],
    ['nobody of here, for one type', { types: { customer: memberId(99) } }, { field: 'types.customer', code: 'owner.unknown' }],
    ['somebody, of a type that nobody holds', { types: { digest: LI } }, { field: 'types.digest', code: 'type.unknown' }],
  ])('is not handed to %s', async (_whom, body, issue) => {
    await expect(o.start(body)).rejects.toMatchObject({ status: 400, issues: [issue] });
    expect(o.queue).toEqual([]);
  });

  it('is not handed further than the right to assign reaches', async () => {
    const manager = { ...(await o.as(OWNER)), actor: o.desk.as('firm', 1, { rights: rightsOf('salesManager'), span: [2, 3] }).actor };
    const check = (body: object) => async () => checkHandover(manager, await o.leaver(), readHandover({ id: JOB, ...body }));

    await expect(check({ to: LI })()).rejects.toMatchObject({ issues: [{ field: 'to', code: 'owner.outOfReach' }, {}, {}] });
    await expect(check({ to: WANG, types: { activity: LI } })()).rejects.toMatchObject({ issues: [{ field: 'types.activity' }] });
    await expect(check({ to: WANG })()).resolves.toHaveLength(3);
  });
});

describe('a hand-over', () => {
  it('gives everything to one member, each record with its own entry by whoever asked', async () => {
    expect(await o.start()).toMatchObject({ kind: 'handover', state: 'queued', fileName: 'Leo', totalCount: 7 });
    await o.work();

    expect(await o.holders()).toEqual(HANDED);
    expect(await o.record('customer', o.cus(1))).toMatchObject({ version: 2, updatedBy: OWNER, updatedAt: NOW });
    expect(await o.job()).toMatchObject({ state: 'done', doneCount: 7, totalCount: 7 });
    expect(await o.audit()).toContainEqual(
      expect.objectContaining({ kind: 'people', event: 'handedOver', by: OWNER, on: { type: 'member', id: LEAVER }, count: 7 }),
    );
    expect(o.told.map(({ effect: { memberId: whom, code, params } }) => [whom, code, params])).toEqual([
      [OWNER, 'handoverEnded', { name: 'Leo', count: '7', state: 'done', kind: 'handover' }],
      [WANG, 'handedOver', { name: 'Leo', count: '7' }],
    ]);
  });

  it('gives each type to whom it is named for', async () => {
    await o.start({ types: { opportunity: LI, activity: OWNER } });
    await o.work();

    expect(await o.holders()).toEqual({ ...HANDED, deals: [LI, LI], tasks: [OWNER, LEAVER] });
    expect(o.told.map(({ effect }) => [effect.memberId, effect.code, effect.params['count']])).toEqual([
      [OWNER, 'handoverEnded', '7'],
      [WANG, 'handedOver', '4'],
      [LI, 'handedOver', '2'],
    ]);
  });

  it('is one, asked for twice; and not another’s', async () => {
    await o.start();
    await o.start();
    await o.work();
    await o.start();
    expect(o.queue).toEqual([]);
    expect((await o.job())['doneCount']).toBe(7);

    await expect(o.start({ to: LI })).rejects.toMatchObject({ status: 409, code: 'record.exists' });
  });

  it('looks once more for what somebody writes who was shut out a moment ago', async () => {
    await o.firm.change(NOW, 'member', LEAVER, { status: 'disabled' });
    await o.start();
    await runHandover({ ...o.db }, o.queue.shift()!, o.tools);
    while ((await o.job())['doneCount'] !== 7) await runHandover({ ...o.db }, o.queue.shift()!, o.tools);
    await o.firm.create(NOW, 'customer', idOf('cus', 9), { name: 'Late' }, LEAVER);
    await o.work();

    expect((await o.record('customer', idOf('cus', 9))).ownerId).toBe(WANG);
    expect(await o.job()).toMatchObject({ state: 'done', doneCount: 8 });
  });

  it('leaves with whoever has it what another gave away meanwhile', async () => {
    await o.start();
    await o.firm.change(NOW, 'customer', o.cus(1), {}, LI);
    await o.work();

    expect((await o.holders()).customers).toEqual([LI, WANG, LI]);
    expect(await o.job()).toMatchObject({ doneCount: 6 });
  });

  it('comes to the same end wherever a step dies, and however often it comes', async () => {
    for (let last = 0, died = true; died; last += 3)
      for (const applied of [true, false]) {
        o = await office();
        await o.start();
        const step = o.queue[0]!;
        died = false;
        await runHandover(dyingAfter(o.db, last, applied), step, o.tools).catch(() => (died = true));
        o.queue.push(step, step);
        await o.work();

        expect([await o.holders(), (await o.job())['doneCount']], `request ${last}`).toEqual([HANDED, 7]);
        expect((await o.record('customer', o.cus(1))).version, `request ${last}`).toBe(2);
      }
  });

  it('ends where it is given up, and what had gone by then can be taken back', async () => {
    await o.start();
    await runHandover({ ...o.db }, o.queue.shift()!, o.tools);
    const { doneCount } = await o.job();
    await cancelJob(await o.as(OWNER), JOB);
    await o.work();

    expect(doneCount).toBe(2);
    expect(await o.holders()).toEqual({ ...BEFOREHAND, customers: [WANG, WANG, LI] });
    expect(o.told.map(({ effect }) => [effect.memberId, effect.code])).toEqual([[WANG, 'handedOver']]);
    await o.takeBack();
    await o.work();
    expect(await o.holders()).toEqual(BEFOREHAND);
  });

  it('fails when whom records go to has left', async () => {
    await o.start();
    await o.firm.change(NOW, 'member', WANG, { status: 'disabled' });
    await o.work();

    expect(await o.job()).toMatchObject({ state: 'failed', fault: 'handover.receiverLeft' });
    expect(await o.holders()).toEqual(BEFOREHAND);
    expect(o.told.map(({ effect }) => effect.params['state'])).toEqual(['failed']);
  });
});

describe('a hand-over that is taken back', () => {
  it('gives everything back that still belongs to whom it was given, also to somebody who is shut out', async () => {
    await o.start({ types: { opportunity: LI } });
    await o.work();
    await o.firm.change(LATER, 'member', LEAVER, { status: 'disabled' });
    await o.firm.change(LATER, 'customer', o.cus(2), {}, OWNER);
    expect(await o.takeBack()).toMatchObject({ kind: 'takingBack', totalCount: 7 });
    await o.work();

    expect(await o.holders()).toEqual({ ...BEFOREHAND, customers: [LEAVER, OWNER, LI] });
    expect(await o.job(BACK)).toMatchObject({ state: 'done', doneCount: 6 });
    expect(await o.audit()).toContainEqual(expect.objectContaining({ event: 'takenBack', count: 6 }));
    expect(await listHandovers(await o.as(OWNER, LATER), LEAVER)).toMatchObject([{ id: JOB, count: 7, state: 'ended', takenBack: true }]);
  });

  it('is so once, after it has ended, and for a week', async () => {
    await o.start();
    await expect(o.takeBack()).rejects.toMatchObject({ status: 409, code: 'handover.running' });
    await o.work();
    await expect(
      startTakingBack(await o.as(OWNER, '2026-03-09T10:00:00.000Z'), await o.leaver(), { id: BACK, handover: JOB }, o.tools.send),
    ).rejects.toMatchObject({ status: 404 });
    await o.takeBack();
    await o.takeBack();
    await o.work();
    await expect(
      startTakingBack(await o.as(OWNER, LATER), await o.leaver(), { id: idOf('job', 3), handover: JOB }, o.tools.send),
    ).rejects.toMatchObject({ code: 'handover.takenBack' });
    await expect(
      startTakingBack(await o.as(OWNER, LATER), await o.record('member', LI), { id: idOf('job', 3), handover: JOB }, o.tools.send),
    ).rejects.toMatchObject({ status: 404 });
  });
});

describe('a record that comes out of the bin', () => {
  const restored = async (by: string) => {
    const version = (await o.record('customer', o.cus(1))).version;
    return (await restoreRecord(await o.as(by, LATER), 'customer', o.cus(1), version)).ownerId;
  };
  beforeEach(() => o.firm.remove(BEFORE, 'customer', o.cus(1)));

  it('is its owner’s, as long as he works here', async () => {
    await o.start();
    await o.work();
    expect(await restored(OWNER)).toBe(LEAVER);
  });

  it('goes to whoever took over from somebody who has left, and from him in turn', async () => {
    await o.start({ types: { customer: LI } });
    await o.work();
    await o.firm.change(LATER, 'member', LEAVER, { status: 'disabled' });
    expect(await restored(OWNER)).toBe(LI);
  });

  it('goes to whoever brings it back where nobody took over, or a hand-over was taken back', async () => {
    await o.start();
    await o.work();
    await o.takeBack();
    await o.work();
    await o.firm.change(LATER, 'member', LEAVER, { status: 'disabled' });
    expect(await restored(OWNER)).toBe(OWNER);
  });
});
