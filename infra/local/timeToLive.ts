import { setTimeout as delay } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type AttributeValue,
  type DynamoDBClient,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import type { ShiftableClock } from './clock.ts';
import type { Poller } from './streams/streamPoller.ts';

type Key = Record<string, AttributeValue>;

export interface TimeToLive extends Poller {
  /** Removes what has expired by the virtual clock; one pass over the table. */
  sweep(): Promise<number>;
  /** Whether this key was removed by a sweep; answers yes once for each removal. */
  takeExpiry(key: object): boolean;
}

/**
 * Removes expired items, which AWS does "within a few days": at the start, after each shift of the clock and every
 * ten minutes. The emulator's own sweeper is not used (see createTableFromTemplate).
 */
export function startTimeToLive(options: {
  client: DynamoDBClient;
  tableName: string;
  keyNames: readonly string[];
  attribute: string;
  clock: ShiftableClock;
  report(error: unknown): void;
  everyMs?: number;
}): TimeToLive {
  const { client, tableName, keyNames, attribute, clock, report, everyMs = 10 * 60_000 } = options;
  const expired = new Set<string>();
  const closing = new AbortController();
  let shifted = false;
  let wake = () => {};

  async function sweep(): Promise<number> {
    let removed = 0;
    let ExclusiveStartKey: Key | undefined;
    do {
      const page = await client.send(
        new ScanCommand({
          TableName: tableName,
          Limit: 500, // an unlimited page takes the emulator seconds, in which nobody else is served
          ExclusiveStartKey,
          FilterExpression: '#ttl < :now',
          ProjectionExpression: keyNames.map((_, i) => `#key${i}`).join(', '),
          ExpressionAttributeNames: {
            '#ttl': attribute,
            ...Object.fromEntries(keyNames.map((name, i) => [`#key${i}`, name])),
          },
          ExpressionAttributeValues: { ':now': epochSeconds(clock) },
        }),
      );
      for (const key of page.Items ?? []) if (await remove(key)) removed += 1;
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey && !closing.signal.aborted);
    return removed;
  }

  async function remove(key: Key): Promise<boolean> {
    const name = nameOf(key);
    expired.add(name); // before the delete: the stream may be read before its answer
    try {
      await client.send(
        new DeleteItemCommand({
          TableName: tableName,
          Key: key,
          ConditionExpression: '#ttl < :now',
          ExpressionAttributeNames: { '#ttl': attribute },
          ExpressionAttributeValues: { ':now': epochSeconds(clock) },
        }),
      );
      return true;
    } catch (error) {
      expired.delete(name);
      if (error instanceof ConditionalCheckFailedException) return false; // renewed meanwhile
      throw error;
    }
  }

  async function run() {
    while (!closing.signal.aborted) {
      shifted = false;
      await sweep().catch((error: unknown) => closing.signal.aborted || report(error));
      if (shifted) continue;
      const woken = new Promise<void>((resolve) => (wake = resolve));
      await Promise.race([woken, delay(everyMs, undefined, { signal: closing.signal, ref: false }).catch(() => {})]);
    }
  }

  const stopListening = clock.onShift(() => {
    shifted = true;
    wake();
  });
  const running = run();
  return {
    sweep,
    takeExpiry: (key) => expired.delete(nameOf(key)),
    async close() {
      stopListening();
      closing.abort();
      await running;
    },
  };

  function nameOf(key: object): string {
    return JSON.stringify(keyNames.map((name) => (key as Key)[name]));
  }
}

const epochSeconds = (clock: ShiftableClock) => ({ N: String(Math.floor(clock.now() / 1000)) });
