import * as z from 'zod/mini';
import type { Field, FieldFlags, FieldKind } from '../field.ts';
import { byCode } from '../order.ts';
import { cleanLine, cleanText, cutText, foldText, hasRefusedCharacters, isBlankText, lengthOf } from '../text.ts';
import type { Label } from '../types.ts';
import { askedText } from './asked.ts';

export interface TextField extends Field<string> {
  readonly kind: 'text' | 'longText';
  /** Longest value, in characters. */
  readonly max?: number;
}
type Options = FieldFlags & { max?: number };

const LINE_MAX = 200;
const LONG_MAX = 10_000;
const maxOf = (field: TextField): number => field.max ?? (field.kind === 'text' ? LINE_MAX : LONG_MAX);

/** One line of text. */
export const text = <const O extends Options>(label: Label, options?: O) => ({ kind: 'text', label, ...options }) as TextField & O;

/** Text of several lines. */
export const longText = <const O extends Options>(label: Label, options?: O) => ({ kind: 'longText', label, ...options }) as TextField & O;

export const textKind: FieldKind<string, TextField> = {
  schema: (field) => {
    const tooLong = { error: 'text.tooLong', abort: true, params: { limit: maxOf(field) } };
    return z.string('text.expected').check(
      // Cleaning shortens a text, though hardly to a quarter: what is longer is not worth the work.
      z.refine((value) => value.length <= 4 * maxOf(field), tooLong),
      // Refused before it is cleaned: a NUL or a direction override in a name is an attack or a broken export, not a typo.
      z.refine((value) => !hasRefusedCharacters(value), { error: 'text.characters', abort: true }),
      z.overwrite(field.kind === 'text' ? cleanLine : cleanText),
      z.refine((value) => !isBlankText(value), { error: 'text.empty', abort: true }),
      z.refine((value) => value.length <= maxOf(field) || lengthOf(value) <= maxOf(field), tooLong),
    );
  },
  jsonSchema: (field) => ({ type: 'string', minLength: 1, maxLength: maxOf(field) }),
  operators: ['is', 'isNot', 'contains', 'startsWith', 'empty', 'notEmpty'],
  compare: (a, b) => COLLATOR.compare(a, b) || byCode(a, b),
  atoms: (value) => [foldText(value)],
  asked: askedText(foldText),
  searchTexts: (value) => [value],
  keys: (value) => [foldText(value)],
  toText: (value) => value,
  fromText: (value) => value,
  sample: (field, n) => {
    const value = `${field.label.en} ${n} ${SAMPLES[n % SAMPLES.length]}`;
    return cutText(value, maxOf(field)).trim();
  },
};

// One collator for all: constructing one per comparison makes a sort of 10,000 Chinese names take seconds.
const COLLATOR = new Intl.Collator('zh-CN', { numeric: true });
const SAMPLES = ['Ångström & Søn', '杭州云栖', '=1+1', 'O’Neill "quoted", comma', '𠮷野家'];
