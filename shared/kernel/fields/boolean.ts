import * as z from 'zod/mini';
import type { Field, FieldFlags, FieldKind } from '../field.ts';
import type { Label } from '../types.ts';

export interface BooleanField extends Field<boolean> {
  readonly kind: 'boolean';
}

export const boolean = <const O extends FieldFlags>(label: Label, flags?: O) => ({ kind: 'boolean', label, ...flags }) as BooleanField & O;

const YES = new Set(['true', 'yes', '1', 'y', '是', '√']);
const NO = new Set(['false', 'no', '0', 'n', '否', '×']);

export const booleanKind: FieldKind<boolean, BooleanField> = {
  schema: () => z.boolean('boolean.expected'),
  jsonSchema: () => ({ type: 'boolean' }),
  operators: ['is', 'isNot', 'empty', 'notEmpty'],
  compare: (a, b) => Number(a) - Number(b),
  atoms: (value) => [value],
  asked: (value) => (typeof value === 'boolean' ? value : undefined),
  toText: (value, _field, { locale }) => (locale === 'en' ? (value ? 'yes' : 'no') : value ? '是' : '否'),
  fromText: (value) => {
    const word = value.trim().toLowerCase();
    return YES.has(word) ? true : NO.has(word) ? false : value;
  },
  sample: (_field, n) => n % 2 === 0,
};
