import { beforeEach, describe, expect, it } from 'vitest';
import { addDays } from '../../../shared/kernel/dates.ts';
import { armDue, hourAfter, hourOf, isArmed, readPointer, type DueWork } from '../../../functions/table/dueWork.ts';
import type { Database } from '../../../functions/table/database.ts';
import { runTick, type DueMessage } from '../../../functions/workspace/tick.scheduled.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';

const DAY = '2026-11-23';
const at = (time: string, day = DAY) => `${day}T${time}:00.000Z`;
const work = (id: string, moment: string, tenant = 'a'): DueWork => ({ tenant, id, kind: 'test', at: moment });

let db: Database;
let sent: DueMessage[];
const send = async (messages: readonly DueMessage[]): Promise<void> => void sent.push(...messages);
const tick = (now: string) => runTick(db, now, send);
const sentIds = () => sent.map(({ id, at: moment }) => `${id} ${moment}`).sort();

beforeEach(() => {
  db = memoryDatabase();
  sent = [];
});

describe('the tick', () => {
  it('sends what is due by now, and nothing that is due later', async () => {
    await tick(at('07:59'));
    await armDue(db, work('now', at('08:00')));
    await armDue(db, work('soon', at('08:01')));
    await armDue(db, work('tomorrow', at('08:00', addDays(DAY, 1))));

    await tick(at('08:00'));

    expect(sent).toEqual([{ ...work('now', at('08:00')), now: at('08:00') }]);
  });

  it('sends each row once when it comes once, and what it sent is gone', async () => {
    await armDue(db, work('one', at('08:00')));

    await tick(at('08:00'));
    await tick(at('08:01'));

    expect(sentIds()).toEqual([`one ${at('08:00')}`]);
    expect(await isArmed(db, work('one', at('08:00')))).toBe(false);
  });

  it('fired twice at once sends every row at least once and leaves none', async () => {
    for (let n = 0; n < 30; n++) await armDue(db, work(`w${n}`, at('08:00')));

    await Promise.all([tick(at('08:00')), tick(at('08:00'))]);

    expect(new Set(sent.map(({ id }) => id)).size).toBe(30);
    sent = [];
    await tick(at('08:01'));
    expect(sent).toEqual([]);
  });

  it('catches up every hour since its last run, the latest row of a subject alone', async () => {
    await tick(at('07:00'));
    for (const offset of [0, 1, 2]) await armDue(db, work('daily', at('08:00', addDays(DAY, offset))));
    await armDue(db, work('once', at('09:30', addDays(DAY, 1))));
    await armDue(db, work('daily', at('08:00'), 'b'));

    await tick(at('10:00', addDays(DAY, 2)));

    const third = at('08:00', addDays(DAY, 2));
    expect(sent.map(({ tenant, id, at: moment }) => [tenant, id, moment]).sort()).toEqual([
      ['a', 'daily', third],
      ['a', 'once', at('09:30', addDays(DAY, 1))],
      ['b', 'daily', at('08:00')],
    ]);
    sent = [];
    await tick(at('10:01', addDays(DAY, 2)));
    expect(sent).toEqual([]);
  });

  it('after more hours than one run reads, goes on in the next minutes', async () => {
    await tick(at('07:00'));
    const last = at('08:00', addDays(DAY, 25));
    await armDue(db, work('late', last));

    for (const minute of ['08:01', '08:02', '08:03', '08:04']) await tick(at(minute, addDays(DAY, 25)));

    expect(sentIds()).toEqual([`late ${last}`]);
  });

  it('sends again what it could not remove, and removes nothing that it could not send', async () => {
    await armDue(db, work('one', at('08:00')));
    const broken = runTick(db, at('08:00'), () => Promise.reject(new Error('queue away')));
    await expect(broken).rejects.toThrow('queue away');

    await tick(at('08:01'));

    expect(sentIds()).toEqual([`one ${at('08:00')}`]);
  });

  it('sends reminders of a workspace together, and everything else by itself', async () => {
    for (let n = 0; n < 120; n++) await armDue(db, { ...work(`r${n}`, at('08:00'), n % 3 ? 'a' : 'b'), kind: 'remind' });
    for (let n = 0; n < 3; n++) await armDue(db, work(`w${n}`, at('08:00')));

    await tick(at('08:00'));

    expect(sent.filter(({ kind }) => kind === 'test').map(({ also }) => also)).toEqual([undefined, undefined, undefined]);
    const bundles = sent.filter(({ kind }) => kind === 'remind');
    expect(bundles.length).toBeLessThanOrEqual(6);
    const told = bundles.flatMap(({ tenant, id, also = [] }) => [id, ...also.map((each) => each.id)].map((each) => `${tenant} ${each}`));
    expect(told.sort()).toEqual(Array.from({ length: 120 }, (_, n) => `${n % 3 ? 'a' : 'b'} r${n}`).sort());
  });

  it('begins no more when the queue has failed, and sends the rest a minute later', async () => {
    for (let n = 0; n < 900; n++) await armDue(db, work(`w${n}`, at('08:00')));
    let calls = 0;
    const failing = async (messages: readonly DueMessage[]): Promise<void> => {
      if (++calls === 2) throw new Error('queue away');
      await send(messages);
    };

    await expect(runTick(db, at('08:00'), failing)).rejects.toThrow('queue away');
    expect(calls).toBeLessThanOrEqual(5);
    await tick(at('08:01'));

    expect(new Set(sent.map(({ id }) => id)).size).toBe(900);
  });

  it('moves its pointer with the hour, never back', async () => {
    await tick(at('08:59'));
    await tick(at('09:00'));
    expect(await readPointer(db)).toBe('20261123T09');

    await tick(at('07:00'));

    expect(await readPointer(db)).toBe('20261123T09');
  });
});

describe('arming', () => {
  it('the same work twice is one row', async () => {
    await armDue(db, work('one', at('08:00')));
    await armDue(db, work('one', at('08:00')));

    await tick(at('08:00'));

    expect(sent).toHaveLength(1);
  });

  it('moves a row: the old moment brings nothing', async () => {
    await armDue(db, work('one', at('08:00')));
    await armDue(db, work('one', at('13:00')), at('08:00'));

    await tick(at('12:59'));
    expect(sent).toEqual([]);
    await tick(at('13:00'));
    expect(sentIds()).toEqual([`one ${at('13:00')}`]);
  });

  it('work whose hour the tick has left comes with the next minute', async () => {
    await tick(at('11:00'));
    await armDue(db, work('late', at('08:00')));

    await tick(at('11:01'));

    expect(sentIds()).toEqual([`late ${at('08:00')}`]);
  });

  it('comes through when the tick leaves the hour between the row and the question', async () => {
    await tick(at('08:59'));
    const racing: Database = {
      ...db,
      send: (async (command: { constructor: { name: string } }) => {
        const answer = await db.send(command as never);
        if (command.constructor.name === 'PutCommand') await tick(at('10:00'));
        return answer;
      }) as unknown as Database['send'],
    };

    await armDue(racing, work('late', at('08:30')));
    await tick(at('10:01'));

    expect(new Set(sentIds())).toEqual(new Set([`late ${at('08:30')}`]));
  });
});

it('counts hours across the end of a year', () => {
  expect(hourOf('2026-12-31T23:59:59.999Z')).toBe('20261231T23');
  expect(hourAfter('20261231T23', 1)).toBe('20270101T00');
  expect(hourAfter('20260301T00', -1)).toBe('20260228T23');
});
