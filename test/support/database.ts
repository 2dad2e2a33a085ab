import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import { createTableFromTemplate } from '../../infra/local/dynamodb.ts';
import { tableProperties } from '../../infra/tableSchema.ts';

let client: DynamoDBClient | undefined;

/** Client options that reach the database of this test run. */
function databaseOptions() {
  return {
    endpoint: inject('databaseUrl'),
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
}

/** One shared client of the database of this test run. */
function databaseClient(): DynamoDBClient {
  return (client ??= new DynamoDBClient(databaseOptions()));
}

/** A new, empty table with the product's keys, indexes and stream; nobody else knows its name. */
export async function freshTable(): Promise<{ tableName: string; client: DynamoDBClient }> {
  const client = databaseClient();
  const tableName = await createTableFromTemplate(client, tableProperties(`test-${randomUUID()}`));
  return { tableName, client };
}
