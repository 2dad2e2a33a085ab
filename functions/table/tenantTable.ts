import { unmarshall } from '@aws-sdk/util-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Database } from './database.ts';
import { ConditionFailed, isCondition, isConflict, type Item, reasonsOf, toUnavailable, TransactionRefused } from './failures.ts';
import type { Key } from './keys.ts';

type Values = Record<string, unknown>;

/** A condition in DynamoDB's language; names and values go in by placeholder only. */
export interface Condition {
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Values;
}
export const IF_ABSENT: Condition = { expression: 'attribute_not_exists(pk)' };
export const ifEquals = (attribute: string, value: unknown): Condition => ({
  expression: '#if = :if',
  names: { '#if': attribute },
  values: { ':if': value },
});

/** One write of a transaction. Keys and index attributes are the workspace's own; the tenant is added here. */
export type Write =
  | { readonly put: Item; readonly if?: Condition }
  | { readonly delete: Key; readonly if?: Condition }
  | { readonly update: Key; readonly set?: Values; readonly add?: Readonly<Record<string, number>>; readonly if?: Condition }
  | { readonly check: Key; readonly if: Condition };

export interface Query {
  readonly pk: string;
  readonly index?: 'byType' | 'byOwner' | 'byParent' | 'byDue';
  /** Bounds of the sort key, both included. */
  readonly startsWith?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit?: number;
  readonly newestFirst?: boolean;
  readonly consistent?: boolean;
  readonly after?: Values;
}
interface Found {
  readonly items: readonly Item[];
  /** Where the next page starts; absent after the last. */
  readonly last?: Values;
}

const INDEX_KEYS = { byType: ['tp', 'id'], byOwner: ['op', 'id'], byParent: ['pp', 'id'], byDue: ['dp', 'due'] } as const;
const PREFIXED = ['pk', 'tp', 'op', 'pp', 'dp'] as const;
export const MOST_IN_TRANSACTION = 100;
const MOST_TRIES = 6;

/** All that code of a workspace ever sees of the table: its own items. A key of another tenant cannot be written down here. */
export type TenantTable = ReturnType<typeof tenantTable>;

