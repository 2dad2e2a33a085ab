/** One field of every kind, a record type that has them all, and texts that break careless code. */
import { fc } from './properties.ts';
import * as z from 'zod/mini';
import type { Field } from '../../shared/kernel/field.ts';
import {
  address,
  boolean,
  choice,
  choices,
  data,
  date,
  email,
  emails,
  instant,
  type KindName,
  longText,
  money,
  number,
  options,
  phone,
  phones,
  ref,
  refs,
  tags,
  text,
  url,
} from '../../shared/kernel/fields/index.ts';
import { defineRecord, type RecordDefinition } from '../../shared/kernel/record.ts';
import type { Label } from '../../shared/kernel/types.ts';

const label = (en: string): Label => ({ en, zh: `字段 ${en}` });
const grades = options({ low: ['Low', '低'], middle: ['Middle', '中'], high: ['High', '高'] });

/** Exhaustive by its type: a new kind does not compile until it has a field here, and with it all the tests of kinds. */
export const FIELDS: Readonly<Record<KindName, Field>> = {
  text: text(label('Text')),
  longText: longText(label('Long text')),
  email: email(label('E-mail')),
  emails: emails(label('E-mails')),
  phone: phone(label('Phone')),
  phones: phones(label('Phones')),
  url: url(label('Web address')),
  choice: choice(grades, label('Grade')),
  choices: choices(grades, label('Grades')),
  ref: ref('customer', label('Customer')),
  refs: refs('customer', label('Customers')),
  number: number(label('Number')),
  money: money(label('Amount')),
  date: date(label('Day')),
  instant: instant(label('Moment')),
  boolean: boolean(label('Yes or no')),
  tags: tags(label('Tags')),
  address: address(label('Address')),
  data: data(label('Data'), { shape: () => z.record(z.string(), z.number()), example: { a: 1 } }),
};

/** A type with one field of every kind, each named like its kind. */
export const everyKind = defineRecord({
  name: 'specimen',
  plural: 'specimens',
  idPrefix: 'spe',
  domain: 'workspace',
  label: { en: ['Specimen', 'Specimens'], zh: '样本' },
  title: 'text',
  fields: FIELDS,
  derived: { score: number(label('Score')), grade: choice(grades, label('Derived grade')) },
  paths: { owner: true, parent: 'ref', due: 'date' },
  access: { group: 'customers' },
  views: { list: ['text'] },
}) as unknown as RecordDefinition;

/** A record of `everyKind` with system values; named fields only, the others are absent. */
export const specimen = (values: Record<string, unknown> = {}) => ({
  id: 'spe_00000000000000000000000001',
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'mem_00000000000000000000000001',
  updatedAt: '2026-01-01T00:00:00.000Z',
  updatedBy: 'mem_00000000000000000000000001',
  ...values,
});

/** Pieces that separators, guards, parsers and terminals stumble over. */
const PIECES = [
  '',
  ' ',
  '  ',
  '\t',
  '\n',
  '\r\n',
  '\r',
  '"',
  '""',
  "'",
  ',',
  ';',
  '；',
  '|',
  '\\',
  '=',
  '+',
  '-',
  '@',
  '＝',
  '＋',
  '－',
  '＠',
  '=1+1',
  '-5',
  '+86 138',
  "'=1",
  '#',
  '\u00a0',
  '\u3000',
  '\ufeff',
  '\u200b',
  '\u200d',
  '\u2060',
  '\u00ad',
  '\u202e',
  '\u2066',
  '\u0000',
  '\u0007',
  '\u001b[31m',
  '\u0085',
  '\u2028',
  '\ud800',
  '\udc00',
  'é',
  'e\u0301',
  'e\u200b\u0301',
  'ﬁ',
  'ａ',
  'İ',
  'ß',
  'ﾞ',
  '𠮷',
  '杭州',
  '欧阳',
  '👨‍👩‍👧',
  '🇩🇪',
  '<script>',
  '{{x}}',
  '${x}',
  '%0d%0a',
  '../',
  '__proto__',
  'constructor',
  'a@b.test',
  'https://a.test/',
  '12',
  '1,5',
  '1e400',
  'NaN',
  'null',
  '2024-02-30',
  'true',
  '是',
];

/** Any text, mostly of hostile pieces, also with lone surrogates. */
export const hostileText = (maxLength = 12): fc.Arbitrary<string> =>
  fc.oneof(
    fc.array(fc.constantFrom(...PIECES), { maxLength }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary', maxLength }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength }).map((units) => String.fromCharCode(...units)),
  );

/** Any JSON value, with hostile texts as keys and leaves. */
export const hostileJson = (): fc.Arbitrary<unknown> =>
  fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      hostileText(),
      fc.constantFrom(null, true, false, 0, -0, 1e308, Infinity, -Infinity, NaN, 2 ** 53, 5e-324, 0.1 + 0.2),
      fc.double(),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(hostileText(2), tie('value'), { maxKeys: 3 }),
    ),
  })).value;
