// Trigger: the queue of mails, two batches at a time.
import * as z from 'zod/mini';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { AppError } from '../../shared/kernel/errors.ts';
import { eachMessage } from '../runtime/queue.ts';
import { sendMail, sendRate, type Mail, type Sent } from '../services/mail.ts';
import { enqueueMail, type MailMessage } from '../services/mailQueue.ts';
import { theDatabase, type Database } from '../table/database.ts';
import { tenantTable, type TenantTable } from '../table/tenantTable.ts';
import { findMember } from './findMember.ts';
import { claimMail, isSuppressed, settleMail } from './mailLedger.ts';

/** As many batches are worked off at once (infra/entries.ts); each takes its share of the account's rate. */
const WORKERS = 2;
const MOST_TRIES = 24;
const FIRST_DELAY_SECONDS = 30;
const LONGEST_DELAY_SECONDS = 900;

/** What the worker needs of the world; tests pass their own. */
export interface MailWorld {
  readonly send: (mail: Mail) => Promise<Sent>;
  /** Mails per second that the account may send. */
  readonly rate: () => Promise<number>;
  readonly requeue: typeof enqueueMail;
}

export const handler = (event: SQSEvent): Promise<SQSBatchResponse> =>
  workOffMails(theDatabase(), event, { send: sendMail, rate: sendRate, requeue: enqueueMail });

const message = (): z.ZodMiniType<MailMessage> => {
  const text = () => z.string().check(z.minLength(1));
  return z.object({
    tenant: z.string().check(z.regex(/^[\w-]+$/)),
    key: z.string().check(z.regex(/^[\w-]{1,200}$/)),
    to: z.union([z.object({ memberId: text() }), z.object({ email: text() }), z.literal('nobody')]),
    mail: z.object({
      subject: text(),
      text: text(),
      html: text(),
      fromName: z.optional(text()),
      unsubscribeUrl: z.optional(text()),
    }),
    at: z.iso.datetime(),
    tries: z.optional(z.int()),
  });
};

/** Sends each mail at most once, at the pace that the account allows. */
export function workOffMails(db: Database, event: SQSEvent, world: MailWorld): Promise<SQSBatchResponse> {
  return eachMessage(event, async (body) => {
    const parsed = z.safeParse(message(), body);
    if (!parsed.success) throw new AppError('mail.message', { message: 'no mail: waits among the dead letters', cause: parsed.error });
    if (await workOff(db, parsed.data, world)) await db.wait((1000 * WORKERS) / (await world.rate()));
  });
}

/** @returns true when SES was asked */
async function workOff(db: Database, mail: MailMessage, { send, requeue }: MailWorld): Promise<boolean> {
  const { tenant, key, to, at, tries = 0 } = mail;
  if (to === 'nobody') return false;
  const table = tenantTable(db, tenant);
  const address = await findAddress(table, to);
  const suppressed = address !== undefined && (await isSuppressed(db, table, address, at));
  // Claimed last: whatever fails between a claim and the handing over leaves a mail of which nobody knows.
  if (!(await claimMail(table, key, at))) return false;
  if (address === undefined) await settleMail(table, key, 'skipped', { reason: 'member.inactive' });
  else if (suppressed) await settleMail(table, key, 'suppressed');
  else {
    const sent = await send({ ...mail.mail, to: address, tags: { tenant, ledger: key } });
    if (sent.outcome === 'sent') await settleMail(table, key, 'sent', { messageId: sent.messageId });
    else if (sent.outcome === 'rejected') await settleMail(table, key, 'rejected', { reason: sent.reason });
    else if (sent.outcome === 'ambiguous') await settleMail(table, key, 'unknown', { reason: sent.reason });
    else {
      await settleMail(table, key, 'waiting', { reason: sent.reason });
      // A message of its own and not this one's next delivery: five of those end among the dead letters.
      if (tries >= MOST_TRIES) throw new AppError('mail.throttled', { message: sent.reason });
      await requeue({ ...mail, tries: tries + 1 }, Math.min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** tries));
    }
    return true;
  }
  return false;
}

/** Of a member, the address he has now, and none when he has been shut out since. */
async function findAddress(table: TenantTable, to: Exclude<MailMessage['to'], 'nobody'>): Promise<string | undefined> {
  if ('email' in to) return to.email;
  const member = await findMember(table, to.memberId);
  return member?.['status'] === 'active' ? String(member['email']) : undefined;
}
