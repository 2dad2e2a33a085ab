import { describe, expect, it } from 'vitest';
import { CUSTOM_KINDS, type CustomField, withCustomFields } from '../../shared/kernel/customFields.ts';
import { csvToInputs, readCsv, recordsToCsv } from '../../shared/kernel/csv.ts';
import { kindOf } from '../../shared/kernel/fields/index.ts';
import { parseFilter, toPredicate } from '../../shared/kernel/filter.ts';
import { parseCreate, parsePatch } from '../../shared/kernel/schema.ts';
import { searchTokens } from '../../shared/kernel/searchText.ts';
import { customer } from '../../shared/customers/customer.ts';
import type { RecordDefinition } from '../../shared/kernel/record.ts';
import { definitionOf } from '../../shared/registry.ts';
import { customField } from '../../shared/registry.ts';
import { definitionWith } from '../support/definitions.ts';
import { specimen } from '../support/fields.ts';

const customers = customer as unknown as RecordDefinition;
const options = [
  { key: 'gold', label: { en: 'Gold', zh: '金' } },
  { key: 'silver', label: { en: 'Silver', zh: '银' } },
];
const custom = (key: string, fieldKind: CustomField['fieldKind'], more: Partial<CustomField> = {}): CustomField => ({
  id: `fld_${key}`,
  on: 'customer',
  key,
  label: { en: `My ${key}`, zh: `我的${key}` },
  fieldKind,
  ...(fieldKind.startsWith('choice') ? { options } : {}),
  ...more,
});
const all = CUSTOM_KINDS.map((kind) => custom(kind, kind, { searchable: true }));
const extended = withCustomFields(customers, all);

describe('a custom field', () => {
  it.each(CUSTOM_KINDS)('of kind %s is created, cleared, filtered and written to csv like a declared one', (kind) => {
    const [name, field] = [`x_${kind}`, extended.fields[`x_${kind}`]!];
    const value = kindOf(field).sample(field, 1);

    expect(parseCreate(extended, { name: 'Acme', [name]: value })).toEqual({ ok: true, value: { name: 'Acme', [name]: value } });
    expect(parsePatch(extended, { [name]: null })).toEqual({ ok: true, value: { [name]: null } });
    expect(parseCreate(extended, { name: 'Acme', [name]: { wrong: true } }).ok).toBe(false);
    const filter = { field: name, op: 'notEmpty' as const };
    expect(parseFilter(extended, filter).ok).toBe(true);
    expect([specimen({ [name]: value }), specimen()].map(toPredicate(extended, filter))).toEqual([true, false]);
    const file = recordsToCsv(extended, [specimen({ [name]: value })], { locale: 'zh-CN' }, [name]);
    expect(csvToInputs(extended, readCsv(file)!).inputs).toEqual([{ [name]: value }]);
  });

  it('is found by its words where its kind has words', () => {
    const tokens = searchTokens(extended, { x_text: 'Blue label', x_number: 7, x_tags: ['vip'] }, () => ({ full: '', initials: '' }));

    expect(tokens).toEqual(['blue', 'label', 'vip']);
  });

  it('of another workspace or of another type is unknown', () => {
    for (const definition of [customers, withCustomFields(customers, [custom('text', 'text', { on: 'contact' })])]) {
      expect(parseCreate(definition, { name: 'Acme', x_text: 'x' })).toEqual({
        ok: false,
        issues: [{ field: 'x_text', code: 'field.unknown' }],
      });
    }
  });

  it('keeps its values when it is retired', () => {
    const retired = withCustomFields(customers, [custom('text', 'text', { retired: true })]);

    expect(retired.fields['x_text']).toMatchObject({ hidden: true });
    expect(parsePatch(retired, { x_text: 'x' }).ok).toBe(true);
  });

  it('is personal where its kind always is', () => {
    expect(extended.fields['x_email']?.sensitivity).toBe('personal');
    expect(extended.fields['x_phone']?.sensitivity).toBe('personal');
    expect(extended.fields['x_text']?.sensitivity).toBeUndefined();
  });

  it('of a kind that this release does not know is left out, and the type goes on working', () => {
    const later = withCustomFields(customers, [
      custom('stars', 'rating' as 'text'),
      custom('odd', 'constructor' as 'text'),
      custom('note', 'text'),
    ]);

    expect(Object.keys(later.fields).filter((name) => name.startsWith('x_'))).toEqual(['x_note']);
    expect(parseCreate(later, { name: 'Acme', x_note: 'n' }).ok).toBe(true);
  });

  it('whose options were lost refuses values instead of failing', () => {
    const bare = withCustomFields(customers, [custom('level', 'choice', { options: undefined })]);

    expect(parseCreate(bare, { name: 'Acme', x_level: 'gold' })).toEqual({
      ok: false,
      issues: [{ field: 'x_level', code: 'choice.unknown' }],
    });
  });

  it('cannot touch a prototype by its key', () => {
    const odd = withCustomFields(customers, [custom('__proto__', 'text'), custom('constructor', 'text')]);

    expect(parseCreate(odd, { name: 'Acme', x_constructor: 'c' })).toEqual({ ok: true, value: { name: 'Acme', x_constructor: 'c' } });
    expect(({} as Record<string, unknown>)['kind']).toBeUndefined();
  });
});

describe('the extended type', () => {
  it('is made once per list of fields and type, so that its compiled schema is kept', () => {
    expect(withCustomFields(customers, all)).toBe(extended);
    expect(withCustomFields(customers, [...all])).not.toBe(extended);
  });

  it('is the very type where there is nothing to add or nothing may be added', () => {
    const closed = definitionWith();

    expect(withCustomFields(customers, [])).toBe(customers);
    expect(withCustomFields(closed, [custom('a', 'text', { on: 'thing' })])).toBe(closed);
  });

  it('leaves the declared type alone', () => {
    expect(Object.keys(customers.fields).some((name) => name.startsWith('x_'))).toBe(false);
  });
});

describe('the definition of a custom field', () => {
  const valid = { on: 'customer', key: 'level', nameEn: 'Level', nameZh: '级别', fieldKind: 'choice', options };
  const check = (values: Record<string, unknown>, before?: Record<string, unknown>) =>
    customField.rules.check!(values, before).map((issue) => `${issue.field} ${issue.code}`);

  it('is accepted when its key is plain and its list is given', () => {
    expect(parseCreate(definitionOf('customField'), valid).ok).toBe(true);
    expect(check(valid)).toEqual([]);
    expect(check({ ...valid, fieldKind: 'text', options: undefined })).toEqual([]);
  });

  it.each(['', '1st', 'my field', 'a#b', '__proto__', 'Level', 'x'.repeat(41), '级别'])('is refused with the key %j', (key) => {
    expect(check({ ...valid, key })).toEqual(['key customField.key']);
  });

  it('is refused without options for a list, and with the same option twice', () => {
    expect(check({ ...valid, options: [] })).toEqual(['options field.required']);
    expect(check({ ...valid, options: undefined })).toEqual(['options field.required']);
    expect(check({ ...valid, options: [options[0], options[0]] })).toEqual(['options customField.optionTwice']);
  });

  it('may be renamed and never become another field', () => {
    expect(check({ ...valid, nameEn: 'Rank' }, valid)).toEqual([]);
    expect(check({ ...valid, on: 'contact', key: 'rank', fieldKind: 'choices' }, valid)).toEqual([
      'on customField.frozen',
      'key customField.frozen',
      'fieldKind customField.frozen',
    ]);
  });
});
