import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { env } from '../runtime/env.ts';
import { requestHandler } from '../services/awsClient.ts';

/**
 * The one seam to DynamoDB: every request of the product passes `send`. Meters, the isolation check and the fault
 * simulator wrap it; nothing else in the product holds a client.
 */
export interface Database {
  readonly tableName: string;
  readonly send: DynamoDBDocumentClient['send'];
  /** Waits before a retry; virtual in the simulator. */
  readonly wait: (ms: number) => Promise<unknown>;
  /** 0 ≤ x < 1, for jitter only. */
  readonly chance: () => number;
}

export function toDatabase(client: DynamoDBClient, tableName: string): Database {
  const documents = DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
    // A sum of many amounts may pass 2^53, and the SDK would hand it over as a bigint, which no arithmetic of ours expects.
    unmarshallOptions: { wrapNumbers: (digits: string) => Number(digits) },
  });
  return { tableName, send: documents.send.bind(documents), wait: delay, chance: Math.random };
}

const settings = env('TABLE_NAME');
let database: Database | undefined;

/** The database of this function, made at first use and kept for the life of the container. */
export const theDatabase = (): Database =>
  (database ??= toDatabase(new DynamoDBClient({ maxAttempts: 4, requestHandler }), settings().TABLE_NAME));
