import { element, xmlDocument } from './xml.ts';

const statuses = {
  AccessControlListNotSupported: 400,
  AccessDenied: 403,
  AccessForbidden: 403,
  AuthorizationHeaderMalformed: 400,
  AuthorizationQueryParametersError: 400,
  BadDigest: 400,
  BucketAlreadyOwnedByYou: 409,
  EntityTooLarge: 400,
  EntityTooSmall: 400,
  IncompleteBody: 400,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  InvalidBucketName: 400,
  InvalidPolicyDocument: 400,
  InvalidRange: 416,
  InvalidRequest: 400,
  InvalidURI: 400,
  KeyTooLongError: 400,
  MalformedPOSTRequest: 400,
  MalformedXML: 400,
  MetadataTooLarge: 400,
  MethodNotAllowed: 405,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NotImplemented: 501,
  PreconditionFailed: 412,
  RequestTimeTooSkewed: 403,
  SignatureDoesNotMatch: 403,
  XAmzContentSHA256Mismatch: 400,
} as const;

/** A refusal under the name and status that S3 uses. */
export class S3Error extends Error {
  override name = 'S3Error';
  readonly code: keyof typeof statuses;
  readonly details: Readonly<Record<string, string>>;

  /** @param details  further elements of the answer, such as `MaxSizeAllowed` */
  constructor(code: keyof typeof statuses, message: string, details: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return statuses[this.code];
  }

  toXml(resource: string, requestId: string): string {
    return xmlDocument(
      'Error',
      [
        element('Code', this.code),
        element('Message', this.message),
        ...Object.entries(this.details).map(([name, value]) => element(name, value)),
        element('Resource', resource),
        element('RequestId', requestId),
      ],
      { namespace: false },
    );
  }
}
