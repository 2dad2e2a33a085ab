import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../shared/kernel/types.ts';
import type { Device } from '../../shared/workspace/device.ts';
import { accountKey, asked, listAccount } from './account.ts';
import type { Database } from './database.ts';
import { isCondition } from './failures.ts';

/*
 * Where a person is signed in. The user pool knows its refresh tokens and lists none; so every session has a row here,
 * and one that was ended here is refused when it asks for its next access token.
 */

/** One browser that is signed in. Its id is shared by all tokens that descend from its sign-in, and is no secret. */
export interface SessionRow {
  readonly id: string;
  readonly startedAt: Instant;
  readonly usedAt: Instant;
  readonly address: string;
  readonly device: Device;
  readonly endedAt?: Instant;
}

export interface Sessions {
  readonly rows: readonly SessionRow[];
  /** All that began before this moment have ended, but the one that was kept. */
  readonly ended?: { readonly before: Instant; readonly kept?: string };
}

/** Sorts before all sessions. */
const MARK = 'S#';
const rowKey = (subject: string, id: string) => accountKey(subject, `S#${id}`);

export async function readSessions(db: Database, subject: string): Promise<Sessions> {
  const items = await listAccount(db, subject, 'S#');
  const mark = items.find(({ sk }) => sk === MARK);
  return {
    rows: items.filter(({ sk }) => sk !== MARK).map(({ row, usedAt, address, endedAt }) => toRow({ row, usedAt, address, endedAt })),
    ...(mark ? { ended: mark['ended'] as NonNullable<Sessions['ended']> } : {}),
  };
}

const toRow = ({ row, ...moving }: Record<string, unknown>): SessionRow => ({
  ...(row as SessionRow),
  ...Object.fromEntries(Object.entries(moving).filter(([, value]) => value !== undefined)),
});

/** @param expiresAt  epoch seconds: as long as its refresh token may live */
export async function putSession(db: Database, subject: string, row: SessionRow, expiresAt: number): Promise<void> {
  const { usedAt, address } = row;
  await asked(db.send(new PutCommand({ TableName: db.tableName, Item: { ...rowKey(subject, row.id), row, usedAt, address, expiresAt } })));
}

/** Says that it was used; beside an end that comes at the same moment, and never in its place. */
export async function touchSession(
  db: Database,
  subject: string,
  { id, usedAt, address }: Pick<SessionRow, 'id' | 'usedAt' | 'address'>,
): Promise<void> {
  await change(db, subject, id, 'SET #usedAt = :usedAt, #address = :address', { usedAt, address });
}

/** @returns false when there is no such session */
export function endSession(db: Database, subject: string, id: string, at: Instant): Promise<boolean> {
  return change(db, subject, id, 'SET #endedAt = if_not_exists(#endedAt, :endedAt)', { endedAt: at });
}

async function change(db: Database, subject: string, id: string, update: string, values: Record<string, unknown>): Promise<boolean> {
  try {
    await db.send(
      new UpdateCommand({
        TableName: db.tableName,
        Key: rowKey(subject, id),
        UpdateExpression: update,
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeNames: Object.fromEntries(Object.keys(values).map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value])),
      }),
    );
    return true;
  } catch (error) {
    if (isCondition(error)) return false;
    return asked(Promise.reject(error));
  }
}

/** Ends all that stand, also those whose row was lost or never written. */
export async function endSessionsBefore(db: Database, subject: string, before: Instant, kept?: string): Promise<void> {
  const ended = { before, ...(kept === undefined ? {} : { kept }) };
  await asked(db.send(new PutCommand({ TableName: db.tableName, Item: { ...accountKey(subject, MARK), ended } })));
}
