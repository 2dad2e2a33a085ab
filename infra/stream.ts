import { Duration } from 'aws-cdk-lib/core';
import { FilterCriteria, FilterRule, StartingPosition, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { DataStack } from './dataStack.ts';

/** `Standing` in functions/records/remarks.ts. A filter can only ask whether a leaf exists. */
const remark = { on: { M: { version: { N: FilterRule.exists() } } } };

/**
 * Hands every change of a record to the reader of the stream.
 *
 * Retries for half the stream's memory of 24 hours: an outage is waited out, a batch that can never pass is halved
 * until the culprit is alone, and that goes to S3 with its payload while the rest moves on.
 */
export function connectStream(reader: LambdaFunction, { table, failedBatches }: DataStack): void {
  reader.addEventSourceMapping('Stream', {
    eventSourceArn: table.tableStreamArn!,
    startingPosition: StartingPosition.TRIM_HORIZON,
    // Records, and what is written under them by hand, which says where it stands; files whose items are gone. Their
    // history, milestones, feed, counters and search rows are this reader's own writes.
    filters: [
      FilterCriteria.filter({ dynamodb: { Keys: { sk: { S: FilterRule.isEqual('A') } } } }),
      FilterCriteria.filter({ dynamodb: { NewImage: remark } }),
      FilterCriteria.filter({ eventName: FilterRule.isEqual('REMOVE'), dynamodb: { OldImage: remark } }),
      FilterCriteria.filter({ eventName: FilterRule.isEqual('REMOVE'), dynamodb: { Keys: { sk: { S: FilterRule.beginsWith('F#') } } } }),
    ],
    batchSize: 100,
    // Changes of one key stay in order; a tenant with a long import does not hold up its neighbours.
    parallelizationFactor: 2,
    reportBatchItemFailures: true,
    bisectBatchOnError: true,
    retryAttempts: 10,
    maxRecordAge: Duration.hours(12),
    supportS3OnFailureDestination: true,
    // Not the library's S3OnFailureDestination: it lets the function read, list and delete the whole bucket.
    onFailure: { bind: () => ({ destination: failedBatches.bucketArn }) },
  });
}
