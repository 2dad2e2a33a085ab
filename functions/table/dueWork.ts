import { BatchWriteCommand, DeleteCommand, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { toInstant, toMs } from '../../shared/kernel/dates.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import type { Database } from './database.ts';
import { isCondition, toUnavailable } from './failures.ts';

/*
 * Work that is due at a moment, of all workspaces: rows in buckets of an hour, which the tick of every minute reads up
 * to now. A row's key is made of its moment and its subject, so arming it again is the same row. What a row says is
 * checked against the records when it comes up; a row too many is harmless, a row too few is what everything here avoids.
 */

/** One piece of due work. `id` names its subject within the workspace; of several rows of one subject the latest counts. */
export interface DueWork {
  readonly tenant: string;
  readonly id: string;
  readonly kind: string;
  readonly at: Instant;
}

/** An hour as `yyyymmddThh`, UTC: such names sort by time. */
export type Hour = string;

const HOUR_MS = 3_600_000;
/** Partitions of an hour. Each costs a read every minute, and one takes a thousand rows a second. */
const SHARDS = ['0', '1'] as const;
const POINTER = { pk: 'W#tick', sk: 'P' };
const MOST_ROUNDS = 6;
/** A bucket the tick has left behind is never read again; what may remain there goes by itself. */
const KEPT_DAYS = 100;

export const hourOf = (at: Instant): Hour => at.slice(0, 13).replaceAll('-', '');
const startOf = (hour: Hour): number => toMs(`${hour.slice(0, 4)}-${hour.slice(4, 6)}-${hour.slice(6, 11)}:00:00.000Z`);
export const hourAfter = (hour: Hour, hours: number): Hour => hourOf(toInstant(startOf(hour) + hours * HOUR_MS));

function shardOf({ tenant, id }: DueWork): string {
  let sum = 0;
  for (const letter of `${tenant}#${id}`) sum = (sum * 31 + letter.codePointAt(0)!) % 65_521;
  return SHARDS[sum % SHARDS.length]!;
}

const keyOf = (work: DueWork, hour: Hour) => ({ pk: `W#${hour}#${shardOf(work)}`, sk: `${work.at}#${work.tenant}#${work.id}` });

async function asked<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw toUnavailable(error);
  }
}

/**
 * Makes work due at its moment, also when that has passed.
 * @param was  moment of the row that this one takes the place of
 */
export async function armDue(db: Database, work: DueWork, was?: Instant): Promise<void> {
  let hour = hourOf(work.at);
  await putDue(db, work, hour);
  // Written first, asked then: either the tick still comes by that hour, or it has left it and the row follows after.
  for (let pointer = await readPointer(db); pointer !== undefined && pointer > hour; pointer = await readPointer(db)) {
    await putDue(db, work, pointer);
    await removeAt(db, work, hour);
    hour = pointer;
  }
  if (was !== undefined && was !== work.at) await disarmDue(db, { ...work, at: was });
}

async function putDue(db: Database, work: DueWork, hour: Hour): Promise<void> {
  const expiresAt = Math.floor((startOf(hour) + KEPT_DAYS * 24 * HOUR_MS) / 1000);
  await asked(db.send(new PutCommand({ TableName: db.tableName, Item: { ...keyOf(work, hour), ...work, expiresAt } })));
}

export const disarmDue = (db: Database, work: DueWork): Promise<void> => removeAt(db, work, hourOf(work.at));

async function removeAt(db: Database, work: DueWork, hour: Hour): Promise<void> {
  await asked(db.send(new DeleteCommand({ TableName: db.tableName, Key: keyOf(work, hour) })));
}

export async function isArmed(db: Database, work: DueWork): Promise<boolean> {
  const Key = keyOf(work, hourOf(work.at));
  return (await asked(db.send(new GetCommand({ TableName: db.tableName, Key, ConsistentRead: true })))).Item !== undefined;
}

/** A row as the tick found it, and where. */
export interface FoundWork extends DueWork {
  readonly key: { readonly pk: string; readonly sk: string };
}

/** Work of an hour that is due by now, at most 1 MB of rows for each shard; what is removed makes room for the rest. */
export async function listDue(db: Database, hour: Hour, now: Instant): Promise<FoundWork[]> {
  const pages = await Promise.all(
    SHARDS.map((shard) =>
      asked(
        db.send(
          new QueryCommand({
            TableName: db.tableName,
            KeyConditionExpression: 'pk = :pk AND sk < :after',
            // `$` follows `#`: every row of this very moment is below.
            ExpressionAttributeValues: { ':pk': `W#${hour}#${shard}`, ':after': `${now}$` },
            ConsistentRead: true,
          }),
        ),
      ),
    ),
  );
  return pages.flatMap(({ Items = [] }) =>
    Items.map(({ pk, sk, tenant, id, kind, at }) => ({
      tenant: String(tenant),
      id: String(id),
      kind: String(kind),
      at: String(at),
      key: { pk: String(pk), sk: String(sk) },
    })),
  );
}

export async function removeDue(db: Database, rows: readonly FoundWork[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 25) {
    let left: object[] = rows.slice(at, at + 25).map(({ key }) => ({ DeleteRequest: { Key: key } }));
    for (let round = 0; left.length; round++) {
      if (round >= MOST_ROUNDS) throw toUnavailable(Object.assign(new Error(), { name: 'RequestLimitExceeded' }));
      if (round) await db.wait(db.chance() * 25 * 2 ** round);
      const answer = await asked(db.send(new BatchWriteCommand({ RequestItems: { [db.tableName]: left as never } })));
      left = answer.UnprocessedItems?.[db.tableName] ?? [];
    }
  }
}

/** The oldest hour that the tick still reads; undefined before its first run. */
export async function readPointer(db: Database): Promise<Hour | undefined> {
  const { Item } = await asked(db.send(new GetCommand({ TableName: db.tableName, Key: POINTER, ConsistentRead: true })));
  return Item?.['hour'] as Hour | undefined;
}

/** Moves the pointer, unless another tick has moved it meanwhile. @returns whether it was this call that moved it */
export async function movePointer(db: Database, from: Hour | undefined, to: Hour): Promise<boolean> {
  try {
    await db.send(
      new PutCommand({
        TableName: db.tableName,
        Item: { ...POINTER, hour: to },
        ...(from === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: '#hour = :from',
              ExpressionAttributeNames: { '#hour': 'hour' },
              ExpressionAttributeValues: { ':from': from },
            }),
      }),
    );
    return true;
  } catch (error) {
    if (isCondition(error)) return false;
    throw toUnavailable(error);
  }
}
