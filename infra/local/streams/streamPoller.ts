import { setTimeout as delay } from 'node:timers/promises';
import type { DynamoDBRecord } from 'aws-lambda';
import type { ShiftableClock } from '../clock.ts';
import type { InvokeResult } from '../lambda/sandbox.ts';
import { deliverBatch, type GivenUp, type RetryPolicy } from './batchRetry.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { EventFilter } from './filterPattern.ts';
import type { Shard, StreamClient, WireRecord } from './streamClient.ts';
import { toStreamRecord } from './streamEvent.ts';

interface StreamMapping extends RetryPolicy {
  /** Name under which the position is kept. */
  id: string;
  tableName: string;
  /** As the function sees them. */
  streamArn: string;
  region: string;
  batchSize: number;
  /** Batches of one shard under way at once; the changes of one item stay in order. */
  parallelizationFactor: number;
  filter: EventFilter;
}

export interface StreamPollerOptions {
  client: StreamClient;
  mapping: StreamMapping;
  clock: ShiftableClock;
  checkpoints: Checkpoints;
  invoke(event: { Records: DynamoDBRecord[] }): Promise<InvokeResult>;
  /** Takes a batch that is given up, before the reader moves on. */
  onFailure(given: GivenUp<DynamoDBRecord> & { shardId: string }): Promise<void>;
  /** Whether this removal is the local TTL sweeper's. */
  isExpiry(record: WireRecord): boolean;
  report(error: unknown): void;
  /** Between two looks at a quiet stream. */
  idleMs?: number;
  /** Before the first retry; doubles each time, up to 1 s, where AWS goes up to minutes. */
  retryMs?: number;
}

export interface Poller {
  /** Resolves when nothing is under way any more. */
  close(): Promise<void>;
}

/**
 * Reads a table's stream as an event source mapping does. Without a stored position it begins at the oldest record:
 * here the mapping is as old as its table.
 */
export function startStreamPoller(options: StreamPollerOptions): Poller {
  const { client, mapping, checkpoints, report, idleMs = 100 } = options;
  const closing = new AbortController();
  const iterators = new Map<string, string>();
  const positionOf = (shardId: string) => `${mapping.id} ${shardId}`;

  async function readShard(streamArn: string, shard: Shard): Promise<number> {
    const name = positionOf(shard.ShardId);
    const iterator = iterators.get(shard.ShardId) ?? (await client.openShard(streamArn, shard.ShardId, checkpoints.get(name)));
    iterators.delete(shard.ShardId); // on an error it is opened again at the stored position
    const { records, next } = await client.read(iterator);
    await deliverPage(records, shard.ShardId, options, closing.signal);
    const last = records.at(-1);
    if (last) checkpoints.set(name, last.dynamodb.SequenceNumber);
    if (next !== undefined) iterators.set(shard.ShardId, next);
    else checkpoints.set(`${name} ended`, 'yes');
    return records.length;
  }

  const isEnded = (shardId: string) => checkpoints.get(`${positionOf(shardId)} ended`) !== undefined;

  async function run() {
    let streamArn: string | undefined;
    let shards: Shard[] = [];
    while (!closing.signal.aborted) {
      let count = 0;
      try {
        streamArn ??= await client.findStream(mapping.tableName);
        if (shards.every((shard) => !iterators.has(shard.ShardId))) shards = await client.listShards(streamArn);
        const ids = new Set(shards.map((shard) => shard.ShardId));
        // A shard's children hold what came after it.
        const ready = shards.filter(
          ({ ShardId, ParentShardId: parent }) => !isEnded(ShardId) && (!parent || !ids.has(parent) || isEnded(parent)),
        );
        for (const shard of ready) count += await readShard(streamArn, shard);
      } catch (error) {
        if (closing.signal.aborted) return;
        report(error);
      }
      if (count === 0) await pause(idleMs, closing.signal);
    }
  }

  const running = run();
  return {
    async close() {
      closing.abort();
      await running;
    },
  };
}

class ClosingError extends Error {
  override name = 'ClosingError';
}

async function deliverPage(records: WireRecord[], shardId: string, options: StreamPollerOptions, signal: AbortSignal): Promise<void> {
  const { mapping, clock, invoke, onFailure, isExpiry, retryMs = 100 } = options;
  const source = { arn: mapping.streamArn, region: mapping.region, clock, offsetMs: clock.offsetMs };
  const lanes = Array.from({ length: mapping.parallelizationFactor }, () => [] as DynamoDBRecord[]);
  for (const record of records) {
    const event = toStreamRecord(record, { ...source, expired: record.eventName === 'REMOVE' && isExpiry(record) });
    if (mapping.filter(event)) lanes[laneOf(record, lanes.length)]!.push(event);
  }
  await Promise.all(
    lanes.map(async (lane) => {
      for (let start = 0; start < lane.length; start += mapping.batchSize) {
        await deliverBatch(lane.slice(start, start + mapping.batchSize), {
          policy: mapping,
          idOf: (record) => record.dynamodb!.SequenceNumber!,
          invoke(batch) {
            if (signal.aborted) throw new ClosingError('closing'); // the position stays; the next start repeats
            return invoke({ Records: batch });
          },
          giveUp: (given) => onFailure({ ...given, shardId }),
          pause: (retry) => pause(Math.min(1000, retryMs * 2 ** (retry - 1)), signal),
        });
      }
    }),
  );
}

function laneOf(record: WireRecord, lanes: number): number {
  const text = JSON.stringify(record.dynamodb.Keys);
  let hash = 0;
  for (let i = 0; i < text.length; i += 1) hash = (hash * 31 + text.charCodeAt(i)) | 0;
  return Math.abs(hash) % lanes;
}

/** Returns early, without an error, when the signal fires. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => {});
}
