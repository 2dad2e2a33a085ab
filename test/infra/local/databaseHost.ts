// A process that dynamodb.test.ts starts and kills: keeps a database in argv[2] and stores one item.
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createTableFromTemplate, startDynamoDb } from '../../../infra/local/dynamodb.ts';
import { tableProperties } from '../../../infra/tableSchema.ts';

const database = await startDynamoDb({ dataDir: process.argv[2]!, fast: true });
const client = new DynamoDBClient({
  endpoint: database.url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
await createTableFromTemplate(client, tableProperties('kept'));
await client.send(new PutItemCommand({ TableName: 'kept', Item: { pk: { S: 'a' }, sk: { S: 'A' } } }));
process.stdout.write(`${JSON.stringify({ pid: database.pid })}\n`);
setInterval(() => {}, 60_000);
