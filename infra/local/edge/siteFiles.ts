import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { siteFileHeaders } from '../../uploadSite.ts';
import type { HttpResponse } from '../gateway/httpResponse.ts';

/** Answers for the files of a build of the site as S3 behind CloudFront does. */
export function createSiteFiles(webDir: string): (key: string, headers: Readonly<Record<string, string>>) => Promise<HttpResponse> {
  const root = path.resolve(webDir);
  return async (key, headers) => {
    const file = path.join(root, key);
    const hidden = key.split('/').some((segment) => segment.startsWith('.')); // a build's own notes are not uploaded
    const body = hidden || !file.startsWith(root + path.sep) ? undefined : await readFile(file).catch(() => undefined);
    if (!body)
      return { status: 404, headers: { 'content-type': 'application/xml' }, body: Buffer.from('<Error><Code>NoSuchKey</Code></Error>') };
    const { ContentType, CacheControl } = siteFileHeaders(key);
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    const answer = { 'content-type': ContentType, 'cache-control': CacheControl, etag };
    if (headers['if-none-match']?.replace(/^W\//, '') === etag) return { status: 304, headers: answer, body: Buffer.alloc(0) };
    return { status: 200, headers: answer, body };
  };
}
