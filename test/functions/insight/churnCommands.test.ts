import { beforeAll, describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { addDays } from '../../../shared/kernel/dates.ts';
import { SYSTEM_ACTOR } from '../../../shared/kernel/access.ts';
import { routes } from '../../../functions/insight/routes.ts';
import { commitPlan } from '../../../functions/records/operations.ts';
import { idOf, openDesk } from '../../support/desk.ts';
import { employ } from '../../support/staff.ts';
import { visitorsOf, type Call } from '../../support/visitors.ts';

type Answer = AnyRecord & { code?: string; issues?: { field: string; code: string }[] };
const [SAM, SUE, SHEN, ANN] = [idOf('mem', 1), idOf('mem', 2), idOf('mem', 4), idOf('mem', 5)];
let call: Call<Answer>;
let make: (n: number, ownerId?: string) => Promise<string>;

beforeAll(async () => {
  const desk = await openDesk();
  await employ(desk, 'firm', [
    { name: 'sam', role: 'sales' },
    { name: 'sue', role: 'sales' },
    { name: 'sid', role: 'service' },
    { name: 'shen', role: 'sales', more: { zone: 'Asia/Shanghai' } },
    { name: 'ann', role: 'sales', more: { zone: 'America/Los_Angeles' } },
  ]);
  call = visitorsOf<Answer>(routes, desk);
  make = async (n, ownerId = SAM) => {
    const id = idOf('chw', n);
    const values = { name: `Customer ${n}`, customerId: idOf('cus', n), status: 'open', lastOrderOn: '2026-01-01' };
    const ctx = { ...desk.as('firm', 0), actor: SYSTEM_ACTOR };
    await commitPlan(ctx, { writes: [{ op: 'create', type: 'churnWarning', id, ownerId, values }] });
    return id;
  };
});

const step = (id: string, kind: string, version: number, body: unknown = {}, as = 'sam', more: { at?: number; issuedAt?: number } = {}) =>
  call('POST', `/churn-warnings/${id}/${kind}`, { as, body, headers: { 'if-match': String(version) }, ...more });

const read = (id: string) => call('GET', `/churn-warnings/${id}`, { as: 'sam' });

describe('a churn warning', () => {
  it('is taken up, put off, closed and opened again; each step sent twice is one', async () => {
    const id = await make(1);

    for (const [kind, body, expected] of [
      ['acknowledge', {}, { status: 'acknowledged' }],
      ['snooze', { until: '2026-06-01' }, { status: 'snoozed', snoozedUntil: '2026-06-01' }],
      ['close', { outcome: 'kept', note: ' Called \u0009 them ' }, { status: 'closed', outcome: 'kept', note: 'Called \u0009 them' }],
      ['reopen', {}, { status: 'open' }],
    ] as const) {
      const { body: before } = await read(id);
      const [first, again] = [await step(id, kind, before.version, body), await step(id, kind, before.version, body)];
      expect(first).toMatchObject({ status: 200, body: { ...expected, version: before.version + 1 } });
      expect(again).toMatchObject({ status: 200, body: { version: before.version + 1 } });
    }
    const { body: now } = await read(id);
    expect(now).not.toHaveProperty('snoozedUntil');
    expect(now).not.toHaveProperty('outcome');
  });

  it('is changed from the version that was seen alone', async () => {
    const id = await make(2);
    await step(id, 'acknowledge', 1);

    expect(await step(id, 'snooze', 1, { until: '2026-06-01' })).toMatchObject({ status: 409, body: { code: 'record.stale' } });
    expect(await call('POST', `/churn-warnings/${id}/snooze`, { as: 'sam', body: { until: '2026-06-01' } })).toMatchObject({ status: 428 });
  });

  it.each([
    ['shen', SHEN, '2026-03-02T17:00:00.000Z', '2026-03-03'],
    ['ann', ANN, '2026-03-02T05:00:00.000Z', '2026-03-01'],
  ])('is put off from the day that %s has on the wall', async (as, owner, now, today) => {
    const at = Date.parse(now);
    const id = await make(as === 'shen' ? 101 : 102, owner);
    const until = (day: string) => step(id, 'snooze', 1, { until: day }, as, { at, issuedAt: at });

    expect(await until(addDays(today, -1))).toMatchObject({
      status: 400,
      body: { issues: [{ field: 'until', code: 'churn.until.past' }] },
    });
    expect(await until(addDays(today, 366))).toMatchObject({ status: 400, body: { issues: [{ code: 'churn.until.tooFar' }] } });
    expect(await until(today)).toMatchObject({ status: 200, body: { snoozedUntil: today } });
  });

  it('that has ended takes no other end', async () => {
    const id = await make(3);
    await step(id, 'close', 1, { outcome: 'lost' });

    expect(await step(id, 'acknowledge', 2)).toMatchObject({ status: 409, body: { code: 'churn.closed' } });
    expect(await step(id, 'close', 2, { outcome: 'kept' })).toMatchObject({ status: 409, body: { code: 'churn.closed' } });
  });

  it.each([
    ['snooze', {}, [['until', 'field.required']]],
    ['snooze', { until: 'tomorrow' }, [['until', 'date.invalid']]],
    ['snooze', { until: 7 }, [['until', 'date.expected']]],
    ['snooze', { until: '2020-01-01' }, [['until', 'churn.until.past']]],
    ['snooze', { until: '2090-01-01' }, [['until', 'churn.until.tooFar']]],
    ['close', {}, [['outcome', 'field.required']]],
    [
      'close',
      { outcome: 'gone', more: 1 },
      [
        ['outcome', 'choice.unknown'],
        ['more', 'field.unknown'],
      ],
    ],
    ['close', { outcome: 'kept', note: 'x'.repeat(2001) }, [['note', 'text.tooLong']]],
    ['acknowledge', { status: 'closed' }, [['status', 'field.unknown']]],
    ['reopen', [], [['', 'input.object']]],
  ])('takes no nonsense: %s %j', async (kind, body, issues) => {
    const id = idOf('chw', 1);
    const { body: before } = await read(id);

    const refused = await step(id, kind, before.version, body);

    expect(refused.status).toBe(400);
    expect(refused.body.issues!.map(({ field, code }) => [field, code]).sort()).toEqual([...issues].sort());
    expect((await read(id)).body).toEqual(before);
  });

  it('is for its owner to handle, not for a colleague, nor for who may write phones and notes alone', async () => {
    const id = await make(4, SUE);

    expect(await step(id, 'acknowledge', 1, {}, 'sam')).toMatchObject({ status: 404 });
    expect(await step(id, 'acknowledge', 1, {}, 'sid')).toMatchObject({ status: 403 });
    expect(await step(id, 'acknowledge', 1, {}, 'sue')).toMatchObject({ status: 200 });
  });
});
