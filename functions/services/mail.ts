import { GetAccountCommand, type Message, SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { env } from '../runtime/env.ts';
import { type AwsFailure, isThrottled, requestHandler, toFailure } from './awsClient.ts';
import { isHeaderText, toMailbox, toWireAddress } from './mailAddress.ts';

/**
 * One attempt per call: SendEmail knows no idempotency, so a retry after a time-out is a second mail. Whether to try
 * again is for the mail ledger to say, by the outcome.
 */
const ses = new SESv2Client({ maxAttempts: 1, requestHandler: { ...requestHandler, requestTimeout: 10_000 } });
const settings = env('MAIL_FROM', 'MAIL_CONFIGURATION_SET');

export interface Mail {
  /** One address, without a name. */
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Shown before the sender's address, for instance the workspace. */
  fromName?: string;
  /** One address; absent: answers go to the sender. */
  replyTo?: string;
  /** An https address that takes the one-click POST (RFC 8058). */
  unsubscribeUrl?: string;
  /** Come back with bounces and complaints; names and values of letters, digits, `_` and `-`. */
  tags?: Readonly<Record<string, string>>;
}

export type Sent =
  /** SES took it; whether it arrives, its events tell. */
  | { outcome: 'sent'; messageId: string }
  /** SES did not take it, for a reason that passes or is not the mail's: the same mail may be tried later. */
  | { outcome: 'throttled'; reason: string }
  /** This mail will never be taken. */
  | { outcome: 'rejected'; reason: string }
  /** No answer: it may have been taken or not. */
  | { outcome: 'ambiguous'; reason: string };

/**
 * Hands one mail to SES.
 * @returns `reason` is SES's name for it, or ours for what is refused before asking: `address.invalid`,
 *   `header.invalid`, `tag.invalid`, `unsubscribe.invalid`; never holds the address
 */
export async function sendMail(mail: Mail): Promise<Sent> {
  const { MAIL_FROM, MAIL_CONFIGURATION_SET } = settings();
  const to = toWireAddress(mail.to);
  const replyTo = mail.replyTo === undefined ? undefined : toWireAddress(mail.replyTo);
  const fault = findFault(mail, { to, replyTo });
  if (fault) return { outcome: 'rejected', reason: fault };
  const command = new SendEmailCommand({
    FromEmailAddress: toMailbox(mail.fromName, MAIL_FROM),
    Destination: { ToAddresses: [to!] },
    ...(replyTo !== undefined && { ReplyToAddresses: [replyTo] }),
    Content: { Simple: toMessage(mail) },
    ConfigurationSetName: MAIL_CONFIGURATION_SET,
    EmailTags: Object.entries(mail.tags ?? {}).map(([Name, Value]) => ({ Name, Value })),
  });
  try {
    const { MessageId } = await ses.send(command);
    return { outcome: 'sent', messageId: MessageId! };
  } catch (error) {
    const failure = toFailure(error);
    return { outcome: outcomeOf(failure), reason: failure.code ?? failure.name };
  }
}

let rate: number | undefined;

/**
 * Mails per second that SES takes from this account, asked once in the life of a container. What cannot be asked is
 * taken for the least, one: the rate of an account in the sandbox.
 */
export async function sendRate(): Promise<number> {
  if (rate !== undefined) return rate;
  try {
    const { SendQuota } = await ses.send(new GetAccountCommand({}));
    return (rate = Math.max(1, SendQuota?.MaxSendRate ?? 1));
  } catch {
    return 1;
  }
}

function toMessage({ subject, text, html, unsubscribeUrl }: Mail): Message {
  const content = (Data: string) => ({ Data, Charset: 'UTF-8' });
  return {
    Subject: content(subject),
    Body: { Text: content(text), Html: content(html) },
    ...(unsubscribeUrl !== undefined && {
      Headers: [
        { Name: 'List-Unsubscribe', Value: `<${unsubscribeUrl}>` },
        { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
      ],
    }),
  };
}

function findFault(mail: Mail, wire: { to: string | undefined; replyTo: string | undefined }): string | undefined {
  const { subject, fromName = '', unsubscribeUrl, tags = {} } = mail;
  if (wire.to === undefined || (mail.replyTo !== undefined && wire.replyTo === undefined)) return 'address.invalid';
  if (![subject, fromName].every(isHeaderText)) return 'header.invalid';
  if (unsubscribeUrl !== undefined && !/^https:\/\/[!-;=?-~]{1,800}$/.test(unsubscribeUrl)) return 'unsubscribe.invalid';
  if (
    !Object.entries(tags)
      .flat()
      .every((text) => /^[\w-]{1,256}$/.test(text))
  )
    return 'tag.invalid';
  return undefined;
}

/** Refusals that are about this very mail. */
const FINAL = new Set(['BadRequestException', 'MessageRejected']);
/** The connection was never made, so nothing was handed over. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);

function outcomeOf(failure: AwsFailure): Exclude<Sent['outcome'], 'sent'> {
  if (FINAL.has(failure.name)) return 'rejected';
  const status = failure.$metadata?.httpStatusCode ?? 0;
  // Any other refusal (paused, over quota, no right, no configuration set) may be lifted; SES has taken nothing.
  if (isThrottled(failure) || (status >= 400 && status < 500) || NOT_CONNECTED.has(failure.code ?? '')) return 'throttled';
  return 'ambiguous';
}
