import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

export const credentials = { accessKeyId: 'AKIALOCAL', secretAccessKey: 'local secret' };

export const s3Client = (endpoint: string, more: S3ClientConfig = {}): S3Client =>
  new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials, maxAttempts: 1, ...more });

/** Name and HTTP status of a call that must fail. */
export async function failure(call: Promise<unknown>): Promise<[string, number | undefined]> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason as Error & { $metadata?: { httpStatusCode?: number } },
  );
  if (!error) throw new Error('the call was expected to fail');
  return [error.name, error.$metadata?.httpStatusCode];
}
