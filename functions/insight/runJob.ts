import type { Instant } from '../../shared/kernel/types.ts';
import { comparisonWork } from '../records/arming.ts';
import { runClearing, type ClearingStep } from '../records/clearing.ts';
import type { HandoverStep } from '../records/handoverJob.ts';
import { runHandover } from '../records/runHandover.ts';
import { runMoving, type MovingStep } from '../records/moveDeals.ts';
import { publishDue, type NewsWork } from '../records/newsTimes.ts';
import { pinyin } from '../records/pinyin.ts';
import { runExport } from '../records/runExport.ts';
import type { ExportStep } from '../records/exportJob.ts';
import { runRebuild, startRebuild, type RebuildStep } from '../records/rebuild.ts';
import { env } from '../runtime/env.ts';
import { enqueueEffects, type EffectMessage } from '../services/effectsQueue.ts';
import { enqueueMail, type MailMessage } from '../services/mailQueue.ts';
import { putStored, readStored } from '../services/fileStore.ts';
import { sendMessage } from '../services/queue.ts';
import type { Database } from '../table/database.ts';
import { armDue } from '../table/dueWork.ts';
import { sendDigest, type DigestWork } from './sendDigest.ts';
import { sendReminders, type ReminderWork } from './sendReminders.ts';
import { warnCustomers, type ChurnWork } from './warnCustomers.ts';

/** What stands in the queue of jobs; `now` is the sender's time. */
export type Job =
  | ({ readonly kind: 'digest' } & DigestWork)
  /** Counters against history, once a week; or counted anew, because days begin at another time. */
  | { readonly kind: 'compare' | 'recount'; readonly tenant: string; readonly now: Instant }
  | ({ readonly kind: 'remind' } & ReminderWork)
  | ({ readonly kind: 'publishNews' } & NewsWork)
  | ChurnWork
  | ClearingStep
  | ExportStep
  | HandoverStep
  | MovingStep
  | RebuildStep;

/** What jobs do to the world beside the table. */
export interface Tools {
  readonly site: string;
  readonly mail: (message: MailMessage) => Promise<void>;
  readonly tell: (effects: readonly EffectMessage[]) => Promise<void>;
  readonly send: (
    step: RebuildStep | ClearingStep | ExportStep | HandoverStep | MovingStep | ChurnWork,
    delaySeconds?: number,
  ) => Promise<void>;
}

const settings = env('PUBLIC_URL', 'JOBS_QUEUE_URL');

export const theTools = (): Tools => ({
  site: settings().PUBLIC_URL,
  mail: enqueueMail,
  tell: enqueueEffects,
  send: (body, delaySeconds) => sendMessage(settings().JOBS_QUEUE_URL, { body, ...(delaySeconds ? { delaySeconds } : {}) }),
});

/** Does one job. Delivered again, it does what is left to do. */
export async function runJob(db: Database, job: Job, { site, mail, tell, send }: Tools): Promise<void> {
  switch (job.kind) {
    case 'digest':
      return sendDigest(db, job, site, mail);
    case 'remind':
      return sendReminders(db, job, tell);
    case 'publishNews':
      return publishDue(db, job);
    case 'churn':
      return warnCustomers(db, job, send);
    case 'clearDemo':
      return runClearing(db, job, send);
    case 'export':
      return runExport(db, job, { send, tell, store: putStored, fetch: readStored });
    case 'handover':
      return runHandover(db, job, { send, tell });
    case 'moveDeals':
      return runMoving(db, job, send);
    case 'compare':
      await armDue(db, comparisonWork(job.tenant, job.now));
      await startRebuild(db, { ...job, what: 'counters', repair: false }, send);
      return;
    case 'recount':
      await startRebuild(db, { ...job, what: 'counters', repair: true }, send);
      return;
    case 'rebuild':
      return runRebuild(db, job, { pinyin, send });
    default:
      // Sent by a newer release: it waits among the dead letters for one that knows it.
      throw new Error(`no job ${String((job satisfies never as Job).kind)}`);
  }
}
