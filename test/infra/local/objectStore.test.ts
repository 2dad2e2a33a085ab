import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../../../infra/local/clock.ts';
import { type ObjectStore, startObjectStore } from '../../../infra/local/objectStore/server.ts';
import { credentials, failure, s3Client } from './objectStoreClient.ts';

const NOW = Date.parse('2026-11-22T09:30:00.700Z');
const dir = mkdtempSync(path.join(os.tmpdir(), 'objects-'));
let store: ObjectStore;
let s3: S3Client;

beforeAll(async () => {
  store = await startObjectStore({
    dataDir: path.join(dir, 'shared'),
    clock: createClock(() => NOW),
    buckets: ['files'],
    credentials,
  });
  s3 = s3Client(store.url);
});
afterAll(async () => {
  s3.destroy();
  await store.close();
  rmSync(dir, { recursive: true, force: true });
});

const put = (Key: string, Body: PutObjectCommandInput['Body'] = 'body', more: Partial<PutObjectCommandInput> = {}) =>
  s3.send(new PutObjectCommand({ Bucket: 'files', Key, Body, ...more }));
/** Reads to the end: an unread body would break off when the store closes. */
const get = async (Key: string, more: Partial<GetObjectCommandInput> = {}) => {
  const { Body, ...head } = await s3.send(new GetObjectCommand({ Bucket: 'files', Key, ...more }));
  return { ...head, bytes: Buffer.from(await Body!.transformToByteArray()) };
};
const text = async (Key: string) => (await get(Key)).bytes.toString();

