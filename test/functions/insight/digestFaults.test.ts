import { describe, expect, it } from 'vitest';
import { addDays, toInstant, toMs } from '../../../shared/kernel/dates.ts';
import type { Digest } from '../../../shared/insight/digest.ts';
import { sendDigest } from '../../../functions/insight/sendDigest.ts';
import { armDigests } from '../../../functions/records/arming.ts';
import { listRecords } from '../../../functions/records/list.ts';
import type { Database } from '../../../functions/table/database.ts';
import { runTick, type DueMessage } from '../../../functions/workspace/tick.scheduled.ts';
import { deskOn, idOf } from '../../support/desk.ts';
import { dyingAfter } from '../../support/dying.ts';
import { makeFirm, memberId } from '../../support/firm.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';

const MANAGER = memberId(1);
const SELLER = memberId(2);
const MINUTE = 60_000;

/** A firm whose manager reads the digest of each day, or of each week alone; its ticks, jobs and mails run one after the other, mails with one key count once, as the ledger sees to. */
async function officeOf(zone = 'UTC', weekly = false) {
  const db = memoryDatabase();
  const desk = deskOn(db);
  const firm = await makeFirm(desk, 'firm', [
    {
      n: 1,
      role: 'salesManager',
      name: 'Mona',
      department: 'sales',
      values: { zone, digestWeekly: weekly, ...(weekly ? { digestDaily: false } : {}) },
    },
    { n: 2, role: 'sales', name: 'Han', department: 'sales' },
  ]);
  const mails = new Map<string, string>();
  let queue: DueMessage[] = [];
  const tick = (now: string, on: Database = db) => runTick(on, now, async (messages) => void queue.push(...messages));
  /** Hands out what is queued, each message as often as said. */
  const work = async (times = 1, on: Database = db): Promise<void> => {
    const messages = queue.flatMap((message) => Array.from({ length: times }, () => message));
    queue = [];
    for (const message of messages)
      // A scope of its own: the next container knows nothing of this one.
      await sendDigest({ ...on }, message, 'https://crm.test', async ({ key, mail }) => void mails.set(key, mail.subject));
  };
  const minutes = async (from: string, to: string): Promise<void> => {
    for (let at = toMs(from); at <= toMs(to); at += MINUTE) {
      await tick(toInstant(at));
      await work();
    }
  };
  const digests = async (): Promise<Digest[]> =>
    (await listRecords({ ...desk.as('firm', 1), table: firm.table }, Buffer.from('x'), 'digest', { owner: 'me' }))
      .items as unknown as Digest[];
  const arm = async (now: string) => armDigests(db, firm.table, [await firm.change(now, 'member', MANAGER, { post: now })]);
  const lead = (n: number, at: string) => firm.create(at, 'lead', idOf('lea', n), { name: `Lead ${n}` }, SELLER);
  return { db, firm, tick, work, minutes, digests, arm, lead, mails, queued: () => queue };
}

const leadsIn = (digests: readonly Digest[]) =>
  digests.map(({ from, to, contents }) => [from, to, contents.people.reduce((sum, { newLeads }) => sum + newLeads, 0)]);

