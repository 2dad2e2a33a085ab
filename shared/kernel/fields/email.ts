import * as z from 'zod/mini';
import type { Field, FieldFlags, FieldKind } from '../field.ts';
import { byCode, byItems } from '../order.ts';
import { foldCase } from '../text.ts';
import type { Label } from '../types.ts';
import { askedText } from './asked.ts';
import { listOf } from './list.ts';

/** One e-mail address, or several (`many`), first is the preferred one. */
export interface EmailField extends Field<string> {
  readonly kind: 'email';
}
export interface EmailsField extends Field<string[]> {
  readonly kind: 'emails';
}

export const email = <const O extends FieldFlags>(label: Label, options?: O) =>
  ({ kind: 'email', sensitivity: 'personal', label, ...options }) as EmailField & O;
export const emails = <const O extends FieldFlags>(label: Label, options?: O) =>
  ({ kind: 'emails', sensitivity: 'personal', label, ...options }) as EmailsField & O;

const MOST_ADDRESSES = 20;

// One address, no display name, no comment, no quoted local part: those forms exist to confuse parsers (header
// injection, domain confusion) and no shop's customer has one. Letters beyond ASCII are allowed (RFC 6531), with the
// vowel signs that Indic scripts write as marks. Linear: each class is disjoint from the separator that follows it.
const LOCAL = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const LABEL = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]{0,62}$/u;
const isDomain = (text: string): boolean => {
  const labels = text.split('.');
  return labels.length > 1 && labels.every((label) => LABEL.test(label) && !label.endsWith('-')) && labels.at(-1)!.length > 1;
};

export function isEmail(value: string): boolean {
  const at = value.lastIndexOf('@');
  if (at < 1 || value.length > 254 || at > 64) return false;
  return LOCAL.test(value.slice(0, at)) && isDomain(value.slice(at + 1));
}

/** Stored form: no surrounding space, compatibility form (ａ → a), lower case. Two spellings of one mailbox become equal. */
export const normaliseEmail = (value: string): string => foldCase(value.trim().normalize('NFKC'));

const one = (): z.ZodMiniType<string> =>
  z
    .string('email.expected')
    .check(z.maxLength(320, { error: 'email.invalid', abort: true }), z.overwrite(normaliseEmail), z.refine(isEmail, 'email.invalid'));

export const emailKind: FieldKind<string, EmailField> = {
  schema: one,
  jsonSchema: () => ({ type: 'string', format: 'email', maxLength: 254 }),
  operators: ['is', 'isNot', 'contains', 'startsWith', 'empty', 'notEmpty'],
  compare: byCode,
  atoms: (value) => [value],
  asked: askedText(normaliseEmail),
  searchTexts: (value) => [value],
  keys: (value) => [value],
  toText: (value) => value,
  fromText: (value) => value,
  sample: (_field, n) => `person${n}+tag@example${n % 7}.test`,
};

export const emailsKind: FieldKind<string[], EmailsField> = {
  schema: () => listOf(one(), MOST_ADDRESSES),
  jsonSchema: () => ({ type: 'array', items: { type: 'string', format: 'email' }, minItems: 1, maxItems: MOST_ADDRESSES }),
  operators: ['is', 'contains', 'startsWith', 'empty', 'notEmpty'],
  compare: (a, b) => byItems(a, b, byCode),
  atoms: (value) => value,
  asked: askedText(normaliseEmail),
  searchTexts: (value) => value,
  keys: (value) => value,
  toText: (value) => value.join('; '),
  fromText: (value) => value.split(/[;；,，、\s]+/).filter(Boolean),
  sample: (_field, n) => (n % 2 ? [`info${n}@shop${n}.test`] : [`info${n}@shop${n}.test`, `sales${n}@shop${n}.test`]),
};
