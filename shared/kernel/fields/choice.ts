import * as z from 'zod/mini';
import type { Field, FieldFlags, FieldKind } from '../field.ts';
import { byItems } from '../order.ts';
import type { Label } from '../types.ts';
import { askedText } from './asked.ts';
import { listOf } from './list.ts';

/** One value of a list. Code asks for `means`, never for the key of an option that an administrator may rename. */
export interface Option<K extends string = string> {
  readonly key: K;
  readonly label: Label;
  readonly means?: string;
  /** Has left the list: stays where it stands, is chosen no more. */
  readonly retired?: boolean;
}

export interface ChoiceField<K extends string = string> extends Field<K> {
  readonly kind: 'choice';
  readonly options: readonly Option<K>[];
}
export interface ChoicesField<K extends string = string> extends Field<K[]> {
  readonly kind: 'choices';
  readonly options: readonly Option<K>[];
}

/** Options from a compact table `{ key: [English, Chinese] }`. */
export const options = <K extends string>(table: Record<K, readonly [en: string, zh: string]>): Option<K>[] =>
  (Object.keys(table) as K[]).map((key) => ({ key, label: { en: table[key][0], zh: table[key][1] } }));

/** One of a list. */
export const choice = <K extends string, const O extends FieldFlags>(list: readonly Option<K>[], label: Label, flags?: O) =>
  ({ kind: 'choice', label, options: list, ...flags }) as ChoiceField<K> & O;

/** Several of a list. */
export const choices = <K extends string, const O extends FieldFlags>(list: readonly Option<K>[], label: Label, flags?: O) =>
  ({ kind: 'choices', label, options: list, ...flags }) as ChoicesField<K> & O;

const MOST_CHOICES = 200;
const keysOf = (field: { options: readonly Option[] }): string[] => field.options.map((option) => option.key);
const rank = (field: { options: readonly Option[] }, key: string): number => field.options.findIndex((option) => option.key === key);
const oneOf = (field: { options: readonly Option[] }): z.ZodMiniType<string> =>
  z.string('choice.expected').check(z.refine((value) => rank(field, value) >= 0, 'choice.unknown'));

const labelOf = (field: { options: readonly Option[] }, key: string, zh: boolean): string => {
  const option = field.options.find((each) => each.key === key);
  return option ? (zh ? option.label.zh : option.label.en) : key;
};
/** A list that workspaces change is described by what it begins with. */
const keySchema = (field: Field & { options: readonly Option[] }): Record<string, unknown> =>
  field.open ? { type: 'string', examples: keysOf(field) } : { type: 'string', enum: keysOf(field) };
/** Accepts the key, or a label in either language in any case, as spreadsheets carry them. */
const keyOf = (field: { options: readonly Option[] }, text: string): string => {
  const wanted = text.trim().toLowerCase();
  const found =
    field.options.find((each) => each.key === text.trim()) ??
    field.options.find((each) => [each.key, each.label.en, each.label.zh].some((name) => name.toLowerCase() === wanted));
  return found?.key ?? text;
};
/** The label, unless it would be read back as another option or as several: then the key, which never is. */
const textOf = (field: { options: readonly Option[] }, key: string, zh: boolean): string => {
  const label = labelOf(field, key, zh);
  return label.trim() && !/[;；]/.test(label) && keyOf(field, label) === key ? label : key;
};

export const choiceKind: FieldKind<string, ChoiceField> = {
  schema: oneOf,
  jsonSchema: keySchema,
  operators: ['is', 'isNot', 'in', 'empty', 'notEmpty'],
  compare: (a, b, field) => rank(field, a) - rank(field, b),
  atoms: (value) => [value],
  asked: askedText((value) => value),
  toText: (value, field, { locale }) => textOf(field, value, locale !== 'en'),
  fromText: (value, field) => keyOf(field, value),
  sample: (field, n) => field.options[n % field.options.length]!.key,
};

export const choicesKind: FieldKind<string[], ChoicesField> = {
  schema: (field) => listOf(oneOf(field), MOST_CHOICES),
  jsonSchema: (field) => ({ type: 'array', items: keySchema(field), minItems: 1, uniqueItems: true }),
  operators: ['is', 'isNot', 'in', 'empty', 'notEmpty'],
  compare: (a, b, field) => byItems(a, b, (left, right) => rank(field, left) - rank(field, right)),
  atoms: (value) => value,
  asked: askedText((value) => value),
  toText: (value, field, { locale }) => value.map((key) => textOf(field, key, locale !== 'en')).join('; '),
  fromText: (value, field) =>
    value
      .split(/[;；]/)
      .map((part) => part.trim())
      .filter(Boolean)
      .map((part) => keyOf(field, part)),
  sample: (field, n) => [...new Set([field.options[n % field.options.length]!.key, field.options[(n + 1) % field.options.length]!.key])],
};
