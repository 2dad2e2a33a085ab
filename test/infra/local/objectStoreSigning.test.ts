import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { GetObjectCommand, PutObjectCommand, type PutObjectCommandInput, type S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClock, type ShiftableClock } from '../../../infra/local/clock.ts';
import { type ObjectStore, startObjectStore } from '../../../infra/local/objectStore/server.ts';
import { credentials, failure, s3Client } from './objectStoreClient.ts';

const MINUTE = 60_000;
/** The virtual now is a fixed moment in another year than the machine's: no check below may mix the two up. */
const NOW = Date.parse('2031-03-01T12:00:00Z');
const dir = mkdtempSync(path.join(os.tmpdir(), 'signing-'));
let clock: ShiftableClock;
let store: ObjectStore;
let s3: S3Client;
/** Presigns as the product does. With the default the SDK would sign the checksum of an empty body into the URL. */
let presigner: S3Client;

beforeAll(async () => {
  clock = createClock(() => NOW);
  store = await startObjectStore({
    dataDir: dir,
    clock,
    buckets: ['files'],
    credentials,
    cors: {
      files: [
        {
          AllowedOrigins: ['https://crm.example'],
          AllowedMethods: ['GET', 'POST'],
          AllowedHeaders: ['content-*'],
          MaxAge: 300,
          ExposedHeaders: ['ETag'],
        },
        { AllowedOrigins: ['https://*.shop.example'], AllowedMethods: ['POST'] },
      ],
    },
  });
  s3 = s3Client(store.url);
  presigner = s3Client(store.url, { requestChecksumCalculation: 'WHEN_REQUIRED' });
});
beforeEach(() => clock.set(NOW));
afterAll(async () => {
  s3.destroy();
  presigner.destroy();
  await store.close();
  rmSync(dir, { recursive: true, force: true });
});

const signedNow = { signingDate: new Date(NOW), expiresIn: 300 };
const presignGet = (Key: string, more = {}) => getSignedUrl(presigner, new GetObjectCommand({ Bucket: 'files', Key, ...more }), signedNow);
const presignPut = (input: Partial<PutObjectCommandInput>, options: Parameters<typeof getSignedUrl>[2] = {}) =>
  getSignedUrl(presigner, new PutObjectCommand({ Bucket: 'files', Key: 'put', ...input }), { ...signedNow, ...options });
const put = (Key: string, Body: string, client = s3) => client.send(new PutObjectCommand({ Bucket: 'files', Key, Body }));

/** Status, and the error code when the answer is one. */
async function outcome(url: string, init: RequestInit = {}): Promise<[number, string | undefined]> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  return [response.status, /<Code>(.*?)<\/Code>/.exec(await response.text())?.[1]];
}

describe('requests signed in their headers', () => {
  it('are refused with a wrong secret, an unknown key or a wrong clock', async () => {
    const as = (more: object) => failure(put('a', 'x', s3Client(store.url, more)));

    expect(await as({ credentials: { ...credentials, secretAccessKey: 'other' } })).toEqual(['SignatureDoesNotMatch', 403]);
    expect(await as({ credentials: { ...credentials, accessKeyId: 'AKIAOTHER' } })).toEqual(['InvalidAccessKeyId', 403]);
    expect(await as({ systemClockOffset: -16 * MINUTE })).toEqual(['RequestTimeTooSkewed', 403]);
  });

  it('tell the official client the right time, so that its next one passes', async () => {
    const late = s3Client(store.url, { systemClockOffset: -16 * MINUTE });

    expect(await failure(put('late', 'x', late))).toEqual(['RequestTimeTooSkewed', 403]);
    await put('late', 'x', late);

    late.destroy();
  });

  it('are refused when anything in them was changed on the way', async () => {
    const tampering = (change: (request: { headers: Record<string, string>; body: unknown; path: string }) => void) => {
      const client = s3Client(store.url);
      client.middlewareStack.add(
        (next) => (args) => {
          change(args.request as never);
          return next(args);
        },
        { step: 'finalizeRequest', priority: 'low' },
      );
      return failure(put('signed', 'right', client));
    };

    expect(await tampering((request) => (request.path = '/files/other'))).toEqual(['SignatureDoesNotMatch', 403]);
    expect(await tampering((request) => (request.headers['x-amz-date'] = '20260101T000000Z'))).toEqual(['RequestTimeTooSkewed', 403]);
    expect(await tampering((request) => (request.headers['x-amz-meta-role'] = 'owner'))).toEqual(['AccessDenied', 403]);
    expect(await tampering((request) => (request.body = 'wrong'))).toEqual(['XAmzContentSHA256Mismatch', 400]);
    expect(await failure(s3.send(new GetObjectCommand({ Bucket: 'files', Key: 'signed' })))).toEqual(['NoSuchKey', 404]);
  });

  it('are refused when there is no signature at all', async () => {
    await put('private', 'secret');

    expect(await outcome(`${store.url}/files/private`)).toEqual([403, 'AccessDenied']);
    expect(await outcome(`${store.url}/files?list-type=2`)).toEqual([403, 'AccessDenied']);
    expect(await outcome(`${store.url}/files/private`, { method: 'DELETE' })).toEqual([403, 'AccessDenied']);
    expect(await outcome(`${store.url}/files/private`, { headers: { authorization: 'Bearer x' } })).toEqual([
      400,
      'AuthorizationHeaderMalformed',
    ]);
    expect(await outcome(`${store.url}/files/%ff`)).toEqual([400, 'InvalidURI']);
  });
});

