import type { SQSEvent } from 'aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { allDaySpan } from '../../../shared/activities/recurrence.ts';
import type { Values } from '../../../shared/kernel/record.ts';
import { toInstant, toMs } from '../../../shared/kernel/dates.ts';
import { sendReminders } from '../../../functions/insight/sendReminders.ts';
import type { Change } from '../../../functions/records/follow.ts';
import { armReminders } from '../../../functions/records/reminders.ts';
import type { EffectMessage } from '../../../functions/services/effectsQueue.ts';
import type { Database } from '../../../functions/table/database.ts';
import { byOwner } from '../../../functions/table/keys.ts';
import { workOffEffects } from '../../../functions/workspace/effects.queue.ts';
import { runTick, type DueMessage } from '../../../functions/workspace/tick.scheduled.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';
import { deskOn, idOf } from '../../support/desk.ts';
import { dyingAfter } from '../../support/dying.ts';
import { makeFirm, memberId } from '../../support/firm.ts';
import { stubAwsEnvironment } from '../services/awsEnvironment.ts';

const SAM = memberId(2);
const NOW = '2026-03-02T09:00:00.000Z';
const START = '2026-03-02T12:00:00.000Z';

beforeAll(() => stubAwsEnvironment({ PUBLIC_URL: 'https://crm.test' }));

/** A firm whose stream, ticks, jobs and effects run when they are told to; mails with one key count once, as the ledger sees to. */
async function office(zone = 'Europe/Berlin') {
  const db = memoryDatabase();
  const firm = await makeFirm(
    deskOn(db),
    'firm',
    [
      { n: 1, role: 'salesManager', department: 'sales' },
      { n: 2, role: 'sales', department: 'sales', values: zone ? { zone } : {} },
    ],
    { zone: 'UTC' },
  );
  const jobs: DueMessage[] = [];
  let effects: EffectMessage[] = [];
  const mails = new Map<string, string>();
  const tell = async (messages: readonly EffectMessage[]) => void effects.push(...messages);
  const told = async (...changes: Change[]) => armReminders(db, firm.table, await firm.directory(changes.at(-1)!.at), changes);
  const tick = (now: string, on: Database = db) => runTick({ ...on }, now, async (messages) => void jobs.push(...messages));
  /** Delivers what is queued, each message as often as said; what fails stays queued. */
  const work = async (times = 1, on: Database = db): Promise<void> => {
    const scope = { ...on };
    while (jobs.length) {
      for (let n = 0; n < times; n++) await sendReminders(scope, jobs[0]!, tell);
      jobs.shift();
    }
    const Records = effects.flatMap((body, i) =>
      Array.from({ length: times }, () => ({ messageId: String(i), body: JSON.stringify(body) })),
    );
    const { batchItemFailures } = await workOffEffects(
      scope,
      { Records } as unknown as SQSEvent,
      async ({ key, mail }) => void mails.set(key, mail.subject),
    );
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    effects = effects.filter((_, i) => failed.has(String(i)));
  };
  const at = async (now: string): Promise<void> => {
    await tick(now);
    await work();
  };
  const plan = (values: Values = {}, n = 1) =>
    firm.create(
      NOW,
      'activity',
      idOf('act', n),
      { subject: `Call ${n}`, type: 'call', plannedStart: START, remindMinutes: 30, ...values },
      SAM,
    );
  const edit = (values: Values, when = NOW, n = 1) => firm.change(when, 'activity', idOf('act', n), values);
  const seen = async (owner = SAM) =>
    (await firm.table.query({ index: 'byOwner', pk: byOwner('notification', owner) })).items.map(
      ({ summary }) => (summary as Values)['code'],
    );
  return { db, firm, told, tick, work, at, plan, edit, seen, mails, jobs };
}

