// What every function starts with: the SDK's client and its document client, and one read. Nothing of the product.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = async () => {
  await client.send(new GetCommand({ TableName: process.env['TABLE_NAME'], Key: { pk: 'T#none', sk: 'A' } }));
  return { statusCode: 200 };
};
