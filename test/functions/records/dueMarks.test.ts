import { expect, it } from 'vitest';
import { markDue, overdueIn } from '../../../functions/records/dueMarks.ts';
import type { Change } from '../../../functions/records/follow.ts';
import { dueMarkKey } from '../../../functions/table/keys.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';
import { deskOn, idOf } from '../../support/desk.ts';
import { makeFirm, memberId } from '../../support/firm.ts';

const [HAN, MEI] = [memberId(1), memberId(2)];
const NOW = '2026-03-02T09:00:00.000Z';
const on = (day: number) => `2026-03-${String(day).padStart(2, '0')}T09:00:00.000Z`;

async function office(db = memoryDatabase()) {
  const firm = await makeFirm(deskOn(db), 'firm', [{ role: 'sales' }, { role: 'sales' }]);
  const plan = (n: number, day: number, owner = HAN) =>
    firm.create(NOW, 'activity', idOf('act', n), { subject: `Call ${n}`, type: 'call', plannedEnd: on(day) }, owner);
  const change = (n: number, values: object, owner?: string) => firm.change(NOW, 'activity', idOf('act', n), { ...values }, owner);
  const tell = (...changes: Change[]) => markDue(firm.table, changes);
  const mark = (owner = HAN) => firm.table.get(dueMarkKey(owner), { consistent: true });
  const first = async (owner = HAN) => (await marked(owner))[0];
  const marked = async (owner = HAN) => ((await mark(owner))?.['moments'] ?? []) as string[];
  return { firm, plan, change, tell, first, marked, mark };
}

it('marks when the first open activity of a person is due, whatever becomes of his activities', async () => {
  const { firm, plan, change, tell, first } = await office();

  await tell(await plan(1, 20));
  expect(await first()).toBe(on(20));
  await tell(await plan(2, 10), await plan(3, 15));
  expect(await first()).toBe(on(10));
  await tell(await change(2, { status: 'done' }));
  expect(await first()).toBe(on(15));
  await tell(await change(3, { plannedEnd: on(25) }));
  expect(await first()).toBe(on(20));
  await tell(await change(1, {}, MEI));
  expect([await first(), await first(MEI)]).toEqual([on(25), on(20)]);
  await tell(await firm.remove(NOW, 'activity', idOf('act', 3)));
  expect(await first()).toBeUndefined();
});

it('of a late or repeated event, keeps what the activities say now', async () => {
  const { plan, change, tell, first } = await office();
  const planned = await plan(1, 10);
  const moved = await change(1, { plannedEnd: on(12) });
  const done = await change(1, { status: 'done' });

  await tell(planned, moved, done);
  await tell(moved);
  await tell(planned);

  expect(await first()).toBeUndefined();
});

it('writes nothing for a change that moves nothing', async () => {
  const { firm, plan, change, tell, first } = await office();
  await tell(await plan(1, 10));
  await firm.table.writeMany([{ delete: dueMarkKey(HAN) }]);

  await tell(await change(1, { subject: 'Another word' }));

  expect(await first()).toBeUndefined();
});

it('counts what is late, as far as a report tells', async () => {
  const { plan, tell, mark } = await office();

  for (const day of [10, 11, 12]) await tell(await plan(day, day));
  expect(overdueIn(await mark(), on(12))).toEqual({ count: 2, more: false });
  expect(overdueIn(await mark(MEI), on(12))).toEqual({ count: 0, more: false });

  for (let n = 13; n <= 22; n++) await tell(await plan(n, n));
  expect(overdueIn(await mark(), on(18))).toEqual({ count: 8, more: false });
  expect(overdueIn(await mark(), on(31))).toEqual({ count: 8, more: true });
});

it('while the index is behind, goes by what it is told', async () => {
  let [behind, reads] = [false, 0];
  const lag = { ofTable: () => 0, ofIndex: () => (behind ? 1_000_000 : 0) };
  const { plan, change, tell, marked } = await office(memoryDatabase({ now: () => ++reads, lag }));
  await tell(await plan(1, 10));
  await tell(await plan(2, 12));

  behind = true;
  await tell(await plan(3, 11));
  expect(await marked()).toContain(on(11));
  behind = false;
  const done = await change(1, { status: 'done' });
  const moved = await change(2, { plannedEnd: on(20) });
  await tell(done, moved);

  expect(await marked()).toEqual([on(11), on(20)]);
});

it('knows what another reader of the stream was told of at the same moment, before the index does', async () => {
  const db = memoryDatabase();
  const { plan, marked, firm } = await office(db);
  const [one, two] = [await plan(1, 10), await plan(2, 12)];
  // What the index answers to the first of them is of before both; it goes on when the second has written.
  const unknowing = { ...firm.table, query: async () => ({ items: [] }) };
  await markDue(unknowing, [one]);
  await markDue(unknowing, [two]);

  expect(await marked()).toEqual([on(10), on(12)]);
});
