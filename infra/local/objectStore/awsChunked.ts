import { S3Error } from './s3Error.ts';

const MOST_LINE_BYTES = 4096;

/**
 * Unwraps `Content-Encoding: aws-chunked`: `<hex size>CRLF<bytes>CRLF … 0CRLF<name>:<value>CRLF … CRLF`.
 * @param trailers  receives the headers that follow the body, lower case
 * @throws S3Error IncompleteBody when the framing is broken or ends early
 * @source https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export async function* decodeAwsChunked(source: AsyncIterable<Uint8Array>, trailers: Map<string, string>): AsyncGenerator<Buffer> {
  const reader = createReader(source);
  for (;;) {
    const size = parseSize(await reader.line());
    if (size === 0) break;
    yield* reader.bytes(size);
    if ((await reader.line()) !== '') throw broken();
  }
  for (let line = await reader.line(); line !== ''; line = await reader.line()) {
    const [, name, value] = /^([^:]+):(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw broken();
    trailers.set(name.toLowerCase(), value.trim());
  }
}

function parseSize(line: string): number {
  if (!/^[0-9a-f]{1,8}$/i.test(line)) throw broken();
  return parseInt(line, 16);
}

function createReader(source: AsyncIterable<Uint8Array>) {
  const iterator = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const more = async () => {
    const next = await iterator.next();
    if (next.done) throw broken();
    held = Buffer.concat([held, next.value]);
  };
  return {
    async line(): Promise<string> {
      for (;;) {
        const end = held.indexOf('\r\n');
        if (end >= 0) {
          const line = held.toString('latin1', 0, end);
          held = held.subarray(end + 2);
          return line;
        }
        if (held.length > MOST_LINE_BYTES) throw broken();
        await more();
      }
    },
    async *bytes(count: number): AsyncGenerator<Buffer> {
      for (let left = count; left > 0;) {
        if (held.length === 0) await more();
        const part = held.subarray(0, left);
        held = held.subarray(part.length);
        left -= part.length;
        yield part;
      }
    },
  };
}

const broken = () => new S3Error('IncompleteBody', 'The request body terminated unexpectedly or its chunks are malformed');
