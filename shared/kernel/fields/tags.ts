import * as z from 'zod/mini';
import type { Field, FieldFlags, FieldKind } from '../field.ts';
import { byCode, byItems } from '../order.ts';
import { cleanLine, foldText, hasRefusedCharacters, isBlankText } from '../text.ts';
import type { Label } from '../types.ts';
import { askedText } from './asked.ts';

/** Free words put on a record. */
export interface TagsField extends Field<string[]> {
  readonly kind: 'tags';
}

export const tags = <const O extends FieldFlags>(label: Label, flags?: O) => ({ kind: 'tags', label, ...flags }) as TagsField & O;

const MOST_TAGS = 50;
const unlike = (list: string[]): string[] => [...new Map(list.map((tag) => [foldText(tag), tag])).values()];

export const tagsKind: FieldKind<string[], TagsField> = {
  schema: () =>
    z
      .array(
        z.string('text.expected').check(
          z.refine((value) => !hasRefusedCharacters(value), { error: 'text.characters', abort: true }),
          z.overwrite(cleanLine),
          z.refine((value) => !isBlankText(value), { error: 'text.empty', abort: true }),
          z.maxLength(40, 'text.tooLong'),
          z.refine((value) => !/[;；]/.test(value), 'tags.semicolon'),
        ),
        'list.expected',
      )
      .check(z.overwrite(unlike), z.maxLength(MOST_TAGS, 'list.tooLong'), z.minLength(1, 'list.empty')),
  jsonSchema: () => ({ type: 'array', items: { type: 'string', maxLength: 40 }, maxItems: MOST_TAGS }),
  operators: ['is', 'isNot', 'in', 'empty', 'notEmpty'],
  compare: (a, b) => byItems(a, b, byCode),
  atoms: (value) => value.map(foldText),
  asked: askedText(foldText),
  searchTexts: (value) => value,
  toText: (value) => value.join('; '),
  fromText: (value) => value.split(/[;；]/).map((part) => part.trim()).filter(Boolean),
  sample: (_field, n) => [`tag ${n}`, '重点'],
};
