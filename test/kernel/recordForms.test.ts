import { describe, expect, it } from 'vitest';
import { arrange, type FormSection } from '../../shared/kernel/recordForms.ts';
import type { Values } from '../../shared/kernel/record.ts';
import { NO_SHAPE, shaped } from '../../shared/kernel/shape.ts';
import { definitionOf, recordForm } from '../../shared/registry.ts';

const section = (name: string, ...fields: string[]): FormSection => ({ label: { en: name, zh: name }, fields });
const shown = (sections: FormSection[], hidden: string[], names: string[]) =>
  arrange({ sections, hidden }, names, (name) => name === 'needed').map(({ label, fields }) => [label?.en ?? '', ...fields].join(' '));

describe('the fields of a form', () => {
  it.each<[string, FormSection[], string[], string[], string[]]>([
    ['stand in its sections and their order', [section('B', 'b'), section('A', 'c', 'a')], [], ['a', 'b', 'c'], ['B b', 'A c a']],
    ['that it does not know stand at its end', [section('A', 'a')], [], ['a', 'new', 'x_new'], ['A a', ' new x_new']],
    ['that are gone fall away, with a section that is left empty', [section('A', 'gone'), section('B', 'b')], ['x_gone'], ['b'], ['B b']],
    ['that are hidden do not stand there', [section('A', 'a')], ['b'], ['a', 'b'], ['A a']],
    ['that are needed stand there all the same', [section('A', 'a')], ['needed'], ['a', 'needed'], ['A a', ' needed']],
    ['stand there once', [section('A', 'a', 'a'), section('B', 'a', 'b')], [], ['a', 'b'], ['A a', 'B b']],
  ])('%s', (_what, sections, hidden, names, expected) => {
    expect(shown(sections, hidden, names)).toEqual(expected);
  });

  it('are those of its type alone', () => {
    const shape = { ...NO_SHAPE, recordForms: [{ on: 'customer', sections: [section('A', 'name')], hidden: [] }] };

    expect(shaped(definitionOf('customer'), shape).form?.sections).toEqual([section('A', 'name')]);
    expect(shaped(definitionOf('contact'), shape)).toBe(definitionOf('contact'));
  });
});

describe('the record of a form', () => {
  const check = (values: Values, before?: Values) =>
    recordForm.rules.check!({ on: 'contact', ...values }, before).map(({ field, code }) => `${field} ${code}`);

  it.each<[string, Values, Values | undefined, string[]]>([
    ['is taken', { sections: [section('A', 'phones', 'x_any')], hidden: ['tags'] }, undefined, []],
    ['may be empty', {}, undefined, []],
    ['hides nothing that is required', { hidden: ['customerId', 'tags'] }, undefined, ['hidden recordForm.required']],
    ['names no field twice', { sections: [section('A', 'tags')], hidden: ['tags'] }, undefined, ['sections recordForm.fieldTwice']],
    ['stays that of its type', { on: 'lead' }, { on: 'contact' }, ['on recordForm.frozen']],
  ])('%s', (_what, values, before, expected) => {
    expect(check(values, before)).toEqual(expected);
  });
});
