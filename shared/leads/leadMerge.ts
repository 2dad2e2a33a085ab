import { sameValue } from '../kernel/diff.ts';
import { kindOf } from '../kernel/fields/index.ts';
import type { RecordDefinition, Values } from '../kernel/record.ts';
import { cutText } from '../kernel/text.ts';

const LONGEST = 200;
const isEmpty = (value: unknown): boolean => value === undefined || value === null;

/** What a new submission adds to a lead that is known already: fields that stand empty, and never a word over another. */
export const fillsOf = (definition: RecordDefinition, lead: Values, values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => Object.hasOwn(definition.fields, name) && isEmpty(lead[name])));

/** What it says otherwise than the lead, as short texts by field: a corrected number must not be lost on its reader. */
export const saidOtherwise = (definition: RecordDefinition, lead: Values, values: Values): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([name, value]) => Object.hasOwn(definition.fields, name) && !isEmpty(lead[name]) && !sameValue(lead[name], value))
      .map(([name, value]) => [name, cutText(textOf(definition, name, value), LONGEST)]),
  );

const textOf = (definition: RecordDefinition, name: string, value: unknown): string => {
  const field = definition.fields[name]!;
  return kindOf(field).toText(value, field, { locale: 'en' });
};