describe('presigned downloads', () => {
  it('work until they expire by the shifted clock, and not before they begin', async () => {
    await put('sheet.pdf', 'pages');
    const url = await presignGet('sheet.pdf', { ResponseContentDisposition: 'attachment; filename="a.pdf"' });

    clock.shift(5 * MINUTE);
    const last = await fetch(url);
    expect([last.status, await last.text(), last.headers.get('content-disposition')]).toEqual([
      200,
      'pages',
      'attachment; filename="a.pdf"',
    ]);

    clock.shift(1);
    expect(await outcome(url)).toEqual([403, 'AccessDenied']);

    clock.set(NOW - 16 * MINUTE);
    expect(await outcome(url)).toEqual([403, 'AccessDenied']);
  });

  it('are refused when any part was changed, or when they ask for more than a week', async () => {
    await put('mine', 'x');
    await put('yours', 'x');
    const url = await presignGet('mine');

    expect(await outcome(url)).toEqual([200, undefined]);
    expect(await outcome(url.replace('/mine', '/yours'))).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await outcome(url.replace('Expires=300', 'Expires=301'))).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await outcome(url.replace('Expires=300', 'Expires=9999999'))).toEqual([400, 'AuthorizationQueryParametersError']);
    expect(await outcome(`${url}&response-content-type=text/html`)).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await outcome(url, { method: 'DELETE' })).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await outcome(url.replace(/X-Amz-Signature=[^&]+/, ''))).toEqual([400, 'AuthorizationQueryParametersError']);
    expect(await outcome(url, { headers: { authorization: 'AWS4-HMAC-SHA256 x' } })).toEqual([400, 'InvalidArgument']);
  });
});

describe('presigned uploads', () => {
  const upload = (url: string, body: string, headers: Record<string, string> = {}) => outcome(url, { method: 'PUT', body, headers });

  it('take exactly the length and type that were signed', async () => {
    const signed = { signableHeaders: new Set(['content-length', 'content-type', 'host']) };
    const url = await presignPut({ ContentLength: 5, ContentType: 'image/png' }, signed);

    expect(await upload(url, 'seven!!', { 'content-type': 'image/png' })).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await upload(url, 'five5', { 'content-type': 'text/html' })).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await upload(url, 'five5', { 'content-type': 'image/png' })).toEqual([200, undefined]);
    expect(await upload(url, 'five5', { 'content-type': 'image/png', 'x-amz-meta-a': 'b' })).toEqual([403, 'AccessDenied']);
    clock.shift(5 * MINUTE + 1);
    expect(await upload(url, 'five5', { 'content-type': 'image/png' })).toEqual([403, 'AccessDenied']);
  });

  it('need a length', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from('x'));
        controller.close();
      },
    });

    const answer = await outcome(await presignPut({}), { method: 'PUT', body, duplex: 'half' } as RequestInit);

    expect(answer).toEqual([411, 'MissingContentLength']);
  });

  it('fail, as on AWS, when presigned with the checksum of an empty body, which is the client’s default', async () => {
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket: 'files', Key: 'put' }), signedNow);

    expect(await upload(url, 'body')).toEqual([400, 'BadDigest']);
  });
});

