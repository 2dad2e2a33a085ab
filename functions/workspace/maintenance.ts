// Trigger: invoked by an operator, with a command as its event.
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { AppError } from '../../shared/kernel/errors.ts';
import { isInstant, toInstant, toMs } from '../../shared/kernel/dates.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { markDemo } from '../records/clearing.ts';
import { findReport, REBUILDS, startRebuild, type RebuildReport, type RebuildStep, type What } from '../records/rebuild.ts';
import { env } from '../runtime/env.ts';
import { findJson, listKeys, removeFile } from '../services/files.ts';
import { sendMessage } from '../services/queue.ts';
import { theDatabase, type Database } from '../table/database.ts';
import { tenantTable } from '../table/tenantTable.ts';
import { readStream } from './changes.stream.ts';

/**
 * - `redrive`: batches of the stream that were given up are told again, oldest first; what passes is removed.
 * - `rebuild`: compares what follows from a workspace's records with what stands, and mends it where `repair` is true.
 *   `now` is the operator's clock, ISO 8601. Answers the job's id.
 * - `report`: how far a rebuild is, and what it has found.
 * - `markDemo`: says of a workspace that what it holds is made up, so that its owner may clear it away.
 */
export type Command =
  | { readonly command: 'redrive' }
  | { readonly command: 'rebuild'; readonly tenant: string; readonly what: What; readonly repair?: boolean; readonly now: string }
  | { readonly command: 'report'; readonly tenant: string; readonly job: string }
  | { readonly command: 'markDemo'; readonly tenant: string; readonly now: string };

export interface Redriven {
  readonly redriven: number;
  /** Keys of the batches that failed again; they stay where they are. */
  readonly failed: readonly string[];
}

/** Where given-up batches lie; S3 in life. */
export interface FailedBatches {
  readonly keys: () => AsyncIterable<string>;
  readonly find: (key: string) => Promise<unknown>;
  readonly remove: (key: string) => Promise<void>;
}

const settings = env('FAILED_BATCHES_BUCKET', 'JOBS_QUEUE_URL');

export async function handler(event: Command): Promise<Redriven | { job: string } | RebuildReport | { demo: true }> {
  const db = theDatabase();
  switch (event.command) {
    case 'redrive': {
      const bucket = settings().FAILED_BATCHES_BUCKET;
      return redrive(db, {
        keys: () => listKeys(bucket, ''),
        find: (key) => findJson(bucket, key),
        remove: (key) => removeFile(bucket, key),
      });
    }
    case 'rebuild': {
      const { tenant, what, repair = false, now } = event;
      if (!REBUILDS.includes(what)) throw new AppError('command.invalid', { message: 'what' });
      const send = (body: RebuildStep): Promise<void> => sendMessage(settings().JOBS_QUEUE_URL, { body });
      return { job: await startRebuild(db, { tenant, what, repair, now: nowOf(now) }, send) };
    }
    case 'report': {
      const report = await findReport(tenantTable(db, event.tenant), event.job);
      if (!report) throw new AppError('job.notFound', { status: 404 });
      return report;
    }
    case 'markDemo':
      await markDemo(tenantTable(db, event.tenant), nowOf(event.now));
      return { demo: true };
    default:
      throw new AppError('command.unknown', { message: String((event satisfies never as Command).command) });
  }
}

function nowOf(text: unknown): Instant {
  if (typeof text !== 'string' || !isInstant(text)) throw new AppError('command.invalid', { message: 'now' });
  return toInstant(toMs(text));
}

/**
 * Tells given-up batches again. What of a batch was counted before is known by its versions, so telling it twice is
 * telling it once; a file goes when all of it has passed.
 */
export async function redrive(db: Database, batches: FailedBatches): Promise<Redriven> {
  let redriven = 0;
  const failed: string[] = [];
  for await (const key of batches.keys()) {
    let whole = true;
    // One by one: a change that can never pass holds up no other of its batch.
    for (const record of recordsOf(await batches.find(key)))
      if ((await readStream(db, { Records: [record] })).batchItemFailures.length) whole = false;
    if (whole) {
      await batches.remove(key);
      redriven += 1;
    } else failed.push(key);
  }
  return { redriven, failed };
}

/** What the stream told, inside of what Lambda wrote: nothing when somebody else has redriven the file meanwhile. */
function recordsOf(file: unknown): readonly DynamoDBRecord[] {
  if (file === undefined) return [];
  return (JSON.parse((file as { payload: string }).payload) as DynamoDBStreamEvent).Records;
}
