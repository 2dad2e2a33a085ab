import * as z from 'zod/mini';
import { isDay, isInstant } from '../dates.ts';
import type { Field, FieldFlags, FieldKind } from '../field.ts';
import { byCode } from '../order.ts';
import type { Day, Instant, Label } from '../types.ts';

/** A calendar day. */
export interface DateField extends Field<Day> {
  readonly kind: 'date';
}
/** A moment. */
export interface InstantField extends Field<Instant> {
  readonly kind: 'instant';
}

export const date = <const O extends FieldFlags>(label: Label, flags?: O) => ({ kind: 'date', label, ...flags }) as DateField & O;
export const instant = <const O extends FieldFlags>(label: Label, flags?: O) => ({ kind: 'instant', label, ...flags }) as InstantField & O;

const OPERATORS = ['is', 'isNot', 'lt', 'lte', 'gt', 'gte', 'within', 'empty', 'notEmpty'] as const;

export const dateKind: FieldKind<Day, DateField> = {
  schema: () => z.string('date.expected').check(z.refine(isDay, 'date.invalid')),
  jsonSchema: () => ({ type: 'string', format: 'date' }),
  operators: OPERATORS,
  compare: byCode,
  atoms: (value) => [value],
  asked: (value) => (typeof value === 'string' && isDay(value) ? value : undefined),
  toText: (value) => value,
  fromText: (value) =>
    value
      .trim()
      .replace(
        /^(\d{4})[/.年](\d{1,2})[/.月](\d{1,2})日?$/,
        (_, y: string, m: string, d: string) => `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`,
      ),
  sample: (_field, n) => new Date(Date.UTC(2024, 1, 29 + n)).toISOString().slice(0, 10),
};

export const instantKind: FieldKind<Instant, InstantField> = {
  schema: () =>
    z.string('instant.expected').check(
      z.refine(isInstant, { error: 'instant.invalid', abort: true }),
      z.overwrite((value) => new Date(value).toISOString()),
    ),
  jsonSchema: () => ({ type: 'string', format: 'date-time' }),
  operators: OPERATORS,
  compare: byCode,
  atoms: (value) => [value],
  asked: (value) => (typeof value === 'string' && isInstant(value) ? new Date(value).toISOString() : undefined),
  toText: (value) => value,
  fromText: (value) => value.trim(),
  sample: (_field, n) => new Date(Date.UTC(2026, 0, 1, n, 30)).toISOString(),
};
