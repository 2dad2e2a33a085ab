import { Aws, Duration } from 'aws-cdk-lib/core';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Alarm, ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Metrics } from './metrics.ts';

interface AlarmRule {
  readonly says: string;
  readonly expression: string;
  readonly metrics: Record<string, Metric>;
  readonly atLeast: number;
  /** Periods of five minutes in a row. */
  readonly periods: number;
  readonly silence?: TreatMissingData;
}

/** Few, because each metric in an alarm costs ten cents a month, and because each must be worth a night's sleep. */
const alarmRules = (metrics: Metrics): Record<string, AlarmRule> => ({
  RequestsFail: {
    says: 'The API answers with 5xx: a function fails, times out or is throttled',
    expression: 'failed',
    metrics: { failed: metrics.apiFailures },
    atLeast: 5,
    periods: 1,
  },
  WorkFails: {
    says: 'Functions behind the stream, the queues and the clock fail',
    expression: 'SUM(METRICS())',
    metrics: metrics.workErrors,
    atLeast: 3,
    periods: 1,
  },
  FunctionsThrottled: {
    says: 'The account has no Lambda concurrency left',
    expression: 'throttled',
    metrics: { throttled: metrics.throttles },
    atLeast: 5,
    periods: 1,
  },
  DeadLetters: {
    says: 'A message could not be delivered five times; look at it, then start the redrive of the dead letter queue',
    expression: 'letters',
    metrics: { letters: metrics.deadLetters },
    atLeast: 1,
    periods: 1,
  },
  QueuesBehind: {
    says: 'Mail, effects or jobs wait for more than 15 minutes',
    expression: 'MAX(METRICS())',
    metrics: metrics.queueAges,
    atLeast: Duration.minutes(15).toSeconds(),
    periods: 2,
  },
  StreamBehind: {
    says: 'History, feed, counters and search are more than 15 minutes behind; after 24 hours the stream forgets',
    expression: 'age',
    metrics: { age: metrics.streamAge },
    atLeast: Duration.minutes(15).toMilliseconds(),
    periods: 1,
  },
  ClockStopped: {
    says: 'No minute tick has succeeded: digests and reminders do not go out',
    expression: 'IF(runs - errors < 1, 1, 0)',
    metrics: { runs: metrics.tickRuns, errors: metrics.tickErrors },
    atLeast: 1,
    periods: 2,
    silence: TreatMissingData.BREACHING,
  },
  TableThrottled: {
    says: 'The table refuses requests: one partition gets more than it can take',
    expression: 'SUM(METRICS())',
    metrics: metrics.tableThrottles,
    atLeast: 10,
    periods: 1,
  },
  MailReputation: {
    says: 'More than 5 % of the mails bounce or 0.1 % are marked as spam: SES puts such accounts under review',
    expression: 'IF(FILL(bounces, 0) > 0.05 OR FILL(complaints, 0) > 0.001, 1, 0)',
    metrics: { bounces: metrics.bounceRate, complaints: metrics.complaintRate },
    atLeast: 1,
    periods: 1,
  },
});

/** @returns the alarms, for the dashboard; each sends the operator one mail when it goes off */
export function createAlarms(scope: Construct, metrics: Metrics, operator: string): Alarm[] {
  const topic = new Topic(scope, 'Alarms', { enforceSSL: true });
  topic.addSubscription(new EmailSubscription(operator));
  // A topic with a policy of its own has lost the default one, which let the account's alarms in.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  return Object.entries(alarmRules(metrics)).map(([id, rule]) => {
    const alarm = new Alarm(scope, `${id}Alarm`, {
      alarmDescription: rule.says,
      metric: new MathExpression({
        expression: rule.expression,
        usingMetrics: rule.metrics,
        label: id,
        period: Duration.minutes(5),
      }),
      threshold: rule.atLeast,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: rule.periods,
      treatMissingData: rule.silence ?? TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
    return alarm;
  });
}
