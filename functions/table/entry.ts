import { createHash, randomBytes } from 'node:crypto';
import { DeleteCommand, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Database } from './database.ts';
import { isCondition, toUnavailable } from './failures.ts';

/*
 * The doors of the table: the only code that reads keys outside a workspace. What stands behind a door names the
 * tenant, and everything after that goes through the tenant's own table.
 */
const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');
/** Not `A`: the stream passes records only. */
const DOOR = 'P';
const door = (kind: string, secret: string): string => `P#${kind}#${hash(secret)}`;

async function asked<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw toUnavailable(error);
  }
}

/** A person's place in one workspace; one sign-in subject may have several. */
export interface Membership {
  readonly tenant: string;
  readonly memberId: string;
}

export async function membershipsOf(db: Database, subject: string): Promise<Membership[]> {
  const { Items = [] } = await asked(
    db.send(
      new QueryCommand({
        TableName: db.tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': door('subject', subject) },
        ConsistentRead: true,
        Limit: 50,
      }),
    ),
  );
  return Items.map(({ sk, memberId }) => ({ tenant: String(sk), memberId: String(memberId) }));
}

export async function putMembership(db: Database, subject: string, { tenant, memberId }: Membership): Promise<void> {
  await asked(db.send(new PutCommand({ TableName: db.tableName, Item: { pk: door('subject', subject), sk: tenant, memberId } })));
}

/** What a public key (a form's id, a mailed token) leads to. */
export interface Door {
  readonly tenant: string;
  readonly target: string;
  /** Moment after which it leads nowhere, epoch seconds. */
  readonly expiresAt?: number;
}

/** @param options.consistent  for a door that opens once: a copy that lags would open it again */
export async function findDoor(db: Database, kind: string, secret: string, { consistent = false } = {}): Promise<Door | undefined> {
  const Key = { pk: door(kind, secret), sk: DOOR };
  const { Item } = await asked(db.send(new GetCommand({ TableName: db.tableName, Key, ConsistentRead: consistent })));
  return Item as Door | undefined;
}

export async function putDoor(db: Database, kind: string, secret: string, to: Door): Promise<void> {
  await asked(db.send(new PutCommand({ TableName: db.tableName, Item: { ...to, pk: door(kind, secret), sk: DOOR } })));
}

/**
 * Puts a door whose secret is public and chosen outside (a form's id): who names it first keeps it.
 * @returns false when it leads into another workspace
 */
export async function claimDoor(db: Database, kind: string, secret: string, to: Door): Promise<boolean> {
  try {
    await db.send(
      new PutCommand({
        TableName: db.tableName,
        Item: { ...to, pk: door(kind, secret), sk: DOOR },
        ConditionExpression: 'attribute_not_exists(pk) OR #tenant = :tenant',
        ExpressionAttributeNames: { '#tenant': 'tenant' },
        ExpressionAttributeValues: { ':tenant': to.tenant },
      }),
    );
    return true;
  } catch (error) {
    if (isCondition(error)) return false;
    throw toUnavailable(error);
  }
}

/** Removes a single-use door: of any number of callers exactly one gets what stood behind it. */
export async function takeDoor(db: Database, kind: string, secret: string): Promise<Door | undefined> {
  try {
    const { Attributes } = await db.send(
      new DeleteCommand({
        TableName: db.tableName,
        Key: { pk: door(kind, secret), sk: DOOR },
        ConditionExpression: 'attribute_exists(pk)',
        ReturnValues: 'ALL_OLD',
      }),
    );
    return Attributes as Door | undefined;
  } catch (error) {
    if (isCondition(error)) return undefined;
    throw toUnavailable(error);
  }
}

const SECRETS = new Map<string, Promise<Buffer>>();

/** A secret of this deployment (32 bytes), made by whoever asks first; kept in the table, where a key service would cost more than all the rest of an idle deployment. */
export function secretOf(db: Database, name: string): Promise<Buffer> {
  const known = `${db.tableName}#${name}`;
  let secret = SECRETS.get(known);
  if (!secret) {
    secret = readOrMakeSecret(db, name).catch((error: unknown) => {
      SECRETS.delete(known); // a failed start must not be remembered
      throw error;
    });
    SECRETS.set(known, secret);
  }
  return secret;
}

async function readOrMakeSecret(db: Database, name: string): Promise<Buffer> {
  const key = { pk: `P#secret#${name}`, sk: DOOR };
  const read = async () => (await asked(db.send(new GetCommand({ TableName: db.tableName, Key: key, ConsistentRead: true })))).Item;
  const found = await read();
  if (found) return Buffer.from(String(found['secret']), 'base64url');
  try {
    await db.send(
      new PutCommand({
        TableName: db.tableName,
        Item: { ...key, secret: randomBytes(32).toString('base64url') },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
  } catch (error) {
    if (!isCondition(error)) throw toUnavailable(error);
  }
  return Buffer.from(String((await read())!['secret']), 'base64url');
}
