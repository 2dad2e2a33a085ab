import * as z from 'zod/mini';
import type { Field, FieldFlags, FieldKind } from '../field.ts';
import { byCode, byItems } from '../order.ts';
import { cleanLine, foldText, hasRefusedCharacters, isBlankText, lengthOf } from '../text.ts';
import type { Label } from '../types.ts';
import { askedText } from './asked.ts';
import { listOf } from './list.ts';

/** Free words put on a record. */
export interface TagsField extends Field<string[]> {
  readonly kind: 'tags';
}

export const tags = <const O extends FieldFlags>(label: Label, flags?: O) => ({ kind: 'tags', label, ...flags }) as TagsField & O;

const MOST_TAGS = 50;
const LONGEST_TAG = 40;
const TOO_LONG = { error: 'text.tooLong', abort: true, params: { limit: LONGEST_TAG } };
const tag = (): z.ZodMiniType<string> =>
  z.string('text.expected').check(
    z.refine((value) => value.length <= 4 * LONGEST_TAG, TOO_LONG),
    z.refine((value) => !hasRefusedCharacters(value), { error: 'text.characters', abort: true }),
    z.overwrite(cleanLine),
    z.refine((value) => !isBlankText(value), { error: 'text.empty', abort: true }),
    z.refine((value) => lengthOf(value) <= LONGEST_TAG, TOO_LONG),
    z.refine((value) => !/[;；]/.test(value), 'tags.semicolon'),
  );

/** Each tag once, in the spelling that came first. */
function unlike(list: string[]): string[] {
  const known = new Map<string, string>();
  for (const tag of list) if (!known.has(foldText(tag))) known.set(foldText(tag), tag);
  return [...known.values()];
}

export const tagsKind: FieldKind<string[], TagsField> = {
  schema: () => listOf(tag(), MOST_TAGS, unlike),
  jsonSchema: () => ({ type: 'array', items: { type: 'string', maxLength: LONGEST_TAG }, maxItems: MOST_TAGS }),
  operators: ['is', 'isNot', 'in', 'empty', 'notEmpty'],
  compare: (a, b) => byItems(a, b, byCode),
  atoms: (value) => value.map(foldText),
  asked: askedText(foldText),
  searchTexts: (value) => value,
  toText: (value) => value.join('; '),
  fromText: (value) =>
    value
      .split(/[;；]/)
      .map((part) => part.trim())
      .filter(Boolean),
  sample: (_field, n) => [`tag ${n}`, '重点'],
};
