import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../clock.ts';
import type { Credentials } from '../sigV4.ts';
import { authenticate } from './authentication.ts';
import { uploadByForm } from './browserUpload.ts';
import { type CorsRule, corsHeaders } from './cors.ts';
import { listObjects } from './listObjects.ts';
import { type ObjectFiles, openObjectFiles } from './objectFiles.ts';
import { refuseUnserved } from './objectHeaders.ts';
import { copyObject, deleteObject, deleteObjects, getObject, noSuchBucket, putObject, xml } from './objects.ts';
import { openRequestBody, readText } from './requestBody.ts';
import { S3Error } from './s3Error.ts';
import { readS3Request, type S3Request, type S3Response } from './s3Request.ts';

export interface ObjectStoreOptions {
  /** Free one when absent. */
  port?: number;
  /** The objects are kept here. */
  dataDir: string;
  /** Decides over presigned URLs and upload forms, and dates the objects. */
  clock: Clock;
  /** Made at the start where they do not exist yet. */
  buckets: readonly string[];
  /** The one key whose signatures are accepted. */
  credentials: Credentials;
  /** CORS rules by bucket. */
  cors?: Readonly<Record<string, readonly CorsRule[]>>;
}

export interface ObjectStore {
  url: string;
  close(): Promise<void>;
}

/**
 * An S3 of one account and region, path style, that refuses what S3 refuses: wrong, expired or missing signatures,
 * forms that break their policy, wrong lengths and checksums. Multipart uploads, versions, access lists and tags are
 * answered with NotImplemented.
 */
export async function startObjectStore(options: ObjectStoreOptions): Promise<ObjectStore> {
  const files = openObjectFiles(options.dataDir);
  for (const bucket of options.buckets) files.createBucket(bucket, options.clock.now());
  const server = http.createServer((message, reply) => void serve(files, options, message, reply));
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      files.close();
    },
  };
}

async function serve(
  files: ObjectFiles,
  options: ObjectStoreOptions,
  message: http.IncomingMessage,
  reply: http.ServerResponse,
): Promise<void> {
  const requestId = randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase();
  reply.setHeader('x-amz-request-id', requestId);
  reply.setHeader('server', 'AmazonS3');
  try {
    const request = readS3Request(message);
    const allowed = crossOriginHeaders(request, options.cors ?? {});
    for (const [name, value] of Object.entries(allowed ?? {})) reply.setHeader(name, value);
    await send(reply, await answer(files, options, request, allowed !== undefined));
  } catch (error) {
    if (reply.headersSent || message.errored) {
      reply.destroy(); // the connection broke: nobody is left to tell
      return;
    }
    const known = error instanceof S3Error ? error : new S3Error('InternalError', String(error));
    const body = message.method === 'HEAD' ? undefined : known.toXml(message.url ?? '', requestId);
    await send(reply, { status: known.status, headers: { 'content-type': 'application/xml' }, ...(body && { body }) });
    message.resume(); // an upload refused before its end would otherwise hold the connection
  }
}

async function answer(files: ObjectFiles, options: ObjectStoreOptions, request: S3Request, originAllowed: boolean): Promise<S3Response> {
  const { method, bucket, key, headers } = request;
  const now = options.clock.now();
  if (method === 'OPTIONS') return preflight(request, originAllowed);
  if (method === 'POST' && key === '' && /^multipart\/form-data\b/i.test(headers['content-type'] ?? '')) {
    if (!files.hasBucket(bucket)) throw noSuchBucket(bucket);
    return uploadByForm(files, request, options.credentials, now);
  }
  authenticate(request, options.credentials, { virtual: now, machine: Date.now() });
  refuseUnserved(request.said);
  return key === '' ? bucketRequest(files, request, now) : objectRequest(files, request, now);
}

