import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import { createRecord, removeRecord } from '../../../functions/records/operations.ts';
import type { Database } from '../../../functions/table/database.ts';
import { idOf } from '../../support/desk.ts';
import { NOON, openActivities } from './activitiesDesk.ts';

type Firm = Awaited<ReturnType<typeof openActivities>>;
let firm: Firm;
beforeAll(async () => {
  firm = await openActivities();
});

interface Closed {
  readonly activity: AnyRecord;
  readonly next?: AnyRecord;
  readonly nextStep?: AnyRecord;
}
const closed = ({ body }: { body: unknown }): Closed => body as Closed;
const standing = async (id: string): Promise<Values | undefined> =>
  (await firm.itemOf(firm.system(), 'activity', id))?.['data'] as Values | undefined;
const WEEKLY = { plannedStart: '2026-03-02T08:00:00.000Z', plannedEnd: '2026-03-02T09:00:00.000Z', cycle: { unit: 'week', every: 1 } };

let customers = 0;
const addCustomer = async (): Promise<string> =>
  (await createRecord(firm.system(), 'customer', { id: idOf('cus', ++customers), name: `Tea ${customers}`, ownerId: firm.memberId('sam') }))
    .id;

describe('completing an activity', () => {
  it('writes what came of it, when it was, and nothing else', async () => {
    const activity = await firm.add({ plannedStart: '2026-03-02T08:00:00.000Z' });

    const answer = await firm.command('complete', activity, { outcome: 'Wants samples', actualStart: '2026-03-02T09:30:00Z' });

    expect(answer.status).toBe(200);
    expect(closed(answer).activity).toMatchObject({
      ...{ status: 'done', outcome: 'Wants samples', version: 2 },
      ...{ actualStart: '2026-03-02T09:30:00.000Z', actualEnd: NOON },
    });
    expect(closed(answer).activity).not.toHaveProperty('dueAt');
    expect(Object.keys(closed(answer))).toEqual(['activity']);
  });

  it('of a cycle makes the next one, with the cycle and without what belongs to this one', async () => {
    const customerId = await addCustomer();
    const activity = await firm.add({
      ...WEEKLY,
      customerId,
      priority: 'high',
      remindMinutes: 15,
      watcherIds: [firm.memberId('max')],
      tags: ['tea'],
    });

    const { activity: done, next } = closed(await firm.command('complete', activity, { outcome: 'Fine', evaluation: 'Good' }));

    expect(done).not.toHaveProperty('cycle');
    expect(next).toMatchObject({
      ...{
        subject: activity['subject'],
        type: 'call',
        status: 'planned',
        version: 1,
        ownerId: firm.memberId('sam'),
        createdBy: firm.memberId('sam'),
      },
      ...{ customerId, priority: 'high', remindMinutes: 15, watcherIds: [firm.memberId('max')], tags: ['tea'] },
      ...{ plannedStart: '2026-03-09T08:00:00.000Z', plannedEnd: '2026-03-09T09:00:00.000Z', dueAt: '2026-03-09T09:00:00.000Z' },
      cycle: { ...WEEKLY.cycle, from: { day: '2026-03-02', time: '09:00' } },
    });
    for (const name of ['outcome', 'evaluation', 'actualStart', 'actualEnd']) expect(next).not.toHaveProperty(name);
  });

  it('keeps the time on the wall of its owner across daylight saving, whoever completes it', async () => {
    const activity = await firm.add({ ...WEEKLY, plannedStart: '2026-03-23T08:00:00.000Z', plannedEnd: '2026-03-23T09:00:00.000Z' });

    const { next } = closed(await firm.command('complete', activity, {}, { as: 'olga' }));

    expect(next).toMatchObject({ plannedStart: '2026-03-30T07:00:00.000Z', ownerId: firm.memberId('sam') });
  });

  it('makes the next step for the same customer, unless it says otherwise', async () => {
    const customerId = await addCustomer();
    const activity = await firm.add({ customerId });
    const nextStep = { subject: 'Send samples', type: 'todo', plannedStart: '2026-03-05T09:00:00Z' };

    const made = closed(await firm.command('complete', activity, { nextStep }));

    expect(made.nextStep).toMatchObject({
      ...nextStep,
      plannedStart: '2026-03-05T09:00:00.000Z',
      customerId,
      status: 'planned',
      ownerId: firm.memberId('sam'),
    });
    const other = closed(await firm.command('complete', await firm.add({ customerId }), { nextStep: { ...nextStep, customerId: null } }));
    expect(other.nextStep).not.toHaveProperty('customerId');
  });

  it('hands what it concerns on even where that has gone since', async () => {
    const customerId = await addCustomer();
    const activity = await firm.add({ ...WEEKLY, customerId });
    await removeRecord(firm.system(), 'customer', customerId, 1);

    const made = closed(await firm.command('complete', activity, { nextStep: { subject: 'Ask', type: 'todo' } }));

    expect([made.next?.['customerId'], made.nextStep?.['customerId']]).toEqual([customerId, customerId]);
  });

  it.each<[string, unknown, string[]]>([
    ['an outcome that is no text', { outcome: 7 }, ['outcome text.expected']],
    ['fields that it does not write', { status: 'planned', dueAt: NOON }, ['status field.unknown', 'dueAt field.unknown']],
    ['an end before its start', { actualStart: NOON, actualEnd: '2026-03-01T10:00:00Z' }, ['actualEnd activity.time.endBeforeStart']],
    ['a next step without a type', { nextStep: { subject: 'Ask' } }, ['nextStep.type field.required']],
    ['a next step that is over', { nextStep: { subject: 'Ask', type: 'call', status: 'done' } }, ['nextStep.status field.unknown']],
    [
      'a next step that ends before it starts',
      { nextStep: { subject: 'Ask', type: 'call', plannedStart: NOON, plannedEnd: '2026-03-01T10:00:00Z' } },
      ['nextStep.plannedEnd activity.time.endBeforeStart'],
    ],
    [
      'a next step for nobody',
      { nextStep: { subject: 'Ask', type: 'call', ownerId: idOf('mem', 99) } },
      ['nextStep.ownerId owner.unknown'],
    ],
    ['a next step that is no activity', { nextStep: ['Ask'] }, ['nextStep input.object']],
    [
      'a next step with a stranger’s customer',
      { nextStep: { subject: 'Ask', type: 'call', customerId: idOf('cus', 200) } },
      ['nextStep.customerId ref.notFound'],
    ],
    ['nothing at all', 'done', [' input.object']],
  ])('refuses %s, and writes nothing', async (_name, body, expected) => {
    const activity = await firm.add(WEEKLY);
    const before = (await firm.all()).length;

    const answer = await firm.command('complete', activity, body);

    expect(answer.status).toBe(400);
    expect((answer.body['issues'] as unknown as { field: string; code: string }[]).map(({ field, code }) => `${field} ${code}`)).toEqual(
      expected,
    );
    expect(await standing(activity.id)).toMatchObject({ status: 'planned' });
    expect(await firm.all()).toHaveLength(before);
  });

  it('asks for the right and the version', async () => {
    const activity = await firm.add({ ownerId: firm.memberId('sue') });

    expect((await firm.command('complete', activity, {}, { as: 'sam' })).status).toBe(404);
    expect((await firm.command('complete', activity, {}, { as: 'max' })).status).toBe(200);
    expect((await firm.call('POST', `/activities/${(await firm.add()).id}/complete`, { as: 'sam', body: {} })).status).toBe(428);
    expect((await firm.command('complete', await firm.add(), {}, { version: 7 })).status).toBe(409);
  });
});

