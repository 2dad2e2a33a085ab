import { createHash, type Hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { crc32 } from 'node:zlib';
import { decodeAwsChunked } from './awsChunked.ts';
import { S3Error } from './s3Error.ts';

const UNSIGNED_TRAILER = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
const MOST_BYTES = 5 * 2 ** 30;

/** What is known of a body once it was read to its end. */
export interface BodyDigests {
  size: number;
  /** MD5 in hex. */
  etag: string;
  /** The checksum the sender gave, proven right, as the header to store: `{ 'x-amz-checksum-crc32': 'AAAAAA==' }`. */
  checksum: Record<string, string>;
}

export interface RequestBody {
  /** Reads the body once; the end of the iteration throws when a length, hash or checksum is not what the sender said. */
  chunks: AsyncIterable<Buffer>;
  /** Meaningful after the iteration has ended. */
  digests(): BodyDigests;
}

/**
 * The body of a request, freed from its transfer framing and checked against everything its sender said about it.
 * @param said  headers, and the query of a presigned URL: the SDK moves `x-amz-*` headers there when presigning
 * @throws S3Error MissingContentLength, NotImplemented, EntityTooLarge
 */
export function openRequestBody(request: IncomingMessage, said: Readonly<Record<string, string>>): RequestBody {
  const payloadHash = said['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD';
  if (payloadHash.startsWith('STREAMING-') && payloadHash !== UNSIGNED_TRAILER) {
    throw new S3Error('NotImplemented', `Bodies of the kind ${payloadHash} are not read here`);
  }
  const chunked = payloadHash === UNSIGNED_TRAILER;
  const length = said[chunked ? 'x-amz-decoded-content-length' : 'content-length'];
  if (length === undefined) throw new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  if (Number(length) > MOST_BYTES) throw tooLarge(MOST_BYTES);

  const trailers = new Map<string, string>();
  const meter = createMeter();
  async function* chunks() {
    for await (const chunk of chunked ? decodeAwsChunked(bytesOf(request), trailers) : bytesOf(request)) {
      meter.update(chunk);
      yield chunk;
    }
    if (meter.size !== Number(length)) {
      throw new S3Error('IncompleteBody', 'You did not provide the number of bytes specified by the Content-Length HTTP header');
    }
    meter.verify({ ...said, ...Object.fromEntries(trailers) }, payloadHash);
  }
  return { chunks: chunks(), digests: meter.digests };
}

/** The bytes as they arrive. Leaving the iteration early keeps the connection, over which the refusal has yet to go. */
export const bytesOf = (request: IncomingMessage): AsyncIterable<Buffer> => ({
  [Symbol.asyncIterator]: () => request.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>,
});

/** Reads a small document whole. */
export async function readText(body: RequestBody, mostBytes: number): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of body.chunks) {
    size += chunk.length;
    if (size > mostBytes) throw tooLarge(mostBytes);
    parts.push(chunk);
  }
  return Buffer.concat(parts).toString();
}

export const tooLarge = (mostBytes: number): S3Error =>
  new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', { MaxSizeAllowed: String(mostBytes) });

/** Hashes a body while it passes. */
export function createMeter() {
  const hashes: Record<'md5' | 'sha1' | 'sha256', Hash> = {
    md5: createHash('md5'),
    sha1: createHash('sha1'),
    sha256: createHash('sha256'),
  };
  let size = 0;
  let crc = 0;
  let finished: { md5: Buffer; sha1: Buffer; sha256: Buffer } | undefined;
  let checksum: Record<string, string> = {};
  const finish = () => (finished ??= { md5: hashes.md5.digest(), sha1: hashes.sha1.digest(), sha256: hashes.sha256.digest() });
  const crcBytes = () => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc);
    return bytes;
  };
  return {
    get size() {
      return size;
    },
    update(chunk: Uint8Array) {
      size += chunk.length;
      crc = crc32(chunk, crc);
      for (const hash of Object.values(hashes)) hash.update(chunk);
    },
    /** @throws S3Error BadDigest, XAmzContentSHA256Mismatch */
    verify(said: Readonly<Record<string, string>>, payloadHash: string) {
      const { md5, sha1, sha256 } = finish();
      if (/^[0-9a-f]{64}$/.test(payloadHash) && payloadHash !== sha256.toString('hex')) {
        throw new S3Error('XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' header does not match what was computed.");
      }
      if (said['content-md5'] !== undefined && said['content-md5'] !== md5.toString('base64')) {
        throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.');
      }
      const computed: Record<string, Buffer> = { crc32: crcBytes(), sha1, sha256 };
      for (const [name, value] of Object.entries(said)) {
        const algorithm = /^x-amz-checksum-(.+)$/.exec(name)?.[1];
        if (algorithm === undefined || NOT_A_DIGEST.has(algorithm)) continue;
        const right = computed[algorithm]?.toString('base64');
        if (right === undefined) throw new S3Error('NotImplemented', `Checksums of the kind ${algorithm} are not computed here`);
        if (right !== value) {
          throw new S3Error('BadDigest', `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`);
        }
        checksum = { [name]: value };
      }
    },
    digests: (): BodyDigests => ({ size, etag: finish().md5.toString('hex'), checksum }),
  };
}

/** Headers that share the prefix but say something about the checksum. */
const NOT_A_DIGEST = new Set(['mode', 'type', 'algorithm']);
