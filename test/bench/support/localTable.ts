/** A database of a bench's own: Amazon's local one in memory, warm at full speed, with one empty table. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTableFromTemplate, startDynamoDb } from '../../../infra/local/dynamodb.ts';
import { tableProperties } from '../../../infra/tableSchema.ts';
import { toDatabase, type Database } from '../../../functions/table/database.ts';

export interface LocalTable {
  readonly db: Database;
  /** What a function in another process needs to reach it. */
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

export async function openLocalTable(): Promise<LocalTable> {
  const local = await startDynamoDb();
  const client = new DynamoDBClient({
    endpoint: local.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const tableName = await createTableFromTemplate(client, tableProperties('bench'));
  return {
    db: toDatabase(client, tableName),
    env: {
      TABLE_NAME: tableName,
      AWS_ENDPOINT_URL_DYNAMODB: local.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    },
    close: () => local.close(),
  };
}
