import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { ShiftableClock } from '../clock.ts';
import type { LambdaFunction } from '../lambda/lambdaFunction.ts';
import { startQueuePoller } from '../queues/queuePoller.ts';
import type { LocalQueue, QueueServer } from '../queues/queueServer.ts';
import type { Checkpoints } from '../streams/checkpoints.ts';
import { storeFailedBatch } from '../streams/failureDestination.ts';
import { compileFilters } from '../streams/filterPattern.ts';
import { createStreamClient } from '../streams/streamClient.ts';
import { type Poller, startStreamPoller } from '../streams/streamPoller.ts';
import { startTimeToLive, type TimeToLive } from '../timeToLive.ts';
import { cloud, credentials } from './cloud.ts';
import type { Functions } from './functions.ts';
import type { Resource, Stacks } from './stacks.ts';
import type { DeployedTable } from './storage.ts';

interface MappingProperties {
  EventSourceArn: string;
  FunctionName: string;
  BatchSize?: number;
  BisectBatchOnFunctionError?: boolean;
  DestinationConfig?: { OnFailure?: { Destination: string } };
  FilterCriteria?: { Filters: { Pattern: string }[] };
  FunctionResponseTypes?: string[];
  MaximumRetryAttempts?: number;
  ParallelizationFactor?: number;
  ScalingConfig?: { MaximumConcurrency: number };
}

export interface EventSourceOptions {
  functions: Functions;
  clock: ShiftableClock;
  checkpoints: Checkpoints;
  database: { url: string; client: DynamoDBClient; tables: readonly DeployedTable[] };
  queues: { server: QueueServer; byName: ReadonlyMap<string, LocalQueue> };
  objectsUrl: string;
  report(error: unknown): void;
}

/**
 * Starts a poller for each event source mapping, and the sweep of each table's expired items.
 * @param keep  takes each one as soon as it runs
 */
export function deployEventSources(stacks: Stacks, options: EventSourceOptions, keep: (poller: Poller) => void): void {
  const sweeps = new Map<string, TimeToLive>();
  for (const table of options.database.tables) {
    if (table.timeToLive === undefined) continue;
    const sweep = startSweep(table, table.timeToLive, options);
    keep(sweep);
    sweeps.set(table.name, sweep);
  }
  for (const resource of stacks.ofType('AWS::Lambda::EventSourceMapping')) {
    const properties = resource.properties<MappingProperties>();
    const target = options.functions.findRunnable(properties.FunctionName);
    if (!target) continue;
    const source = stacks.byArn(properties.EventSourceArn);
    if (source.type === 'AWS::SQS::Queue') keep(pollQueue(source, properties, target, options));
    else if (source.type === 'AWS::DynamoDB::Table')
      keep(pollStream(stacks, resource, source, properties, target, sweeps.get(source.name), options));
    else throw new Error(`${resource.logicalId}: ${source.type} is no event source here`);
  }
}

function startSweep({ name, keyNames }: DeployedTable, attribute: string, { database, clock, report }: EventSourceOptions): TimeToLive {
  return startTimeToLive({ client: database.client, tableName: name, keyNames, attribute, clock, report });
}

function pollQueue(source: Resource, properties: MappingProperties, target: LambdaFunction, options: EventSourceOptions): Poller {
  const { queues, clock, report } = options;
  return startQueuePoller({
    client: queues.server.client,
    mapping: {
      queue: queues.byName.get(source.name)!,
      region: cloud.region,
      batchSize: properties.BatchSize ?? 10,
      maximumConcurrency: properties.ScalingConfig?.MaximumConcurrency ?? 5,
      reportBatchItemFailures: reportsItems(properties),
      filter: compileFilters(patterns(properties)),
    },
    clock,
    invoke: (event) => target.invoke(event),
    report,
  });
}

function pollStream(
  stacks: Stacks,
  resource: Resource,
  source: Resource,
  properties: MappingProperties,
  target: LambdaFunction,
  sweep: TimeToLive | undefined,
  options: EventSourceOptions,
): Poller {
  const { database, clock, checkpoints, report, objectsUrl } = options;
  const destination = properties.DestinationConfig?.OnFailure?.Destination;
  const bucket = destination === undefined ? undefined : stacks.byArn(destination);
  if (bucket && bucket.type !== 'AWS::S3::Bucket') throw new Error(`${resource.logicalId}: failed batches go to a bucket here`);
  const s3 = new S3Client({ endpoint: objectsUrl, region: cloud.region, credentials, forcePathStyle: true });
  const { MaximumRetryAttempts: retries = -1 } = properties;
  return startStreamPoller({
    client: createStreamClient(database.url),
    mapping: {
      id: resource.name,
      tableName: source.name,
      streamArn: properties.EventSourceArn,
      region: cloud.region,
      batchSize: properties.BatchSize ?? 100,
      parallelizationFactor: properties.ParallelizationFactor ?? 1,
      bisectBatchOnFunctionError: properties.BisectBatchOnFunctionError ?? false,
      reportBatchItemFailures: reportsItems(properties),
      maximumRetryAttempts: retries < 0 ? Infinity : retries,
      filter: compileFilters(patterns(properties)),
    },
    clock,
    checkpoints,
    invoke: (event) => target.invoke(event),
    async onFailure(given) {
      report(new Error(`${resource.logicalId}: gave up ${given.batch.length} records after ${given.attempts} attempts: ${given.error}`));
      if (!bucket) return;
      const streamArn = properties.EventSourceArn;
      await storeFailedBatch(given, {
        s3,
        bucket: bucket.name,
        mappingId: resource.name,
        functionArn: target.definition.arn,
        streamArn,
        clock,
      });
    },
    isExpiry: (record) => sweep?.takeExpiry(record.dynamodb.Keys) ?? false,
    report,
  });
}

const patterns = ({ FilterCriteria }: MappingProperties) => (FilterCriteria?.Filters ?? []).map(({ Pattern }) => Pattern);
const reportsItems = ({ FunctionResponseTypes = [] }: MappingProperties) => FunctionResponseTypes.includes('ReportBatchItemFailures');
