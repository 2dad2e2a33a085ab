import * as z from 'zod/mini';
import { invalid } from '../kernel/errors.ts';
import { isId } from '../kernel/ids.ts';
import { parseWith } from '../kernel/schema.ts';

/** What people stand in, and must not lose without another in its stead. */
export type PlaceType = 'role' | 'department';

/** Who stands in a place, and the field that says so: members, and departments below a department. */
export interface Occupant {
  readonly type: 'member' | 'department';
  readonly id: string;
  readonly field: 'roleId' | 'departmentId' | 'parentId';
}

/** Whom a place of that type holds, by the field of each type that names it. */
export const HELD_BY: Readonly<Record<PlaceType, readonly Omit<Occupant, 'id'>[]>> = {
  role: [{ type: 'member', field: 'roleId' }],
  department: [
    { type: 'member', field: 'departmentId' },
    { type: 'department', field: 'parentId' },
  ],
};

const PREFIX: Readonly<Record<PlaceType, string>> = { role: 'rol', department: 'dep' };
const id = (prefix?: string) => z.string('ref.expected').check(z.refine((value) => isId(value, prefix), 'ref.invalid'));

/** Where those go who stand in a place that is removed. @throws AppError input.invalid (400) */
export function readRemoval(type: PlaceType, body: unknown): { readonly movesTo?: string | undefined } {
  const parsed = parseWith(z.strictObject({ movesTo: z.optional(id(PREFIX[type])) }, 'input.object'), body ?? {});
  if (!parsed.ok) throw invalid(parsed.issues);
  return parsed.value;
}

const MOST_MOVED = 2_000;

/**
 * Who stood in a place before it was removed, and where they went: those who are there still stand in it again.
 * @throws AppError input.invalid (400)
 */
export function readReturn(type: PlaceType, body: unknown): { readonly moved: readonly string[]; readonly movedTo?: string | undefined } {
  const moved = z.array(id(), 'list.expected').check(z.maxLength(MOST_MOVED, 'list.tooLong'));
  const parsed = parseWith(z.strictObject({ moved, movedTo: z.optional(id(PREFIX[type])) }, 'input.object'), body ?? {});
  if (!parsed.ok) throw invalid(parsed.issues);
  return parsed.value;
}
