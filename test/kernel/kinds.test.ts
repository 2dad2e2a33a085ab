import { fc, runs } from '../support/properties.ts';
import { describe, expect, it } from 'vitest';
import * as zod from 'zod';
import { KIND_NAMES, kindOf, number } from '../../shared/kernel/fields/index.ts';
import { definitionWith } from '../support/definitions.ts';
import { FIELDS, hostileJson, hostileText } from '../support/fields.ts';
import { csvToInputs, readCsv, recordsToCsv } from '../../shared/kernel/csv.ts';
import { OPERATORS } from '../../shared/kernel/field.ts';
import { parseWith } from '../../shared/kernel/schema.ts';
import { LOCALES } from '../../shared/kernel/types.ts';
import { specimen } from '../support/fields.ts';

const COUNTS = Array.from({ length: 40 }, (_, n) => n);

describe.each(KIND_NAMES)('the kind %s', (name) => {
  const field = FIELDS[name];
  const kind = kindOf(field);
  const samples = COUNTS.map((n) => kind.sample(field, n));
  const parse = (input: unknown) => parseWith(kind.schema(field), input);
  const accepted = (input: unknown) => {
    const parsed = parse(input);
    if (!parsed.ok) throw new Error(JSON.stringify([input, parsed.issues]));
    return parsed.value;
  };

  it('accepts its samples as they stand', () => {
    for (const sample of samples) expect(accepted(sample)).toEqual(sample);
  });

  it('gives different samples', () => {
    const kinds = new Set(samples.map((sample) => JSON.stringify(sample))).size;

    // Lists of options and yes or no have few values; structured values have one example.
    expect(kinds).toBeGreaterThanOrEqual({ boolean: 2, choice: 3, choices: 3, data: 1 }[name as string] ?? samples.length);
  });

  it('keeps a value through JSON and through its own schema, however often', () => {
    for (const sample of samples) expect(accepted(accepted(JSON.parse(JSON.stringify(sample))))).toEqual(sample);
  });

  it('reads back the text it writes, in every language', () => {
    for (const locale of LOCALES) {
      for (const sample of samples) expect(accepted(kind.fromText(kind.toText(sample, field, { locale }), field))).toEqual(sample);
    }
  });

  it('orders values totally', () => {
    const sign = (a: unknown, b: unknown) => Math.sign(kind.compare(a, b, field)) + 0;
    const values = [...samples, ...samples.slice(0, 5)];
    for (const a of values) {
      expect(sign(a, a)).toBe(0);
      for (const b of values) expect(sign(a, b)).toBe(-sign(b, a) + 0);
    }
    const sorted = values.toSorted((a, b) => kind.compare(a, b, field));
    sorted.forEach((a, i) => sorted.slice(i).forEach((b) => expect(sign(a, b)).toBeLessThanOrEqual(0)));
  });

  it('describes its values in JSON Schema', () => {
    const schema = JSON.parse(JSON.stringify(kind.jsonSchema(field))) as Parameters<typeof zod.fromJSONSchema>[0];
    const described = zod.fromJSONSchema(schema);

    for (const sample of samples) expect(described.safeParse(sample).success).toBe(true);
    if (name !== 'data') {
      for (const other of KIND_NAMES) {
        const example = kindOf(FIELDS[other]).sample(FIELDS[other], 1);
        // What the description of a kind refuses by its JSON type, the kind refuses too.
        if (typeof example !== typeof samples[0] && other !== 'data')
          expect([parse(example).ok, described.safeParse(example).success]).toEqual([false, false]);
      }
    }
  });

  it('answers filters on its own samples and offers only known operators', () => {
    expect(kind.operators.every((operator) => OPERATORS.includes(operator))).toBe(true);
    for (const sample of samples) {
      for (const atom of kind.atoms(sample)) expect(kind.asked(atom)).toBe(atom);
    }
  });

  it('has search texts and keys for its samples where it has them at all', () => {
    for (const sample of samples) {
      for (const text of [...(kind.searchTexts?.(sample) ?? []), ...(kind.keys?.(sample) ?? [])]) expect(text).not.toBe('');
    }
  });

  it('never throws, and accepts nothing that it would change when it comes back', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          hostileJson(),
          hostileText(30),
          hostileText(6).map((text) => [text]),
          hostileText(6).map((text) => ({ city: text })),
        ),
        (input) => {
          const parsed = parse(input);
          if (!parsed.ok) return parsed.issues.length > 0 && parsed.issues.every((issue) => /^[a-z]+\.[A-Za-z]+$/.test(issue.code));
          expect(accepted(parsed.value)).toEqual(parsed.value);
          if (name !== 'data') expect(JSON.parse(JSON.stringify(parsed.value))).toEqual(parsed.value);
          return true;
        },
      ),
      runs(400),
    );
  });

  it('keeps every accepted value through a csv file, or refuses the cell', () => {
    const definition = definitionWith({ value: field });
    fc.assert(
      fc.property(
        fc.oneof(
          hostileText(20),
          hostileText(5).map((text) => [text, 'x']),
          fc.constantFrom(...samples),
        ),
        (input) => {
          const parsed = parse(input);
          if (!parsed.ok || name === 'data') return;
          const file = recordsToCsv(definition, [specimen({ value: parsed.value })], { locale: 'en' }, ['id', 'value']);
          const { inputs } = csvToInputs(definition, readCsv(file) ?? []);
          expect(accepted(inputs[0]!['value'])).toEqual(parsed.value);
        },
      ),
      runs(300),
    );
  });

  it('reads any cell without throwing and never invents a value from nothing', () => {
    fc.assert(
      fc.property(hostileText(20), (text) => {
        const value = kind.fromText(text, field);
        expect(value).toBeDefined();
        parse(value);
      }),
      runs(300),
    );
  });
});

describe('a number as text', () => {
  const fine = number({ en: 'Rate', zh: '比率' }, { decimals: 9 });

  it.each([
    [1e-7, '0.000000100'],
    [-2.5e-8, '-0.000000025'],
    [0, '0'],
    [0.000001, '0.000001'],
    [1234.5, '1234.5'],
  ])('is written without an exponent: %d', (value, text) => {
    const kind = kindOf(fine);

    expect(kind.toText(value, fine, { locale: 'en' })).toBe(text);
    expect(kind.fromText(text, fine)).toBe(value);
  });

  it.each(['1,5', '1.234,5', '0x10', '1e5', 'Infinity', '', ' ', '12 34', '9'.repeat(30), '1.00000000000000000001'])(
    'that is none, or more than a number holds, stays as it is: %j',
    (text) => {
      expect(kindOf(fine).fromText(text, fine)).toBe(text);
    },
  );
});
