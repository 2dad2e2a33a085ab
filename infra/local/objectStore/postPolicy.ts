import { S3Error } from './s3Error.ts';

/**
 * The policy of a browser upload: what a form may contain, signed by the one who handed the form out.
 * @source https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export interface PostPolicy {
  /** Epoch milliseconds. */
  expiresAt: number;
  conditions: Condition[];
}

type Condition =
  | { kind: 'eq' | 'starts-with'; field: string; value: string; source: unknown }
  | { kind: 'content-length-range'; least: number; most: number };

/** Fields that carry the form itself and so cannot be part of what it promises. */
const OUTSIDE_POLICY = new Set(['policy', 'x-amz-signature', 'file']);

/** @throws S3Error InvalidPolicyDocument */
export function parsePostPolicy(base64: string): PostPolicy {
  let document: { expiration?: unknown; conditions?: unknown };
  try {
    document = JSON.parse(Buffer.from(base64, 'base64').toString()) as typeof document;
  } catch {
    throw invalidPolicy('Invalid JSON.');
  }
  const expiresAt = typeof document.expiration === 'string' ? Date.parse(document.expiration) : NaN;
  if (Number.isNaN(expiresAt)) throw invalidPolicy("Invalid 'expiration' value");
  if (!Array.isArray(document.conditions)) throw invalidPolicy("Policy missing 'conditions'.");
  return { expiresAt, conditions: document.conditions.flatMap(parseCondition) };
}

/**
 * @param fields  the form's fields, names in lower case, with `bucket` from the address
 * @throws S3Error AccessDenied when the form is expired, breaks a condition or holds a field no condition names
 */
export function checkPostForm(policy: PostPolicy, fields: ReadonlyMap<string, string>, now: number): void {
  if (now > policy.expiresAt) throw violated('Policy expired.');
  for (const condition of policy.conditions) {
    if (condition.kind === 'content-length-range') continue;
    const value = fields.get(condition.field) ?? '';
    const holds = condition.kind === 'eq' ? value === condition.value : value.startsWith(condition.value);
    if (!holds) throw violated(`Policy Condition failed: ${JSON.stringify(condition.source)}`);
  }
  const named = new Set(policy.conditions.flatMap((c) => ('field' in c ? [c.field] : [])));
  const extra = [...fields.keys()].filter(
    (name) => !named.has(name) && !OUTSIDE_POLICY.has(name) && !name.startsWith('x-ignore-') && name !== 'bucket',
  );
  if (extra.length > 0) throw violated(`Extra input fields: ${extra[0]}`);
}

/** @throws S3Error EntityTooSmall, EntityTooLarge */
export function checkPostSize(policy: PostPolicy, size: number): void {
  for (const condition of policy.conditions) {
    if (condition.kind !== 'content-length-range') continue;
    if (size < condition.least) {
      throw new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
        ProposedSize: String(size),
        MinSizeAllowed: String(condition.least),
      });
    }
    if (size > condition.most) {
      throw new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
        ProposedSize: String(size),
        MaxSizeAllowed: String(condition.most),
      });
    }
  }
}

function parseCondition(condition: unknown): Condition[] {
  if (Array.isArray(condition) && condition.length === 3) {
    const [kind, second, third] = condition as unknown[];
    const operator = String(kind).toLowerCase();
    if (operator === 'content-length-range') {
      const [least, most] = [Number(second), Number(third)];
      if (Number.isInteger(least) && Number.isInteger(most)) return [{ kind: operator, least, most }];
    }
    if (operator === 'eq' || operator === 'starts-with') {
      if (typeof second === 'string' && second.startsWith('$') && typeof third === 'string') {
        return [{ kind: operator, field: second.slice(1).toLowerCase(), value: third, source: condition }];
      }
    }
  } else if (typeof condition === 'object' && condition !== null && !Array.isArray(condition)) {
    return Object.entries(condition).map(([field, value]): Condition => {
      if (typeof value !== 'string') throw invalidPolicy('Invalid Simple-Condition: value must be a string.');
      return { kind: 'eq', field: field.toLowerCase(), value, source: ['eq', `$${field}`, value] };
    });
  }
  throw invalidPolicy(`Invalid condition: ${JSON.stringify(condition)}`);
}

const violated = (why: string) => new S3Error('AccessDenied', `Invalid according to Policy: ${why}`);
const invalidPolicy = (why: string) => new S3Error('InvalidPolicyDocument', `Invalid Policy: ${why}`);
