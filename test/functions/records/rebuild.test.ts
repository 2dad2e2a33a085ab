import { describe, expect, it } from 'vitest';
import {
  findReport,
  runRebuild,
  startRebuild,
  type RebuildReport,
  type RebuildStep,
  type What,
} from '../../../functions/records/rebuild.ts';
import { armDigests } from '../../../functions/records/arming.ts';
import type { Change } from '../../../functions/records/follow.ts';
import { indexChanges } from '../../../functions/records/indexing.ts';
import { pinyin } from '../../../functions/records/pinyin.ts';
import { disarmDue, isArmed } from '../../../functions/table/dueWork.ts';
import { churnWatchKey, counterKey, searchKey, settingKey, uniqueKey } from '../../../functions/table/keys.ts';
import { toInstant, toMs } from '../../../shared/kernel/dates.ts';
import { NO_SHAPE } from '../../../shared/kernel/shape.ts';
import { deskOn, idOf } from '../../support/desk.ts';
import { makeFirm, memberId, type Firm } from '../../support/firm.ts';
import { fc, runs } from '../../support/properties.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';

const START = '2026-03-10T12:00:00.000Z';
const NOW = '2026-03-20T12:00:00.000Z';
const PEOPLE = [1, 2, 3].map((n) => ({ n, role: n === 1 ? 'salesManager' : 'sales', department: 'sales' as const }));
const lead = (n: number) => idOf('lea', n);

async function office(zone = 'UTC') {
  const db = memoryDatabase();
  const firm = await makeFirm(deskOn(db), 'firm', PEOPLE, { zone });
  /** Search rows too: the firm itself only follows. */
  const indexed = async (told: Promise<Change>): Promise<void> => indexChanges(firm.table, NO_SHAPE, [await told], pinyin);
  let started = 0;
  const rebuild = async (what: What, repair = false, { times = 1 } = {}): Promise<RebuildReport> => {
    const queue: RebuildStep[] = [];
    const send = async (step: RebuildStep): Promise<void> => void queue.push(...Array.from({ length: times }, () => step));
    const now = toInstant(toMs(NOW) + (started += 1));
    const id = await startRebuild(db, { tenant: 'firm', what, repair, now }, send);
    for (let step = queue.shift(); step; step = queue.shift()) await runRebuild({ ...db }, step, { send, pinyin, stepRows: 7 });
    return (await findReport(firm.table, id))!;
  };
  return { db, firm, indexed, rebuild };
}

/** A lead's life, as numbers pick it. */
type Act = { readonly n: number; readonly act: 'working' | 'converted' | 'give' | 'remove' | 'note'; readonly owner: number };
async function live(firm: Firm, acts: readonly Act[]): Promise<void> {
  const alive = new Map<number, boolean>();
  for (const [i, { n, act, owner }] of acts.entries()) {
    const at = toInstant(toMs(START) + i * 7_777_777);
    const id = lead(n);
    const stands = alive.get(n);
    if (stands === undefined) await firm.create(at, 'lead', id, { name: `Lead ${n}` }, memberId(owner));
    else if (!stands) continue;
    else if (act === 'remove') await firm.remove(at, 'lead', id);
    else if (act === 'give') await firm.change(at, 'lead', id, { notes: `${i}` }, memberId(owner));
    else if (act === 'note') await firm.change(at, 'lead', id, { notes: `${i}` });
    else if ((await firm.itemOf('lead', id))!['data'] && statusOf(await firm.itemOf('lead', id)) !== 'converted')
      await firm.change(
        at,
        'lead',
        id,
        act === 'converted' ? { status: act, convertedAt: at, notes: `${i}` } : { status: act, notes: `${i}` },
      );
    alive.set(n, act !== 'remove' || stands === undefined);
  }
}
const statusOf = (item: Record<string, unknown> | undefined): unknown => (item?.['data'] as { status?: unknown } | undefined)?.status;

