// Parts of structured values that are read like fields of their own.
import * as z from 'zod/mini';
import { kindOf, longText, text } from '../kernel/fields/index.ts';
import { isId } from '../kernel/ids.ts';

const NO_LABEL = { en: '', zh: '' };

/** One line of text, cleaned and held to its length as a text field's. */
export function lineOfText(max: number): z.ZodMiniType<string> {
  const field = text(NO_LABEL, { max });
  return kindOf(field).schema(field) as z.ZodMiniType<string>;
}

/** Text of several lines, likewise. */
export function linesOfText(max: number): z.ZodMiniType<string> {
  const field = longText(NO_LABEL, { max });
  return kindOf(field).schema(field) as z.ZodMiniType<string>;
}

/** An id of a type; that the record is there is checked when it is written. */
export const idOf = (prefix: string): z.ZodMiniType<string> =>
  z.string('ref.expected').check(z.refine((value) => isId(value, prefix), 'ref.invalid'));

/** A list of at most so many parts; its length is looked at first, so that a body of a hundred thousand costs nothing. */
export const listAtMost = <T>(item: z.ZodMiniType<T>, most: number) =>
  z.pipe(z.array(z.unknown(), 'list.expected').check(z.maxLength(most, 'list.tooLong')), z.array(item));
