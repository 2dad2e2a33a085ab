import { createHash, randomUUID } from 'node:crypto';
import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { toMs } from '../../shared/kernel/dates.ts';
import { AppError } from '../../shared/kernel/errors.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import type { Database } from './database.ts';
import { isCondition, toUnavailable } from './failures.ts';

/** Longer than any function that answers HTTP may run: a hold that lapses belongs to one that is dead. */
const HELD_SECONDS = 30;

/**
 * Runs `work` while nobody else runs work of that name; outside every workspace, for steps in services that know no
 * conditions of their own (the user pool). A hold left behind by a killed function lapses after half a minute.
 * @param name  whose work (`account|a@b.test`); only its hash is stored
 * @throws AppError request.busy (429) when somebody else is at it; whatever `work` throws
 */
export async function withHold<T>(db: Database, name: string, now: Instant, work: () => Promise<T>): Promise<T> {
  const key = { pk: `P#hold#${createHash('sha256').update(name).digest('base64url')}`, sk: 'P' };
  const holder = randomUUID();
  const until = Math.floor(toMs(now) / 1000) + HELD_SECONDS;
  try {
    await db.send(
      new UpdateCommand({
        TableName: db.tableName,
        Key: key,
        UpdateExpression: 'SET holder = :holder, expiresAt = :until',
        ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
        ExpressionAttributeValues: { ':holder': holder, ':until': until, ':now': until - HELD_SECONDS },
      }),
    );
  } catch (error) {
    if (isCondition(error)) throw new AppError('request.busy', { status: 429, params: { retryAfterSeconds: HELD_SECONDS } });
    throw toUnavailable(error);
  }
  try {
    return await work();
  } finally {
    await release(db, key, holder);
  }
}

/** What cannot be released lapses; the work's own outcome counts. */
async function release(db: Database, key: { pk: string; sk: string }, holder: string): Promise<void> {
  try {
    await db.send(
      new DeleteCommand({
        TableName: db.tableName,
        Key: key,
        ConditionExpression: 'holder = :holder',
        ExpressionAttributeValues: { ':holder': holder },
      }),
    );
  } catch {
    // Lapsed and taken over, or the database does not answer: nothing is left to do here.
  }
}
