import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { AppError } from '../../shared/kernel/errors.ts';
import { log, loggable } from './log.ts';

/**
 * Works off a batch one message after the other. What fails comes again alone, and after five times stands among the
 * dead letters as it was sent; the others are done.
 * @param run  given the body as parsed JSON; idempotent, since a message may be delivered twice
 */
export async function eachMessage(event: SQSEvent, run: (body: unknown) => Promise<void>): Promise<SQSBatchResponse> {
  const failed: string[] = [];
  for (const { messageId, body } of event.Records) {
    try {
      await run(parse(body));
    } catch (error) {
      log('error', 'message failed', { messageId, ...loggable(error) });
      failed.push(messageId);
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Without its cause: the engine's message quotes what stands in the body, and logs hold no contact data.
    throw new AppError('message.json');
  }
}
