import { Stack, type App } from 'aws-cdk-lib/core';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { createFailedBatchesBucket, createFilesBucket } from './files.ts';
import { createTable } from './table.ts';
import { createUserPool } from './userPool.ts';
import type { Settings } from './settings.ts';

export interface DataStack {
  readonly stack: Stack;
  readonly table: Table;
  readonly userPool: UserPool;
  readonly files: Bucket;
  readonly failedBatches: Bucket;
}

/**
 * What cannot be made again. Everything in it survives the removal of the stack, and the stack refuses to go.
 * The ids of these constructs are the identity of the data: renaming one would put an empty table in its place.
 */
export function createDataStack(app: App, settings: Settings): DataStack {
  const stack = new Stack(app, `${settings.name}-data`, {
    description: 'Regulars: the data (table, user pool, files)',
    terminationProtection: true,
  });
  return {
    stack,
    table: createTable(stack),
    userPool: createUserPool(stack),
    files: createFilesBucket(stack),
    failedBatches: createFailedBatchesBucket(stack),
  };
}