describe('the same wish again', () => {
  const wish = { outcome: 'Fine', nextStep: { subject: 'Send samples', type: 'todo' } };

  it('finds what was made, and makes nothing', async () => {
    const activity = await firm.add(WEEKLY);
    const first = await firm.command('complete', activity, wish);
    const made = (await firm.all()).length;

    const again = await firm.command('complete', activity, wish, { at: Date.parse('2026-03-03T10:00:00.000Z') });

    expect(again).toEqual(first);
    expect(await firm.all()).toHaveLength(made);
  });

  it('of two at once is one', async () => {
    const activity = await firm.add(WEEKLY);
    const before = (await firm.all()).length;

    const answers = await Promise.all([1, 2, 3].map(() => firm.command('complete', activity, wish)));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map((answer) => closed(answer).next!.id)).size).toBe(1);
    expect(await firm.all()).toHaveLength(before + 2);
  });

  it('after an answer that was lost is done', async () => {
    let lose = true;
    const lossy = await openActivities((db) => ({
      ...db,
      send: (async (command: unknown) => {
        const answer = await db.send(command as never);
        if (!(lose && command instanceof TransactWriteCommand)) return answer;
        lose = false;
        throw Object.assign(new Error('lost'), { name: 'TimeoutError' });
      }) as Database['send'],
    }));
    const activity = await lossy.add(WEEKLY);

    const statuses = [await lossy.command('complete', activity, wish), await lossy.command('complete', activity, wish)].map(
      ({ status }) => status,
    );

    expect(statuses.at(-1)).toBe(200);
    expect(await lossy.all()).toHaveLength(3);
  });

  it('is another wish when it says something else', async () => {
    const activity = await firm.add();
    await firm.command('complete', activity, { outcome: 'Fine' });

    expect((await firm.command('complete', activity, { outcome: 'Bad' })).body).toMatchObject({
      code: 'activity.closed',
      params: { status: 'done' },
    });
    expect((await firm.command('complete', activity, { outcome: 'Fine', nextStep: { subject: 'Ask', type: 'call' } })).status).toBe(409);
    expect((await firm.command('cancel', activity)).status).toBe(409);
  });
});

