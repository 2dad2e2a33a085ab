import type { Issue } from '../../../shared/kernel/errors.ts';
import { ApiError } from '../kernel/api.ts';

/** As the user pool has it: length, not composition. */
export const PASSWORD_LENGTH = 12;

/** Faults of the fields named, in the order of the form. The server has the last word on each. */
export function checkFields(values: Readonly<Record<string, unknown>>, fields: readonly string[]): Issue[] {
  return fields.flatMap((field): Issue[] => {
    const value = String(values[field] ?? '');
    if (!value.trim()) return [{ field, code: 'field.required' }];
    if (field === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.trim())) return [{ field, code: 'email.invalid' }];
    if (field === 'code' && !/^\d{6}$/.test(value)) return [{ field, code: 'code.invalid' }];
    if (field === 'newPassword' && [...value].length < PASSWORD_LENGTH) return [{ field, code: 'password.tooShort' }];
    return [];
  });
}

/** Where to go after signing in. Only a path of ours: `//evil.example`, `/\\evil.example` and `https:` would leave. */
export function safeNext(next: string): string {
  const here = 'https://here.invalid';
  const url = URL.parse(next, here);
  const ours = next.startsWith('/') && url?.origin === here && !url.pathname.startsWith('//');
  return ours ? url.pathname + url.search : '/';
}

/** A single-use token stands in the fragment of its link: fragments reach no server, no log and no referrer. */
export function takeToken(): string {
  const token = location.hash.slice(1);
  if (token) history.replaceState(history.state, '', location.pathname);
  return token;
}

/** What the server says of the password, said of the field that takes a new one. */
export async function atNewPassword<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { status, code, params, issues, requestId, retryAfterMs } = error;
    const placed = issues.map((issue) => (issue.field === 'password' ? { ...issue, field: 'newPassword' } : issue));
    throw new ApiError(status, { code, params, issues: placed, ...(requestId ? { requestId } : {}) }, retryAfterMs);
  }
}
