/**
 * How our SDK clients behave on the wire. The SDK's own default waits without end, which in a Lambda means: until the
 * function is killed, with nothing said.
 */
export const requestHandler = { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true };

/** What the SDK's errors have in common; nothing of it is certain, an error may come from anywhere. */
export interface AwsFailure {
  readonly name: string;
  readonly message: string;
  /** Of a network error, such as ECONNREFUSED. */
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

export function toFailure(error: unknown): AwsFailure {
  return error instanceof Error ? error : { name: 'unknown', message: String(error) };
}

const THROTTLED = new Set(['ThrottlingException', 'Throttling', 'TooManyRequestsException', 'RequestThrottled', 'SlowDown']);
const NO_ANSWER = new Set(['TimeoutError', 'AbortError']);

/** AWS answered that it was asked too often; it has done nothing. */
export const isThrottled = ({ name, $metadata }: AwsFailure): boolean => THROTTLED.has(name) || $metadata?.httpStatusCode === 429;

/** Worth another try later: too often, AWS's own fault, or no answer at all. */
export function isPassing(failure: AwsFailure): boolean {
  const status = failure.$metadata?.httpStatusCode;
  if (status !== undefined) return isThrottled(failure) || status >= 500;
  return isThrottled(failure) || NO_ANSWER.has(failure.name) || failure.code !== undefined;
}
