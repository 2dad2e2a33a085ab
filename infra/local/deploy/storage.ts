import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TableProperties } from '../../tableSchema.ts';
import { createTableFromTemplate } from '../dynamodb.ts';
import type { CorsRule } from '../objectStore/cors.ts';
import type { LocalQueue, QueueServer } from '../queues/queueServer.ts';
import { cloud, credentials } from './cloud.ts';
import type { Stacks } from './stacks.ts';

export interface DeployedTables {
  client: DynamoDBClient;
  tables: readonly DeployedTable[];
  names: readonly string[];
  close(): void;
}

export interface DeployedTable {
  name: string;
  keyNames: string[];
  timeToLive: string | undefined;
}

/** Creates the tables that do not exist yet; an existing one keeps its schema. */
export async function deployTables(stacks: Stacks, endpoint: string): Promise<DeployedTables> {
  const client = new DynamoDBClient({ endpoint, region: cloud.region, credentials });
  const tables = await Promise.all(
    stacks.ofType('AWS::DynamoDB::Table').map(async (resource) => {
      const properties = resource.properties<TableProperties>();
      const name = await createTableFromTemplate(client, { ...properties, TableName: resource.name });
      const { TimeToLiveSpecification: ttl } = properties;
      return {
        name,
        keyNames: properties.KeySchema.map((key) => key.AttributeName),
        timeToLive: ttl?.Enabled ? ttl.AttributeName : undefined,
      };
    }),
  );
  return { client, tables, names: tables.map(({ name }) => name), close: () => client.destroy() };
}

/** Names and CORS rules of the buckets. */
export function readBuckets(stacks: Stacks): { buckets: string[]; cors: Record<string, CorsRule[]> } {
  const resources = stacks.ofType('AWS::S3::Bucket');
  const rules = resources.map((resource) => {
    const { CorsConfiguration } = resource.properties<{ CorsConfiguration?: { CorsRules: CorsRule[] } }>();
    return [resource.name, CorsConfiguration?.CorsRules ?? []] as const;
  });
  return { buckets: resources.map(({ name }) => name), cors: Object.fromEntries(rules) };
}

/** Creates the queues, dead letter queues first, because a redrive policy must name an existing one. */
export async function deployQueues(stacks: Stacks, server: QueueServer): Promise<Map<string, LocalQueue>> {
  const wanted = stacks.ofType('AWS::SQS::Queue').map((resource) => ({ name: resource.name, properties: resource.properties<object>() }));
  wanted.sort((a, b) => Number('RedrivePolicy' in a.properties) - Number('RedrivePolicy' in b.properties));
  const queues = new Map<string, LocalQueue>();
  for (const { name, properties } of wanted) queues.set(name, await server.createQueue(name, toQueueAttributes(properties)));
  return queues;
}

function toQueueAttributes(properties: object): Record<string, string> {
  const { QueueName: _name, ...attributes } = properties as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [key, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
}