describe('calling an activity off', () => {
  it('goes on with the next of its cycle', async () => {
    const activity = await firm.add(WEEKLY);

    const { activity: cancelled, next } = closed(await firm.command('cancel', activity, { outcome: 'Holiday' }));

    expect(cancelled).toMatchObject({ status: 'cancelled', outcome: 'Holiday' });
    expect(next).toMatchObject({ status: 'planned', plannedStart: '2026-03-09T08:00:00.000Z' });
  });

  it.each(['cancel', 'complete'])('or ends the series: %s', async (command) => {
    const activity = await firm.add(WEEKLY);

    const answer = closed(await firm.command(command, activity, { endSeries: true }));

    expect(answer).not.toHaveProperty('next');
    expect(answer.activity).not.toHaveProperty('cycle');
  });

  it('knows no next step', async () => {
    const answer = await firm.command('cancel', await firm.add(), { nextStep: { subject: 'Ask', type: 'call' } });

    expect(answer.status).toBe(400);
  });
});

describe('reopening', () => {
  it('plans it again; the next one stays, and closing it once more makes no other', async () => {
    const activity = await firm.add(WEEKLY);
    const first = closed(await firm.command('complete', activity));
    const count = (await firm.all()).length;

    const reopened = await firm.command('reopen', first.activity);

    expect(reopened.body).toMatchObject({ status: 'planned', version: 3, dueAt: WEEKLY.plannedEnd });
    for (const name of ['actualStart', 'actualEnd']) expect(reopened.body).not.toHaveProperty(name);
    const again = await firm.command('complete', reopened.body as unknown as AnyRecord);
    expect(closed(again)).toMatchObject({ activity: { status: 'done', version: 4 }, next: { id: first.next!.id } });
    expect(await firm.all()).toHaveLength(count);
  });

  const NEXT = { nextStep: { subject: 'Send samples', type: 'todo' } };

  it('takes the next step back that was made with it, and makes it again when it is wished again', async () => {
    const first = closed(await firm.command('complete', await firm.add(), NEXT));

    const reopened = await firm.command('reopen', first.activity, { nextStepId: first.nextStep!.id });

    expect(reopened.body).toMatchObject({ id: first.activity.id, status: 'planned', version: 3 });
    expect((await firm.call('GET', `/activities/${first.nextStep!.id}`, { as: 'sam' })).status).toBe(404);
    const again = closed(await firm.command('complete', reopened.body as unknown as AnyRecord, NEXT));
    expect(again.nextStep).toMatchObject({ subject: 'Send samples', status: 'planned' });
    const repeated = closed(await firm.command('complete', reopened.body as unknown as AnyRecord, NEXT));
    expect(repeated.nextStep!.id).toBe(again.nextStep!.id);
  });

  it('leaves a next step that somebody has touched, and everything that was not made with it', async () => {
    const first = closed(await firm.command('complete', await firm.add(), NEXT));
    const step = first.nextStep!;
    const touched = { as: 'sam', body: { subject: 'Send two samples' }, headers: { 'if-match': '1' } } as const;
    expect((await firm.call('PATCH', `/activities/${step.id}`, touched)).status).toBe(200);
    const other = await firm.add();

    expect((await firm.command('reopen', first.activity, { nextStepId: step.id })).body).toMatchObject({ status: 'planned' });
    const second = closed(await firm.command('complete', await firm.add()));
    expect((await firm.command('reopen', second.activity, { nextStepId: other.id })).body).toMatchObject({ status: 'planned' });

    for (const { id } of [step, other]) expect((await firm.call('GET', `/activities/${id}`, { as: 'sam' })).status).toBe(200);
  });

  it.each([{ nextStepId: 'cus_1' }, { nextStep: {} }, []])('is refused with %j', async (body) => {
    const { activity } = closed(await firm.command('complete', await firm.add()));

    expect((await firm.command('reopen', activity, body)).status).toBe(400);
  });

  it('of what is open changes nothing, and is for those who may change it', async () => {
    const activity = await firm.add();

    expect((await firm.command('reopen', activity)).body).toMatchObject({ version: 1 });
    expect((await firm.command('reopen', activity, {}, { as: 'sue' })).status).toBe(404);
  });
});