describe('a reminder', () => {
  it('comes at its minute, in the app and by mail, once', async () => {
    const { told, at, plan, seen, mails } = await office();
    await told(await plan());

    await at('2026-03-02T11:29:00.000Z');
    expect(await seen()).toEqual([]);
    await at('2026-03-02T11:30:00.000Z');
    await at('2026-03-02T11:31:00.000Z');

    expect(await seen()).toEqual(['activityReminder']);
    expect([...mails.values()]).toEqual(['Reminder: Call 1']);
  });

  it.each([
    ['app', 1, 0],
    ['mail', 0, 1],
    ['both', 1, 1],
  ])('comes the way its owner wants: %s', async (remindBy, inApp, byMail) => {
    const { told, at, plan, seen, mails } = await office();
    await told(await plan({ remindBy }));

    await at('2026-03-02T11:30:00.000Z');

    expect([(await seen()).length, mails.size]).toEqual([inApp, byMail]);
  });

  it.each(['2026-03-28', '2026-03-29', '2026-03-30', '2026-10-25'])('of a whole day comes at nine on the wall: %s', async (day) => {
    const { told, at, plan, seen } = await office();
    await told(await plan({ ...allDaySpan(day, day, 'Europe/Berlin'), allDay: true, remindMinutes: 0 }));
    const nine = `${day}T${day === '2026-03-28' || day === '2026-10-25' ? '08' : '07'}:00:00.000Z`;

    await at(toInstant(toMs(nine) - 60_000));
    expect(await seen()).toEqual([]);
    await at(nine);
    expect(await seen()).toHaveLength(1);
  });

  it('moves with its activity, and back', async () => {
    const { told, at, plan, edit, seen } = await office();
    await told(await plan());
    await told(await edit({ plannedStart: '2026-03-02T15:00:00.000Z' }));
    await told(await edit({ description: 'With samples' }));

    await at('2026-03-02T11:30:00.000Z');
    expect(await seen()).toEqual([]);
    await at('2026-03-02T14:30:00.000Z');
    expect(await seen()).toHaveLength(1);
    await told(await edit({ plannedStart: '2026-03-02T16:00:00.000Z' }, '2026-03-02T14:45:00.000Z'));
    await at('2026-03-02T15:30:00.000Z');
    expect(await seen()).toHaveLength(2);
  });

  it.each<[string, Values]>([
    ['done', { status: 'done' }],
    ['begun', { status: 'inProgress' }],
    ['called off', { status: 'cancelled' }],
    ['not to be recalled any more', { remindMinutes: null }],
    ['without a time', { plannedStart: null }],
  ])('of what is %s does not come, whether the stream tells in time or late', async (_name, values) => {
    for (const late of [false, true]) {
      const { told, at, plan, edit, seen, mails, jobs } = await office();
      await told(await plan());
      const change = await edit(values);
      if (!late) await told(change);

      await at('2026-03-02T11:30:00.000Z');

      expect(jobs).toEqual([]);
      expect([await seen(), mails.size]).toEqual([[], 0]);
    }
  });

  it('of what was removed does not come', async () => {
    const { told, at, plan, firm, seen } = await office();
    await told(await plan());
    await told(await firm.remove(NOW, 'activity', idOf('act', 1)));

    await at('2026-03-02T11:30:00.000Z');

    expect(await seen()).toEqual([]);
  });

  it('goes to whoever owns the activity by then, and to nobody who has left', async () => {
    const { told, tick, work, at, plan, firm, seen, mails } = await office();
    await told(await plan());
    await told(await plan({}, 2));
    await firm.change(NOW, 'activity', idOf('act', 1), {}, memberId(1));
    await firm.change(NOW, 'member', SAM, { status: 'disabled' });

    await tick('2026-03-02T11:30:00.000Z');
    await work();
    await at('2026-03-02T11:31:00.000Z');

    expect([await seen(memberId(1)), await seen(SAM), mails.size]).toEqual([['activityReminder'], [], 1]);
  });

  it.each([
    ['Europe/London', '2026-03-04T09:00:00.000Z'],
    ['Asia/Shanghai', '2026-03-04T01:00:00.000Z'],
  ])('of a whole day comes in the morning of the zone that its owner has moved to, and only then: %s', async (zone, nine) => {
    const { told, at, plan, firm, seen } = await office('Europe/Berlin');
    await told(await plan({ ...allDaySpan('2026-03-04', '2026-03-04', 'Europe/Berlin'), allDay: true, remindMinutes: 0 }));
    await told(await firm.change('2026-03-03T10:00:00.000Z', 'member', SAM, { zone }));

    await at(toInstant(toMs(nine) - 60_000));
    expect(await seen()).toEqual([]);
    for (const hours of [0, 1, 7, 8]) {
      await at(toInstant(toMs(nine) + hours * 3_600_000));
      expect(await seen()).toHaveLength(1);
    }
  });

  it('of a whole day goes with the workspace where its owner has no zone of his own', async () => {
    const { told, at, plan, firm, seen } = await office('');
    await told(await plan({ ...allDaySpan('2026-03-04', '2026-03-04', 'UTC'), allDay: true, remindMinutes: 0 }));
    await told(await firm.change('2026-03-03T10:00:00.000Z', 'workspace', idOf('wsp', 1), { zone: 'Asia/Shanghai' }));

    await at('2026-03-04T01:00:00.000Z');

    expect(await seen()).toHaveLength(1);
  });

  it('is not sent for a moment that had passed when it was planned', async () => {
    const { told, at, plan, seen } = await office();
    await told(await plan({ plannedStart: '2026-03-02T09:10:00.000Z' }));

    await at('2026-03-02T09:10:00.000Z');

    expect(await seen()).toEqual([]);
  });

  it('told late and in the wrong order stands as the activity does', async () => {
    const { told, at, plan, edit, seen } = await office();
    const [made, moved] = [await plan(), await edit({ plannedStart: '2026-03-02T15:00:00.000Z' })];

    await told(moved);
    await told(made);
    await told(made, moved);

    await at('2026-03-02T11:30:00.000Z');
    expect(await seen()).toEqual([]);
    await at('2026-03-02T14:30:00.000Z');
    expect(await seen()).toHaveLength(1);
  });

  it('told in one batch with the plan is armed, also when the stream tells of both after its moment', async () => {
    for (const edited of ['2026-03-02T09:30:00.000Z', '2026-03-02T11:45:00.000Z']) {
      const { told, at, plan, edit, seen } = await office();
      await told(await plan(), await edit({ description: 'With samples' }, edited));

      await at('2026-03-02T11:50:00.000Z');

      expect(await seen()).toHaveLength(1);
    }
  });
});

