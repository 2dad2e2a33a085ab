import { expect, it } from 'vitest';
import { readHead } from '../../../functions/records/feed.ts';
import { follow, type Change } from '../../../functions/records/follow.ts';
import { deskOn, idOf } from '../../support/desk.ts';
import { makeFirm } from '../../support/firm.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';

it('follows a full batch in which every change counts for another owner', async () => {
  const firm = await makeFirm(deskOn(memoryDatabase()), 'firm', [], {}, { silently: true });
  const changes: Change[] = [];
  for (let n = 1; n <= 100; n++)
    changes.push(await firm.create('2026-03-10T12:00:00.000Z', 'lead', idOf('lea', n), { name: `Lead ${n}` }, idOf('mem', n)));

  const fresh = await follow(firm.table, changes, 'UTC');

  expect(fresh).toHaveLength(100);
  expect((await readHead(firm.table)).position).toBe(100);
  const counters = await firm.table.query({ pk: 'S#lead#2026', startsWith: '2026-03-10#' });
  expect(counters.items.map(({ created }) => created)).toEqual(Array.from({ length: 100 }, () => 1));
});
