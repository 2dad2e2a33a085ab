import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { queueNames } from './entries.ts';
import type { Entry } from './entries.ts';
import type { Functions } from './functions.ts';
import type { Queues } from './queues.ts';

/** What alarms and dashboard look at. */
export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics(parts: {
  readonly api: HttpApi;
  readonly functions: Functions;
  readonly queues: Queues;
  readonly table: Table;
}) {
  const { api, functions, queues, table } = parts;
  const of = (kind: Entry['trigger']['kind']) => functionsBy(functions, kind);
  const tick = only(of('tick'));
  const tableMetric = (metricName: string, index?: string) =>
    new Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      statistic: Stats.SUM,
      dimensionsMap: { TableName: table.tableName, ...(index && { GlobalSecondaryIndexName: index }) },
    });
  const mailMetric = (metricName: string, statistic: string) => new Metric({ namespace: 'AWS/SES', metricName, statistic });

  return {
    requests: api.metricCount({ statistic: Stats.SUM }),
    latency: api.metricLatency({ statistic: Stats.percentile(95) }),
    apiRefusals: api.metricClientError({ statistic: Stats.SUM }),
    // Also tells of functions behind the API: an uncaught error or a time-out is a 5xx.
    apiFailures: api.metricServerError({ statistic: Stats.SUM }),
    workErrors: Object.fromEntries(
      [...of('stream'), ...of('queue'), ...of('tick'), ...of('mailEvents')].map((fn, n) => [`work${n}`, fn.metricErrors()]),
    ),
    // Without a dimension: concurrency is the account's, whoever used it up.
    throttles: new Metric({ namespace: 'AWS/Lambda', metricName: 'Throttles', statistic: Stats.SUM }),
    deadLetters: queues.deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM }),
    queueAges: Object.fromEntries(
      queueNames.map((name) => [name, queues[name].metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, label: name })]),
    ),
    streamAge: only(of('stream')).metric('IteratorAge', { statistic: Stats.MAXIMUM }),
    tickRuns: tick.metricInvocations(),
    tickErrors: tick.metricErrors(),
    // Of the indexes only byType: there a whole type of one tenant shares a partition, as during an import.
    tableThrottles: {
      reads: tableMetric('ReadThrottleEvents'),
      writes: tableMetric('WriteThrottleEvents'),
      listWrites: tableMetric('WriteThrottleEvents', 'byType'),
    },
    readUnits: tableMetric('ConsumedReadCapacityUnits'),
    writeUnits: tableMetric('ConsumedWriteCapacityUnits'),
    mailsSent: mailMetric('Send', Stats.SUM),
    bounceRate: mailMetric('Reputation.BounceRate', Stats.MAXIMUM),
    complaintRate: mailMetric('Reputation.ComplaintRate', Stats.MAXIMUM),
  };
}

function functionsBy(functions: Functions, kind: Entry['trigger']['kind']): LambdaFunction[] {
  return [...functions].filter(([entry]) => entry.trigger.kind === kind).map(([, fn]) => fn);
}

function only(functions: LambdaFunction[]): LambdaFunction {
  const [fn] = functions;
  if (!fn || functions.length > 1) throw new Error(`expected one function, found ${functions.length}`);
  return fn;
}
