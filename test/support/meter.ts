/**
 * Measures what a piece of work costs at the one seam to DynamoDB. It looks at items before and after each write, with
 * reads of its own that it does not count, so it is exact for work done one thing after the other. Kept with the tests:
 * in the cloud the database itself answers what a request consumed.
 */
import { BatchGetCommand, GetCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Database } from '../../functions/table/database.ts';
import { partsOf } from './commands.ts';
import { allIndexWriteUnits, itemBytes, readUnits, tableWriteUnits, type Item } from './units.ts';

export interface Bill {
  /** Read request units: one for 4 KB read consistently, half of one otherwise. */
  readonly reads: number;
  /** Write request units: one for 1 KB, of the table and of its indexes. */
  readonly writes: number;
  /** Requests sent. */
  readonly calls: number;
}

export interface Meter {
  readonly db: Database;
  /** The bill of one piece of work. */
  readonly measure: (work: () => Promise<unknown>) => Promise<Bill>;
}

type Key = { readonly pk: string; readonly sk: string };
const keyOf = ({ pk, sk }: Item): Key => ({ pk: String(pk), sk: String(sk) });
const named = ({ pk, sk }: Key): string => `${pk}|${sk}`;

export function meterOn(inner: Database): Meter {
  let [reads, writes, calls] = [0, 0, 0];

  /** Images of items as they stand, read past the meter. */
  async function standing(keys: readonly Key[]): Promise<Map<string, Item>> {
    const items = await Promise.all(
      keys.map(async (key) => (await inner.send(new GetCommand({ TableName: inner.tableName, Key: key, ConsistentRead: true }))).Item),
    );
    return new Map(items.flatMap((item) => (item ? [[named(keyOf(item)), item] as const] : [])));
  }

  /** Counts a write of those keys; `factor` is 2 in a transaction. What a failed condition costs is the table's part alone. */
  async function written<T>(keys: readonly Key[], factor: number, send: () => Promise<T>): Promise<T> {
    const before = await standing(keys);
    const charge = (after: ReadonlyMap<string, Item>, done: boolean) => {
      for (const key of keys) {
        const [old, next] = [before.get(named(key)), after.get(named(key))];
        writes += factor * tableWriteUnits(old, next) + (done ? allIndexWriteUnits(old, next) : 0);
      }
    };
    try {
      const answer = await send();
      charge(await standing(keys), true);
      return answer;
    } catch (error) {
      charge(before, false);
      throw error;
    }
  }

  const send = async (command: unknown): Promise<unknown> => {
    calls++;
    const forward = (): Promise<Record<string, unknown>> =>
      inner.send(command as never) as Promise<unknown> as Promise<Record<string, unknown>>;
    if (command instanceof GetCommand) {
      const answer = await forward();
      reads += readUnits(itemBytes((answer['Item'] ?? {}) as Item), command.input.ConsistentRead === true);
      return answer;
    }
    if (command instanceof QueryCommand) {
      const answer = await forward();
      // One sum for the page, rounded once; the product reads without filter expressions, so all that was read came back.
      const bytes = ((answer['Items'] ?? []) as Item[]).reduce((sum, item) => sum + itemBytes(item), 0);
      reads += readUnits(bytes, command.input.ConsistentRead === true);
      return answer;
    }
    if (command instanceof BatchGetCommand) {
      const answer = await forward();
      for (const [table, { Keys = [], ConsistentRead = false }] of Object.entries(command.input.RequestItems ?? {})) {
        const found = (answer['Responses'] as Record<string, Item[]>)[table] ?? [];
        // Each item is rounded by itself, and one that is not there costs as much as a small one.
        for (const item of found) reads += readUnits(itemBytes(item), ConsistentRead);
        reads += (Keys.length - found.length) * readUnits(0, ConsistentRead);
      }
      return answer;
    }
    const keys = partsOf(command)?.map(({ Item, Key }) => keyOf((Item ?? Key)!));
    if (keys) return written(keys, command instanceof TransactWriteCommand ? 2 : 1, forward);
    throw new Error(`the meter knows no ${(command as object).constructor.name}`);
  };

  const bill = (): Bill => ({ reads, writes, calls });
  return {
    db: { ...inner, send: send as Database['send'] },
    async measure(work) {
      const start = bill();
      await work();
      return { reads: reads - start.reads, writes: writes - start.writes, calls: calls - start.calls };
    },
  };
}
