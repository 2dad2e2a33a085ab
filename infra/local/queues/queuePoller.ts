import { setTimeout as delay } from 'node:timers/promises';
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSMessageAttributes, SQSRecord } from 'aws-lambda';
import type { ShiftableClock } from '../clock.ts';
import type { InvokeResult } from '../lambda/sandbox.ts';
import { readItemFailures } from '../streams/batchRetry.ts';
import type { EventFilter } from '../streams/filterPattern.ts';
import type { Poller } from '../streams/streamPoller.ts';
import type { LocalQueue } from './queueServer.ts';

interface QueueMapping {
  queue: LocalQueue;
  region: string;
  /** At most 10, the most that one receive returns. */
  batchSize: number;
  /** Batches under way at once. */
  maximumConcurrency: number;
  reportBatchItemFailures: boolean;
  filter: EventFilter;
}

export interface QueuePollerOptions {
  client: SQSClient;
  mapping: QueueMapping;
  clock: ShiftableClock;
  invoke(event: SQSEvent): Promise<InvokeResult>;
  report(error: unknown): void;
  /**
   * A failed message comes back after so many seconds. AWS waits for the queue's visibility timeout, six minutes
   * for a worker of one: too long for somebody who looks for the reason.
   */
  retrySeconds?: number;
}

/** Feeds a queue's messages to a function and deletes what it did not report as failed. */
export function startQueuePoller(options: QueuePollerOptions): Poller {
  const { mapping, report } = options;
  const closing = new AbortController();

  async function run() {
    while (!closing.signal.aborted) {
      try {
        const messages = await receive(options, closing.signal);
        if (messages.length > 0) await handleBatch(messages, options);
      } catch (error) {
        if (closing.signal.aborted) return;
        report(error);
        await delay(1000, undefined, { signal: closing.signal }).catch(() => {});
      }
    }
  }

  const running = Array.from({ length: mapping.maximumConcurrency }, run);
  return {
    async close() {
      closing.abort();
      await Promise.all(running);
    },
  };
}

async function receive({ client, mapping }: QueuePollerOptions, abortSignal: AbortSignal): Promise<Message[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: mapping.queue.url,
      MaxNumberOfMessages: Math.min(10, mapping.batchSize),
      WaitTimeSeconds: 20,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
    { abortSignal },
  );
  return Messages;
}

async function handleBatch(received: Message[], options: QueuePollerOptions): Promise<void> {
  const { client, mapping, clock, invoke, retrySeconds = 2 } = options;
  const records = received.map((message) => toQueueRecord(message, mapping, clock.offsetMs));
  const wanted = records.filter((record) => mapping.filter({ ...record, body: parseBody(record.body) }));
  const failed = wanted.length === 0 ? new Set() : failedIds(wanted, await invoke({ Records: wanted }), mapping.reportBatchItemFailures);

  // What the filter drops is deleted, as on AWS.
  const done = received.filter((message) => !failed.has(message.MessageId));
  const again = received.filter((message) => failed.has(message.MessageId));
  const QueueUrl = mapping.queue.url;
  const entry = (message: Message) => ({ Id: message.MessageId, ReceiptHandle: message.ReceiptHandle });
  if (done.length > 0) await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: done.map(entry) }));
  if (again.length > 0) {
    const Entries = again.map((message) => ({ ...entry(message), VisibilityTimeout: retrySeconds }));
    await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
  }
}

function failedIds(records: SQSRecord[], result: InvokeResult, partial: boolean): Set<string> {
  const all = new Set(records.map((record) => record.messageId));
  if (!result.ok) return all;
  const reported = partial ? readItemFailures(result.payload) : [];
  // An answer without sense, or a message that is not in the batch, fails the whole batch.
  if (reported === 'invalid' || reported.some((id) => !all.has(id))) return all;
  return new Set(reported);
}

/** A message as Lambda hands it on; its times are those of the virtual clock. */
function toQueueRecord(message: Message, { queue, region }: QueueMapping, offsetMs: number): SQSRecord {
  const { SentTimestamp, ApproximateFirstReceiveTimestamp, ...attributes } = message.Attributes ?? {};
  const shifted = (time: string | undefined) => String(Number(time ?? 0) + offsetMs);
  return {
    messageId: message.MessageId!,
    receiptHandle: message.ReceiptHandle!,
    body: message.Body!,
    attributes: {
      ...attributes,
      SentTimestamp: shifted(SentTimestamp),
      ApproximateFirstReceiveTimestamp: shifted(ApproximateFirstReceiveTimestamp),
    } as SQSRecord['attributes'],
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, { DataType, StringValue, BinaryValue }]) => [
        name,
        {
          dataType: DataType!,
          ...(StringValue !== undefined && { stringValue: StringValue }),
          ...(BinaryValue !== undefined && { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
          stringListValues: [],
          binaryListValues: [],
        },
      ]),
    ) as unknown as SQSMessageAttributes, // the type claims that lists are never[]
    md5OfBody: message.MD5OfBody!,
    eventSource: 'aws:sqs',
    eventSourceARN: queue.arn,
    awsRegion: region,
  };
}

/** A filter sees a JSON body as its value. */
function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