describe('a rebuild of counters', () => {
  it('finds that counters are what history says, after whatever happened', async () => {
    const acts = fc.array(
      fc.record({
        n: fc.integer({ min: 1, max: 6 }),
        act: fc.constantFrom('working' as const, 'converted' as const, 'give' as const, 'remove' as const, 'note' as const),
        owner: fc.integer({ min: 1, max: 3 }),
      }),
      { maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(acts, fc.constantFrom('UTC', 'Asia/Shanghai', 'America/New_York'), async (happened, zone) => {
        const { firm, rebuild } = await office(zone);
        await live(firm, happened);

        expect(await rebuild('counters')).toMatchObject({ state: 'done', drift: 0 });
      }),
      runs(15),
    );
  });

  it('finds injected drift, mends it when told so, and finds nothing more', async () => {
    const { firm, rebuild } = await office();
    await live(
      firm,
      [1, 2, 3, 4].flatMap((n) => [
        { n, act: 'note' as const, owner: 2 },
        { n, act: 'working' as const, owner: 2 },
      ]),
    );
    const day = counterKey('lead', '2026-03-10', memberId(2));
    const month = counterKey('lead', '2026-03', memberId(2));
    const stray = counterKey('customer', '2026-03-11', memberId(3));
    const right = await firm.table.get(day, { consistent: true });
    await firm.table.update({ update: day, add: { created: 3 } });
    await firm.table.writeMany([{ delete: month }, { put: { ...stray, created: 1 } }]);
    const named = [day, month, stray].map(({ pk, sk }) => `${pk}|${sk}`);

    const found = await rebuild('counters');
    expect([found.drift, [...found.examples].sort()]).toEqual([3, named.sort()]);
    expect((await rebuild('counters', true, { times: 2 })).drift).toBe(3);

    expect(await firm.table.get(day, { consistent: true })).toEqual(right);
    expect(await firm.table.get(stray, { consistent: true })).toBeUndefined();
    expect(await rebuild('counters')).toMatchObject({ drift: 0, state: 'done' });
  });

  it('brings back lost rows of the journal', async () => {
    const { firm, rebuild } = await office();
    await firm.create(START, 'lead', lead(1), { name: 'Ada' }, memberId(2));
    const journal = async () => (await firm.table.query({ pk: `O#${memberId(2)}` })).items;
    const kept = await journal();
    await firm.table.writeMany(kept.map(({ pk, sk }) => ({ delete: { pk: pk.slice('T#firm#'.length), sk } })));

    expect((await rebuild('counters', true)).drift).toBe(1);

    expect(await journal()).toEqual(kept);
  });

  it('counts on when something happens while it compares', async () => {
    const { db, firm } = await office();
    await firm.create(START, 'lead', lead(1), { name: 'Ada' }, memberId(2));
    const queue: RebuildStep[] = [];
    const send = async (step: RebuildStep): Promise<void> => void queue.push(step);
    const id = await startRebuild(db, { tenant: 'firm', what: 'counters', repair: true, now: NOW }, send);
    let happened = 0;
    const busy = {
      ...db,
      send: (async (command: { constructor: { name: string }; input: { ExpressionAttributeValues?: Record<string, unknown> } }) => {
        const answer = await db.send(command as never);
        const reading = String(command.input.ExpressionAttributeValues?.[':h'] ?? '').includes('#S#lead#');
        if (reading && happened < 3) await firm.create(START, 'lead', lead(10 + (happened += 1)), { name: 'New' }, memberId(2));
        return answer;
      }) as unknown as typeof db.send,
    };

    for (let step = queue.shift(); step; step = queue.shift()) await runRebuild({ ...busy }, step, { send, pinyin });

    expect(happened).toBe(3);
    expect(await findReport(firm.table, id)).toMatchObject({ state: 'done', drift: 0 });
  });
});

describe('a rebuild of what follows from records', () => {
  it('finds and mends search rows, markers and copies, and finds nothing in what the product has made', async () => {
    const { firm, indexed, rebuild } = await office();
    await indexed(firm.create(START, 'lead', lead(1), { name: '李雷', emails: ['lei@li.test'] }, memberId(2)));
    await indexed(firm.create(START, 'lead', lead(2), { name: 'Ada Engine' }, memberId(2)));
    await indexed(firm.change(START, 'lead', lead(2), { name: 'Ada Lovelace' }));
    await indexed(firm.create(START, 'lead', lead(3), { name: 'Gone' }, memberId(2)));
    await indexed(firm.remove(START, 'lead', lead(3)));
    const first = await rebuild('records', true);
    // The firm's people were never indexed.
    expect(first.examples.every((example) => example.includes('#member#') || example.includes('member#'))).toBe(true);
    expect((await rebuild('records')).drift).toBe(0);

    const lost = searchKey('ad', 'ada', 'lead', lead(2));
    const stale = searchKey('en', 'engine', 'lead', lead(2));
    const removed = searchKey('go', 'gone', 'lead', lead(3));
    const row = (await firm.table.get(lost))!;
    expect(row).toBeDefined();
    const copy = settingKey('member', memberId(1));
    await firm.table.writeMany([
      { delete: lost },
      { put: { ...row, ...stale } },
      { put: { ...row, ...removed, id: lead(3) } },
      { put: { ...copy, id: memberId(1), version: 1, data: { name: 'Forged', roleId: 'rol_x', status: 'active' } } },
      { put: { ...uniqueKey('lead.emails', 'gone@x.test'), id: lead(9), type: 'lead' } },
      { delete: uniqueKey('lead.emails', 'lei@li.test') },
    ]);

    const found = await rebuild('records');
    expect(new Set(found.examples)).toEqual(
      new Set([lost, stale, removed, copy, uniqueKey('lead.emails', 'lei@li.test')].map(({ pk, sk }) => `${pk}|${sk}`)),
    );
    await rebuild('records', true, { times: 3 });

    expect((await rebuild('records')).drift).toBe(0);
    expect(await firm.table.get(lost)).toEqual(row);
    expect(await firm.table.get(removed)).toBeUndefined();
  });
});

describe('a rebuild of due work', () => {
  it('arms a morning that was lost', async () => {
    const { db, firm, rebuild } = await office();
    await armDigests(db, firm.table, [await firm.change(NOW, 'member', memberId(1), { post: 'Head' })]);
    const work = { tenant: 'firm', id: memberId(1), kind: 'digest', at: '2026-03-21T08:00:00.000Z' };
    expect(await rebuild('due')).toMatchObject({ drift: 0, state: 'done' });
    await disarmDue(db, work);

    expect((await rebuild('due')).drift).toBe(1);
    expect(await isArmed(db, work)).toBe(false);
    await rebuild('due', true);

    expect(await isArmed(db, work)).toBe(true);
  });

  it('arms the morning of those who are watched for silence', async () => {
    const { db, firm, rebuild } = await office();
    await armDigests(db, firm.table, [await firm.change(NOW, 'member', memberId(1), { post: 'Head' })]);
    await firm.table.put({ ...churnWatchKey('2026-06-01', idOf('cus', 1)) });

    expect((await rebuild('due')).drift).toBe(1);
    await rebuild('due', true);

    expect(await isArmed(db, { tenant: 'firm', id: 'churn', kind: 'churn', at: '2026-03-21T05:00:00.000Z' })).toBe(true);
    expect((await rebuild('due')).drift).toBe(0);
  });
});
