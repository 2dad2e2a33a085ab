import { setTimeout as delay } from 'node:timers/promises';
import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AppError } from '../../shared/kernel/errors.ts';
import { isPassing, requestHandler, toFailure } from './awsClient.ts';

let client: SQSClient | undefined;
/** Made when it is needed: most requests send nothing, and it takes 9 ms of a cold start. */
const sqs = (): SQSClient => (client ??= new SQSClient({ maxAttempts: 3, requestHandler }));

export interface QueueMessage {
  /** Goes as JSON. */
  body: unknown;
  /** Up to 900. */
  delaySeconds?: number;
}

const MOST_ENTRIES = 10;
/** Of a batch as of a message; SQS takes more by now, but not everywhere. */
const MOST_BYTES = 256 * 1024;
const MOST_ROUNDS = 5;
const FIRST_WAIT_MS = 40;

/**
 * Puts one message into a queue. It may arrive more than once, here as in SQS itself: receivers are idempotent.
 * @throws AppError queue.unavailable (503)
 */
export async function sendMessage(queueUrl: string, { body, delaySeconds }: QueueMessage): Promise<void> {
  await asked(sqs().send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(body), DelaySeconds: delaySeconds })));
}

/**
 * Puts any number of messages into a queue, ten at a time; entries that SQS did not take are sent again.
 * When it throws, some messages may be in the queue: the caller repeats all of them.
 * @throws AppError queue.unavailable (503) when entries still fail after five rounds; Error for a message SQS never takes
 */
export async function sendMessages(queueUrl: string, messages: readonly QueueMessage[]): Promise<void> {
  for (const batch of toBatches(messages)) await sendBatch(queueUrl, batch);
}

async function sendBatch(queueUrl: string, entries: SendMessageBatchRequestEntry[]): Promise<void> {
  let left = entries;
  for (let round = 0; ; round += 1) {
    const { Failed = [] } = await asked(sqs().send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: left })));
    const refused = Failed.find(({ SenderFault }) => SenderFault);
    if (refused) throw new Error(`the queue refuses a message: ${refused.Code} ${refused.Message ?? ''}`);
    const failed = new Set(Failed.map(({ Id }) => Id));
    left = left.filter(({ Id }) => failed.has(Id));
    if (left.length === 0) return;
    if (round + 1 === MOST_ROUNDS) {
      throw new AppError('queue.unavailable', { status: 503, message: `${left.length} entries failed: ${Failed[0]!.Code}` });
    }
    await delay(Math.random() * FIRST_WAIT_MS * 2 ** round);
  }
}

function toBatches(messages: readonly QueueMessage[]): SendMessageBatchRequestEntry[][] {
  const batches: SendMessageBatchRequestEntry[][] = [];
  let bytes = Infinity;
  for (const [index, { body, delaySeconds }] of messages.entries()) {
    const MessageBody = JSON.stringify(body);
    const size = Buffer.byteLength(MessageBody);
    if (size > MOST_BYTES) throw new Error(`message ${index} has ${size} bytes, more than a queue takes`);
    if (bytes + size > MOST_BYTES || batches.at(-1)!.length === MOST_ENTRIES) {
      batches.push([]);
      bytes = 0;
    }
    bytes += size;
    batches.at(-1)!.push({ Id: String(index), MessageBody, DelaySeconds: delaySeconds });
  }
  return batches;
}

async function asked<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const failure = toFailure(error);
    if (isPassing(failure)) throw new AppError('queue.unavailable', { status: 503, message: failure.name, cause: error });
    throw error;
  }
}
