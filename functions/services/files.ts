import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { requestHandler, toFailure } from './awsClient.ts';

/** Path style works with AWS and with the local object store alike. */
const s3 = new S3Client({ maxAttempts: 3, forcePathStyle: true, requestHandler });

/** Stores a value as JSON, replacing what was there. */
export async function putJson(bucket: string, key: string, value: unknown): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(value), ContentType: 'application/json' }));
}

/** @returns the parsed document, undefined when there is none; needs s3:ListBucket, or S3 answers "denied" instead of "none" */
export async function findJson(bucket: string, key: string): Promise<unknown> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return JSON.parse(await Body!.transformToString()) as unknown;
  } catch (error) {
    if (toFailure(error).name === 'NoSuchKey') return undefined;
    throw error;
  }
}

/** All keys under a prefix in the order of their bytes, read page by page while they are asked for. */
export async function* listKeys(bucket: string, prefix: string): AsyncGenerator<string> {
  let token: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }));
    for (const { Key } of page.Contents ?? []) yield Key!;
    token = page.NextContinuationToken;
  } while (token !== undefined);
}

/** Removes a file; one that is absent counts as removed. */
export async function removeFile(bucket: string, key: string): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}
