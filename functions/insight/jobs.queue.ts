// Trigger: the queue of jobs: one reader's digest, one step of a rebuild.
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { pinyin } from '../records/pinyin.ts';
import { runRebuild, type RebuildStep } from '../records/rebuild.ts';
import { env } from '../runtime/env.ts';
import { eachMessage } from '../runtime/queue.ts';
import { sendMessage } from '../services/queue.ts';
import { theDatabase } from '../table/database.ts';
import { sendDigest, type DigestWork } from './sendDigest.ts';

/** What stands in the queue; `now` is the sender's time. */
export type Job = ({ readonly kind: 'digest' } & DigestWork) | RebuildStep;

const settings = env('PUBLIC_URL', 'JOBS_QUEUE_URL');

export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => eachMessage(event, (body) => runJob(body as Job));

async function runJob(job: Job): Promise<void> {
  switch (job.kind) {
    case 'digest':
      return sendDigest(theDatabase(), job, settings().PUBLIC_URL);
    case 'rebuild':
      return runRebuild(theDatabase(), job, {
        pinyin,
        send: (body, delaySeconds) => sendMessage(settings().JOBS_QUEUE_URL, { body, ...(delaySeconds ? { delaySeconds } : {}) }),
      });
    default:
      // Sent by a newer release: it waits among the dead letters for one that knows it.
      throw new Error(`no job ${String((job satisfies never as Job).kind)}`);
  }
}
