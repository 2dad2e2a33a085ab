import * as z from 'zod/mini';
import type { Issue } from '../kernel/errors.ts';
import { invalid } from '../kernel/errors.ts';
import type { RefField } from '../kernel/fields/ref.ts';
import { isId } from '../kernel/ids.ts';
import type { RecordDefinition, Values } from '../kernel/record.ts';
import { parseWith } from '../kernel/schema.ts';

/** A way in which records hang on one member: they are his (`ownerId`), or a field says that he answers for them. */
export interface Holding {
  readonly definition: RecordDefinition;
  readonly field: string;
}

/**
 * All ways in which members hold records, as the types declare them. What follows its parent goes with that, and what is
 * personal is nobody else's.
 */
export const holdingsIn = (definitions: readonly RecordDefinition[]): Holding[] =>
  definitions
    .filter(isHandedOver)
    .flatMap((definition) => [
      ...(definition.paths.owner ? [{ definition, field: 'ownerId' }] : []),
      ...Object.entries(definition.fields).flatMap(([field, declared]) =>
        (declared as Partial<RefField>).responsible ? [{ definition, field }] : [],
      ),
    ]);

const isHandedOver = ({ followsParent, access, operations }: RecordDefinition): boolean =>
  !followsParent && access.group !== 'personal' && operations.includes('update');

/**
 * Whether there is something left to do about a record. What never ends is always open.
 * @param values  the record, or its summary
 */
export function isOpenRecord(definition: RecordDefinition, values: Values): boolean {
  const { endsBy } = definition;
  if (endsBy === undefined) return true;
  const { options } = definition.fields[endsBy] as { readonly options?: readonly { readonly key: string; readonly means?: string }[] };
  const chosen = options?.find(({ key }) => key === values[endsBy]);
  return chosen === undefined || chosen.means === 'open';
}

/** Whether a record changes hands with the others of whoever holds it. @param values  the record, or its summary */
export const goesAlong = (definition: RecordDefinition, values: Values): boolean =>
  !definition.staysWhenEnded || isOpenRecord(definition, values);

/** Whom records go to: of a type named in `types` to that member, all others to `to`. */
export interface Receivers {
  readonly to: string;
  readonly types: Readonly<Record<string, string>>;
}
export interface HandoverRequest extends Receivers {
  /** The job's; the caller's own, so that what is asked twice is done once. */
  readonly id: string;
  /** Shuts the member out before his records go. */
  readonly disable: boolean;
}

export const receiverOf = ({ to, types }: Receivers, type: string): string => types[type] ?? to;
export const receiversOf = ({ to, types }: Receivers): string[] => [...new Set([to, ...Object.values(types)])];

const member = () => z.string('ref.expected').check(z.refine((value) => isId(value, 'mem'), 'ref.invalid'));
const job = () => z.string('id.invalid').check(z.refine((value) => isId(value, 'job'), 'id.invalid'));
const MOST_TYPES = 40;

const requestShape = () =>
  z.strictObject(
    {
      id: job(),
      to: member(),
      types: z.optional(
        z
          .record(z.string().check(z.maxLength(40, 'text.tooLong')), member())
          .check(z.refine((types) => Object.keys(types).length <= MOST_TYPES, 'list.tooLong')),
      ),
      disable: z.optional(z.boolean('boolean.expected')),
    },
    'input.object',
  );

/** @throws AppError input.invalid (400) */
export function readHandover(body: unknown): HandoverRequest {
  const parsed = parseWith(requestShape(), body ?? {});
  if (!parsed.ok) throw invalid(parsed.issues);
  const { id, to, types = {}, disable = false } = parsed.value;
  return { id, to, types, disable };
}

/** A hand-over that is to be taken back, and the job that does it. @throws AppError input.invalid (400) */
export function readTakingBack(body: unknown): { readonly id: string; readonly handover: string } {
  const parsed = parseWith(z.strictObject({ id: job(), handover: job() }, 'input.object'), body ?? {});
  if (!parsed.ok) throw invalid(parsed.issues);
  return parsed.value;
}

/**
 * What is wrong with whom records are to go to.
 * @param about.known  names of types that somebody can hold records of
 */
export function receiverIssues(
  { to, types }: Receivers,
  { from, active, known }: { readonly from: string; readonly active: ReadonlySet<string>; readonly known: ReadonlySet<string> },
): Issue[] {
  const entries = [['to', to] as const, ...Object.entries(types).map(([type, id]) => [`types.${type}`, id] as const)];
  return [
    ...Object.keys(types).flatMap((type) => (known.has(type) ? [] : [{ field: `types.${type}`, code: 'type.unknown' }])),
    ...entries.flatMap(([field, id]) => (id === from ? [{ field, code: 'handover.self' }] : [])),
    ...entries.flatMap(([field, id]) => (id !== from && !active.has(id) ? [{ field, code: 'owner.unknown' }] : [])),
  ];
}

type Place = { readonly id: string; readonly parentId?: string | undefined; readonly headId?: string | undefined };

/**
 * Who leads a member: the head of his department, or of the next one above it that has another at work.
 * @returns undefined where nobody does
 */
export function leaderOf(
  { id, departmentId }: { readonly id: string; readonly departmentId?: string | undefined },
  departments: readonly Place[],
  isActive: (memberId: string) => boolean,
): string | undefined {
  const seen = new Set<string>();
  for (let at = departmentId; at !== undefined && !seen.has(at);) {
    seen.add(at);
    const place = departments.find((each) => each.id === at);
    if (place?.headId !== undefined && place.headId !== id && isActive(place.headId)) return place.headId;
    at = place?.parentId;
  }
  return undefined;
}
