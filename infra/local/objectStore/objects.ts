import { closeSync, createReadStream } from 'node:fs';
import { objectHeaders } from './objectHeaders.ts';
import type { ObjectFiles, StoredObject } from './objectFiles.ts';
import { openRequestBody, readText } from './requestBody.ts';
import { S3Error } from './s3Error.ts';
import type { S3Request, S3Response } from './s3Request.ts';
import { element, innerTexts, unescapeText, xmlDocument } from './xml.ts';

const MOST_DELETED = 1000;
const MOST_XML_BYTES = 2 * 2 ** 20;

/** GetObject and HeadObject. */
export function getObject(files: ObjectFiles, { method, bucket, key, headers, said, parameters }: S3Request): S3Response {
  const opened = files.open(bucket, key);
  if (!opened) throw noSuchKey(key);
  const { object, fd } = opened;
  try {
    const described = describe(object, said['x-amz-checksum-mode'] === 'ENABLED' && !headers['range']);
    const condition = unmetCondition(object, headers);
    if (condition === 'unchanged') return closed(fd, { status: 304, headers: described });
    if (condition === 'failed') throw preconditionFailed();
    for (const [name, value] of parameters) {
      if (name.startsWith('response-')) described[name.slice('response-'.length)] = value;
    }
    const range = parseRange(headers['range'], object.size);
    const length = range ? range.end - range.start + 1 : object.size;
    const answer: S3Response = {
      status: range ? 206 : 200,
      headers: {
        ...described,
        'content-length': String(length),
        ...(range && { 'content-range': `bytes ${range.start}-${range.end}/${object.size}` }),
      },
    };
    if (method === 'HEAD' || length === 0) return closed(fd, answer);
    return { ...answer, body: createReadStream('', { fd, ...range }) };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

export async function putObject(files: ObjectFiles, request: S3Request, now: number): Promise<S3Response> {
  const headers = objectHeaders(request.said);
  const body = openRequestBody(request.message, request.said);
  const staged = await files.stage(body.chunks);
  const { size, etag, checksum } = body.digests();
  const object = { size, etag, modifiedAt: wholeSecond(now), headers: { ...headers, ...checksum } };
  files.put(request.bucket, request.key, staged, object, writeCondition(request));
  return { status: 200, headers: { etag: `"${etag}"`, ...checksum } };
}

export function copyObject(files: ObjectFiles, request: S3Request, now: number): S3Response {
  const { bucket, key, said } = request;
  const source = parseCopySource(said['x-amz-copy-source'] ?? '');
  const replaces = said['x-amz-metadata-directive'] === 'REPLACE';
  if (!files.hasBucket(source.bucket)) throw noSuchBucket(source.bucket);
  const original = files.find(source.bucket, source.key);
  if (!original) throw noSuchKey(source.key);
  if (source.bucket === bucket && source.key === key && !replaces) {
    throw new S3Error(
      'InvalidRequest',
      'This copy request is illegal because it is trying to copy an object to itself without changing its metadata.',
    );
  }
  const object = {
    ...original,
    modifiedAt: wholeSecond(now),
    headers: replaces ? { ...objectHeaders(said), ...checksumsOf(original) } : original.headers,
  };
  files.put(bucket, key, files.stageCopy(source.bucket, source.key)!, object, writeCondition(request));
  return xml(
    xmlDocument('CopyObjectResult', [
      element('LastModified', new Date(object.modifiedAt).toISOString()),
      element('ETag', `"${object.etag}"`),
    ]),
  );
}

export function deleteObject(files: ObjectFiles, { bucket, key }: S3Request): S3Response {
  files.remove(bucket, key);
  return { status: 204 };
}

export async function deleteObjects(files: ObjectFiles, request: S3Request): Promise<S3Response> {
  const { bucket, said } = request;
  if (!said['content-md5'] && !Object.keys(said).some((name) => /^x-amz-checksum-|^x-amz-trailer$/.test(name))) {
    throw new S3Error('InvalidRequest', 'Missing required header for this request: Content-MD5');
  }
  const document = await readText(openRequestBody(request.message, said), MOST_XML_BYTES);
  const objects = innerTexts(document, 'Object');
  const keys = objects.flatMap((object) => innerTexts(object, 'Key').slice(0, 1).map(unescapeText));
  if (keys.length === 0 || keys.length !== objects.length || keys.length > MOST_DELETED) {
    throw new S3Error('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
  }
  for (const key of keys) files.remove(bucket, key);
  const quiet = innerTexts(document, 'Quiet')[0] === 'true';
  return xml(xmlDocument('DeleteResult', quiet ? [] : keys.map((key) => element('Deleted', [element('Key', key)]))));
}

export const xml = (document: string): S3Response => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: document,
});

export const noSuchBucket = (bucket: string): S3Error =>
  new S3Error('NoSuchBucket', 'The specified bucket does not exist', { BucketName: bucket });

export const wholeSecond = (ms: number): number => Math.floor(ms / 1000) * 1000;

/** Refuses a write whose `If-None-Match: *` or `If-Match` does not hold at the moment of writing. */
function writeCondition({ headers }: S3Request): (existing?: StoredObject) => void {
  const absent = headers['if-none-match'];
  const expected = headers['if-match'];
  if (absent !== undefined && absent !== '*') {
    throw new S3Error('NotImplemented', 'A header you provided implies functionality that is not implemented', { Header: 'If-None-Match' });
  }
  return (existing) => {
    if (absent !== undefined && existing) throw preconditionFailed();
    if (expected === undefined) return;
    if (!existing) throw noSuchKey('');
    if (!tagMatches(expected, existing.etag)) throw preconditionFailed();
  };
}

function unmetCondition(object: StoredObject, headers: Record<string, string>): 'unchanged' | 'failed' | undefined {
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  const since = (name: string) => (headers[name] === undefined ? NaN : Date.parse(headers[name]));
  if (match !== undefined ? !tagMatches(match, object.etag) : object.modifiedAt > since('if-unmodified-since')) return 'failed';
  const unchanged = noneMatch !== undefined ? tagMatches(noneMatch, object.etag) : object.modifiedAt <= since('if-modified-since');
  return unchanged ? 'unchanged' : undefined;
}

const tagMatches = (header: string, etag: string) =>
  header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^(W\/)?"(.*)"$/, '$2') === etag);

