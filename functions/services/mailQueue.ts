import type { Instant } from '../../shared/kernel/types.ts';
import { env } from '../runtime/env.ts';
import { sendMessage } from './queue.ts';

const settings = env('MAIL_QUEUE_URL');

/** A mail on its way to `mail.queue.ts`, which alone talks to SES. */
export interface MailMessage {
  readonly tenant: string;
  /** Made of the mail's cause: of all messages with one key in one workspace, at most one becomes a mail. */
  readonly key: string;
  /**
   * A member gets it at the address he has when it is sent, and only while he is active; `email` is for who is none
   * (yet); `nobody` is dropped, and is there so that silence costs the same time as a mail.
   */
  readonly to: { readonly memberId: string } | { readonly email: string } | 'nobody';
  readonly mail: {
    readonly subject: string;
    readonly text: string;
    readonly html: string;
    readonly fromName?: string;
    readonly unsubscribeUrl?: string;
  };
  /** When it was decided upon. */
  readonly at: Instant;
  /** How often SES has had no room for it. */
  readonly tries?: number;
}

/** Keys become tags of the mail, and tags know no other characters. */
const KEY = /^[\w-]{1,200}$/;
/** In a queue of 256 KB messages this leaves room for all else. */
const MOST_BYTES = 200_000;

/**
 * Puts a mail into the queue; asked again with the same key, still one mail goes out.
 * @throws AppError queue.unavailable (503); Error for a key or size that can never be sent
 */
export async function enqueueMail(message: MailMessage, delaySeconds?: number): Promise<void> {
  if (!KEY.test(message.key)) throw new Error(`mail key ${message.key}: letters, digits, _ and -`);
  if (Buffer.byteLength(JSON.stringify(message)) > MOST_BYTES) throw new Error(`mail ${message.key} is too large for the queue`);
  await sendMessage(settings().MAIL_QUEUE_URL, { body: message, ...(delaySeconds === undefined ? {} : { delaySeconds }) });
}
