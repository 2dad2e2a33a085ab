import * as z from 'zod/mini';
import type { Field, FieldFlags, FieldKind } from '../field.ts';
import { isId, makeId } from '../ids.ts';
import { byCode, byItems } from '../order.ts';
import type { Label } from '../types.ts';
import { askedText } from './asked.ts';
import { listOf } from './list.ts';

interface Within {
  /** A field of both types in which the two records name the same one: an order's contact is one of its customer's. */
  readonly within?: string;
}

interface Tree {
  /** Records of one type hang below one another by it, and none below itself. */
  readonly tree?: true;
}

interface Responsible {
  /** The member it names answers for something, which goes on to whoever takes over from him. */
  readonly responsible?: true;
}

/**
 * The id of a record of type `to`. That the record exists, is in the writer's reach and belongs where it is named is
 * checked when it is written; it may move away later.
 */
export interface RefField extends Field<string>, Within, Tree, Responsible {
  readonly kind: 'ref';
  readonly to: string;
}
export interface RefsField extends Field<string[]>, Within {
  readonly kind: 'refs';
  readonly to: string;
}

export const ref = <const O extends FieldFlags & Within & Tree & Responsible>(to: string, label: Label, flags?: O) =>
  ({ kind: 'ref', to, label, ...flags }) as RefField & O;
export const refs = <const O extends FieldFlags & Within>(to: string, label: Label, flags?: O) =>
  ({ kind: 'refs', to, label, ...flags }) as RefsField & O;

const MOST_REFERENCES = 100;
const one = (): z.ZodMiniType<string> => z.string('ref.expected').check(z.refine((value) => isId(value), 'ref.invalid'));

export const refKind: FieldKind<string, RefField> = {
  schema: one,
  jsonSchema: (field) => ({ type: 'string', description: `id of a ${field.to}` }),
  operators: ['is', 'isNot', 'in', 'empty', 'notEmpty'],
  compare: byCode,
  atoms: (value) => [value],
  asked: askedText((value) => value),
  // Titles are ambiguous, ids are not: a file that comes back must find the same record.
  toText: (value) => value,
  fromText: (value) => value.trim(),
  sample: (_field, n) => makeId('ref', n, new Uint8Array(10).fill(n % 256)),
};

export const refsKind: FieldKind<string[], RefsField> = {
  schema: () => listOf(one(), MOST_REFERENCES),
  jsonSchema: (field) => ({ type: 'array', items: { type: 'string' }, description: `ids of ${field.to}`, maxItems: MOST_REFERENCES }),
  operators: ['is', 'isNot', 'in', 'empty', 'notEmpty'],
  compare: (a, b) => byItems(a, b, byCode),
  atoms: (value) => value,
  asked: askedText((value) => value),
  toText: (value) => value.join('; '),
  fromText: (value) => value.split(/[;\s]+/).filter(Boolean),
  sample: (field, n) => [refKind.sample(field as unknown as RefField, n)],
};
