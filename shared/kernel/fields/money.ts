import * as z from 'zod/mini';
import type { Field, FieldFlags, FieldKind } from '../field.ts';
import { digitsOf, isCurrency, parseAmount, toDecimal } from '../money.ts';
import { byCode } from '../order.ts';
import type { Label, Money } from '../types.ts';
import { askedNumber } from './asked.ts';

export interface MoneyField extends Field<Money> {
  readonly kind: 'money';
  /** Smallest amount allowed, in minor units. */
  readonly min?: number;
}

export const money = <const O extends FieldFlags & { min?: number }>(label: Label, options?: O) =>
  ({ kind: 'money', label, ...options }) as MoneyField & O;

export const moneyKind: FieldKind<Money, MoneyField> = {
  schema: (field) =>
    z.strictObject(
      {
        minor: z.number('money.amount').check(
          z.overwrite((value) => value + 0),
          z.refine(Number.isSafeInteger, 'money.amount'),
          z.gte(field.min ?? Number.MIN_SAFE_INTEGER, 'money.tooSmall'),
        ),
        currency: z.string('money.currency').check(z.refine(isCurrency, 'money.currency')),
      },
      'money.expected',
    ),
  jsonSchema: () => ({
    type: 'object',
    properties: {
      minor: { type: 'integer', description: 'smallest units of the currency' },
      currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    },
    required: ['minor', 'currency'],
    additionalProperties: false,
  }),
  operators: ['lt', 'lte', 'gt', 'gte', 'empty', 'notEmpty'],
  compare: (a, b) => byCode(a.currency, b.currency) || a.minor - b.minor,
  atoms: (value) => [value.minor / 10 ** digitsOf(value.currency)],
  asked: askedNumber,
  toText: (value) => `${toDecimal(value)} ${value.currency}`,
  fromText: (value) => parseAmount(value) ?? value,
  sample: (field, n) => ({ minor: Math.max(field.min ?? 0, 1000 * n + 50), currency: ['CNY', 'USD', 'JPY', 'KWD'][n % 4]! }),
};
