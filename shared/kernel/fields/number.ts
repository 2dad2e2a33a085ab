import * as z from 'zod/mini';
import type { Field, FieldFlags, FieldKind } from '../field.ts';
import type { Label } from '../types.ts';

export interface NumberField extends Field<number> {
  readonly kind: 'number';
  readonly min?: number;
  readonly max?: number;
  /** Digits after the point; 0 means whole numbers. */
  readonly decimals?: number;
  readonly unit?: Label;
}
type Options = FieldFlags & { min?: number; max?: number; decimals?: number; unit?: Label };

export const number = <const O extends Options>(label: Label, options?: O) => ({ kind: 'number', label, ...options }) as NumberField & O;

const fits = (value: number, decimals: number): boolean => Math.abs(value) <= Number.MAX_SAFE_INTEGER && Number(value.toFixed(decimals)) === value;

export const numberKind: FieldKind<number, NumberField> = {
  schema: (field) =>
    z.number('number.expected').check(
      z.overwrite((value) => value + 0), // −0 becomes 0
      z.refine((value) => fits(value, field.decimals ?? 4), 'number.precision'),
      z.gte(field.min ?? -Number.MAX_SAFE_INTEGER, 'number.tooSmall'),
      z.lte(field.max ?? Number.MAX_SAFE_INTEGER, 'number.tooLarge'),
    ),
  jsonSchema: (field) => ({ type: field.decimals === 0 ? 'integer' : 'number', minimum: field.min, maximum: field.max }),
  operators: ['is', 'isNot', 'lt', 'lte', 'gt', 'gte', 'empty', 'notEmpty'],
  compare: (a, b) => a - b,
  atoms: (value) => [value],
  toText: (value) => String(value),
  fromText: (value) => (value.trim() === '' ? value : Number(value.replace(/[,\s]/g, ''))),
  sample: (field, n) => Math.min(field.max ?? Infinity, Math.max(field.min ?? -Infinity, field.decimals === 0 ? n : n + 0.5)),
};
