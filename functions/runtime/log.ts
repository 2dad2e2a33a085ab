/**
 * One line of JSON to the log. Fields name requests, tenants and records; contact data never goes here.
 */
export function log(level: 'info' | 'error', message: string, fields: Readonly<Record<string, unknown>> = {}): void {
  process.stdout.write(`${JSON.stringify({ level, message, ...fields })}\n`);
}

/** What of an error may be logged: its kind, code and place; messages of foreign errors can hold what a caller sent. */
export function loggable(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { name, stack, cause } = error;
  return { error: name, stack: stack?.split('\n').slice(0, 12).join('\n'), ...(cause === undefined ? {} : { cause: loggable(cause) }) };
}
