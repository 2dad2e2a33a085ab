// Trigger: the queue of jobs: one reader's digest, one step of a rebuild.
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { env } from '../runtime/env.ts';
import { log, loggable } from '../runtime/log.ts';
import { theDatabase } from '../table/database.ts';
import { sendDigest, type DigestWork } from './sendDigest.ts';

/** What stands in the queue; `now` is the sender's time. */
export type Job = { readonly kind: 'digest' } & DigestWork;

const settings = env('PUBLIC_URL');

/** Works off a batch; what failed comes again, alone. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const failed: string[] = [];
  for (const { messageId, body } of event.Records) {
    try {
      await runJob(JSON.parse(body) as Job);
    } catch (error) {
      log('error', 'job failed', { messageId, ...loggable(error) });
      failed.push(messageId);
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

async function runJob(job: Job): Promise<void> {
  switch (job.kind) {
    case 'digest':
      return sendDigest(theDatabase(), job, settings().PUBLIC_URL);
    default:
      // Sent by a newer release: it waits among the dead letters for one that knows it.
      throw new Error(`no job ${job.kind satisfies never}`);
  }
}
