import type { Field, FieldKind } from '../field.ts';
import { addressKind } from './address.ts';
import { booleanKind } from './boolean.ts';
import { choiceKind, choicesKind } from './choice.ts';
import { dataKind } from './data.ts';
import { dateKind, instantKind } from './date.ts';
import { emailKind, emailsKind } from './email.ts';
import { moneyKind } from './money.ts';
import { numberKind } from './number.ts';
import { phoneKind, phonesKind } from './phone.ts';
import { refKind, refsKind } from './ref.ts';
import { tagsKind } from './tags.ts';
import { textKind } from './text.ts';
import { urlKind } from './url.ts';

/** Every kind of field there is. A new kind is one file and one line here; the contract suite takes it up by its samples. */
const KINDS = {
  text: textKind,
  longText: textKind,
  email: emailKind,
  emails: emailsKind,
  phone: phoneKind,
  phones: phonesKind,
  url: urlKind,
  choice: choiceKind,
  choices: choicesKind,
  ref: refKind,
  refs: refsKind,
  number: numberKind,
  money: moneyKind,
  date: dateKind,
  instant: instantKind,
  boolean: booleanKind,
  tags: tagsKind,
  address: addressKind,
  data: dataKind,
};
export type KindName = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as KindName[];

/** By own name only: a stored definition may say `constructor`. */
export const isKind = (name: string): name is KindName => Object.hasOwn(KINDS, name);

/**
 * The behaviour of a field's kind.
 * @throws Error when a declaration names no known kind: a mistake of ours, found when the module loads
 */
export function kindOf(field: Field): FieldKind<unknown> {
  const kind = isKind(field.kind) ? KINDS[field.kind] : undefined;
  if (!kind) throw new Error(`unknown kind of field: ${field.kind}`);
  // Each kind is declared for its own value type; a list of all can only be spoken to in `unknown`.
  return kind as unknown as FieldKind<unknown>;
}

export { address, ADDRESS_PARTS, type Address } from './address.ts';
export { boolean } from './boolean.ts';
export { choice, choices, options, type Option } from './choice.ts';
export { data } from './data.ts';
export { date, instant } from './date.ts';
export { email, emails, normaliseEmail } from './email.ts';
export { money } from './money.ts';
export { number } from './number.ts';
export { phone, phoneKey, phones } from './phone.ts';
export { ref, refs } from './ref.ts';
export { tags } from './tags.ts';
export { longText, text } from './text.ts';
export { url } from './url.ts';