describe('reminders under faults', () => {
  it('delivered three times everywhere come once', async () => {
    const { told, tick, work, plan, seen, mails } = await office();
    await told(await plan());
    await told(await plan({}, 2));

    await tick('2026-03-02T11:30:00.000Z');
    await work(3);
    await tick('2026-03-02T11:30:00.000Z');
    await work(3);

    expect([(await seen()).length, mails.size]).toEqual([2, 2]);
  });

  it('after a day without a tick come late, once each', async () => {
    const { told, at, plan, seen, mails } = await office();
    for (const n of [1, 2, 3]) await told(await plan({ plannedStart: `2026-03-02T1${n}:00:00.000Z` }, n));
    await at('2026-03-02T09:30:00.000Z');

    await at('2026-03-03T09:30:00.000Z');

    expect([(await seen()).length, mails.size]).toEqual([3, 3]);
  });

  it('come once wherever tick or job dies, when they are tried again', async () => {
    const { db, told, tick, work, plan, seen, mails } = await office();
    let n = 0;
    for (const applied of [false, true])
      for (let step = 0, hasDied = true; hasDied; step++) {
        n++;
        const minute = (offset: number) => toInstant(toMs(START) + (10 * n + offset) * 60_000);
        await told(await plan({ plannedStart: minute(0), remindMinutes: 5 }, n));
        const dying = dyingAfter(db, step, applied);
        hasDied = await tick(minute(-5), dying)
          .then(() => work(1, dying))
          .then(
            () => mails.size < n,
            () => true,
          );

        await tick(minute(-4));
        await work();

        expect([(await seen()).length, mails.size], `died at ${step}`).toEqual([n, n]);
      }
    expect(n).toBeGreaterThan(10);
  });

  it('of one minute and one workspace go in few messages', async () => {
    const { told, tick, work, plan, seen, jobs } = await office();
    for (let n = 1; n <= 120; n++) await told(await plan({}, n));

    await tick('2026-03-02T11:30:00.000Z');

    expect(jobs.length).toBeLessThanOrEqual(4);
    await work();
    expect(await seen()).toHaveLength(120);
  });
});