async function bucketRequest(files: ObjectFiles, request: S3Request, now: number): Promise<S3Response> {
  const { method, bucket, parameters } = request;
  if (bucket === '') throw notImplemented('ListBuckets');
  if (method === 'PUT') {
    refuseParameters(request, []);
    await readText(openRequestBody(request.message, { 'content-length': '0', ...request.said }), 65_536);
    return createBucket(files, bucket, now);
  }
  if (!files.hasBucket(bucket)) throw noSuchBucket(bucket);
  if (method === 'HEAD') return { status: 200 };
  if (method === 'POST' && parameters.has('delete')) {
    refuseParameters(request, ['delete']);
    return deleteObjects(files, request);
  }
  if (method === 'GET' && parameters.get('list-type') === '2') {
    refuseParameters(request, LIST_PARAMETERS);
    return xml(listObjects(files, bucket, parameters));
  }
  throw notImplemented(`${method} of a bucket`);
}

async function objectRequest(files: ObjectFiles, request: S3Request, now: number): Promise<S3Response> {
  const { method, bucket, said } = request;
  refuseParameters(request, method === 'GET' || method === 'HEAD' ? RESPONSE_PARAMETERS : []);
  if (!files.hasBucket(bucket)) throw noSuchBucket(bucket);
  if (method === 'GET' || method === 'HEAD') return getObject(files, request);
  if (method === 'PUT') return 'x-amz-copy-source' in said ? copyObject(files, request, now) : putObject(files, request, now);
  if (method === 'DELETE') return deleteObject(files, request);
  throw new S3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.');
}

function createBucket(files: ObjectFiles, bucket: string, now: number): S3Response {
  if (!/^[a-z0-9](?:[a-z0-9.-]{1,61})[a-z0-9]$/.test(bucket) || bucket.includes('..')) {
    throw new S3Error('InvalidBucketName', 'The specified bucket is not valid.');
  }
  if (!files.createBucket(bucket, now)) {
    throw new S3Error('BucketAlreadyOwnedByYou', 'Your previous request to create the named bucket succeeded and you already own it.');
  }
  return { status: 200, headers: { location: `/${bucket}` } };
}

function preflight({ headers }: S3Request, originAllowed: boolean): S3Response {
  if (!headers['origin'] || !headers['access-control-request-method']) {
    throw new S3Error('InvalidRequest', 'Insufficient information. Origin request header needed.');
  }
  if (originAllowed) return { status: 200 };
  throw new S3Error('AccessForbidden', 'CORSResponse: This CORS request is not allowed.');
}

function crossOriginHeaders(
  { bucket, method, headers }: S3Request,
  cors: Readonly<Record<string, readonly CorsRule[]>>,
): Record<string, string> | undefined {
  const origin = headers['origin'];
  if (origin === undefined) return undefined;
  const preflight = method === 'OPTIONS';
  return corsHeaders(cors[bucket] ?? [], {
    origin,
    method: preflight ? (headers['access-control-request-method'] ?? '') : method,
    requestHeaders: preflight
      ? (headers['access-control-request-headers'] ?? '').split(',').flatMap((name) => name.trim().toLowerCase() || [])
      : [],
  });
}

const LIST_PARAMETERS = ['list-type', 'prefix', 'delimiter', 'start-after', 'continuation-token', 'max-keys', 'encoding-type'];
const RESPONSE_PARAMETERS = [
  'response-content-type',
  'response-content-language',
  'response-content-disposition',
  'response-content-encoding',
  'response-cache-control',
  'response-expires',
];

/** A parameter such as `?tagging` makes a request another operation: taking it for a plain one would overwrite the object. */
function refuseParameters({ parameters }: S3Request, served: readonly string[]): void {
  for (const name of parameters.keys()) {
    if (name !== 'x-id' && !/^x-amz-/i.test(name) && !served.includes(name)) throw notImplemented(`?${name}`);
  }
}

async function send(reply: http.ServerResponse, { status, headers = {}, body }: S3Response): Promise<void> {
  for (const [name, value] of Object.entries(headers)) reply.setHeader(name, headerText(value));
  reply.statusCode = status;
  if (typeof body === 'object') return pipeline(body, reply);
  if (body !== undefined) reply.setHeader('content-length', Buffer.byteLength(body));
  reply.end(body);
}

/** What is not plain ASCII goes out encoded, as S3 does with metadata (RFC 2047). */
function headerText(value: string): string {
  return /^[\x20-\x7e]*$/.test(value) ? value : `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`;
}

const notImplemented = (what: string) => new S3Error('NotImplemented', `${what} implies functionality that is not implemented`);
