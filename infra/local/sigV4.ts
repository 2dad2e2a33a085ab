import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * AWS Signature Version 4, from the side that checks it.
 * @source https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
 */
export const ALGORITHM = 'AWS4-HMAC-SHA256';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

/** What a signature is valid for: one day, region and service. */
export interface CredentialScope {
  accessKeyId: string;
  /** `YYYYMMDD` */
  day: string;
  region: string;
  service: string;
}

export interface ClaimedSignature {
  scope: CredentialScope;
  /** Lower case, in the order of the request. */
  signedHeaders: string[];
  /** 64 hexadecimal digits. */
  signature: string;
}

/** The parts of a request that a signature covers. */
export interface SignableRequest {
  method: string;
  /** Decoded and without the query, `/files/a b`. */
  path: string;
  /** Decoded pairs, without the signature itself. */
  query: readonly (readonly [string, string])[];
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** SHA-256 of the body in hex, or a marker such as `UNSIGNED-PAYLOAD`. */
  payloadHash: string;
}

/** @returns undefined when the header is no signature of this version */
export function parseAuthorization(header: string): ClaimedSignature | undefined {
  if (!header.startsWith(`${ALGORITHM} `)) return undefined;
  const parts = new Map(
    header
      .slice(ALGORITHM.length)
      .split(',')
      .map((part) => part.trim().split(/=(.*)/s, 2) as [string, string]),
  );
  const scope = parseCredential(parts.get('Credential') ?? '');
  const signedHeaders = parts.get('SignedHeaders');
  const signature = parts.get('Signature');
  return scope && signedHeaders && signature ? { scope, signedHeaders: signedHeaders.split(';'), signature } : undefined;
}

/** Reads `AKIA…/20261123/us-east-1/s3/aws4_request`. */
export function parseCredential(credential: string): CredentialScope | undefined {
  const match = /^([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request$/.exec(credential);
  if (!match) return undefined;
  const [, accessKeyId, day, region, service] = match as unknown as [string, string, string, string, string];
  return { accessKeyId, day, region, service };
}

/** Epoch milliseconds of `20261123T101500Z`; NaN for anything else. */
export function parseAmzDate(text: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  return match ? Date.parse(`${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}Z`) : NaN;
}

/** @param amzDate  the moment of signing, `YYYYMMDDTHHMMSSZ` */
export function isSignedBy(secret: string, claimed: ClaimedSignature, amzDate: string, request: SignableRequest): boolean {
  const { day, region, service } = claimed.scope;
  const stringToSign = [
    ALGORITHM,
    amzDate,
    `${day}/${region}/${service}/aws4_request`,
    sha256Hex(canonicalRequest(request, claimed.signedHeaders)),
  ].join('\n');
  return sameText(signText(secret, claimed.scope, stringToSign), claimed.signature);
}

/** Signs any text, for instance the policy of a browser upload. */
export function signText(secret: string, { day, region, service }: CredentialScope, text: string): string {
  const signingKey = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    (key, part) => createHmac('sha256', key).update(part).digest(),
    `AWS4${secret}`,
  );
  return createHmac('sha256', signingKey).update(text).digest('hex');
}

/** Compares without telling by its duration how much was right. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

const sha256Hex = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

function canonicalRequest(request: SignableRequest, signedHeaders: readonly string[]): string {
  const query = request.query
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const headers = signedHeaders.map((name) => `${name}:${canonicalValue(request.headers[name])}\n`).join('');
  return [request.method, request.path.split('/').map(encode).join('/'), query, headers, signedHeaders.join(';'), request.payloadHash].join(
    '\n',
  );
}

function canonicalValue(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value.join(',') : (value ?? '')).trim().replace(/ +/g, ' ');
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
