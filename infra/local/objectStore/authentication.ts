import {
  ALGORITHM,
  type Credentials,
  type CredentialScope,
  isSignedBy,
  parseAmzDate,
  parseAuthorization,
  parseCredential,
  sameText,
  signText,
  type SignableRequest,
} from '../sigV4.ts';
import { S3Error } from './s3Error.ts';

const SKEW_MS = 15 * 60_000;
const MOST_PRESIGNED_SECONDS = 7 * 86_400;

export interface SignedS3Request extends Omit<SignableRequest, 'payloadHash' | 'headers'> {
  headers: Readonly<Record<string, string>>;
}

export interface Times {
  /** Epoch milliseconds on the shifted clock: decides over what somebody was given to use later. */
  virtual: number;
  /**
   * Epoch milliseconds on the machine's clock: decides over requests signed just now. The SDK signs by the machine's
   * clock, which a shift of ours leaves alone, so judging it by the virtual time would refuse every call after a shift.
   */
  machine: number;
}

/**
 * Lets a request through only when it was signed with our key, in its headers or, presigned, in its query.
 * @throws S3Error in S3's words; anonymous requests are AccessDenied
 */
export function authenticate(request: SignedS3Request, credentials: Credentials, times: Times): void {
  const authorization = request.headers['authorization'];
  const presigned = request.query.some(([name]) => name === 'X-Amz-Signature' || name === 'X-Amz-Algorithm');
  if (authorization !== undefined && presigned) {
    throw new S3Error('InvalidArgument', 'Only one auth mechanism allowed');
  }
  if (presigned) return verifyPresigned(request, credentials, times.virtual);
  if (authorization === undefined) throw new S3Error('AccessDenied', 'Access Denied');
  verifyHeaders(request, authorization, credentials, times.machine);
}

/** The signature of a browser's upload form stands over its policy. */
export function verifyPolicySignature(
  fields: { policy: string; credential: string; signature: string; algorithm: string },
  credentials: Credentials,
): void {
  const scope = parseCredential(fields.credential);
  if (!scope || fields.algorithm !== ALGORITHM) throw new S3Error('InvalidRequest', 'The form is not signed with AWS4-HMAC-SHA256');
  verifyKey(scope, credentials);
  if (!sameText(signText(credentials.secretAccessKey, scope, fields.policy), fields.signature)) throw mismatch();
}

function verifyHeaders(request: SignedS3Request, authorization: string, credentials: Credentials, now: number): void {
  const claimed = parseAuthorization(authorization);
  if (!claimed) throw new S3Error('AuthorizationHeaderMalformed', 'The authorization header that you provided is not valid.');
  const amzDate = request.headers['x-amz-date'] ?? '';
  const payloadHash = request.headers['x-amz-content-sha256'];
  if (payloadHash === undefined) throw new S3Error('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  verifyKey(claimed.scope, credentials);
  const skew = Math.abs(parseAmzDate(amzDate) - now);
  if (Number.isNaN(skew)) throw new S3Error('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header');
  if (skew > SKEW_MS) {
    throw new S3Error('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', {
      RequestTime: amzDate,
      ServerTime: new Date(now).toISOString(),
      MaxAllowedSkewMilliseconds: String(SKEW_MS),
    });
  }
  verifyAllSigned(request.headers, claimed.signedHeaders);
  if (!isSignedBy(credentials.secretAccessKey, claimed, amzDate, { ...request, payloadHash })) throw mismatch();
}

function verifyPresigned(request: SignedS3Request, credentials: Credentials, now: number): void {
  const query = new Map(request.query);
  const scope = parseCredential(query.get('X-Amz-Credential') ?? '');
  const amzDate = query.get('X-Amz-Date') ?? '';
  const signedAt = parseAmzDate(amzDate);
  const seconds = Number(query.get('X-Amz-Expires') ?? NaN);
  const signedHeaders = query.get('X-Amz-SignedHeaders')?.split(';');
  const signature = query.get('X-Amz-Signature');
  if (query.get('X-Amz-Algorithm') !== ALGORITHM || !scope || !signedHeaders || !signature || Number.isNaN(signedAt)) {
    throw new S3Error('AuthorizationQueryParametersError', 'The query-string authentication parameters are not valid');
  }
  if (!(seconds >= 1 && seconds <= MOST_PRESIGNED_SECONDS)) {
    throw new S3Error('AuthorizationQueryParametersError', 'X-Amz-Expires must be between 1 and 604800 seconds');
  }
  verifyKey(scope, credentials);
  verifyAllSigned(request.headers, signedHeaders);
  const unsigned = {
    ...request,
    query: request.query.filter(([name]) => name !== 'X-Amz-Signature'),
    payloadHash: request.headers['x-amz-content-sha256'] ?? query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD',
  };
  if (!isSignedBy(credentials.secretAccessKey, { scope, signedHeaders, signature }, amzDate, unsigned)) throw mismatch();
  const expiresAt = signedAt + seconds * 1000;
  if (now > expiresAt) {
    throw new S3Error('AccessDenied', 'Request has expired', {
      Expires: new Date(expiresAt).toISOString(),
      ServerTime: new Date(now).toISOString(),
    });
  }
  if (signedAt > now + SKEW_MS) throw new S3Error('AccessDenied', 'Request is not yet valid');
}

/** Only our one key, and only for this service. */
function verifyKey(scope: CredentialScope, credentials: Credentials): void {
  if (scope.accessKeyId !== credentials.accessKeyId) {
    throw new S3Error('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.');
  }
  if (scope.service !== 's3') {
    throw new S3Error('AuthorizationHeaderMalformed', 'The authorization is for another service than s3.');
  }
}

/** A header that changes the meaning of a request but is not signed could have been added by anybody. */
function verifyAllSigned(headers: Readonly<Record<string, string>>, signed: readonly string[]): void {
  const unsigned = Object.keys(headers).filter((name) => name.startsWith('x-amz-') && !signed.includes(name));
  if (!signed.includes('host')) unsigned.push('host');
  if (unsigned.length > 0) {
    throw new S3Error('AccessDenied', 'There were headers present in the request which were not signed', {
      HeadersNotSigned: unsigned.join(', '),
    });
  }
}

const mismatch = () =>
  new S3Error(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  );
