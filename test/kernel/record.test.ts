import { describe, expect, it } from 'vitest';
import type { Field } from '../../shared/kernel/field.ts';
import { boolean, choice, date, money, number, ref, text } from '../../shared/kernel/fields/index.ts';
import { ownField, type RecordDefinition, segmentOf, summaryOf, type ValuesOf } from '../../shared/kernel/record.ts';
import { definitionWith } from '../support/definitions.ts';

const label = { en: 'Field', zh: '字段' };
const declare =
  (fields: Record<string, Field>, more: Partial<RecordDefinition> = {}) =>
  () =>
    definitionWith(fields, more);

describe('a declaration that contradicts itself', () => {
  const mistakes: [string, () => unknown, RegExp][] = [
    ['an odd name', declare({}, { name: 'a thing' }), /camel case/],
    ['an odd plural', declare({}, { plural: 'Things' }), /camel case/],
    ['a long id prefix', declare({}, { idPrefix: 'thing' }), /id prefix thing/],
    ['an id prefix with a delimiter', declare({}, { idPrefix: 't#' }), /id prefix t#/],
    ['a field with a delimiter in its name', declare({ 'a#b': text(label) }), /field a#b/],
    ['a field named like a system value', declare({ version: number(label) }), /field version is a system field/],
    ['a field named like a part of every object', declare({ constructor: text(label) }), /field constructor/],
    ['a field named like the derived values', declare({ derived: text(label) }), /field derived/],
    ['a field both stored and derived', declare({ a: text(label) }, { derived: { a: text(label) } }), /field a is both/],
    ['a field of an unknown kind', declare({ a: { kind: 'colour', label } }), /field a: unknown kind colour/],
    [
      'a field of a kind named like a part of every object',
      declare({ a: { kind: 'constructor', label } }),
      /field a: unknown kind constructor/,
    ],
    ['a list without options', declare({ a: choice([], label) }), /field a: a list without options/],
    ['a unique field whose kind has no keys', declare({ a: number(label, { unique: true }) }), /field a: .*unique/],
    ['a match by a kind without keys', declare({ a: money(label, { match: true }) }), /field a: .*unique/],
    ['a search in a kind without words', declare({ a: boolean(label, { search: true }) }), /field a: .*searched/],
    ['an unknown title', declare({}, { title: 'nome' }), /unknown field nome/],
    ['an unknown column', declare({}, { views: { list: ['title', 'colour'] } }), /unknown field colour/],
    ['a column named like a part of every object', declare({}, { views: { list: ['toString'] } }), /unknown field toString/],
    ['an unknown field in the form', declare({}, { views: { list: [], form: ['colour'] } }), /unknown field colour/],
    ['an unknown field in the summary', declare({}, { summary: ['colour'] }), /unknown field colour/],
    ['a parent that is no reference', declare({}, { paths: { parent: 'title' } }), /path parent: title/],
    ['a due date that is no day', declare({}, { paths: { due: 'title' } }), /path due: title/],
    ['a raised schema without an upgrade', declare({}, { schema: 2 }), /upgrade/],
    ['a schema of zero', declare({}, { schema: 0 }), /schema/],
  ];
  it.each(mistakes)('fails at once, naming the type: %s', (_what, make, message) => {
    expect(make).toThrow(message);
    expect(make).toThrow(/^record type /);
  });
});

describe('the type of a record', () => {
  it('knows which values are always there', () => {
    const fields = { name: text(label, { required: true }), size: number(label) };
    const named: ValuesOf<typeof fields> = { name: 'x' };
    // @ts-expect-error a required value is missing
    const nameless: ValuesOf<typeof fields> = { size: 1 };
    // @ts-expect-error a value of another kind
    const odd: ValuesOf<typeof fields> = { name: 7 };

    // The compiler is the judge.
    expect([named, nameless, odd].flatMap(Object.keys).every((name) => name in fields)).toBe(true);
  });
});

describe('a declaration', () => {
  it('is filled with what most types want', () => {
    const definition = definitionWith();

    expect(definition).toMatchObject({
      operations: ['create', 'read', 'update', 'remove'],
      paths: {},
      summary: [],
      derived: {},
      customizable: false,
      governs: false,
      schema: 1,
      rules: {},
    });
  });

  it('keeps what it says itself', () => {
    const definition = definitionWith(
      { customerId: ref('customer', label), dueDate: date(label) },
      {
        operations: ['read'],
        paths: { owner: true, parent: 'customerId', due: 'dueDate' },
        schema: 2,
        upgrade: (_from, values) => values,
        governs: true,
      },
    );

    expect(definition).toMatchObject({
      operations: ['read'],
      paths: { owner: true, parent: 'customerId', due: 'dueDate' },
      schema: 2,
      governs: true,
    });
  });

  it('finds its fields by their own names only', () => {
    const definition = definitionWith({ a: text(label) }, { derived: { score: number(label) } });

    expect(ownField(definition, 'a')?.kind).toBe('text');
    expect(ownField(definition, 'score')?.kind).toBe('number');
    for (const name of ['b', '', 'constructor', '__proto__', 'toString']) expect(ownField(definition, name)).toBeUndefined();
  });

  it('gives its path segment and its summary', () => {
    const definition = definitionWith({ a: text(label), b: text(label) }, { summary: ['a', 'b'] });

    expect(segmentOf({ plural: 'customFields' })).toBe('custom-fields');
    expect(segmentOf({ plural: 'leads' })).toBe('leads');
    expect(summaryOf(definition, { title: 'T', a: 'A', c: 'C' })).toEqual({ title: 'T', a: 'A' });
    expect(summaryOf(definition, {})).toEqual({ title: '' });
  });
});
