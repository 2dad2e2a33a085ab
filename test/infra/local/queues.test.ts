import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import { createClock, type ShiftableClock } from '../../../infra/local/clock.ts';
import type { InvokeResult } from '../../../infra/local/lambda/sandbox.ts';
import { startQueuePoller } from '../../../infra/local/queues/queuePoller.ts';
import { type LocalQueue, type QueueServer, startQueueServer } from '../../../infra/local/queues/queueServer.ts';
import { compileFilters, type EventFilter } from '../../../infra/local/streams/filterPattern.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function startServer(dataDir?: string): Promise<QueueServer> {
  const server = await startQueueServer({ region: 'us-east-1', dataDir });
  cleanups.push(() => server.close());
  return server;
}

/** A queue with a dead letter queue that takes over after the second failure. */
async function createQueues(server: QueueServer) {
  const deadLetters = await server.createQueue('dead', {});
  const queue = await server.createQueue('work', {
    VisibilityTimeout: '360',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: 2 }),
  });
  const send = (body: string) => server.client.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: body }));
  return { queue, deadLetters, send };
}

interface PollOptions {
  respond(event: SQSEvent): InvokeResult;
  clock?: ShiftableClock;
  filter?: EventFilter;
}

function poll(server: QueueServer, queue: LocalQueue, { respond, clock = createClock(), filter = compileFilters([]) }: PollOptions) {
  const poller = startQueuePoller({
    client: server.client,
    mapping: { queue, region: 'us-east-1', batchSize: 10, maximumConcurrency: 1, reportBatchItemFailures: true, filter },
    clock,
    invoke: async (event) => respond(event),
    report: (error) => {
      throw error;
    },
    retrySeconds: 0,
  });
  cleanups.push(() => poller.close());
}

async function counts(server: QueueServer, QueueUrl: string): Promise<string> {
  const { Attributes } = await server.client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  return `${Attributes?.ApproximateNumberOfMessages} ready, ${Attributes?.ApproximateNumberOfMessagesNotVisible} under way`;
}

const done: InvokeResult = { ok: true, payload: 'null' };

describe('the queue poller', () => {
  it('hands messages on as AWS words them, once', async () => {
    const server = await startServer();
    const { queue, send } = await createQueues(server);
    const events: SQSEvent[] = [];
    const clock = createClock();
    clock.shift(86_400_000);
    await send('hello');

    poll(server, queue, { clock, respond: (event) => (events.push(event), done) });

    await expect.poll(() => events.length).toBe(1);
    expect(events[0]!.Records[0]).toMatchObject({
      body: 'hello',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:work',
      attributes: { ApproximateReceiveCount: '1' },
    });
    const sentAt = Number(events[0]!.Records[0]!.attributes.SentTimestamp);
    expect(Math.abs(sentAt - clock.now())).toBeLessThan(60_000);
    await expect.poll(() => counts(server, queue.url)).toBe('0 ready, 0 under way');
  });

  it('retries only what the function reports, and leaves it in the dead letter queue in the end', async () => {
    const server = await startServer();
    const { queue, deadLetters, send } = await createQueues(server);
    for (const body of ['a', 'poison', 'b']) await send(body);
    const seen: string[] = [];

    poll(server, queue, {
      respond({ Records }) {
        seen.push(...Records.map((record) => record.body));
        const batchItemFailures = Records.filter((record) => record.body === 'poison').map((record) => ({
          itemIdentifier: record.messageId,
        }));
        return { ok: true, payload: JSON.stringify({ batchItemFailures }) };
      },
    });

    const letter = await server.client.send(new ReceiveMessageCommand({ QueueUrl: deadLetters.url, WaitTimeSeconds: 5 }));
    expect(letter.Messages?.map((message) => message.Body)).toEqual(['poison']);
    expect(seen.sort()).toEqual(['a', 'b', 'poison', 'poison']);
    expect(await counts(server, queue.url)).toBe('0 ready, 0 under way');
  });

  it.each([
    ['throws', { ok: false, timedOut: false, error: { errorType: 'Error', errorMessage: 'no' } } satisfies InvokeResult],
    ['reports an unknown message', { ok: true, payload: '{"batchItemFailures":[{"itemIdentifier":"?"}]}' } satisfies InvokeResult],
  ])('retries the whole batch when the function %s', async (_, failure) => {
    const server = await startServer();
    const { queue, send } = await createQueues(server);
    await send('a');
    let calls = 0;

    poll(server, queue, { respond: () => ((calls += 1) === 1 ? failure : done) });

    await expect.poll(() => counts(server, queue.url)).toBe('0 ready, 0 under way');
    expect(calls).toBe(2);
  });

  it('deletes what its filter drops, unseen', async () => {
    const server = await startServer();
    const { queue, send } = await createQueues(server);
    const seen: string[] = [];
    await send('{"kind":"b"}');
    await send('{"kind":"a"}');

    poll(server, queue, {
      filter: compileFilters(['{"body":{"kind":["a"]}}']),
      respond: ({ Records }) => (seen.push(...Records.map((record) => record.body)), done),
    });

    await expect.poll(() => counts(server, queue.url)).toBe('0 ready, 0 under way');
    expect(seen).toEqual(['{"kind":"a"}']);
  });
});

describe('queues kept on disk', () => {
  it('offer after a restart what was waiting and what somebody had received', async () => {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), 'queues-'));
    cleanups.push(() => rmSync(dataDir, { recursive: true }));
    const before = await startQueueServer({ region: 'us-east-1', dataDir });
    const { queue, send } = await createQueues(before);
    await send('received');
    await before.client.send(new ReceiveMessageCommand({ QueueUrl: queue.url }));
    await send('waiting');
    await before.close();

    const after = await startServer(dataDir);

    const again = await createQueues(after); // as each start does, with possibly other attributes
    expect(await counts(after, again.queue.url)).toBe('2 ready, 0 under way');
    const { Messages } = await after.client.send(new ReceiveMessageCommand({ QueueUrl: again.queue.url, MaxNumberOfMessages: 10 }));
    expect(Messages?.map((message) => message.Body).sort()).toEqual(['received', 'waiting']);
  });
});
