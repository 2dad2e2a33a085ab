import { isInstant } from '../kernel/dates.ts';
import type { Issue } from '../kernel/errors.ts';
import type { Instant } from '../kernel/types.ts';

/** What a page remembers of its reader alone, on whatever computer he sits: how far he has read, what he has put away. */
export const MEMBER_MARKS = ['newsReadAt', 'basicsCheckedAt', 'firstStepsClosedAt'] as const;
type MemberMark = (typeof MEMBER_MARKS)[number];
export type MemberMarks = Readonly<Partial<Record<MemberMark, Instant>>>;

/** @returns what of a body is wrong, or the marks that it names */
export function readMarks(
  body: unknown,
): { readonly ok: true; readonly marks: MemberMarks } | { readonly ok: false; readonly issues: Issue[] } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { ok: false, issues: [{ field: '', code: 'input.object' }] };
  const issues = Object.entries(body).flatMap(([field, value]): Issue[] => {
    if (!(MEMBER_MARKS as readonly string[]).includes(field)) return [{ field, code: 'field.unknown' }];
    if (typeof value !== 'string') return [{ field, code: 'instant.expected' }];
    return isInstant(value) ? [] : [{ field, code: 'instant.invalid' }];
  });
  if (issues.length) return { ok: false, issues };
  return { ok: true, marks: Object.fromEntries(Object.entries(body).map(([name, at]) => [name, new Date(String(at)).toISOString()])) };
}

/** Marks only go forward: what a slower page remembers takes nothing back. @returns those that are moved */
export const marksMoved = (before: MemberMarks, wanted: MemberMarks): MemberMarks =>
  Object.fromEntries(MEMBER_MARKS.flatMap((name) => ((wanted[name] ?? '') > (before[name] ?? '') ? [[name, wanted[name]]] : [])));
