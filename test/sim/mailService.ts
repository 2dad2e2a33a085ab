/** SES: takes mails, refuses some, is silent about others. */
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { currentContainer } from './container.ts';
import { failure } from './memory/refusals.ts';
import { commonFate, onTheWire, timeout } from './wire.ts';
import type { World } from './world.ts';

/** What SES was asked to take, and what of it it has taken. */
export interface Mails {
  readonly asked: SimulatedMail[];
  readonly taken: SimulatedMail[];
}

export interface SimulatedMail {
  readonly tenant: string;
  /** Of the ledger. */
  readonly key: string;
  readonly to: string;
  /** The record it leads to, if it leads to one. */
  readonly about: string | undefined;
}

/** Makes every SES client of this process send to a world's list of mails. @returns the way back */
export function takeOverMails(world: World, { asked, taken }: Mails): () => void {
  const prototype = SESv2Client.prototype as { send?: unknown };
  prototype.send = (command: unknown): Promise<unknown> => {
    if (!(command instanceof SendEmailCommand)) throw new Error('only sending is modelled');
    const tags = Object.fromEntries((command.input.EmailTags ?? []).map(({ Name, Value }) => [Name, Value]));
    const { Body } = command.input.Content?.Simple ?? {};
    const about = /\/\w[\w-]*\/([a-z]{3}_\w+)/.exec(String(Body?.Text?.Data))?.[1];
    const mail = { tenant: String(tags['tenant']), key: String(tags['ledger']), to: String(command.input.Destination?.ToAddresses), about };
    asked.push(mail);
    const fate = commonFate(world);
    return onTheWire({
      world,
      container: currentContainer(),
      label: `SendEmail ${mail.tenant} ${mail.key}`,
      fate,
      carryOut: async () => {
        if (fate === 'throttled') return { error: failure('TooManyRequestsException', 'Maximum sending rate exceeded', 429) };
        taken.push(mail);
        return fate === 'ambiguous' ? { error: timeout() } : { answer: { MessageId: `mail-${taken.length}` } };
      },
    });
  };
  return () => {
    delete prototype.send;
  };
}
