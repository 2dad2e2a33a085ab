import { PutCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../functions/table/database.ts';
import { membershipsOf } from '../../functions/table/entry.ts';
import { tenantTable } from '../../functions/table/tenantTable.ts';
import { isolated, leaks, type Allowed } from './isolation.ts';

/** A database that answers every request with the same. */
const answering = (answer: object): Database => ({
  tableName: 'table',
  send: (async () => answer) as unknown as Database['send'],
  wait: async () => {},
  chance: () => 0,
});
const guarded = (allowed: Allowed, answer: object = {}): Database => isolated(answering(answer), allowed);
const key = { pk: 'lead#1', sk: 'A' };

/** How many leaks a piece of work made; they are taken off the list of real ones. */
async function leaksOf(work: () => Promise<unknown>): Promise<number> {
  await work().catch(() => {});
  return leaks.splice(0).length;
}

describe('the seam check', () => {
  it('lets a workspace reach its own items, and no other’s', async () => {
    const db = guarded({ tenants: ['a'] });

    for (const [tenant, expected] of [
      ['a', 0],
      ['b', 1],
      ['a2', 1],
    ] as const) {
      const table = tenantTable(db, tenant);
      expect(await leaksOf(() => table.get(key))).toBe(expected);
      expect(await leaksOf(() => table.getMany([key]))).toBe(expected);
      expect(await leaksOf(() => table.query({ pk: 'lead', index: 'byType' }))).toBe(expected);
      expect(await leaksOf(() => table.put(key))).toBe(expected);
      expect(await leaksOf(() => table.update({ update: key, add: { n: 1 } }))).toBe(expected);
      expect(await leaksOf(() => table.transact([{ delete: key }]))).toBe(expected);
      expect(await leaksOf(() => table.writeMany([{ delete: key }, { put: key }]))).toBe(expected);
    }
  });

  it('sees a foreign key in an index, in an update and in the place where a page goes on', async () => {
    const db = guarded({});
    const put = (Item: object) => db.send(new PutCommand({ TableName: 'table', Item: { pk: 'T#a#x', sk: 'A', ...Item } }));

    expect(await leaksOf(() => put({ tp: 'T#a#lead', op: 'T#a#lead#O#me', pp: 'T#a#P#1', dp: 'T#a#lead#D' }))).toBe(0);
    for (const index of ['tp', 'op', 'pp', 'dp']) expect(await leaksOf(() => put({ [index]: 'T#b#lead' })), index).toBe(1);
    expect(await leaksOf(() => put({ tp: 'no tenant' }))).toBe(1);
    const moved = new UpdateCommand({
      TableName: 'table',
      Key: { pk: 'T#a#x', sk: 'A' },
      UpdateExpression: 'SET #i = :i',
      ExpressionAttributeNames: { '#i': 'op' },
      ExpressionAttributeValues: { ':i': 'T#b#lead' },
    });
    expect(await leaksOf(() => db.send(moved))).toBe(1);
    expect(await leaksOf(() => tenantTable(db, 'a').query({ pk: 'lead', index: 'byType', after: { pk: 'T#a#1', tp: 'T#b#lead' } }))).toBe(
      1,
    );
  });

  it('opens doors and due work only to those who may', async () => {
    const door = (db: Database) => () => membershipsOf(db, 'somebody');
    const due = (db: Database) => () => db.send(new PutCommand({ TableName: 'table', Item: { pk: 'W#2026030208#0', sk: 'x' } }));

    expect([await leaksOf(door(guarded({}))), await leaksOf(due(guarded({})))]).toEqual([1, 1]);
    expect([await leaksOf(door(guarded({ doors: true }))), await leaksOf(due(guarded({ dueWork: true })))]).toEqual([0, 0]);
  });

  it('lets a request go where a door has led it, and nowhere else', async () => {
    const db = guarded({ tenants: 'named', doors: true }, { Items: [{ pk: 'P#subject#h', sk: 'a', memberId: 'm' }] });

    expect(await leaksOf(() => tenantTable(db, 'a').get(key))).toBe(1);
    await membershipsOf(db, 'somebody');
    expect(await leaksOf(() => tenantTable(db, 'a').get(key))).toBe(0);
    expect(await leaksOf(() => tenantTable(db, 'b').get(key))).toBe(1);
  });

  it('refuses what reads without a key', async () => {
    expect(await leaksOf(() => guarded({}).send(new ScanCommand({ TableName: 'table' })))).toBe(1);
  });
});
