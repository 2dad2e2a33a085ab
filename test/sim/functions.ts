/** The product's own functions, each given the container it runs in. */
import { runJob, theTools, type Job } from '../../functions/insight/runJob.ts';
import { findReport, REBUILDS, type RebuildStep, startRebuild } from '../../functions/records/rebuild.ts';
import { eachMessage } from '../../functions/runtime/queue.ts';
import { sendMail } from '../../functions/services/mail.ts';
import { enqueueMail } from '../../functions/services/mailQueue.ts';
import { sendMessage, sendMessages } from '../../functions/services/queue.ts';
import type { Database } from '../../functions/table/database.ts';
import { tenantTable } from '../../functions/table/tenantTable.ts';
import { workOffEffects } from '../../functions/workspace/effects.queue.ts';
import { readStream } from '../../functions/workspace/changes.stream.ts';
import { type FailedBatches, redrive, type Redriven } from '../../functions/workspace/maintenance.ts';
import { workOffMails } from '../../functions/workspace/mail.queue.ts';
import { runTick } from '../../functions/workspace/tick.scheduled.ts';
import { toInstant } from '../../shared/kernel/dates.ts';
import type { Container } from './container.ts';
import { OBJECT_ENVIRONMENT } from './objectStore.ts';
import { type QueueWorker, urlOf } from './queues.ts';
import type { StreamReader } from './streamMapping.ts';

const SITE = 'https://regulars.test';
/** Mails per second. */
const RATE = 50;

export const stream: StreamReader = ({ database }, event) => readStream(database, event);

const mail: QueueWorker = ({ database }, event) =>
  workOffMails(database, event, { send: sendMail, rate: async () => RATE, requeue: enqueueMail });

const jobs: QueueWorker = ({ database }, event) => eachMessage(event, (body) => runJob(database, body as Job, theTools()));

const effects: QueueWorker = ({ database }, event) => workOffEffects(database, event, enqueueMail);

export const workers = {
  mail: { worker: mail, batchSize: 10 },
  jobs: { worker: jobs, batchSize: 1 },
  effects: { worker: effects, batchSize: 10 },
};

/** What the operator does after the cause of failures is mended. */
export const redriveStream = ({ database }: Container, batches: FailedBatches): Promise<Redriven> => redrive(database, batches);

/**
 * Not `records`: that one wants a marker for the second record with an address once the first has given its up, which
 * nothing but a rebuild would make.
 */
const COMPARED = REBUILDS.filter((what) => what !== 'records');

/** The product's own comparison of what follows from a workspace's records with what stands. */
export async function compareAll(database: Database, tenant: string, nowMs: number): Promise<() => Promise<string[]>> {
  const jobs: string[] = [];
  const send = (body: RebuildStep): Promise<void> => sendMessage(urlOf('jobs'), { body });
  for (const what of COMPARED) jobs.push(await startRebuild(database, { tenant, what, repair: false, now: toInstant(nowMs) }, send));
  return async () => {
    const reports = await Promise.all(jobs.map((job) => findReport(tenantTable(database, tenant), job)));
    return reports.flatMap((report) => {
      if (report?.state !== 'done') return [`the comparison of ${report?.what ?? 'something'} did not end`];
      return report.drift === 0 ? [] : [`${report.what} differ in ${report.drift} items, such as ${report.examples[0]}`];
    });
  };
}

export const tick = ({ database }: Container, nowMs: number): Promise<void> =>
  runTick(database, toInstant(nowMs), (messages) =>
    sendMessages(
      urlOf('jobs'),
      messages.map((body) => ({ body })),
    ),
  );

/** What the template gives these functions. */
export const ENVIRONMENT = {
  ...OBJECT_ENVIRONMENT,
  EFFECTS_QUEUE_URL: urlOf('effects'),
  MAIL_QUEUE_URL: urlOf('mail'),
  JOBS_QUEUE_URL: urlOf('jobs'),
  MAIL_FROM: 'hello@regulars.test',
  MAIL_CONFIGURATION_SET: 'mails',
  PUBLIC_URL: SITE,
  // Clients are made when a module is loaded, and are never asked to reach anything.
  AWS_REGION: 'us-east-1',
};
