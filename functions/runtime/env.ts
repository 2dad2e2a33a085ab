import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));
const httpUrl = z.string().check(z.regex(/^https?:\/\/\S+$/));
/** Without a path: what browsers send as `Origin`, and what paths are appended to. */
const origin = z.string().check(z.regex(/^https?:\/\/[^/\s]+$/));

/** Every variable a function may be given; the template gives each function only those it uses (infra/grants.ts). */
const variables = {
  TABLE_NAME: text,
  FILES_BUCKET: text,
  FAILED_BATCHES_BUCKET: text,
  MAIL_QUEUE_URL: httpUrl,
  EFFECTS_QUEUE_URL: httpUrl,
  JOBS_QUEUE_URL: httpUrl,
  USER_POOL_ID: text,
  USER_POOL_CLIENT_ID: text,
  USER_POOL_CLIENT_SECRET: text,
  MAIL_FROM: text,
  MAIL_CONFIGURATION_SET: text,
  PUBLIC_URL: origin,
  SIGN_UP: z.enum(['open', 'invite', 'closed']),
  EDGE_SECRET: text,
  /** Given to every function by Lambda itself. */
  AWS_REGION: text,
} as const;

type Variable = keyof typeof variables;
type Environment = { readonly [V in Variable]: z.infer<(typeof variables)[V]> };

/**
 * Names the variables a module needs. They are read and checked at the first call of the result, once: importing a
 * module asks for nothing, so a function may carry code that it never runs.
 * @returns the way to the values
 * @throws Error (at that first call) listing every variable that is missing or unfit, never a value
 */
export function env<const V extends Variable>(...names: V[]): () => Pick<Environment, V> {
  let values: Pick<Environment, V> | undefined;
  return () => (values ??= readAll(names));
}

function readAll<V extends Variable>(names: readonly V[]): Pick<Environment, V> {
  const read = names.map((name) => ({ name, given: process.env[name], result: variables[name].safeParse(process.env[name]) }));
  const faults = read.filter(({ result }) => !result.success).map(({ name, given }) => `${name} is ${given ? 'unfit' : 'missing'}`);
  if (faults.length > 0) throw new Error(`environment of this function: ${faults.join(', ')}`);
  return Object.fromEntries(read.map(({ name, result }) => [name, result.data])) as Pick<Environment, V>;
}
