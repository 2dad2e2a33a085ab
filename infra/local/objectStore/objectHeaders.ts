import { S3Error } from './s3Error.ts';

const MOST_METADATA_BYTES = 2048;
const STORED = new Set(['content-type', 'content-disposition', 'content-encoding', 'content-language', 'cache-control', 'expires']);

/** Headers whose meaning is served; any other `x-amz-*` asks for something that is not done here. */
const SERVED = new Set([
  'x-amz-algorithm',
  'x-amz-content-sha256',
  'x-amz-copy-source',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-decoded-content-length',
  'x-amz-metadata-directive',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-security-token',
  'x-amz-signature',
  'x-amz-trailer',
  'x-amz-user-agent',
]);
/** Of these, only the value that changes nothing. */
const HARMLESS: Record<string, string> = {
  'x-amz-acl': 'bucket-owner-full-control',
  'x-amz-server-side-encryption': 'AES256',
  'x-amz-storage-class': 'STANDARD',
};

/**
 * What of a request's headers (or a form's fields) belongs to the object and is sent back with it.
 * @throws S3Error MetadataTooLarge
 */
export function objectHeaders(said: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  let metadataBytes = 0;
  for (const [name, value] of Object.entries(said)) {
    if (name.startsWith('x-amz-meta-')) {
      metadataBytes += Buffer.byteLength(name.slice('x-amz-meta-'.length)) + Buffer.byteLength(value);
      kept[name] = value;
    } else if (name === 'content-encoding') {
      const codings = value.split(',').map((coding) => coding.trim());
      const real = codings.filter((coding) => coding && coding !== 'aws-chunked');
      if (real.length > 0) kept[name] = real.join(',');
    } else if (STORED.has(name) && value !== '') {
      kept[name] = value;
    }
  }
  if (metadataBytes > MOST_METADATA_BYTES) {
    throw new S3Error('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
  }
  return kept;
}

/**
 * Better a loud refusal than a feature that silently does nothing here and something on AWS.
 * @throws S3Error AccessControlListNotSupported, NotImplemented
 */
export function refuseUnserved(said: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(said)) {
    if (!name.startsWith('x-amz-') || name.startsWith('x-amz-meta-') || name.startsWith('x-amz-checksum-')) continue;
    if (name in HARMLESS) {
      if (value === HARMLESS[name]) continue;
      if (name === 'x-amz-acl') throw new S3Error('AccessControlListNotSupported', 'The bucket does not allow ACLs');
    } else if (SERVED.has(name)) {
      continue;
    }
    throw new S3Error('NotImplemented', 'A header you provided implies functionality that is not implemented', { Header: name });
  }
}