export function tenantTable(db: Database, tenant: string) {
  const prefix = `T#${tenant}#`;
  const TableName = db.tableName;
  const inTenant = <K extends Key>(key: K): K => ({ ...key, pk: prefix + key.pk });
  const stamp = (item: Item): Item =>
    Object.fromEntries(
      Object.entries(item).map(([name, value]) => [name, (PREFIXED as readonly string[]).includes(name) ? prefix + String(value) : value]),
    ) as Item;
  const conditional = (condition: Condition | undefined) =>
    condition && {
      ConditionExpression: condition.expression,
      ...(condition.names ? { ExpressionAttributeNames: condition.names } : {}),
      ...(condition.values ? { ExpressionAttributeValues: condition.values } : {}),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    };

  const pause = (round: number): Promise<unknown> => db.wait(db.chance() * 25 * 2 ** round);

  /** Tries again while the database says "not now", then says 503. */
  async function asked<T>(call: () => Promise<T>): Promise<T> {
    for (let round = 0; ; round++) {
      try {
        return await call();
      } catch (error) {
        if (!isConflict(error) || round + 1 >= MOST_TRIES)
          throw isCondition(error) ? new ConditionFailed(itemOf(error)) : toUnavailable(error);
        await pause(round);
      }
    }
  }

  const operation = (write: Write) => {
    const when = conditional(write.if);
    if ('put' in write) return { Put: { TableName, Item: stamp(write.put), ...when } };
    if ('delete' in write) return { Delete: { TableName, Key: inTenant(write.delete), ...when } };
    if ('check' in write) return { ConditionCheck: { TableName, Key: inTenant(write.check), ...when! } };
    return { Update: { TableName, Key: inTenant(write.update), ...updateOf(write) } };
  };

  return {
    tenant,

    async get(key: Key, { consistent = false } = {}): Promise<Item | undefined> {
      const { Item: item } = await asked(() => db.send(new GetCommand({ TableName, Key: inTenant(key), ConsistentRead: consistent })));
      return item as Item | undefined;
    },

    /** Items in no order; the absent are left out. */
    async getMany(keys: readonly Key[], { consistent = false } = {}): Promise<Item[]> {
      const found: Item[] = [];
      for (let at = 0; at < keys.length; at += 100) {
        let wanted: Values[] = keys.slice(at, at + 100).map((key) => ({ ...inTenant(key) }));
        for (let round = 0; wanted.length; round++) {
          if (round >= MOST_TRIES) throw toUnavailable(Object.assign(new Error(), { name: 'RequestLimitExceeded' }));
          if (round) await pause(round);
          const answer = await asked(() =>
            db.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys: wanted, ConsistentRead: consistent } } })),
          );
          found.push(...((answer.Responses?.[TableName] ?? []) as Item[]));
          wanted = (answer.UnprocessedKeys?.[TableName]?.Keys ?? []) as Values[];
        }
      }
      return found;
    },

    async query(query: Query): Promise<Found> {
      const [hash, range] = query.index ? INDEX_KEYS[query.index] : (['pk', 'sk'] as const);
      const { startsWith, from, to } = query;
      const bound =
        startsWith !== undefined
          ? ' AND begins_with(#r, :r)'
          : from !== undefined && to !== undefined
            ? ' AND #r BETWEEN :r AND :to'
            : from !== undefined
              ? ' AND #r >= :r'
              : to !== undefined
                ? ' AND #r <= :to'
                : '';
      const answer = await asked(() =>
        db.send(
          new QueryCommand({
            TableName,
            IndexName: query.index,
            KeyConditionExpression: `#h = :h${bound}`,
            ExpressionAttributeNames: { '#h': hash, ...(bound ? { '#r': range } : {}) },
            ExpressionAttributeValues: {
              ':h': prefix + query.pk,
              ':r': startsWith ?? from,
              ':to': startsWith === undefined ? to : undefined,
            },
            ScanIndexForward: !query.newestFirst,
            ConsistentRead: query.consistent,
            Limit: query.limit,
            ExclusiveStartKey: query.after,
          }),
        ),
      );
      return { items: (answer.Items ?? []) as Item[], ...(answer.LastEvaluatedKey ? { last: answer.LastEvaluatedKey } : {}) };
    },

    /** @throws ConditionFailed with what stood there */
    async put(item: Item, condition?: Condition): Promise<void> {
      await asked(() => db.send(new PutCommand({ TableName, Item: stamp(item), ...conditional(condition) })));
    },

    /** @throws ConditionFailed with what stood there */
    async update(write: Extract<Write, { update: Key }>): Promise<Item> {
      const answer = await asked(() =>
        db.send(new UpdateCommand({ TableName, Key: inTenant(write.update), ...updateOf(write), ReturnValues: 'ALL_NEW' })),
      );
      return answer.Attributes as Item;
    },

    /**
     * Writes all or nothing, at most 100 items. The SDK's token makes its own repeats harmless.
     * @throws TransactionRefused naming the conditions that failed
     */
    async transact(writes: readonly Write[]): Promise<void> {
      try {
        await asked(() => db.send(new TransactWriteCommand({ TransactItems: writes.map(operation) })));
      } catch (error) {
        const cause = error instanceof Error && 'cause' in error && reasonsOf(error.cause) ? error.cause : error;
        const failed = (reasonsOf(cause) ?? []).flatMap(({ Code, Item: item }, index) =>
          Code === 'ConditionalCheckFailed' ? [{ index, item: toItem(item) }] : [],
        );
        throw failed.length ? new TransactionRefused(failed) : error;
      }
    },

    /** Unconditional writes in no order; what the database leaves undone is sent again. */
    async writeMany(writes: readonly ({ readonly put: Item } | { readonly delete: Key })[]): Promise<void> {
      const requests = writes.map((write) =>
        'put' in write ? { PutRequest: { Item: stamp(write.put) } } : { DeleteRequest: { Key: inTenant(write.delete) } },
      );
      for (let at = 0; at < requests.length; at += 25) {
        let left: Record<string, unknown>[] = requests.slice(at, at + 25);
        for (let round = 0; left.length; round++) {
          if (round >= MOST_TRIES) throw toUnavailable(Object.assign(new Error(), { name: 'RequestLimitExceeded' }));
          if (round) await pause(round);
          const answer = await asked(() => db.send(new BatchWriteCommand({ RequestItems: { [TableName]: left as never } })));
          left = (answer.UnprocessedItems?.[TableName] ?? []) as Record<string, unknown>[];
        }
      }
    },
  };
}

function updateOf({ set = {}, add = {}, if: condition }: Extract<Write, { update: Key }>) {
  const sets = Object.keys(set).map((name, i) => [`#s${i}`, `:s${i}`, name] as const);
  const adds = Object.keys(add).map((name, i) => [`#a${i}`, `:a${i}`, name] as const);
  const part = (word: string, pairs: readonly (readonly [string, string, string])[], sign: string) =>
    pairs.length ? `${word} ${pairs.map(([name, value]) => `${name}${sign}${value}`).join(', ')} ` : '';
  return {
    UpdateExpression: (part('SET', sets, ' = ') + part('ADD', adds, ' ')).trim(),
    ExpressionAttributeNames: {
      ...Object.fromEntries([...sets, ...adds].map(([name, , attribute]) => [name, attribute])),
      ...condition?.names,
    },
    ExpressionAttributeValues: {
      ...Object.fromEntries(sets.map(([, value, name]) => [value, set[name]])),
      ...Object.fromEntries(adds.map(([, value, name]) => [value, add[name]])),
      ...condition?.values,
    },
    ...(condition ? { ConditionExpression: condition.expression, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const } : {}),
  };
}

// The document client translates outputs, but not the items inside of errors.
function toItem(item: unknown): Item | undefined {
  if (!item || typeof item !== 'object' || !Object.keys(item).length) return undefined;
  return unmarshall(item as Parameters<typeof unmarshall>[0]) as Item;
}
const itemOf = (error: unknown): Item | undefined => toItem((error as { Item?: unknown }).Item);
