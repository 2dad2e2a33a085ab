/** The product's own functions, each given the container it runs in. */
import { sendDigest, type DigestWork } from '../../functions/insight/sendDigest.ts';
import { eachMessage } from '../../functions/runtime/queue.ts';
import { sendMail } from '../../functions/services/mail.ts';
import { enqueueMail } from '../../functions/services/mailQueue.ts';
import { sendMessages } from '../../functions/services/queue.ts';
import { workOffEffects } from '../../functions/workspace/effects.queue.ts';
import { readStream } from '../../functions/workspace/changes.stream.ts';
import { type FailedBatches, redrive, type Redriven } from '../../functions/workspace/maintenance.ts';
import { workOffMails } from '../../functions/workspace/mail.queue.ts';
import { runTick } from '../../functions/workspace/tick.scheduled.ts';
import { toInstant } from '../../shared/kernel/dates.ts';
import type { Container } from './container.ts';
import { type QueueWorker, urlOf } from './queues.ts';
import type { StreamReader } from './streamMapping.ts';

const SITE = 'https://regulars.test';
/** Mails per second. */
const RATE = 50;

export const stream: StreamReader = ({ database }, event) => readStream(database, event);

const mail: QueueWorker = ({ database }, event) =>
  workOffMails(database, event, { send: sendMail, rate: async () => RATE, requeue: enqueueMail });

const jobs: QueueWorker = ({ database }, event) => eachMessage(event, (body) => sendDigest(database, body as DigestWork, SITE));

const effects: QueueWorker = ({ database }, event) => workOffEffects(database, event, enqueueMail);

export const workers = {
  mail: { worker: mail, batchSize: 10 },
  jobs: { worker: jobs, batchSize: 1 },
  effects: { worker: effects, batchSize: 10 },
};

/** What the operator does after the cause of failures is mended. */
export const redriveStream = ({ database }: Container, batches: FailedBatches): Promise<Redriven> => redrive(database, batches);

export const tick = ({ database }: Container, nowMs: number): Promise<void> =>
  runTick(database, toInstant(nowMs), (messages) =>
    sendMessages(
      urlOf('jobs'),
      messages.map((body) => ({ body })),
    ),
  );

/** What the template gives these functions. */
export const ENVIRONMENT = {
  EFFECTS_QUEUE_URL: urlOf('effects'),
  MAIL_QUEUE_URL: urlOf('mail'),
  JOBS_QUEUE_URL: urlOf('jobs'),
  MAIL_FROM: 'hello@regulars.test',
  MAIL_CONFIGURATION_SET: 'mails',
  PUBLIC_URL: SITE,
  // Clients are made when a module is loaded, and are never asked to reach anything.
  AWS_REGION: 'us-east-1',
};
