// vitest's globalSetup: one DynamoDB Local in memory per run.
import type { TestProject } from 'vitest/node';
import { type LocalDynamoDb, startDynamoDb } from '../../infra/local/dynamodb.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

/** Each project loads this module anew; the process is the same. */
const shared = globalThis as { testDatabase?: { readonly started: Promise<LocalDynamoDb>; users: number } };

export default async function startDatabase(project: TestProject): Promise<() => Promise<void>> {
  const database = (shared.testDatabase ??= { started: startDynamoDb({ fast: true }), users: 0 });
  database.users++;
  const { url, close } = await database.started;
  project.provide('databaseUrl', url);
  return async () => {
    if (--database.users === 0) await close();
  };
}
