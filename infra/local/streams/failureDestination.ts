import { randomUUID } from 'node:crypto';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Clock } from '../clock.ts';
import type { GivenUp } from './batchRetry.ts';

/**
 * Stores a batch that a stream mapping gave up, under the key and in the form in which Lambda writes it to S3.
 * @source https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-errors.html
 */
export async function storeFailedBatch(
  given: GivenUp<DynamoDBRecord> & { shardId: string },
  target: { s3: S3Client; bucket: string; mappingId: string; functionArn: string; streamArn: string; clock: Clock },
): Promise<void> {
  const { batch, attempts, error, shardId } = given;
  const timestamp = new Date(target.clock.now()).toISOString();
  const [day = '', time = ''] = timestamp.slice(0, 19).split('T');
  const arrival = (record: DynamoDBRecord | undefined) => new Date(record!.dynamodb!.ApproximateCreationDateTime! * 1000).toISOString();
  await target.s3.send(
    new PutObjectCommand({
      Bucket: target.bucket,
      Key: `aws/lambda/${target.mappingId}/${shardId}/${day.replaceAll('-', '/')}/${day}T${time.replaceAll(':', '.')}-${randomUUID()}`,
      ContentType: 'application/json',
      Body: JSON.stringify({
        requestContext: {
          requestId: randomUUID(),
          functionArn: target.functionArn,
          condition: 'RetryAttemptsExhausted',
          approximateInvokeCount: attempts,
        },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: error },
        version: '1.0',
        timestamp,
        DDBStreamBatchInfo: {
          shardId,
          startSequenceNumber: batch[0]!.dynamodb!.SequenceNumber,
          endSequenceNumber: batch.at(-1)!.dynamodb!.SequenceNumber,
          approximateArrivalOfFirstRecord: arrival(batch[0]),
          approximateArrivalOfLastRecord: arrival(batch.at(-1)),
          batchSize: batch.length,
          streamArn: target.streamArn,
        },
        payload: JSON.stringify({ Records: batch }),
      }),
    }),
  );
}
