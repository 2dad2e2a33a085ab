import { randomUUID } from 'node:crypto';
import { DeleteItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { createClock } from '../../../infra/local/clock.ts';
import type { InvokeResult } from '../../../infra/local/lambda/sandbox.ts';
import { openCheckpoints } from '../../../infra/local/streams/checkpoints.ts';
import { compileFilters } from '../../../infra/local/streams/filterPattern.ts';
import { createStreamClient } from '../../../infra/local/streams/streamClient.ts';
import { startStreamPoller, type StreamPollerOptions } from '../../../infra/local/streams/streamPoller.ts';
import { startTimeToLive } from '../../../infra/local/timeToLive.ts';
import { freshTable } from '../../support/database.ts';

const done: InvokeResult = { ok: true, payload: 'null' };
const broken: InvokeResult = { ok: false, timedOut: false, error: { errorType: 'Error', errorMessage: 'no' } };
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const put = (client: DynamoDBClient, TableName: string, pk: string, more = {}) =>
  client.send(new PutItemCommand({ TableName, Item: { pk: { S: pk }, sk: { S: 'A' }, ...more } }));
const keysOf = (records: DynamoDBRecord[]) => records.map((record) => record.dynamodb!.Keys!['pk']!.S);

/** A poller of a new table that collects what its function gets. */
function read(tableName: string, options: Partial<StreamPollerOptions> = {}, mapping = {}) {
  const batches: DynamoDBRecord[][] = [];
  const poller = startStreamPoller({
    client: createStreamClient(inject('databaseUrl')),
    mapping: {
      id: 'mapping',
      tableName,
      streamArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/1',
      region: 'us-east-1',
      batchSize: 100,
      parallelizationFactor: 1,
      bisectBatchOnFunctionError: true,
      reportBatchItemFailures: true,
      maximumRetryAttempts: 1,
      filter: compileFilters(['{"dynamodb":{"Keys":{"sk":{"S":["A"]}}}}']),
      ...mapping,
    },
    clock: createClock(),
    checkpoints: openCheckpoints(),
    async invoke({ Records }) {
      batches.push(Records);
      return done;
    },
    async onFailure() {},
    isExpiry: () => false,
    report: (error) => {
      throw error;
    },
    idleMs: 5,
    retryMs: 1,
    ...options,
  });
  cleanups.push(() => poller.close());
  return { batches, poller, seen: () => batches.flatMap(keysOf) };
}

describe('the stream poller', () => {
  it('hands on filtered records in order, in batches, as AWS words them', async () => {
    const { client, tableName } = await freshTable();
    const shifted = createClock();
    shifted.shift(86_400_000);
    for (const pk of ['a', 'b', 'c']) await put(client, tableName, pk, { bytes: { B: new Uint8Array([1, 2]) } });
    await put(client, tableName, 'other', { sk: { S: 'D' } });

    const { batches, seen } = read(tableName, { clock: shifted }, { batchSize: 2 });

    await expect.poll(seen).toEqual(['a', 'b', 'c']);
    expect(batches.map((batch) => batch.length)).toEqual([2, 1]);
    const tomorrow = (Date.now() + 86_400_000) / 1000;
    expect(batches[0]![0]).toMatchObject({
      eventName: 'INSERT',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      eventSourceARN: 'arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/1',
      dynamodb: {
        NewImage: { pk: { S: 'a' }, bytes: { B: 'AQI=' } },
        ApproximateCreationDateTime: expect.closeTo(tomorrow, -2) as number,
      },
    });
  });

  it('goes on where it stopped', async () => {
    const { client, tableName } = await freshTable();
    const checkpoints = openCheckpoints();
    await put(client, tableName, 'first');
    const before = read(tableName, { checkpoints });
    await expect.poll(before.seen).toEqual(['first']);
    await before.poller.close();
    await put(client, tableName, 'second');

    const after = read(tableName, { checkpoints });

    await expect.poll(after.seen).toEqual(['second']);
  });

  it('repeats the records under way when it was stopped before their answer', async () => {
    const { client, tableName } = await freshTable();
    const checkpoints = openCheckpoints();
    await put(client, tableName, 'a');
    let reached = () => {};
    const underWay = new Promise<void>((resolve) => (reached = resolve));
    const before = read(tableName, {
      checkpoints,
      async invoke() {
        reached();
        return broken; // as the sandbox answers when it is killed
      },
      retryMs: 60_000,
    });
    await underWay;
    await before.poller.close();

    const after = read(tableName, { checkpoints });

    await expect.poll(after.seen).toEqual(['a']);
  });

  it('hands a batch that can never pass to its destination and reads on', async () => {
    const { client, tableName } = await freshTable();
    const lost: (string | undefined)[] = [];
    for (const pk of ['a', 'poison', 'b']) await put(client, tableName, pk);
    const passed: (string | undefined)[] = [];

    read(tableName, {
      async invoke({ Records }) {
        if (keysOf(Records).includes('poison')) return broken;
        passed.push(...keysOf(Records));
        return done;
      },
      async onFailure({ batch, shardId }) {
        lost.push(...keysOf(batch), shardId);
      },
    });

    await expect.poll(() => passed).toEqual(['a', 'b']);
    expect(lost).toEqual(['poison', expect.stringMatching(/^shardId-/)]);
  });

  it('runs several batches of a shard at once and keeps the changes of one item in order', async () => {
    const { client, tableName } = await freshTable();
    const pks = Array.from({ length: 8 }, () => randomUUID());
    for (const n of ['1', '2', '3']) for (const pk of pks) await put(client, tableName, pk, { n: { N: n } });
    let busy = 0;
    let most = 0;
    const order: Record<string, string> = {};

    read(
      tableName,
      {
        async invoke({ Records }) {
          most = Math.max(most, (busy += 1));
          await new Promise(setImmediate);
          busy -= 1;
          for (const { dynamodb } of Records) {
            const pk = dynamodb!.Keys!['pk']!.S!;
            order[pk] = (order[pk] ?? '') + dynamodb!.NewImage!['n']!.N!;
          }
          return done;
        },
      },
      { parallelizationFactor: 2, batchSize: 3 },
    );

    await expect.poll(() => order).toEqual(Object.fromEntries(pks.map((pk) => [pk, '123'])));
    expect(most).toBe(2);
  });
});

describe('time to live', () => {
  it('removes what expires on the virtual clock and marks it in the stream as the service’s own removal', async () => {
    const { client, tableName } = await freshTable();
    const clock = createClock();
    const soon = String(Math.floor(clock.now() / 1000) + 60);
    await put(client, tableName, 'kept');
    await put(client, tableName, 'expiring', { expiresAt: { N: soon } });
    await put(client, tableName, 'deleted', { expiresAt: { N: soon } });
    await client.send(new DeleteItemCommand({ TableName: tableName, Key: { pk: { S: 'deleted' }, sk: { S: 'A' } } }));
    const errors: unknown[] = [];
    const ttl = startTimeToLive({
      ...{ client, tableName, clock, keyNames: ['pk', 'sk'], attribute: 'expiresAt' },
      report: (error) => errors.push(error),
    });
    cleanups.push(() => ttl.close());
    const before = await ttl.sweep();

    clock.shift(120_000);

    const { batches } = read(tableName, { clock, isExpiry: ({ dynamodb }) => ttl.takeExpiry(dynamodb.Keys) });
    const removals = () =>
      batches
        .flat()
        .filter((record) => record.eventName === 'REMOVE')
        .map((record) => [...keysOf([record]), record.userIdentity]);
    await expect.poll(removals).toEqual([
      ['deleted', undefined],
      ['expiring', { type: 'Service', principalId: 'dynamodb.amazonaws.com' }],
    ]);
    expect(before).toBe(0);
    expect(errors).toEqual([]);
  });
});
