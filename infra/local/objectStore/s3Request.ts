import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { S3Error } from './s3Error.ts';

/** A request in path style, taken apart. */
export interface S3Request {
  message: IncomingMessage;
  method: string;
  /** Decoded, with its leading slash: `/bucket/some key`. */
  path: string;
  bucket: string;
  /** Empty for requests about the bucket. */
  key: string;
  /** Decoded pairs in their order. */
  query: [string, string][];
  /** Decoded, the last of each name. */
  parameters: Map<string, string>;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** The headers, and those a presigned URL carries in its query. */
  said: Record<string, string>;
}

export interface S3Response {
  status: number;
  headers?: Record<string, string>;
  body?: string | Readable;
}

const MOST_KEY_BYTES = 1024;
/** Parts of a presigned query that are the signature, not headers moved there. */
const SIGNATURE_PARTS = new Set(['algorithm', 'credential', 'expires', 'signedheaders', 'signature'].map((n) => `x-amz-${n}`));

/** @throws S3Error InvalidURI, KeyTooLongError */
export function readS3Request(message: IncomingMessage): S3Request {
  const [rawPath, rawQuery] = (message.url ?? '/').split(/\?(.*)/s, 2) as [string, string | undefined];
  // Not `new URL()`: it would resolve `..` and fold characters, and a key may hold anything.
  const path = decode(rawPath);
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  if (Buffer.byteLength(key) > MOST_KEY_BYTES) throw new S3Error('KeyTooLongError', 'Your key is too long');
  const query = (rawQuery ?? '')
    .split('&')
    .filter(Boolean)
    .map((pair) => pair.split(/=(.*)/s, 2).map((part) => decode(part.replaceAll('+', ' '))))
    .map(([name, value = '']): [string, string] => [name!, value]);
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? '')]),
  );
  const moved = query
    .map(([name, value]): [string, string] => [name.toLowerCase(), value])
    .filter(([name]) => name.startsWith('x-amz-') && !SIGNATURE_PARTS.has(name));
  return {
    message,
    method: message.method ?? 'GET',
    path,
    bucket,
    key,
    query,
    parameters: new Map(query),
    headers,
    said: { ...Object.fromEntries(moved), ...headers },
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw Object.assign(new S3Error('InvalidURI', "Couldn't parse the specified URI."), { cause });
  }
}