describe('objects', () => {
  it('come back with their bytes, type, headers and metadata', async () => {
    const written = await put('notes/a.txt', '常客', {
      ContentType: 'text/plain; charset=utf-8',
      ContentDisposition: 'attachment; filename="a.txt"',
      CacheControl: 'no-store',
      Metadata: { owner: 'mem_1' },
    });

    const read = await get('notes/a.txt');

    expect(read.bytes.toString()).toBe('常客');
    expect(read).toMatchObject({
      ContentType: 'text/plain; charset=utf-8',
      ContentDisposition: 'attachment; filename="a.txt"',
      CacheControl: 'no-store',
      ContentLength: 6,
      Metadata: { owner: 'mem_1' },
      LastModified: new Date('2026-11-22T09:30:00.000Z'),
      ETag: written.ETag,
      ChecksumCRC32: written.ChecksumCRC32,
    });
    expect(written.ChecksumCRC32).toMatch(/^[\w+/]{6}==$/);
  });

  it('are described by HeadObject, and missing ones are not found', async () => {
    await put('head', Buffer.alloc(10));

    expect(await s3.send(new HeadObjectCommand({ Bucket: 'files', Key: 'head' }))).toMatchObject({
      ContentLength: 10,
      ContentType: 'application/octet-stream',
    });
    expect(await failure(s3.send(new HeadObjectCommand({ Bucket: 'files', Key: 'none' })))).toEqual(['NotFound', 404]);
    expect(await failure(get('none'))).toEqual(['NoSuchKey', 404]);
    expect(await failure(s3.send(new GetObjectCommand({ Bucket: 'no-bucket', Key: 'a' })))).toEqual(['NoSuchBucket', 404]);
    await s3.send(new HeadBucketCommand({ Bucket: 'files' }));
  });

  it.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
    ['bytes=0-1,4-5', '0123456789', undefined],
  ])('are read in part: %s', async (Range, expected, ContentRange) => {
    await put('range', '0123456789');

    const part = await get('range', { Range });

    expect(part.bytes.toString()).toBe(expected);
    expect(part.ContentRange).toBe(ContentRange);
    expect(await failure(get('range', { Range: 'bytes=10-12' }))).toEqual(['InvalidRange', 416]);
  });

  it('arrive whole when streamed with a trailing checksum, also larger than one chunk', async () => {
    const bytes = Buffer.alloc(300_000, 'stream ');

    await put('streamed', Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]), { ContentLength: bytes.length });
    await put('empty', Readable.from([]), { ContentLength: 0 });

    const read = await get('streamed');
    expect(read.bytes.equals(bytes)).toBe(true);
    expect(read.ContentEncoding).toBeUndefined();
    expect(await text('empty')).toBe('');
  });

  it.each([
    ['a declared MD5', { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' }],
    ['a declared CRC32', { ChecksumCRC32: 'AAAAAA==' }],
    ['a declared SHA-256', { ChecksumSHA256: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' }],
  ])('are refused when %s is not that of the bytes', async (_what, wrong) => {
    expect(await failure(put('broken', 'bytes', wrong))).toEqual(['BadDigest', 400]);
    expect(await failure(get('broken'))).toEqual(['NoSuchKey', 404]);
  });

  it('are overwritten only under the condition the writer set, also by 20 writers at once', async () => {
    const writers = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => put('once', `writer ${n}`, { IfNoneMatch: '*' })));

    const won = writers.findIndex(({ status }) => status === 'fulfilled');
    const lost = writers.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(lost.map(({ reason }) => reason.name)).toEqual(Array.from({ length: 19 }, () => 'PreconditionFailed'));
    expect(await text('once')).toBe(`writer ${won}`);

    const { ETag } = await get('once');
    await put('once', 'second', { IfMatch: ETag });
    expect(await failure(put('once', 'third', { IfMatch: ETag }))).toEqual(['PreconditionFailed', 412]);
    expect(await failure(get('once', { IfMatch: ETag }))).toEqual(['PreconditionFailed', 412]);
  });

  it('are not sent again to a reader who has them', async () => {
    const { ETag } = await put('cached', 'x');

    expect((await failure(get('cached', { IfNoneMatch: ETag })))[1]).toBe(304);
    expect((await failure(get('cached', { IfModifiedSince: new Date(NOW) })))[1]).toBe(304);
  });

  it('are copied with or without their metadata, never onto themselves unchanged', async () => {
    await put('source ü/+%', 'copied', { ContentType: 'text/csv', Metadata: { a: '1' } });
    const copy = (Key: string, more = {}) =>
      s3.send(new CopyObjectCommand({ Bucket: 'files', Key, CopySource: encodeURI('files/source ü/+%'), ...more }));

    await copy('kept');
    await copy('replaced', { MetadataDirective: 'REPLACE', ContentType: 'text/plain', Metadata: { b: '2' } });

    expect(await text('kept')).toBe('copied');
    expect(await get('kept')).toMatchObject({ ContentType: 'text/csv', Metadata: { a: '1' } });
    expect(await get('replaced')).toMatchObject({ ContentType: 'text/plain', Metadata: { b: '2' } });
    expect(await failure(copy('source ü/+%'))).toEqual(['InvalidRequest', 400]);
  });

  it('are deleted one by one or many at once; absent ones count as deleted', async () => {
    await Promise.all(['del/1', 'del/2', 'del/<&">', 'del/keep'].map((key) => put(key)));

    await s3.send(new DeleteObjectCommand({ Bucket: 'files', Key: 'del/1' }));
    const { Deleted } = await s3.send(
      new DeleteObjectsCommand({
        Bucket: 'files',
        Delete: { Objects: [{ Key: 'del/2' }, { Key: 'del/<&">' }, { Key: 'del/never' }] },
      }),
    );

    const left = await s3.send(new ListObjectsV2Command({ Bucket: 'files', Prefix: 'del/' }));
    expect(Deleted?.map(({ Key }) => Key)).toEqual(['del/2', 'del/<&">', 'del/never']);
    expect(left.Contents?.map(({ Key }) => Key)).toEqual(['del/keep']);
  });

  it('may have any name, and no name leaves the store', async () => {
    const names = [
      '../../etc/passwd',
      '..',
      'a/../b',
      'a//b',
      './x',
      '客户/合同 1.pdf',
      'nul\u0000l',
      'a'.repeat(1024),
      '100%',
      'a+b',
      "!'()*",
    ];

    for (const name of names) {
      await put(name, name);
      expect(await text(name)).toBe(name);
    }

    expect(readdirSync(dir)).toEqual(['shared']);
    expect(await failure(put('a'.repeat(1025)))).toEqual(['KeyTooLongError', 400]);
  });

  it('are never confused with an operation that is not served', async () => {
    await put('tagged', 'bytes');

    const tagging = s3.send(new PutObjectTaggingCommand({ Bucket: 'files', Key: 'tagged', Tagging: { TagSet: [] } }));

    expect(await failure(tagging)).toEqual(['NotImplemented', 501]);
    expect(await failure(put('tagged', 'x', { ACL: 'public-read' }))).toEqual(['AccessControlListNotSupported', 400]);
    expect(await failure(put('tagged', 'x', { StorageClass: 'GLACIER' }))).toEqual(['NotImplemented', 501]);
    expect(await text('tagged')).toBe('bytes');
  });
});

