import * as z from 'zod/mini';
import type { Issue } from '../kernel/errors.ts';
import type { Option } from '../kernel/fields/index.ts';
import { lostKeys } from '../kernel/valueLists.ts';

const MOST_OPTIONS = 200;

/** A name in both languages. */
export const labelShape = () => {
  const word = () => z.string().check(z.minLength(1), z.maxLength(80));
  return z.strictObject({ en: word(), zh: word() });
};

export const keyShape = () => z.string().check(z.regex(/^[\p{L}\p{N}_-]{1,40}$/u));

/** A list to choose from, as administrators write it. */
export const optionList = () =>
  z
    .array(z.strictObject({ key: keyShape(), label: labelShape(), retired: z.optional(z.boolean()) }))
    .check(z.maxLength(MOST_OPTIONS)) as z.ZodMiniType<Option[]>;

export const OPTIONS_EXAMPLE: Option[] = [{ key: 'a', label: { en: 'A', zh: '甲' } }];

/**
 * What is wrong with a list: the same key twice, nothing left to choose, or an option gone that records may hold.
 * @param type  starts the codes
 */
export function optionIssues(type: 'customField' | 'valueList', options: readonly Option[], before: readonly Option[]): Issue[] {
  const isDoubled = new Set(options.map(({ key }) => key)).size < options.length;
  return [
    ...(options.some(({ retired }) => !retired) ? [] : [{ field: 'options', code: 'field.required' }]),
    ...(isDoubled ? [{ field: 'options', code: `${type}.optionTwice` }] : []),
    ...(lostKeys(before, options).length ? [{ field: 'options', code: `${type}.optionGone` }] : []),
  ];
}
