import * as z from 'zod/mini';
import type { Field, FieldFlags, FieldKind } from '../field.ts';
import { byCode, byItems } from '../order.ts';
import { cleanLine } from '../text.ts';
import type { Label } from '../types.ts';
import { askedText } from './asked.ts';
import { listOf } from './list.ts';

/** Phone numbers as people write them; first is the preferred one. */
export interface PhonesField extends Field<string[]> {
  readonly kind: 'phones';
}
export interface PhoneField extends Field<string> {
  readonly kind: 'phone';
}

export const phone = <const O extends FieldFlags>(label: Label, options?: O) =>
  ({ kind: 'phone', sensitivity: 'personal', label, ...options }) as PhoneField & O;
export const phones = <const O extends FieldFlags>(label: Label, options?: O) =>
  ({ kind: 'phones', sensitivity: 'personal', label, ...options }) as PhonesField & O;

const MOST_NUMBERS = 20;
// Digits with the usual punctuation, then at most one extension. Vanity letters are refused: nobody can dial them on a screen.
const SHAPE = /^\+?[0-9 ().\-/]{3,30}(?: ?(?:ext\.?|x|#|转|分机) ?[0-9]{1,8})?$/i;
const EXTENSION = / ?(?:ext\.?|x|#|转|分机) ?[0-9]{1,8}$/i;

const clean = (value: string): string => cleanLine(value.normalize('NFKC')).replace(/[‐‑‒–—−]/g, '-');
const digitsOf = (value: string): string => value.replace(EXTENSION, '').replace(/\D/g, '');

const isPhone = (value: string): boolean => {
  const digits = digitsOf(value).length;
  return SHAPE.test(value) && digits >= 3 && digits <= 15;
};

/**
 * The number as a key: digits with the calling code, without trunk prefix or extension, so that `+86 138-0013-8000`,
 * `0086 13800138000` and `138 0013 8000` are one. Numbers under seven digits (short codes, extensions) give none.
 * @param callingCode  of the workspace's country, for numbers written without one
 */
export function phoneKey(value: string, callingCode = '86'): string | undefined {
  // `+44 (0)20…`: the bracketed zero is dialled inside the country only.
  const text = clean(value).replace(EXTENSION, '').replace('(0)', '').trim();
  const digits = digitsOf(text);
  if (digits.length < 7) return undefined;
  if (text.startsWith('+')) return digits;
  if (digits.startsWith('00')) return digits.slice(2);
  if (digits.startsWith(callingCode) && digits.length >= callingCode.length + 10) return digits;
  return callingCode + digits.replace(/^0/, '');
}

const one = (): z.ZodMiniType<string> =>
  z
    .string('phone.expected')
    .check(z.maxLength(60, { error: 'phone.invalid', abort: true }), z.overwrite(clean), z.refine(isPhone, 'phone.invalid'));
const present = (key: string | undefined): key is string => key !== undefined;

export const phoneKind: FieldKind<string, PhoneField> = {
  schema: one,
  jsonSchema: () => ({ type: 'string', maxLength: 60 }),
  operators: ['is', 'contains', 'empty', 'notEmpty'],
  compare: byCode,
  atoms: (value) => [digitsOf(value)],
  asked: askedText((value) => digitsOf(clean(value))),
  searchTexts: (value) => [value],
  keys: (value) => [phoneKey(value)].filter(present),
  toText: (value) => value,
  fromText: (value) => value,
  sample: (_field, n) => `+86 138 ${String(10_000_000 + n * 7919).replace(/^(\d{4})/, '$1 ')}`,
};

export const phonesKind: FieldKind<string[], PhonesField> = {
  schema: () => listOf(one(), MOST_NUMBERS),
  jsonSchema: () => ({ type: 'array', items: { type: 'string' }, minItems: 1, maxItems: MOST_NUMBERS }),
  operators: ['is', 'contains', 'empty', 'notEmpty'],
  compare: (a, b) => byItems(a, b, byCode),
  atoms: (value) => value.map(digitsOf),
  asked: askedText((value) => digitsOf(clean(value))),
  searchTexts: (value) => value,
  keys: (value) => value.map((number) => phoneKey(number)).filter(present),
  toText: (value) => value.join('; '),
  fromText: (value) =>
    value
      .split(/[;；,，、\n]+/)
      .map((part) => part.trim())
      .filter(Boolean),
  sample: (field, n) => [phoneKind.sample({ ...field, kind: 'phone' } as unknown as PhoneField, n)],
};
