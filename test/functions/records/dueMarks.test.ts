import { expect, it } from 'vitest';
import { markDue } from '../../../functions/records/dueMarks.ts';
import type { Change } from '../../../functions/records/follow.ts';
import { dueMarkKey } from '../../../functions/table/keys.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';
import { deskOn, idOf } from '../../support/desk.ts';
import { makeFirm, memberId } from '../../support/firm.ts';

const [HAN, MEI] = [memberId(1), memberId(2)];
const NOW = '2026-03-02T09:00:00.000Z';
const on = (day: number) => `2026-03-${String(day).padStart(2, '0')}T09:00:00.000Z`;

async function office() {
  const firm = await makeFirm(deskOn(memoryDatabase()), 'firm', [{ role: 'sales' }, { role: 'sales' }]);
  const plan = (n: number, day: number, owner = HAN) =>
    firm.create(NOW, 'activity', idOf('act', n), { subject: `Call ${n}`, type: 'call', plannedEnd: on(day) }, owner);
  const change = (n: number, values: object, owner?: string) => firm.change(NOW, 'activity', idOf('act', n), { ...values }, owner);
  const tell = (...changes: Change[]) => markDue(firm.table, changes);
  const first = async (owner = HAN) => (await firm.table.get(dueMarkKey(owner), { consistent: true }))?.['first'];
  return { firm, plan, change, tell, first };
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
