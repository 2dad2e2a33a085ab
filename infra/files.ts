import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods, type BucketProps } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

const privateBucket = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  encryption: BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  removalPolicy: RemovalPolicy.RETAIN,
} satisfies BucketProps;

/** Files beside records, written and read by the browser through presigned requests. */
export function createFilesBucket(scope: Construct): Bucket {
  return new Bucket(scope, 'Files', {
    ...privateBucket,
    versioned: true,
    // Any origin: what opens the door is the signature, which only our own page receives; no cookie is involved.
    cors: [{ allowedMethods: [HttpMethods.GET, HttpMethods.PUT], allowedOrigins: ['*'], allowedHeaders: ['*'] }],
    lifecycleRules: [
      {
        noncurrentVersionExpiration: Duration.days(30),
        abortIncompleteMultipartUploadAfter: Duration.days(1),
        expiredObjectDeleteMarker: true,
      },
    ],
  });
}

/**
 * Batches of the table's stream that the reader gave up on, with their payload, until an operator redrives them.
 * A bucket of its own, so that the reader of the stream may write here and to no file of a tenant.
 */
export function createFailedBatchesBucket(scope: Construct): Bucket {
  return new Bucket(scope, 'FailedBatches', {
    ...privateBucket,
    lifecycleRules: [{ expiration: Duration.days(90) }],
  });
}
