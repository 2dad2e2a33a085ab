// vitest's globalSetup: one DynamoDB Local in memory per run.
import type { TestProject } from 'vitest/node';
import { startDynamoDb } from '../../infra/local/dynamodb.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

export default async function startDatabase(project: TestProject): Promise<() => Promise<void>> {
  const database = await startDynamoDb({ fast: true });
  project.provide('databaseUrl', database.url);
  return () => database.close();
}
