import type { Credentials } from '../sigV4.ts';
import { verifyPolicySignature } from './authentication.ts';
import type { ObjectFiles } from './objectFiles.ts';
import { objectHeaders, refuseUnserved } from './objectHeaders.ts';
import { wholeSecond } from './objects.ts';
import { checkPostForm, checkPostSize, parsePostPolicy } from './postPolicy.ts';
import { bytesOf, createMeter, tooLarge } from './requestBody.ts';
import { S3Error } from './s3Error.ts';
import type { S3Request, S3Response } from './s3Request.ts';
import { element, xmlDocument } from './xml.ts';

/** The form is read into memory; S3's own limit of 5 GB is of no use to a local stand-in. */
const MOST_FORM_BYTES = 128 * 2 ** 20;

interface UploadForm {
  /** Names in lower case, file excluded. */
  fields: Map<string, string>;
  file: Blob;
  fileName: string;
}

/** POST Object: a form a browser sends, bound to the policy it carries. */
export async function uploadByForm(files: ObjectFiles, request: S3Request, credentials: Credentials, now: number): Promise<S3Response> {
  const { bucket } = request;
  const { fields, file, fileName } = await readForm(request);
  const policyText = fields.get('policy');
  const signature = fields.get('x-amz-signature');
  if (!policyText || !signature) throw new S3Error('AccessDenied', 'Access Denied');
  verifyPolicySignature(
    {
      policy: policyText,
      signature,
      credential: fields.get('x-amz-credential') ?? '',
      algorithm: fields.get('x-amz-algorithm') ?? '',
    },
    credentials,
  );
  const key = (fields.get('key') ?? '').replaceAll('${filename}', fileName);
  if (key === '') throw new S3Error('InvalidArgument', "Bucket POST must contain a field named 'key'.");
  if (Buffer.byteLength(key) > 1024) throw new S3Error('KeyTooLongError', 'Your key is too long');
  const policy = parsePostPolicy(policyText);
  checkPostForm(policy, new Map([...fields, ['bucket', bucket], ['key', key]]), now);
  checkPostSize(policy, file.size);
  refuseUnserved(Object.fromEntries(fields));

  const meter = createMeter();
  const bytes = Buffer.from(await file.arrayBuffer());
  meter.update(bytes);
  meter.verify(Object.fromEntries(fields), 'UNSIGNED-PAYLOAD');
  const { size, etag, checksum } = meter.digests();
  const headers = { ...objectHeaders(Object.fromEntries(fields)), ...checksum };
  const staged = await files.stage(
    (async function* () {
      yield bytes;
    })(),
  );
  files.put(bucket, key, staged, { size, etag, modifiedAt: wholeSecond(now), headers });
  return answer(request, fields, { key, etag: `"${etag}"` });
}

async function readForm({ message, headers }: S3Request): Promise<UploadForm> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of bytesOf(message)) {
    size += part.length;
    if (size > MOST_FORM_BYTES) throw tooLarge(MOST_FORM_BYTES);
    parts.push(part);
  }
  const form = await new Response(Buffer.concat(parts), { headers: { 'content-type': headers['content-type'] ?? '' } })
    .formData()
    .catch((cause: unknown) => {
      const error = new S3Error('MalformedPOSTRequest', 'The body of your POST request is not well-formed multipart/form-data.');
      throw Object.assign(error, { cause });
    });
  const fields = new Map<string, string>();
  for (const [name, value] of form) {
    if (name.toLowerCase() === 'file') {
      const isBlob = typeof value !== 'string';
      return { fields, file: isBlob ? value : new Blob([value]), fileName: isBlob ? value.name : '' };
    }
    // What follows the file is ignored, as on S3.
    if (typeof value === 'string') fields.set(name.toLowerCase(), value);
  }
  throw new S3Error('InvalidArgument', 'POST requires exactly one file upload per request.');
}

function answer(request: S3Request, fields: Map<string, string>, made: { key: string; etag: string }): S3Response {
  const { bucket, headers } = request;
  const location = `http://${headers['host']}/${bucket}/${made.key.split('/').map(encodeURIComponent).join('/')}`;
  const redirect = fields.get('success_action_redirect');
  if (redirect && URL.canParse(redirect)) {
    const target = new URL(redirect);
    for (const [name, value] of Object.entries({ bucket, ...made })) target.searchParams.set(name, value);
    return { status: 303, headers: { location: target.href } };
  }
  const wanted = fields.get('success_action_status');
  const status = wanted === '200' || wanted === '201' ? Number(wanted) : 204;
  if (status !== 201) return { status, headers: { location, etag: made.etag } };
  return {
    status,
    headers: { location, etag: made.etag, 'content-type': 'application/xml' },
    body: xmlDocument('PostResponse', [
      element('Location', location),
      element('Bucket', bucket),
      element('Key', made.key),
      element('ETag', made.etag),
    ]),
  };
}
