import { expect, it } from 'vitest';
import { memoryDatabase } from '../sim/memoryDatabase.ts';
import { committedUnits, isOver, RECORDS } from './units.ts';
import { measureUnits } from './support/unitOperations.ts';

it('every measured operation costs what is committed (after a deliberate change: npm run bench units -- --write)', async () => {
  const measured = await measureUnits(memoryDatabase(), RECORDS);

  expect(measured).toEqual(
    Object.fromEntries(Object.entries(committedUnits()).map(([name, { reads, writes }]) => [name, { reads, writes }])),
  );
});

it('and the same in a workspace twice as large', async () => {
  expect(await measureUnits(memoryDatabase(), 2 * RECORDS)).toEqual(await measureUnits(memoryDatabase(), RECORDS));
});

it('what is committed keeps to the budget of the design, or says why not', () => {
  for (const [name, row] of Object.entries(committedUnits())) expect(row.over !== undefined, name).toBe(isOver(row));
});
