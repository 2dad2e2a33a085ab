import { randomUUID } from 'node:crypto';
import { type Mail, recipients } from './mailbox.ts';
import { bareAddress } from './sendRequest.ts';

/** What SES tells about a mail that came back, in the form of its event destinations. */
export interface Feedback {
  eventType: 'Bounce' | 'Complaint';
  [detail: string]: unknown;
}

/**
 * The events of a mail to SES's mailbox simulator; none for other addresses.
 * @source https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html#send-email-simulator-how-to-use
 * @source https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
export function simulateFeedback(mail: Mail): Feedback[] {
  const hit = (name: string) =>
    recipients(mail)
      .map(bareAddress)
      .filter((address) => new RegExp(`^${name}(\\+[^@]*)?@simulator\\.amazonses\\.com$`, 'i').test(address));
  const envelope = describe(mail);
  const events: Feedback[] = [];
  const bounced = hit('bounce');
  if (bounced.length > 0) {
    events.push({
      eventType: 'Bounce',
      bounce: {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        bouncedRecipients: bounced.map((emailAddress) => ({
          emailAddress,
          action: 'failed',
          status: '5.1.1',
          diagnosticCode: 'smtp; 550 5.1.1 user unknown',
        })),
        timestamp: mail.at,
        feedbackId: randomUUID(),
        reportingMTA: 'dns; local',
      },
      mail: envelope,
    });
  }
  const complained = hit('complaint');
  if (complained.length > 0) {
    events.push({
      eventType: 'Complaint',
      complaint: {
        complainedRecipients: complained.map((emailAddress) => ({ emailAddress })),
        timestamp: mail.at,
        feedbackId: randomUUID(),
        complaintSubType: null,
        complaintFeedbackType: 'abuse',
        arrivalDate: mail.at,
      },
      mail: envelope,
    });
  }
  return events;
}

function describe(mail: Mail) {
  const { id, at, from, to, subject, headers, tags, configurationSet } = mail;
  return {
    timestamp: at,
    source: from,
    sourceArn: `arn:aws:ses:us-east-1:000000000000:identity/${bareAddress(from)}`,
    sendingAccountId: '000000000000',
    messageId: id,
    destination: recipients(mail).map(bareAddress),
    headersTruncated: false,
    headers: [{ name: 'From', value: from }, { name: 'To', value: to.join(', ') }, { name: 'Subject', value: subject }, ...headers],
    commonHeaders: { from: [from], to, messageId: id, subject },
    tags: {
      ...(configurationSet !== undefined && { 'ses:configuration-set': [configurationSet] }),
      ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
    },
  };
}
