/** What is sent again because its answer was lost succeeds once more, and changes nothing. */
import { beforeEach, describe, expect, it } from 'vitest';
import { createRecord, removeRecord, updateRecord } from '../../../functions/records/operations.ts';
import { memoryDatabase, type MemoryDatabase } from '../../sim/memoryDatabase.ts';
import { deskOn, idOf } from '../../support/desk.ts';

const ID = idOf('cus', 1);
let db: MemoryDatabase;
let desk: ReturnType<typeof deskOn>;
/** The same wish of the same member, each time as a request of its own. */
const wish = (member: number, writeId: string) => desk.as('firm', member, { reach: 'own', writeId });

beforeEach(async () => {
  db = memoryDatabase();
  desk = deskOn(db);
  await createRecord(wish(1, 'create'), 'customer', { id: ID, name: 'Lotus' });
});

const writes = (): number => db.store.changes.length;

describe('sent again', () => {
  it('a removal is done', async () => {
    await removeRecord(wish(1, 'remove'), 'customer', ID, 1);
    const before = writes();

    await removeRecord(wish(1, 'remove again, without a key'), 'customer', ID, 1);

    expect(writes()).toBe(before);
  });

  it('a change that gave the record away is done', async () => {
    const assign = () => ({ ...wish(1, 'assign'), actor: { ...desk.as('firm', 1).actor } });
    const first = await updateRecord(assign(), 'customer', ID, 1, { ownerId: idOf('mem', 2) });
    const before = writes();

    const again = await updateRecord(wish(1, 'assign'), 'customer', ID, 1, { ownerId: idOf('mem', 2) });

    expect(again).toEqual(first);
    expect(writes()).toBe(before);
  });

  it('a create is done, also when what it names has gone since', async () => {
    const create = () => createRecord(wish(1, 'contact'), 'contact', { id: idOf('con', 1), name: 'Li Lei', customerId: ID });
    const first = await create();
    await removeRecord(wish(1, 'remove'), 'customer', ID, 1);

    expect(await create()).toEqual(first);
    await expect(createRecord(wish(1, 'other'), 'contact', { name: 'Li Lei', customerId: ID })).rejects.toMatchObject({ status: 400 });
  });

  it('a removal by somebody else is none of his', async () => {
    await removeRecord(wish(1, 'remove'), 'customer', ID, 1);

    const other = removeRecord(desk.as('firm', 2), 'customer', ID, 1);

    await expect(other).rejects.toMatchObject({ code: 'record.notFound' });
  });
});
