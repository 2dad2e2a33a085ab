import { beforeAll, describe, expect, it } from 'vitest';
import { budgetAddress, takeFromBudget } from '../../../functions/table/budget.ts';
import type { Database } from '../../../functions/table/database.ts';
import { openDesk } from '../../support/desk.ts';

let db: Database;
beforeAll(async () => {
  ({ db } = await openDesk());
});
const take = (key: string, now: string, limit = 3) => takeFromBudget(db, key, limit, 60, `2026-03-02T10:${now}.000Z`);

describe('a budget', () => {
  it('gives what it holds, to however many ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => take('a', '00:20')));

    expect(answers.filter((wait) => wait === 0)).toHaveLength(3);
    expect(answers.filter((wait) => wait !== 0)).toEqual(Array(7).fill(40));
  });

  it('is full again in the next window, and is nobody else’s', async () => {
    for (let i = 0; i < 3; i++) await take('b', '00:59');

    expect(await take('b', '00:59')).toBe(1);
    expect(await take('c', '00:59')).toBe(0);
    expect(await take('b', '01:00')).toBe(0);
  });
});

it.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '::ffff:203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0DB8:1:2:ffff::1', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('counts %s as %s', (address, counted) => {
  expect(budgetAddress(address)).toBe(counted);
});
