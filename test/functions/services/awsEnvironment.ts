import { vi } from 'vitest';

/** What a function of the deployed product would be given, pointing at servers of this machine. Call it before the first request. */
export function stubAwsEnvironment(values: Record<string, string>): void {
  const account = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_SESSION_TOKEN: undefined };
  for (const [name, value] of Object.entries({ ...account, ...values })) vi.stubEnv(name, value);
}

/** An error as the SDK throws it: a name and, when AWS answered, the HTTP status. */
export function awsError(name: string, httpStatusCode?: number, more: object = {}): Error {
  return Object.assign(new Error(name), { name, $metadata: httpStatusCode ? { httpStatusCode } : {}, ...more });
}
