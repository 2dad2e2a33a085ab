import { randomUUID } from 'node:crypto';
import type { SNSEvent } from 'aws-lambda';
import type { Clock } from '../clock.ts';
import type { AsyncInvoker } from '../lambda/asyncInvocation.ts';
import type { Feedback } from '../mail/feedback.ts';
import { startScheduler } from '../schedule/scheduler.ts';
import type { Poller } from '../streams/streamPoller.ts';
import type { Functions } from './functions.ts';
import type { Stacks } from './stacks.ts';

export interface TriggerOptions {
  functions: Functions;
  clock: Clock;
  invoker: AsyncInvoker;
}

/** What SES may send from, and where it reports bounces and complaints. */
export function readMailSettings(stacks: Stacks): { identities: string[]; configurationSets: string[] } {
  return {
    identities: stacks.ofType('AWS::SES::EmailIdentity').map((resource) => resource.properties<{ EmailIdentity: string }>().EmailIdentity),
    configurationSets: stacks.ofType('AWS::SES::ConfigurationSet').map(({ name }) => name),
  };
}

/** Brings SES's events through their configuration set's topic to the functions that subscribe to it. */
export function deployMailEvents(stacks: Stacks, { functions, clock, invoker }: TriggerOptions) {
  const destinations = stacks
    .ofType('AWS::SES::ConfigurationSetEventDestination')
    .map((resource) => resource.properties<EventDestinationProperties>());
  const subscriptions = stacks
    .ofType('AWS::SNS::Subscription')
    .map((resource) => ({ arn: resource.arn, ...resource.properties<{ TopicArn: string; Protocol: string; Endpoint: string }>() }));
  for (const { Protocol } of subscriptions) {
    // Mail goes to the operator of an alarm, and nothing raises one here.
    if (Protocol !== 'lambda' && Protocol !== 'email') throw new Error(`SNS: subscriptions by ${Protocol} are not known here`);
  }
  return (feedback: Feedback, configurationSet: string | undefined): void => {
    for (const { ConfigurationSetName, EventDestination: destination } of destinations) {
      const wanted = destination.MatchingEventTypes.includes(feedback.eventType.toLowerCase());
      if (ConfigurationSetName !== configurationSet || !destination.Enabled || !wanted) continue;
      for (const { arn, TopicArn, Protocol, Endpoint } of subscriptions) {
        const target =
          Protocol === 'lambda' && TopicArn === destination.SnsDestination?.TopicARN ? functions.findRunnable(Endpoint) : undefined;
        if (target) void invoker.invoke(target, toSnsEvent(JSON.stringify(feedback), TopicArn, arn, clock));
      }
    }
  };
}

interface EventDestinationProperties {
  ConfigurationSetName: string;
  EventDestination: { Enabled: boolean; MatchingEventTypes: string[]; SnsDestination?: { TopicARN: string } };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
function toSnsEvent(Message: string, TopicArn: string, EventSubscriptionArn: string, clock: Clock): SNSEvent {
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn,
        Sns: {
          Type: 'Notification',
          MessageId: randomUUID(),
          TopicArn,
          Subject: 'Amazon SES Email Event Notification',
          Message,
          Timestamp: new Date(clock.now()).toISOString(),
          SignatureVersion: '1',
          Signature: '',
          SigningCertUrl: '',
          UnsubscribeUrl: '',
          MessageAttributes: {},
        },
      },
    ],
  };
}

interface ScheduleProperties {
  ScheduleExpression: string;
  ScheduleExpressionTimezone?: string;
  State?: 'ENABLED' | 'DISABLED';
  /** Its RetryPolicy is for runs that do not reach Lambda, which does not happen here. */
  Target: { Arn: string; Input?: string };
}

/** Starts the template's schedules on the virtual clock. */
export function deploySchedules(
  stacks: Stacks,
  options: Omit<TriggerOptions, 'clock'> & { clock: Parameters<typeof startScheduler>[0]['clock']; report(error: unknown): void },
): Poller {
  const { functions, invoker, clock, report } = options;
  const schedules = stacks.ofType('AWS::Scheduler::Schedule').flatMap((resource) => {
    const { ScheduleExpression, ScheduleExpressionTimezone, State, Target } = resource.properties<ScheduleProperties>();
    const target = functions.findRunnable(Target.Arn);
    if (!target || State === 'DISABLED') return [];
    return [
      {
        name: resource.name,
        expression: ScheduleExpression,
        zone: ScheduleExpressionTimezone,
        input: Target.Input ?? '{}',
        invoke: (event: unknown) => invoker.invoke(target, event),
      },
    ];
  });
  return startScheduler({ schedules, clock, report });
}
