// Trigger: SNS, bounces and complaints of the mails that SES has sent.
import * as z from 'zod/mini';
import type { SNSEvent } from 'aws-lambda';
import { toInstant } from '../../shared/kernel/dates.ts';
import { log, loggable } from '../runtime/log.ts';
import { theDatabase, type Database } from '../table/database.ts';
import { tenantTable } from '../table/tenantTable.ts';
import { settleMail, suppress } from './mailLedger.ts';

export const handler = (event: SNSEvent): Promise<void> => readMailEvents(theDatabase(), event);

const recipients = () => z.array(z.object({ emailAddress: z.string() }));
/** @source https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
const told = () =>
  z.object({
    bounce: z.optional(z.object({ bounceType: z.string(), bouncedRecipients: recipients() })),
    complaint: z.optional(z.object({ complainedRecipients: recipients() })),
    mail: z.object({ timestamp: z.string(), tags: z.record(z.string(), z.array(z.string())) }),
  });

/**
 * Notes at the mail what happened to it, and keeps its workspace from writing to that address again. Told twice or out of
 * order it comes to the same.
 * @throws whatever the database throws: SNS tells again
 */
export async function readMailEvents(db: Database, event: SNSEvent): Promise<void> {
  for (const { Sns } of event.Records) {
    const parsed = z.safeParse(told(), parseJson(Sns.Message));
    const tenant = parsed.data?.mail.tags['tenant']?.[0];
    const key = parsed.data?.mail.tags['ledger']?.[0];
    if (!parsed.success || !tenant || !key) {
      // Told again it would be the same: not a mail of ours, or a form of event that is unknown here.
      log('error', 'mail event not understood', { messageId: Sns.MessageId, ...loggable(parsed.error) });
      continue;
    }
    const { bounce, complaint, mail } = parsed.data;
    // A full mailbox and the like pass; SES has tried for hours by then.
    const hard = bounce?.bounceType === 'Permanent' ? bounce.bouncedRecipients : [];
    const cause = complaint ? 'complained' : 'bounced';
    const table = tenantTable(db, tenant);
    for (const { emailAddress } of complaint?.complainedRecipients ?? hard)
      await suppress(db, table, bareAddress(emailAddress), cause, toInstant(Date.parse(mail.timestamp)));
    if (bounce || complaint) await settleMail(table, key, cause, { reason: bounce?.bounceType ?? 'complaint' });
  }
}

/** Recipients come as they stood in the header: `Name <a@b>` or bare. */
const bareAddress = (recipient: string): string => /<([^<>]+)>\s*$/.exec(recipient)?.[1] ?? recipient;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
