import { createHash, createHmac } from 'node:crypto';
import { fromEnv } from '@aws-sdk/credential-provider-env';
// The SDK's own signer, which every bundle carries already: the whole client for S3 would add 130 KB to each.
import { SignatureV4 } from '@smithy/signature-v4';
import { toInstant, toMs } from '../../shared/kernel/dates.ts';
import { AppError } from '../../shared/kernel/errors.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { env } from '../runtime/env.ts';

type HttpRequest = Parameters<SignatureV4['presign']>[0];

const settings = env('FILES_BUCKET', 'AWS_REGION');

/** A request that the browser may make in our name, until it expires. */
export interface Presigned {
  readonly url: string;
  readonly expiresAt: Instant;
  /** To be sent along, exactly so. */
  readonly headers: Readonly<Record<string, string>>;
}

const UPLOAD_SECONDS = 15 * 60;
const DOWNLOAD_SECONDS = 2 * 60;
const TIMEOUT_MS = 5_000;

/** As the signer asks for it; a secret makes it a keyed hash. */
class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', toBytes(secret));
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(toBytes(data));
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
  reset(): void {
    throw new Error('the signer makes a new one for each text');
  }
}
const toBytes = (data: string | ArrayBuffer | ArrayBufferView): Buffer =>
  typeof data === 'string'
    ? Buffer.from(data)
    : ArrayBuffer.isView(data)
      ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
      : Buffer.from(data);

const signer = () =>
  // S3 takes a path as it is written, where others encode it a second time.
  new SignatureV4({ service: 's3', region: settings().AWS_REGION, credentials: fromEnv(), sha256: Sha256, uriEscapePath: false });

/**
 * An upload of exactly these bytes: length and hash are signed, so S3 refuses any others.
 * @param sha256  of the file, in hex
 */
export function presignUpload(key: string, { size, sha256 }: { size: number; sha256: string }, now: Instant): Promise<Presigned> {
  const checksum = { 'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64') };
  return presign('PUT', key, now, UPLOAD_SECONDS, { headers: { 'content-length': String(size), ...checksum }, sent: checksum });
}

/** A download under that name. A browser stores it and never shows it, whatever it holds. */
export function presignDownload(key: string, name: string, now: Instant): Promise<Presigned> {
  const query = { 'response-content-disposition': attachment(name), 'response-content-type': 'application/octet-stream' };
  return presign('GET', key, now, DOWNLOAD_SECONDS, { query });
}

interface Parts {
  readonly query?: Readonly<Record<string, string>>;
  /** Signed as headers, where a moved one might not be checked. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Those of them that the browser does not send by itself. */
  readonly sent?: Readonly<Record<string, string>>;
}

