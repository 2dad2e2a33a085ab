import { DeleteCommand, GetCommand, PutCommand, QueryCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { toDatabase, type Database } from '../../functions/table/database.ts';
import { tenantTable } from '../../functions/table/tenantTable.ts';
import { freshTable } from './database.ts';
import { meterOn, type Meter } from './meter.ts';
import { allIndexWriteUnits, indexWriteUnits, itemBytes, readUnits, tableWriteUnits, writeUnits } from './units.ts';

const INDEX = { name: 'byShelf', partitionKey: 'shelf', sortKey: 'place', projection: ['title'] } as const;
const kb = (n: number): string => 'x'.repeat(n * 1000);

describe('the size of an item', () => {
  it.each([
    ['the shirt of AWS’s page', { 'shirt-color': 'R', 'shirt-size': 'M' }, 23],
    ['text in UTF-8', { n: '常客' }, 7],
    ['truth and nothing', { a: true, b: null }, 4],
    ['bytes', { b: new Uint8Array(10) }, 11],
    ['a number, two digits a byte', { n: 1234 }, 4],
    ['an odd count of digits', { n: 12345 }, 5],
    ['a number without its zeros', { n: 1_200_000 }, 3],
    ['a negative number', { n: -12 }, 4],
    ['zero', { n: 0 }, 2],
    ['an empty list', { l: [] }, 4],
    ['a list', { l: ['ab', 'c'] }, 9],
    ['a map', { m: { k: 'v' } }, 7],
    ['a set', { s: new Set(['ab', 'c']) }, 4],
    ['what is not written', { a: 'b', c: undefined, m: { k: undefined } }, 6],
  ])('is right for %s', (_what, item, bytes) => {
    expect(itemBytes(item)).toBe(bytes);
  });
});

describe('units', () => {
  it('of reads go by 4 KB, half of it when the read may be stale', () => {
    expect([readUnits(4096, true), readUnits(4097, true), readUnits(8192, false), readUnits(0, true)]).toEqual([1, 2, 1, 1]);
    // AWS: ten items of together 40.8 KB, queried.
    expect([readUnits(40.8 * 1024, true), readUnits(40.8 * 1024, false)]).toEqual([11, 5.5]);
  });

  it('of writes go by the larger image and 1 KB', () => {
    expect([writeUnits(512), writeUnits(1024), writeUnits(1536)]).toEqual([1, 1, 2]);
    expect(tableWriteUnits({ a: kb(3) }, { a: 'x' })).toBe(3);
    expect(tableWriteUnits(undefined, undefined)).toBe(1);
  });

  const book = { pk: 'p', sk: 's', shelf: 'a', place: '1', title: 'T', text: kb(5) };
  it.each([
    ['an item that enters it', undefined, book, 1],
    ['an item that leaves it', book, undefined, 1],
    ['an item that loses a key of it', book, { ...book, place: undefined }, 1],
    ['an item that changes its key', book, { ...book, shelf: 'b' }, 2],
    ['a change of what it keeps', book, { ...book, title: 'U' }, 1],
    ['a change of what it does not keep', book, { ...book, text: kb(4) }, 0],
    ['an item that never stood in it', { pk: 'p', sk: 's' }, { pk: 'p', sk: 's', shelf: 'a' }, 0],
  ])('of an index count %s', (_what, before, after, units) => {
    expect(indexWriteUnits(INDEX, before, after)).toBe(units);
  });

  it('of an index that keeps everything go by the whole item', () => {
    expect(indexWriteUnits({ ...INDEX, projection: 'ALL' }, undefined, book)).toBe(5);
    expect(indexWriteUnits({ ...INDEX, projection: 'ALL' }, { ...book, tags: { a: 1, b: 2 } }, { ...book, tags: { b: 2, a: 1 } })).toBe(0);
  });
});

describe('the meter', () => {
  let db: Database;
  let meter: Meter;
  beforeAll(async () => {
    const { client, tableName } = await freshTable();
    db = toDatabase(client, tableName);
    meter = meterOn(db);
  });
  const table = () => tenantTable(meter.db, 'firm');
  const record = (pk: string, more: object = {}) => ({ pk, sk: 'A', id: pk, version: 1, summary: { title: 'T' }, ...more });

  it('counts a write with its indexes, and only the indexes that it changes', async () => {
    const item = record('one', { data: kb(1.5), tp: 'thing', op: 'thing#O#me' });

    expect(await meter.measure(() => table().put(item))).toEqual({ reads: 0, writes: 2 + 2 + 1, calls: 1 });
    expect(await meter.measure(() => table().put({ ...item, data: kb(1.6) }))).toMatchObject({ writes: 2 + 2 });
    expect(await meter.measure(() => table().put({ ...item, version: 2 }))).toMatchObject({ writes: 2 + 2 });
    expect(await meter.measure(() => table().put({ ...item, summary: { title: 'U' } }))).toMatchObject({ writes: 2 + 2 + 1 });
  });

  it('counts a transaction twice, its indexes once, and a check as a write', async () => {
    await table().put(record('checked'));

    const bill = await meter.measure(() =>
      table().transact([
        { put: record('two', { tp: 'thing' }) },
        { update: { pk: 'count', sk: 'C' }, add: { n: 1 } },
        { check: { pk: 'checked', sk: 'A' }, if: { expression: 'attribute_exists(pk)' } },
      ]),
    );

    expect(bill).toEqual({ reads: 0, writes: 2 + 1 + 2 + 2, calls: 1 });
  });

  it('counts what a refused condition costs, and no index', async () => {
    await table().put(record('three', { data: kb(2.5), tp: 'thing' }));
    const absent = { expression: 'attribute_not_exists(pk)' };

    expect(
      await meter.measure(() =>
        table()
          .put(record('three', { tp: 'thing' }), absent)
          .catch(() => {}),
      ),
    ).toMatchObject({ writes: 3 });
    expect(
      await meter.measure(() =>
        table()
          .transact([{ put: record('three'), if: absent }])
          .catch(() => {}),
      ),
    ).toMatchObject({ writes: 6 });
  });

  it('counts deletes by what they take away', async () => {
    await table().put(record('four', { data: kb(2.5), tp: 'thing' }));

    const { tableName: TableName } = meter.db;
    const gone = () => meter.db.send(new DeleteCommand({ TableName, Key: { pk: 'T#firm#four', sk: 'A' } }));
    expect(await meter.measure(gone)).toMatchObject({ writes: 3 + 3 });
    expect(await meter.measure(() => table().writeMany([{ delete: { pk: 'four', sk: 'A' } }, { put: record('five') }]))).toMatchObject({
      writes: 2,
      calls: 1,
    });
  });

  it('rounds a page of a query once and each item of a batch by itself', async () => {
    await table().writeMany(Array.from({ length: 10 }, (_, i) => ({ put: { pk: 'page', sk: `${i}`, data: kb(1) } })));

    expect(await meter.measure(() => table().query({ pk: 'page' }))).toEqual({ reads: 1.5, writes: 0, calls: 1 });
    expect(await meter.measure(() => table().query({ pk: 'page', consistent: true, limit: 4 }))).toMatchObject({ reads: 1 });
    expect(await meter.measure(() => table().query({ pk: 'nothing' }))).toMatchObject({ reads: 0.5 });
    expect(await meter.measure(() => table().getMany(['0', '1', 'none'].map((sk) => ({ pk: 'page', sk }))))).toMatchObject({ reads: 1.5 });
    expect(await meter.measure(() => table().get({ pk: 'page', sk: '0' }, { consistent: true }))).toMatchObject({ reads: 1 });
  });

  it('agrees with the local database where that one counts right', async () => {
    const TableName = db.tableName;
    const item = { pk: 'T#firm#same', sk: 'A', n: -12.5, list: ['a', { b: null }], text: kb(7.99) };
    const put = await db.send(new PutCommand({ TableName, Item: item, ReturnConsumedCapacity: 'TOTAL' }));
    const got = await db.send(
      new GetCommand({ TableName, Key: { pk: item.pk, sk: 'A' }, ConsistentRead: true, ReturnConsumedCapacity: 'TOTAL' }),
    );
    const asked = await db.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :p',
        ExpressionAttributeValues: { ':p': item.pk },
        ReturnConsumedCapacity: 'TOTAL',
      }),
    );
    const changed = await db.send(
      new UpdateCommand({
        TableName,
        Key: { pk: item.pk, sk: 'A' },
        UpdateExpression: 'SET n = :n',
        ExpressionAttributeValues: { ':n': 1 },
        ReturnConsumedCapacity: 'TOTAL',
      }),
    );

    expect(put.ConsumedCapacity?.CapacityUnits).toBe(tableWriteUnits(undefined, item) + allIndexWriteUnits(undefined, item));
    expect(got.ConsumedCapacity?.CapacityUnits).toBe(readUnits(itemBytes(item), true));
    expect(asked.ConsumedCapacity?.CapacityUnits).toBe(readUnits(itemBytes(item), false));
    expect(changed.ConsumedCapacity?.CapacityUnits).toBe(tableWriteUnits(item, { ...item, n: 1 }));
  });

  it('refuses what it cannot count', async () => {
    await expect(meter.db.send(new ScanCommand({ TableName: db.tableName }))).rejects.toThrow('ScanCommand');
  });
});
