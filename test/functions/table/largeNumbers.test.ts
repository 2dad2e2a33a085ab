import { expect, it } from 'vitest';
import { counterKey } from '../../../functions/table/keys.ts';
import { openDesk } from '../../support/desk.ts';

it('a sum beyond exact numbers is read to the nearest, where the table itself goes on exactly', async () => {
  const { table } = (await openDesk()).as('firm', 1);
  const key = counterKey('opportunity', '2026-03-02', 'mem_1');
  const large = Number.MAX_SAFE_INTEGER;

  for (const amount of [large, large, 1]) await table.update({ update: key, add: { 'won:CNY': amount } });

  expect(await table.get(key)).toMatchObject({ 'won:CNY': 2 ** 54 });
  for (const amount of [-large, -1]) await table.update({ update: key, add: { 'won:CNY': amount } });
  expect(await table.get(key)).toMatchObject({ 'won:CNY': large });
});
