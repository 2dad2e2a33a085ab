import * as z from 'zod/mini';
import type { Field, FieldFlags, FieldKind } from '../field.ts';
import { foldText } from '../text.ts';
import type { Label } from '../types.ts';
import { askedText } from './asked.ts';
import { text, textKind } from './text.ts';

export interface Address {
  readonly country?: string;
  readonly province?: string;
  readonly city?: string;
  readonly postcode?: string;
  readonly street?: string;
}
export interface AddressField extends Field<Address> {
  readonly kind: 'address';
}

/** Parts of an address, largest first, as Chinese addresses are written; English screens turn the order round. */
export const ADDRESS_PARTS = {
  country: { en: 'Country', zh: '国家' },
  province: { en: 'Province', zh: '省份' },
  city: { en: 'City', zh: '城市' },
  postcode: { en: 'Postcode', zh: '邮编' },
  street: { en: 'Street', zh: '街道地址' },
} as const;
const PARTS = Object.keys(ADDRESS_PARTS) as (keyof Address)[];

export const address = <const O extends FieldFlags>(label: Label, flags?: O) => ({ kind: 'address', label, ...flags }) as AddressField & O;

const part = () => z.optional(textKind.schema(text({ en: '', zh: '' }, { max: 200 })));
const flat = (value: Address): string => PARTS.map((key) => value[key] ?? '').join(' ');

export const addressKind: FieldKind<Address, AddressField> = {
  schema: () =>
    z
      .strictObject({ country: part(), province: part(), city: part(), postcode: part(), street: part() }, 'address.expected')
      .check(z.refine((value) => PARTS.some((key) => value[key] !== undefined), 'address.empty')),
  jsonSchema: () => ({
    type: 'object',
    properties: Object.fromEntries(PARTS.map((key) => [key, { type: 'string', maxLength: 200 }])),
    additionalProperties: false,
  }),
  operators: ['contains', 'empty', 'notEmpty'],
  compare: (a, b) => textKind.compare(flat(a), flat(b), text({ en: '', zh: '' })),
  atoms: (value) => [foldText(flat(value))],
  asked: askedText(foldText),
  searchTexts: (value) => [value.city, value.province].filter((each) => each !== undefined),
  // One cell, one part a line: parts may hold commas, semicolons and spaces, never a line end.
  toText: (value) => PARTS.map((key) => value[key] ?? '').join('\n'),
  fromText: (value) => {
    const lines = value.split('\n');
    return Object.fromEntries(PARTS.map((key, i) => [key, lines[i]?.trim()]).filter(([, line]) => line));
  },
  sample: (_field, n) => ({ country: '中国', city: n % 2 ? '杭州' : 'Gütersloh', street: `${n} Nanjing Road, Block "B"` }),
};
