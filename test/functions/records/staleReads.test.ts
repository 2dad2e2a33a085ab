import { beforeEach, describe, expect, it } from 'vitest';
import { NO_SHAPE } from '../../../shared/kernel/shape.ts';
import { listChanges } from '../../../functions/records/feed.ts';
import { follow, toChange } from '../../../functions/records/follow.ts';
import { indexChanges } from '../../../functions/records/indexing.ts';
import { createRecord, updateRecord } from '../../../functions/records/operations.ts';
import { pinyin } from '../../../functions/records/pinyin.ts';
import { memoryDatabase, type MemoryDatabase } from '../../sim/memoryDatabase.ts';
import { deskOn, idOf } from '../../support/desk.ts';

/*
 * An eventually consistent read may show what was there a while ago. Here all of them do, whenever `behind` says so.
 */
let behind: boolean;
let db: MemoryDatabase;
let desk: ReturnType<typeof deskOn>;

beforeEach(() => {
  behind = false;
  let reads = 0;
  const lag = () => (behind ? 1_000_000 : 0);
  db = memoryDatabase({ now: () => ++reads, lag: { ofTable: lag, ofIndex: lag } });
  desk = deskOn(db);
});

const ID = idOf('cus', 1);
const as = () => desk.as('firm', 1);
const wordsFor = (id: string): string[] =>
  [...db.store.all()].filter(({ pk, id: of }) => String(pk).includes('#Q#') && of === id).map(({ sk }) => String(sk).split('#')[0]!);

describe('while reads are behind', () => {
  it('search rows say what the record says', async () => {
    const ctx = as();
    await createRecord(ctx, 'customer', { id: ID, name: 'Lotus' });
    const change = toChange(undefined, await desk.itemOf(ctx, 'customer', ID), ctx.now)!;

    behind = true;
    await indexChanges(ctx.table, NO_SHAPE, [change], pinyin);

    expect(wordsFor(ID)).toEqual(['lotus']);
  });

  it('a freed address is free', async () => {
    await createRecord(as(), 'customer', { id: ID, name: 'Lotus', emails: ['old@example.test'] });

    behind = true;
    await updateRecord(as(), 'customer', ID, 1, { emails: ['new@example.test'] });

    const next = createRecord(as(), 'customer', { name: 'Other', emails: ['old@example.test'] });
    await expect(next).resolves.toMatchObject({ emails: ['old@example.test'] });
  });

  it('a duplicate that is wanted is taken', async () => {
    await createRecord(as(), 'customer', { id: ID, name: 'Lotus', emails: ['one@example.test'] });

    behind = true;
    const again = createRecord(as(), 'customer', { name: 'Lotus, again', emails: ['one@example.test'] }, { allowDuplicate: true });

    await expect(again).resolves.toMatchObject({ name: 'Lotus, again' });
  });

  it('what was made a moment ago can be named', async () => {
    await createRecord(as(), 'customer', { id: ID, name: 'Lotus' });

    behind = true;
    const contact = createRecord(as(), 'contact', { name: 'Li Lei', customerId: ID });

    await expect(contact).resolves.toMatchObject({ customerId: ID });
  });

  it('the feed gives no state older than the change it tells of', async () => {
    const ctx = as();
    await createRecord(ctx, 'customer', { id: ID, name: 'Lotus' });
    await follow(ctx.table, [toChange(undefined, await desk.itemOf(ctx, 'customer', ID), ctx.now)!], 'UTC');
    const { table } = ctx;
    const getMany: typeof table.getMany = (keys, options) => {
      behind = true;
      return table.getMany(keys, options).finally(() => (behind = false));
    };

    const changes = await listChanges({ ...ctx, table: { ...table, getMany } }, 0);

    expect(changes).toMatchObject({ position: 1, items: [{ id: ID, record: { name: 'Lotus' } }] });
  });
});
