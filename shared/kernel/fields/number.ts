import * as z from 'zod/mini';
import { plainDecimal } from '../decimal.ts';
import type { Field, FieldFlags, FieldKind } from '../field.ts';
import type { Label } from '../types.ts';
import { askedNumber } from './asked.ts';

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

const DECIMALS = 4;
const fits = (value: number, decimals: number): boolean => Number(value.toFixed(decimals)) === value;

/** The number of a text; the text itself when it is none or has more digits than a number can hold. */
function readNumber(text: string): number | string {
  const plain = plainDecimal(text);
  if (plain === undefined) return text;
  const value = Number(plain);
  return plain.length <= 16 || String(value) === plain ? value : text;
}

export const numberKind: FieldKind<number, NumberField> = {
  schema: (field) =>
    z.number('number.expected').check(
      z.overwrite((value) => value + 0), // −0 becomes 0
      z.gte(field.min ?? -Number.MAX_SAFE_INTEGER, { error: 'number.tooSmall', abort: true }),
      z.lte(field.max ?? Number.MAX_SAFE_INTEGER, { error: 'number.tooLarge', abort: true }),
      z.refine((value) => fits(value, field.decimals ?? DECIMALS), 'number.precision'),
    ),
  jsonSchema: (field) => ({ type: field.decimals === 0 ? 'integer' : 'number', minimum: field.min, maximum: field.max }),
  operators: ['is', 'isNot', 'lt', 'lte', 'gt', 'gte', 'empty', 'notEmpty'],
  compare: (a, b) => a - b,
  atoms: (value) => [value],
  asked: askedNumber,
  // `String` writes 0.0000001 as 1e-7, which no spreadsheet column of decimals takes.
  toText: (value, field) => (value !== 0 && Math.abs(value) < 1e-6 ? value.toFixed(field.decimals ?? DECIMALS) : String(value)),
  fromText: readNumber,
  sample: (field, n) => Math.min(field.max ?? Infinity, Math.max(field.min ?? -Infinity, field.decimals === 0 ? n : n + 0.5)),
};
