import { Aws } from 'aws-cdk-lib/core';
import { ConfigurationSet, EmailIdentity, EmailSendingEvent, EventDestination, Identity } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Settings } from './settings.ts';

export interface Mail {
  readonly identity: EmailIdentity;
  readonly configurationSet: ConfigurationSet;
  /** Bounces and complaints. */
  readonly events: Topic;
}

/** The sender SES verifies, and where it reports mails that came back. */
export function createMail(scope: Construct, settings: Settings): Mail {
  const { mailIdentity } = settings;
  const configurationSet = new ConfigurationSet(scope, 'MailConfiguration', { reputationMetrics: true });
  const identity = new EmailIdentity(scope, 'MailIdentity', {
    identity: 'domain' in mailIdentity ? Identity.domain(mailIdentity.domain) : Identity.email(mailIdentity.address),
    configurationSet,
  });
  const events = new Topic(scope, 'MailEvents', { enforceSSL: true });
  configurationSet.addEventDestination('MailEvents', {
    destination: EventDestination.snsTopic(events),
    events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT],
  });
  return { identity, configurationSet, events };
}

/** Any sender identity of this account; which address may be used is the condition's business. */
export const anyMailIdentity = `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:identity/*`;