describe('uploads by form', () => {
  const options: PresignedPostOptions = {
    Bucket: 'files',
    Key: 'T1/photo-${filename}',
    Expires: 300,
    Fields: { 'x-amz-meta-owner': 'mem_1', success_action_status: '201' },
    Conditions: [
      ['content-length-range', 2, 10],
      ['starts-with', '$Content-Type', 'image/'],
    ],
  };
  /** Signed on the virtual clock, as a handler does that takes its time from the event. */
  const presign = (more: Partial<PresignedPostOptions> = {}) =>
    createPresignedPost(s3Client(store.url, { systemClockOffset: NOW - Date.now() }), { ...options, ...more });
  const send = async (change: Record<string, string | undefined> = {}, file = 'pixels', signed = presign()) => {
    const { url, fields } = await signed;
    const form = new FormData();
    for (const [name, value] of Object.entries({ 'Content-Type': 'image/png', ...fields, ...change })) {
      if (value !== undefined) form.append(name, value);
    }
    form.append('file', new Blob([file]), 'é.png');
    form.append('after-the-file', 'ignored');
    return outcome(url, { method: 'POST', body: form });
  };

  it('store the file with the fields the policy allows', async () => {
    expect(await send()).toEqual([201, undefined]);

    const object = await s3.send(new GetObjectCommand({ Bucket: 'files', Key: 'T1/photo-é.png' }));
    expect(await object.Body!.transformToString()).toBe('pixels');
    expect(object).toMatchObject({ ContentType: 'image/png', Metadata: { owner: 'mem_1' } });
  });

  it('hold the file between the sizes agreed on, both included', async () => {
    expect(await send({}, '1')).toEqual([400, 'EntityTooSmall']);
    expect(await send({}, '12')).toEqual([201, undefined]);
    expect(await send({}, '1234567890')).toEqual([201, undefined]);
    expect(await send({}, '12345678901')).toEqual([400, 'EntityTooLarge']);
  });

  it.each([
    ['another key', { key: 'T2/photo-é.png' }],
    ['another type', { 'Content-Type': 'text/html' }],
    ['no type', { 'Content-Type': undefined }],
    ['a field nobody agreed to', { acl: 'public-read' }],
    ['changed metadata', { 'x-amz-meta-owner': 'mem_2' }],
    ['another bucket', { bucket: 'other' }, [201, undefined]], // the address decides, the field is a memo
    ['no policy', { Policy: undefined }],
    ['no signature', { 'X-Amz-Signature': undefined }],
    ['a signature of another policy', { Policy: Buffer.from('{}').toString('base64') }, [403, 'SignatureDoesNotMatch']],
    ['a made-up signature', { 'X-Amz-Signature': '0'.repeat(64) }, [403, 'SignatureDoesNotMatch']],
    ['an unknown signer', { 'X-Amz-Credential': 'AKIAOTHER/20310301/us-east-1/s3/aws4_request' }, [403, 'InvalidAccessKeyId']],
    ['a field marked as ignored', { 'x-ignore-me': '1' }, [201, undefined]],
  ])('with %s', async (_what, change: Record<string, string | undefined>, expected: unknown = [403, 'AccessDenied']) => {
    expect(await send(change)).toEqual(expected);
  });

  it('end when the policy does, by the shifted clock', async () => {
    const signed = presign();
    await signed;

    clock.shift(5 * MINUTE + 1000);

    expect(await send({}, 'pixels', signed)).toEqual([403, 'AccessDenied']);
  });

  it('need a file and a readable form', async () => {
    const { url, fields } = await presign();
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);

    expect(await outcome(url, { method: 'POST', body: form })).toEqual([400, 'InvalidArgument']);
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    expect(await outcome(url, { method: 'POST', body: 'nonsense', headers })).toEqual([400, 'MalformedPOSTRequest']);
  });
});

describe('other origins', () => {
  const preflight = (origin: string, method: string, requestHeaders = '') =>
    fetch(`${store.url}/files/a`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        ...(requestHeaders && { 'access-control-request-headers': requestHeaders }),
      },
    });

  it('may ask what a rule of the bucket grants them', async () => {
    const granted = await preflight('https://crm.example', 'POST', 'Content-Type, content-md5');

    expect(granted.status).toBe(200);
    expect(Object.fromEntries(granted.headers)).toMatchObject({
      'access-control-allow-origin': 'https://crm.example',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'content-type, content-md5',
      'access-control-expose-headers': 'ETag',
      'access-control-max-age': '300',
    });
    expect((await preflight('https://a.shop.example', 'POST')).status).toBe(200);
  });

  it.each([
    ['https://evil.example', 'POST', ''],
    ['https://crm.example', 'DELETE', ''],
    ['https://crm.example', 'POST', 'x-amz-acl'],
    ['https://.shop.example.evil', 'POST', ''],
    ['https://a.shop.example', 'GET', ''],
  ])('are refused otherwise: %s %s %s', async (origin, method, headers) => {
    const refused = await preflight(origin, method, headers);

    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  });

  it('read an answer only where a rule allows it, errors included', async () => {
    const from = async (origin: string) =>
      (await fetch(`${store.url}/files/none`, { headers: { origin } })).headers.get('access-control-allow-origin');

    expect(await from('https://crm.example')).toBe('https://crm.example');
    expect(await from('https://evil.example')).toBeNull();
  });
});