describe('buckets', () => {
  it('are made once, under a proper name', async () => {
    const create = (Bucket: string) => s3.send(new CreateBucketCommand({ Bucket }));

    await create('second-bucket');

    expect(await failure(create('second-bucket'))).toEqual(['BucketAlreadyOwnedByYou', 409]);
    expect(await failure(create('Bad_Name'))).toEqual(['InvalidBucketName', 400]);
  });

  it('list their keys by UTF-8 bytes, in pages, with common prefixes', async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'listed' }));
    const keys = ['a/1', 'a/2', 'b', 'b/1', 'c', '\uffee', '𐀀'];
    for (const Key of [...keys].reverse()) await s3.send(new PutObjectCommand({ Bucket: 'listed', Key, Body: Key }));
    const list = (input = {}) => s3.send(new ListObjectsV2Command({ Bucket: 'listed', ...input }));

    const all = await list();
    expect(all.Contents?.map(({ Key }) => Key)).toEqual(keys); // UTF-16 order would put 𐀀 first
    expect(all).toMatchObject({ KeyCount: 7, IsTruncated: false });

    const seen: string[] = [];
    let token: string | undefined;
    do {
      const page = await list({ Delimiter: '/', MaxKeys: 2, ContinuationToken: token });
      const prefixes = (page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix);
      seen.push([...prefixes, ...(page.Contents ?? []).map(({ Key }) => Key)].join(' '));
      token = page.NextContinuationToken;
    } while (token);
    expect(seen).toEqual(['a/ b', 'b/ c', '\uffee 𐀀']);

    expect((await list({ Prefix: 'a/', StartAfter: 'a/1' })).Contents?.map(({ Key }) => Key)).toEqual(['a/2']);
    expect((await list({ Prefix: 'zzz' })).Contents).toBeUndefined();
    expect(await failure(list({ ContinuationToken: 'made up' }))).toEqual(['InvalidArgument', 400]);
  });
});

describe('a store whose host is killed', () => {
  it('keeps everything it has answered, and nothing else', async () => {
    const dataDir = path.join(dir, 'killed');
    const host = spawn(process.execPath, [path.join(import.meta.dirname, 'objectStoreHost.ts'), dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [url] = (await once(createInterface(host.stdout), 'line')) as [string];
    const quiet = () => {};
    const client = s3Client(url, { logger: { debug: quiet, info: quiet, warn: quiet, error: quiet } });
    await client.send(new PutObjectCommand({ Bucket: 'files', Key: 'k', Body: 'first' }));
    await client.send(new PutObjectCommand({ Bucket: 'files', Key: 'k', Body: 'answered', ContentType: 'text/plain' }));
    // And an upload that is still on its way
    const blobs = () => readdirSync(path.join(dataDir, 'blobs')).length;
    const body = new Readable({ read() {} });
    body.push('half of it');
    const half = { Bucket: 'files', Key: 'half', Body: body, ContentLength: 20 };
    const upload = client.send(new PutObjectCommand(half)).catch(() => 'broken off');
    await expect.poll(blobs).toBe(2);

    host.kill('SIGKILL');
    await once(host, 'exit');
    expect(await upload).toBe('broken off');
    client.destroy();

    const again = await startObjectStore({ dataDir, clock: createClock(), buckets: ['files'], credentials });
    const reader = s3Client(again.url);
    const read = await reader.send(new GetObjectCommand({ Bucket: 'files', Key: 'k' }));
    expect([await read.Body!.transformToString(), read.ContentType]).toEqual(['answered', 'text/plain']);
    expect(blobs()).toBe(1);
    reader.destroy();
    await again.close();
  });
});