describe('the row of mornings', () => {
  it('brings one digest a day at eight on the reader’s clock, through both changes of the clocks', async () => {
    const office = await officeOf('Europe/Berlin');
    await office.arm('2026-03-27T12:00:00.000Z');

    await office.minutes('2026-03-28T06:58:00.000Z', '2026-03-28T07:01:00.000Z');
    await office.minutes('2026-03-29T05:58:00.000Z', '2026-03-29T06:01:00.000Z');
    await office.minutes('2026-03-30T05:58:00.000Z', '2026-03-30T06:01:00.000Z');

    expect((await office.digests()).map(({ to, plannedAt }) => [to, plannedAt])).toEqual([
      ['2026-03-27', '2026-03-28T07:00:00.000Z'],
      ['2026-03-28', '2026-03-29T06:00:00.000Z'],
      ['2026-03-29', '2026-03-30T06:00:00.000Z'],
    ]);
    expect(office.mails.size).toBe(3);
  });

  it('after three days without a tick brings one digest over all the days missed, and then goes on', async () => {
    const office = await officeOf();
    await office.arm('2026-03-09T12:00:00.000Z');
    await office.lead(1, '2026-03-09T13:00:00.000Z');
    await office.minutes('2026-03-10T07:59:00.000Z', '2026-03-10T08:00:00.000Z');
    for (const day of [10, 11, 12, 13]) await office.lead(day, `2026-03-${day}T13:00:00.000Z`);

    await office.minutes('2026-03-13T21:10:00.000Z', '2026-03-13T21:14:00.000Z');
    await office.minutes('2026-03-14T07:59:00.000Z', '2026-03-14T08:01:00.000Z');

    expect(leadsIn(await office.digests())).toEqual([
      ['2026-03-09', '2026-03-09', 1],
      ['2026-03-10', '2026-03-12', 3],
      ['2026-03-13', '2026-03-13', 1],
    ]);
    expect(office.mails.size).toBe(3);
  });

  it('fired twice, and each message delivered three times, brings one of everything', async () => {
    const office = await officeOf();
    await office.arm('2026-03-09T12:00:00.000Z');

    for (const day of [10, 11, 12]) {
      await Promise.all([office.tick(`2026-03-${day}T08:00:00.000Z`), office.tick(`2026-03-${day}T08:00:00.000Z`)]);
      await office.work(3);
    }

    expect((await office.digests()).map(({ to }) => to)).toEqual(['2026-03-09', '2026-03-10', '2026-03-11']);
    expect(office.mails.size).toBe(3);
  });

  it('brings one digest a week on Monday at eight, of Monday to Sunday, through both changes of the clocks', async () => {
    const office = await officeOf('Europe/Berlin', true);
    await office.arm('2026-03-17T12:00:00.000Z');
    await office.lead(1, '2026-03-22T22:59:59.000Z');
    await office.lead(2, '2026-03-22T23:00:00.000Z');
    await office.lead(3, '2026-03-29T21:59:59.000Z');
    await office.lead(4, '2026-03-29T22:00:00.000Z');

    for (const morning of ['2026-03-23T07:00', '2026-03-24T07:00', '2026-03-30T06:00', '2026-04-06T06:00'])
      await office.minutes(`${morning}:00.000Z`, `${morning}:00.000Z`);

    expect(leadsIn(await office.digests())).toEqual([
      ['2026-03-16', '2026-03-22', 1],
      ['2026-03-23', '2026-03-29', 2],
      ['2026-03-30', '2026-04-05', 1],
    ]);
    expect([...office.mails.values()].map((subject) => subject.slice(0, 8))).toEqual(['Week of ', 'Week of ', 'Week of ']);
  });

  it('of weeks after three without a tick brings the last week alone, once, and then goes on', async () => {
    const office = await officeOf('UTC', true);
    await office.arm('2026-03-03T12:00:00.000Z');
    await office.tick('2026-03-03T12:01:00.000Z');
    for (const day of ['04', '11', '18', '25']) await office.lead(Number(day), `2026-03-${day}T13:00:00.000Z`);

    await office.minutes('2026-03-25T21:10:00.000Z', '2026-03-25T21:16:00.000Z');
    await office.tick('2026-03-30T08:00:00.000Z');
    await office.work(3);

    expect(leadsIn(await office.digests())).toEqual([
      ['2026-03-16', '2026-03-22', 1],
      ['2026-03-23', '2026-03-29', 1],
    ]);
    expect(office.mails.size).toBe(2);
  });

  it('survives a message that comes a day late, beside the one of its own day', async () => {
    const office = await officeOf();
    await office.arm('2026-03-09T12:00:00.000Z');
    await office.tick('2026-03-10T08:00:00.000Z');
    const [late] = office.queued();
    await office.work();
    await office.minutes('2026-03-11T08:00:00.000Z', '2026-03-11T08:00:00.000Z');

    office.queued().push(late!);
    await office.work();
    await office.minutes('2026-03-11T08:01:00.000Z', '2026-03-11T08:03:00.000Z');
    await office.minutes('2026-03-12T08:00:00.000Z', '2026-03-12T08:00:00.000Z');

    expect((await office.digests()).map(({ to }) => to)).toEqual(['2026-03-09', '2026-03-10', '2026-03-11']);
    expect(office.mails.size).toBe(3);
  });

  it('goes on after a reader was disabled and came back', async () => {
    const office = await officeOf();
    await office.arm('2026-03-09T12:00:00.000Z');
    await office.minutes('2026-03-10T08:00:00.000Z', '2026-03-10T08:00:00.000Z');
    await office.firm.change('2026-03-10T12:00:00.000Z', 'member', MANAGER, { status: 'disabled' });
    await office.minutes('2026-03-11T08:00:00.000Z', '2026-03-11T08:00:00.000Z');
    expect(office.mails.size).toBe(1);

    const back = await office.firm.change('2026-03-12T12:00:00.000Z', 'member', MANAGER, { status: 'active' });
    await armDigests(office.db, office.firm.table, [back]);
    await office.minutes('2026-03-13T08:00:00.000Z', '2026-03-13T08:00:00.000Z');

    expect((await office.digests()).map(({ to }) => to)).toEqual(['2026-03-09', '2026-03-12']);
  });

  it('is whole again whichever request of tick or job was the last before a crash', async () => {
    const crashes = { tick: 0, work: 0 };
    for (const part of ['tick', 'work'] as const) {
      for (const applied of [false, true]) {
        for (let last = 0; ; last++) {
          const office = await officeOf();
          await office.arm('2026-03-09T12:00:00.000Z');
          await office.lead(1, '2026-03-09T13:00:00.000Z');
          await office.tick('2026-03-10T07:59:00.000Z');
          if (part === 'work') await office.tick('2026-03-10T08:00:00.000Z');
          const dying = dyingAfter(office.db, last, applied);
          const waiting = [...office.queued()];

          const died = await (part === 'tick' ? office.tick('2026-03-10T08:00:00.000Z', dying) : office.work(1, dying)).then(
            () => false,
            () => true,
          );
          // The scheduler comes again within the minute, and what was not finished is delivered again.
          if (part === 'work') office.queued().push(...waiting);
          await office.minutes('2026-03-10T08:01:00.000Z', '2026-03-10T08:02:00.000Z');
          await office.minutes(`${addDays('2026-03-10', 1)}T08:00:00.000Z`, `${addDays('2026-03-10', 1)}T08:00:00.000Z`);

          expect(leadsIn(await office.digests()), `${part} ${last} ${applied}`).toEqual([
            ['2026-03-09', '2026-03-09', 1],
            ['2026-03-10', '2026-03-10', 0],
          ]);
          expect(office.mails.size).toBe(2);
          if (!died) break;
          crashes[part] += 1;
        }
      }
    }
    // Every request of both was the last one once, before and after the table had done it.
    expect(crashes.tick).toBeGreaterThan(10);
    expect(crashes.work).toBeGreaterThan(10);
  });
});
