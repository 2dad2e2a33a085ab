import { type ListedObject, type ObjectFiles, PAST_ANY_KEY } from './objectFiles.ts';
import { S3Error } from './s3Error.ts';
import { element, xmlDocument } from './xml.ts';

const MOST_KEYS = 1000;

/** ListObjectsV2. @param query  decoded parameters of the request */
export function listObjects(files: ObjectFiles, bucket: string, query: ReadonlyMap<string, string>): string {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const startAfter = query.get('start-after');
  const token = query.get('continuation-token');
  const mostKeys = parseMaxKeys(query.get('max-keys'));
  const asWritten = query.get('encoding-type') === 'url' ? encodeKey : (text: string) => text;

  const after = token === undefined ? Buffer.from(startAfter ?? '') : parseToken(token);
  const page = collect(files, bucket, { prefix, delimiter, after, mostKeys });

  return xmlDocument('ListBucketResult', [
    element('Name', bucket),
    element('Prefix', asWritten(prefix)),
    ...(delimiter ? [element('Delimiter', asWritten(delimiter))] : []),
    ...(startAfter === undefined ? [] : [element('StartAfter', asWritten(startAfter))]),
    ...(token === undefined ? [] : [element('ContinuationToken', token)]),
    ...(query.has('encoding-type') ? [element('EncodingType', 'url')] : []),
    element('KeyCount', String(page.objects.length + page.prefixes.length)),
    element('MaxKeys', String(mostKeys)),
    element('IsTruncated', String(page.next !== undefined)),
    ...(page.next ? [element('NextContinuationToken', page.next.toString('base64url'))] : []),
    ...page.objects.map((object) =>
      element('Contents', [
        element('Key', asWritten(object.key)),
        element('LastModified', new Date(object.modifiedAt).toISOString()),
        element('ETag', `"${object.etag}"`),
        element('Size', String(object.size)),
        element('StorageClass', 'STANDARD'),
      ]),
    ),
    ...page.prefixes.map((common) => element('CommonPrefixes', [element('Prefix', asWritten(common))])),
  ]);
}

function collect(
  files: ObjectFiles,
  bucket: string,
  { prefix, delimiter, after, mostKeys }: { prefix: string; delimiter: string; after: Buffer; mostKeys: number },
): { objects: ListedObject[]; prefixes: string[]; next?: Buffer } {
  const objects: ListedObject[] = [];
  const prefixes: string[] = [];
  let position = after;
  for (;;) {
    const object = files.next(bucket, prefix, position);
    if (!object) return { objects, prefixes };
    if (objects.length + prefixes.length === mostKeys)
      return mostKeys === 0 ? { objects, prefixes } : { objects, prefixes, next: position };
    const end = delimiter ? object.key.indexOf(delimiter, prefix.length) : -1;
    if (end < 0) {
      objects.push(object);
      position = Buffer.from(object.key);
    } else {
      const common = object.key.slice(0, end + delimiter.length);
      prefixes.push(common);
      position = Buffer.concat([Buffer.from(common), PAST_ANY_KEY]);
    }
  }
}

function parseMaxKeys(text: string | undefined): number {
  if (text === undefined) return MOST_KEYS;
  if (!/^\d{1,9}$/.test(text)) throw new S3Error('InvalidArgument', 'Provided max-keys not an integer or within integer range');
  return Math.min(Number(text), MOST_KEYS);
}

function parseToken(token: string): Buffer {
  const position = Buffer.from(token, 'base64url');
  if (position.length === 0 || position.toString('base64url') !== token) {
    throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect');
  }
  return position;
}

const encodeKey = (key: string) => encodeURIComponent(key).replaceAll('%2F', '/');
