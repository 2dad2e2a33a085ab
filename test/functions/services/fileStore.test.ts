import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { toInstant } from '../../../shared/kernel/dates.ts';
import {
  attachment,
  presignDownload,
  presignUpload,
  putStored,
  readEnds,
  readStored,
  removeStored,
} from '../../../functions/services/fileStore.ts';
import { createClock } from '../../../infra/local/clock.ts';
import { type ObjectStore, startObjectStore } from '../../../infra/local/objectStore/server.ts';
import { stubAwsEnvironment } from './awsEnvironment.ts';

const NOW = Date.parse('2031-03-01T12:00:00Z');
const AT = toInstant(NOW);
const clock = createClock(() => NOW);
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'fileStore-'));
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
let store: ObjectStore;
beforeAll(async () => {
  store = await startObjectStore({ dataDir, clock, buckets: ['files'], credentials });
  stubAwsEnvironment({ AWS_ENDPOINT_URL_S3: store.url, FILES_BUCKET: 'files' });
});
afterAll(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const said = (text: string) => ({ size: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') });
async function send(key: string, announced: string, sent = announced, more: Record<string, string> = {}): Promise<string> {
  const { url, headers } = await presignUpload(key, said(announced), AT);
  const answer = await fetch(url, { method: 'PUT', body: sent, headers: { ...headers, ...more } });
  return `${answer.status} ${/<Code>(.*?)<\/Code>/.exec(await answer.text())?.[1] ?? ''}`.trim();
}

describe('an upload', () => {
  it('takes exactly the bytes that were announced', async () => {
    expect(await send('firm/lead/lea_1/fil_1', 'the file')).toBe('200');
    expect(await send('firm/lead/lea_1/fil_2', 'the file', 'the life')).toBe('400 BadDigest');
    expect(await send('firm/lead/lea_1/fil_2', 'the file', 'the file and more')).toBe('403 SignatureDoesNotMatch');
    expect(await send('firm/lead/lea_1/fil_2', 'the file', 'the')).toBe('403 SignatureDoesNotMatch');
    expect(await send('firm/lead/lea_1/fil_2', 'the file', 'the file', { 'x-amz-checksum-sha256': said('x').sha256 })).toMatch(/^403/);

    expect(await readEnds('firm/lead/lea_1/fil_2', 10)).toBeUndefined();
  });

  it('is open for a quarter of an hour, and for no other key', async () => {
    const { url, headers, expiresAt } = await presignUpload('firm/a', said('x'), AT);
    const put = async (to: string) => (await fetch(to, { method: 'PUT', body: 'x', headers })).status;

    expect(expiresAt).toBe('2031-03-01T12:15:00.000Z');
    expect(await put(url.replace('firm/a', 'firm/b'))).toBe(403);
    clock.set(NOW + 16 * 60_000);
    expect(await put(url)).toBe(403);
    clock.set(NOW);
    expect(await put(url)).toBe(200);
  });
});

describe('a download', () => {
  it('is stored under its name and never shown', async () => {
    await send('firm/page', '<script>alert(1)</script>');
    const { url, expiresAt } = await presignDownload('firm/page', '报价 "50%".html', AT);

    const answer = await fetch(url);

    expect(expiresAt).toBe('2031-03-01T12:02:00.000Z');
    expect(await answer.text()).toBe('<script>alert(1)</script>');
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="__ _50__.html"; filename*=UTF-8''%E6%8A%A5%E4%BB%B7%20%2250%25%22.html`,
    );
    clock.set(NOW + 3 * 60_000);
    expect((await fetch(url)).status).toBe(403);
    clock.set(NOW);
    expect((await fetch(url.replace('octet-stream', 'html'))).status).toBe(403);
  });

  it('is signed as the SDK signs it', async () => {
    const s3 = new S3Client({ endpoint: store.url, region: 'us-east-1', credentials, forcePathStyle: true });
    const name = 'Grün & blau (1).pdf';
    const input = { ResponseContentDisposition: attachment(name), ResponseContentType: 'application/octet-stream' };
    const command = new GetObjectCommand({ Bucket: 'files', Key: 'firm/page', ...input });
    const theirs = new URL(await getSignedUrl(s3, command, { signingDate: new Date(NOW), expiresIn: 120 }));
    const ours = new URL((await presignDownload('firm/page', name, AT)).url);
    s3.destroy();

    // The SDK adds two parameters that name the operation, hence another signature; all else is the same.
    const parts = ({ searchParams }: URL) => [...searchParams].filter(([part]) => !/^x-id$|checksum-mode|Signature$/.test(part)).sort();
    expect(parts(ours)).toEqual(parts(theirs));
    expect((await fetch(ours)).status).toBe(200);
  });
});

describe('a stored file', () => {
  it('is looked at from both ends', async () => {
    await send('firm/long', `head${'.'.repeat(1000)}tail`);
    const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString();

    const long = await readEnds('firm/long', 4);
    expect([long?.size, text(long?.head), text(long?.tail)]).toEqual([1008, 'head', 'tail']);
    const whole = await readEnds('firm/long', 5000);
    expect([whole?.size, text(whole?.tail).length]).toEqual([1008, 1008]);
  });

  it('that the product makes is put there whole, in the place of the one before, and read again', async () => {
    await putStored('firm/made', Buffer.from('first'));
    await putStored('firm/made', Buffer.from('表 second'));

    expect(Buffer.from(await readStored('firm/made')).toString()).toBe('表 second');
    await expect(readStored('firm/never')).rejects.toThrow('S3 says 404');
  });

  it('is removed once, and once more without harm', async () => {
    await send('firm/old', 'x');

    await removeStored('firm/old');
    await removeStored('firm/old');

    expect(await readEnds('firm/old', 4)).toBeUndefined();
  });

  it('that cannot be reached is no absent one', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_S3', 'http://127.0.0.1:1');
    await expect(readEnds('firm/long', 4)).rejects.toMatchObject({ code: 'files.unavailable', status: 503 });
    vi.stubEnv('AWS_ENDPOINT_URL_S3', store.url);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'wrong');
    await expect(readEnds('firm/long', 4)).rejects.toThrow('S3 says 403');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  });
});
