import { createHash } from 'node:crypto';
import { BatchWriteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Database } from './database.ts';
import { toUnavailable } from './failures.ts';

/*
 * What is kept of a person beside the user pool, whatever workspaces are his. It stands in one partition, so that one
 * query of a fraction of a unit reads all that is asked when a session goes on.
 */
const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');
const partition = (subject: string): string => `P#account#${hash(subject)}`;
export const accountKey = (subject: string, sk: string) => ({ pk: partition(subject), sk });

export async function asked<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw toUnavailable(error);
  }
}

export async function listAccount(db: Database, subject: string, startsWith: string): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await asked(
    db.send(
      new QueryCommand({
        TableName: db.tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': partition(subject), ':sk': startsWith },
        ConsistentRead: true,
      }),
    ),
  );
  return Items;
}

/* Recovery codes: each opens the account once, without the authenticator app. Only hashes are kept. */

const recoveryRow = (subject: string, code: string): string => `R#${hash(`${subject}|${code}`)}`;

/** Puts new codes in the place of all that stood; none takes them all away. At most 12, so that it is one request. */
export async function putRecoveryCodes(db: Database, subject: string, codes: readonly string[]): Promise<void> {
  const pk = partition(subject);
  const old = await listAccount(db, subject, 'R#');
  const requests = [
    ...old.map(({ sk }) => ({ DeleteRequest: { Key: { pk, sk } } })),
    ...codes.map((code) => ({ PutRequest: { Item: { pk, sk: recoveryRow(subject, code) } } })),
  ];
  if (!requests.length) return;
  const answer = await asked(db.send(new BatchWriteCommand({ RequestItems: { [db.tableName]: requests } })));
  const left = answer.UnprocessedItems?.[db.tableName]?.length ?? 0;
  if (left) throw toUnavailable(Object.assign(new Error('recovery codes'), { name: 'RequestLimitExceeded' }));
}

/** Which of a person's codes still open: their names, never the codes. */
export async function listRecoveryCodes(db: Database, subject: string): Promise<string[]> {
  return (await listAccount(db, subject, 'R#')).map(({ sk }) => String(sk));
}

export async function isRecoveryCode(db: Database, subject: string, code: string): Promise<boolean> {
  return (await listRecoveryCodes(db, subject)).includes(recoveryRow(subject, code));
}