async function presign(method: string, key: string, now: Instant, seconds: number, { query = {}, headers = {}, sent = {} }: Parts) {
  const request = requestOf(method, key, query, { ...headers, 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' });
  const signed = await signer().presign(request, {
    signingDate: new Date(toMs(now)),
    expiresIn: seconds,
    unhoistableHeaders: new Set(Object.keys(headers)),
  });
  return { url: urlOf(signed), expiresAt: toInstant(toMs(now) + seconds * 1000), headers: sent };
}

/** The two ends of a file, at most `bytes` each; of a small one they overlap. Undefined when there is none. */
export async function readEnds(key: string, bytes: number): Promise<{ size: number; head: Uint8Array; tail: Uint8Array } | undefined> {
  const head = await readRange(key, `0-${bytes - 1}`);
  if (!head) return undefined;
  if (head.size <= bytes) return { size: head.size, head: head.bytes, tail: head.bytes };
  const tail = await readRange(key, `${head.size - bytes}-${head.size - 1}`);
  return tail && { size: head.size, head: head.bytes, tail: tail.bytes };
}

async function readRange(key: string, range: string): Promise<{ bytes: Uint8Array; size: number } | undefined> {
  const response = await ask('GET', key, { range: `bytes=${range}` });
  if (response.status === 404) return undefined;
  const size = Number(/\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1]);
  if (response.status !== 206 || !Number.isInteger(size)) throw refused(response.status);
  return { bytes: new Uint8Array(await response.arrayBuffer()), size };
}

const BODY_TIMEOUT_MS = 30_000;

/** Puts a file into the store, in the place of what stood there. */
export async function putStored(key: string, bytes: Uint8Array): Promise<void> {
  const { status } = await ask('PUT', key, { 'content-length': String(bytes.length) }, bytes);
  if (status !== 200) throw refused(status);
}

/** A whole file. @throws Error when there is none */
export async function readStored(key: string): Promise<Uint8Array> {
  const bytes = await findStored(key);
  if (!bytes) throw refused(404);
  return bytes;
}

/** A whole file; undefined when there is none. */
export async function findStored(key: string): Promise<Uint8Array | undefined> {
  const response = await ask('GET', key, {});
  if (response.status === 404) return undefined;
  if (response.status !== 200) throw refused(response.status);
  return new Uint8Array(await response.arrayBuffer());
}

/** Removes a file; one that is absent counts as removed. */
export async function removeStored(key: string): Promise<void> {
  const { status } = await ask('DELETE', key, {});
  if (status !== 204 && status !== 404) throw refused(status);
}

async function ask(method: string, key: string, headers: Record<string, string>, body?: Uint8Array): Promise<Response> {
  const hash = body && { 'x-amz-content-sha256': createHash('sha256').update(body).digest('hex') };
  const signed = await signer().sign(requestOf(method, key, {}, { ...headers, ...hash }));
  try {
    const { host: _, ...rest } = signed.headers; // fetch says it by itself
    const sent = body && { body: body as Uint8Array<ArrayBuffer> };
    return await fetch(urlOf(signed), { method, headers: rest, ...sent, signal: AbortSignal.timeout(body ? BODY_TIMEOUT_MS : TIMEOUT_MS) });
  } catch (cause) {
    throw new AppError('files.unavailable', { status: 503, cause });
  }
}

/** S3's own faults and its "not so fast" pass; anything else is a mistake of ours. */
const refused = (status: number): Error =>
  status >= 500 || status === 429
    ? new AppError('files.unavailable', { status: 503, message: `S3 says ${status}` })
    : new Error(`S3 says ${status}`);

function requestOf(method: string, key: string, query: Record<string, string>, headers: Record<string, string>): HttpRequest {
  const { FILES_BUCKET, AWS_REGION } = settings();
  // The variable that the SDK's own clients follow, too. China's regions have a suffix of their own.
  const endpoint =
    process.env['AWS_ENDPOINT_URL_S3'] ?? `https://s3.${AWS_REGION}.amazonaws.com${AWS_REGION.startsWith('cn-') ? '.cn' : ''}`;
  const { protocol, hostname, port, host } = new URL(endpoint);
  return {
    method,
    protocol,
    hostname,
    ...(port ? { port: Number(port) } : {}),
    path: `/${FILES_BUCKET}/${key}`,
    query,
    headers: { host, ...headers },
  };
}

function urlOf({ protocol, hostname, port, path, query = {} }: HttpRequest): string {
  const parts = Object.entries(query).map(([name, value]) => `${encode(name)}=${encode(String(value))}`);
  return `${protocol}//${hostname}${port ? `:${port}` : ''}${path}${parts.length ? `?${parts.join('&')}` : ''}`;
}

/** RFC 3986: what the signature is made of, and stricter than what a URL needs. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** RFC 6266: a plain name for old programs, the real one for all others (RFC 5987). */
export const attachment = (name: string): string =>
  `attachment; filename="${name.replace(/[^\x20-\x7e]|["\\%]/g, '_')}"; filename*=UTF-8''${encode(name)}`;
