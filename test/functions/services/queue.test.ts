import { ReceiveMessageCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sendMessage, sendMessages } from '../../../functions/services/queue.ts';
import { type QueueServer, startQueueServer } from '../../../infra/local/queues/queueServer.ts';
import { awsError, stubAwsEnvironment } from './awsEnvironment.ts';

let server: QueueServer;
let queueUrl: string;
beforeAll(async () => {
  server = await startQueueServer({ region: 'us-east-1' });
  stubAwsEnvironment({ AWS_ENDPOINT_URL_SQS: server.url });
  queueUrl = (await server.createQueue('effects', {})).url;
});
afterAll(() => server.close());

/** Everything in the queue, in no order. */
async function received(): Promise<unknown[]> {
  const bodies: unknown[] = [];
  for (;;) {
    const { Messages } = await server.client.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }));
    if (!Messages?.length) return bodies;
    bodies.push(...Messages.map(({ Body }) => JSON.parse(Body!) as unknown));
  }
}

describe('messages', () => {
  it('arrive as they were, alone or many at once', async () => {
    await sendMessage(queueUrl, { body: { effect: '通知', n: -1 } });
    await sendMessages(
      queueUrl,
      Array.from({ length: 23 }, (_, n) => ({ body: { n } })),
    );
    await sendMessages(queueUrl, []);

    const bodies = (await received()) as { n: number }[];

    expect(bodies.map(({ n }) => n).sort((a, b) => a - b)).toEqual([-1, ...Array.from({ length: 23 }, (_, n) => n)]);
    expect(bodies).toContainEqual({ effect: '通知', n: -1 });
  });
});

describe('batches', () => {
  let mock: ReturnType<typeof mockClient>;
  afterEach(() => mock.restore());
  const failing = (Id: string, SenderFault = false) => ({ Id, SenderFault, Code: 'InternalError', Message: 'try again' });
  const sent = () => mock.commandCalls(SendMessageBatchCommand).map(({ args }) => args[0].input.Entries!.map(({ Id }) => Id));

  it('hold ten messages and a quarter of a megabyte at most', async () => {
    mock = mockClient(SQSClient).on(SendMessageBatchCommand).resolves({});
    const big = '常'.repeat(40 * 1024); // 120 KB each

    await sendMessages(queueUrl, [
      ...Array.from({ length: 11 }, () => ({ body: 1 })),
      { body: big },
      { body: big, delaySeconds: 60 },
      { body: big },
    ]);

    expect(sent().map((ids) => ids.length)).toEqual([10, 3, 1]);
    const second = mock.commandCalls(SendMessageBatchCommand)[1]!.args[0].input;
    expect(second.Entries!.map(({ DelaySeconds }) => DelaySeconds)).toEqual([undefined, undefined, 60]);
  });

  it('send again exactly the entries that SQS did not take', async () => {
    mock = mockClient(SQSClient);
    mock
      .on(SendMessageBatchCommand)
      .resolvesOnce({ Failed: [failing('1'), failing('2')] })
      .resolvesOnce({ Failed: [failing('2')] })
      .resolves({ Failed: [] });

    await sendMessages(
      queueUrl,
      [0, 1, 2].map((body) => ({ body })),
    );

    expect(sent()).toEqual([['0', '1', '2'], ['1', '2'], ['2']]);
  });

  it('give up after five rounds, so that the caller is tried again', async () => {
    mock = mockClient(SQSClient)
      .on(SendMessageBatchCommand)
      .resolves({ Failed: [failing('0')] });

    await expect(sendMessages(queueUrl, [{ body: 1 }])).rejects.toMatchObject({ code: 'queue.unavailable', status: 503 });

    expect(sent()).toHaveLength(5);
  });

  it('do not insist on a message that SQS will never take', async () => {
    mock = mockClient(SQSClient)
      .on(SendMessageBatchCommand)
      .resolves({ Failed: [failing('0', true)] });

    await expect(sendMessages(queueUrl, [{ body: 1 }])).rejects.toThrow('refuses a message');
    await expect(sendMessages(queueUrl, [{ body: 'x'.repeat(257 * 1024) }])).rejects.toThrow('more than a queue takes');

    expect(sent()).toHaveLength(1);
  });

  it('tell throttling and silence from our own mistakes', async () => {
    mock = mockClient(SQSClient);
    mock.on(SendMessageBatchCommand).rejects(awsError('RequestThrottled', 400));
    mock.on(SendMessageCommand).rejectsOnce(awsError('TimeoutError')).rejects(awsError('QueueDoesNotExist', 400));

    await expect(sendMessages(queueUrl, [{ body: 1 }])).rejects.toMatchObject({ code: 'queue.unavailable' });
    await expect(sendMessage(queueUrl, { body: 1 })).rejects.toMatchObject({ code: 'queue.unavailable' });
    await expect(sendMessage(queueUrl, { body: 1 })).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });
});
