// Trigger: the queue of jobs: one reader's digest, one step of a rebuild.
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { eachMessage } from '../runtime/queue.ts';
import { theDatabase } from '../table/database.ts';
import { runJob, theTools, type Job } from './runJob.ts';

export const handler = (event: SQSEvent): Promise<SQSBatchResponse> =>
  eachMessage(event, (body) => runJob(theDatabase(), body as Job, theTools()));
