import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { HttpResponse } from '../gateway/httpResponse.ts';

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html */
const smallest = 1000;
const largest = 10_000_000;
const compressible = /^(text\/|image\/svg\+xml|font\/(otf|ttf)|application\/(javascript|json|manifest\+json|problem\+json|xml|wasm))/;

/** Compresses an answer as CloudFront does: brotli where the browser takes it, else gzip. */
export async function compress(response: HttpResponse, acceptEncoding: string | undefined): Promise<HttpResponse> {
  const { headers, body } = response;
  const type = String(headers['content-type'] ?? '');
  if (body.length < smallest || body.length > largest || headers['content-encoding'] !== undefined || !compressible.test(type))
    return response;
  const accepted = (acceptEncoding ?? '').split(',').map((part) => part.split(';')[0]!.trim());
  const encoding = ['br', 'gzip'].find((name) => accepted.includes(name));
  if (!encoding) return { ...response, headers: { ...headers, vary: 'Accept-Encoding' } };
  // Quality 5: the default of 11 takes a second for a large script.
  const packed = encoding === 'br' ? await brotli(body, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 } }) : await gzip(body);
  const { etag, ...rest } = headers;
  return {
    ...response,
    headers: {
      ...rest,
      'content-encoding': encoding,
      vary: 'Accept-Encoding',
      ...(etag !== undefined && { etag: `W/${String(etag).replace(/^W\//, '')}` }),
    },
    body: packed,
  };
}