/** One range, cut to the object; undefined (the whole object) when there is none, several, or nonsense. */
function parseRange(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const [first, last] = [match[1]!, match[2]!];
  if (first !== '' && last !== '' && Number(first) > Number(last)) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start > end) {
    throw new S3Error('InvalidRange', 'The requested range is not satisfiable', { ActualObjectSize: String(size) });
  }
  return { start, end };
}

function describe(object: StoredObject, withChecksum: boolean): Record<string, string> {
  const shown = Object.entries(object.headers).filter(([name]) => withChecksum || !isChecksum(name));
  return {
    ...Object.fromEntries(shown),
    etag: `"${object.etag}"`,
    'last-modified': new Date(object.modifiedAt).toUTCString(),
    'accept-ranges': 'bytes',
  };
}

const isChecksum = (name: string) => name.startsWith('x-amz-checksum-');
const checksumsOf = (object: StoredObject) => Object.fromEntries(Object.entries(object.headers).filter(([name]) => isChecksum(name)));

function parseCopySource(header: string): { bucket: string; key: string } {
  const match = /^\/?([^/]+)\/(.+)$/s.exec(header);
  if (!match || /\?versionId=/.test(header)) {
    throw new S3Error('InvalidArgument', 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey');
  }
  return { bucket: match[1]!, key: decodeURIComponent(match[2]!) };
}

function closed(fd: number, answer: S3Response): S3Response {
  closeSync(fd);
  return answer;
}

const noSuchKey = (key: string) => new S3Error('NoSuchKey', 'The specified key does not exist.', { Key: key });
const preconditionFailed = () => new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
