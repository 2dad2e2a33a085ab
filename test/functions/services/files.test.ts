import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findJson, listKeys, putJson, removeFile } from '../../../functions/services/files.ts';
import { createClock } from '../../../infra/local/clock.ts';
import { type ObjectStore, startObjectStore } from '../../../infra/local/objectStore/server.ts';
import { awsError, stubAwsEnvironment } from './awsEnvironment.ts';

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'files-'));
let store: ObjectStore;
beforeAll(async () => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  store = await startObjectStore({ dataDir, clock: createClock(), buckets: ['failed'], credentials });
  stubAwsEnvironment({ AWS_ENDPOINT_URL_S3: store.url });
});
afterAll(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function keys(prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const key of listKeys('failed', prefix)) found.push(key);
  return found;
}

describe('documents', () => {
  it('are read back as they were written, until they are removed', async () => {
    const batch = { shard: 'shardId-1', 记录: [1, null, { 'a/b': '常客' }] };

    await putJson('failed', 'batches/一 1.json', batch);

    expect(await findJson('failed', 'batches/一 1.json')).toEqual(batch);
    await removeFile('failed', 'batches/一 1.json');
    await removeFile('failed', 'batches/一 1.json');
    expect(await findJson('failed', 'batches/一 1.json')).toBeUndefined();
  });

  it('are listed under their prefix, over as many pages as there are', async () => {
    for (const day of ['2026/11/22', '2026/11/23']) {
      for (let n = 0; n < 3; n += 1) await putJson('failed', `listed/${day}/${n}`, n);
    }

    expect(await keys('listed/2026/11/23/')).toEqual(['listed/2026/11/23/0', 'listed/2026/11/23/1', 'listed/2026/11/23/2']);
    expect(await keys('none/')).toEqual([]);

    const pages = [
      { Contents: [{ Key: 'a' }], NextContinuationToken: 'next' },
      { Contents: [], NextContinuationToken: 'last' },
      { Contents: [{ Key: 'b' }] },
    ];
    const mock = mockClient(S3Client);
    for (const [n, page] of pages.entries())
      mock.onAnyCommand({ ContinuationToken: [undefined, 'next', 'last'][n] }).resolves(page as object);
    expect(await keys('')).toEqual(['a', 'b']);
    mock.restore();
  });

  it('that cannot be read are not taken for absent ones', async () => {
    const mock = mockClient(S3Client).on(GetObjectCommand).rejects(awsError('AccessDenied', 403));

    await expect(findJson('failed', 'a')).rejects.toThrow('AccessDenied');
    mock.restore();
  });
});
