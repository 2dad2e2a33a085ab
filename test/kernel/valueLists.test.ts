import { describe, expect, it } from 'vitest';
import { recordsToCsv } from '../../shared/kernel/csv.ts';
import type { Option } from '../../shared/kernel/fields/index.ts';
import { parseFilter } from '../../shared/kernel/filter.ts';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import { parseCreate } from '../../shared/kernel/schema.ts';
import { NO_SHAPE, shaped } from '../../shared/kernel/shape.ts';
import { mergeOptions, openLists, retiredIssues } from '../../shared/kernel/valueLists.ts';
import { definitionOf, REGISTRY, valueList } from '../../shared/registry.ts';

const option = (key: string, more: Partial<Option> = {}): Option => ({ key, label: { en: `En ${key}`, zh: `中 ${key}` }, ...more });
const customer = definitionOf('customer');
const own = [option('tea'), option('retail', { retired: true }), option('services')];
const shape = { ...NO_SHAPE, valueLists: [{ on: 'customer', field: 'industry', options: own }] };
const type = shaped(customer, shape);
const keysOf = (field: unknown): string[] => (field as { options: readonly Option[] }).options.map(({ key }) => key);

describe('a list of values', () => {
  it.each<[string, Option[], Option[], Option[]]>([
    [
      'keeps its own order and words',
      [option('a'), option('b')],
      [option('b', { label: { en: 'B!', zh: '乙' } }), option('a')],
      [option('b', { label: { en: 'B!', zh: '乙' } }), option('a')],
    ],
    ['has what a later release declares at its end', [option('a'), option('new')], [option('a')], [option('a'), option('new')]],
    [
      'leaves to the declaration what an option means',
      [option('a', { means: 'open' })],
      [option('a', { means: 'won', retired: true }), option('x', { means: 'won' })],
      [option('a', { means: 'open', retired: true }), option('x')],
    ],
  ])('%s', (_what, declared, changed, expected) => {
    expect(mergeOptions(declared, changed)).toEqual(expected);
  });

  it('stands in the place of the declared one, for that type alone, as one object for one shape', () => {
    expect(keysOf(type.fields['industry']).slice(0, 3)).toEqual(['tea', 'retail', 'services']);
    expect(keysOf(type.fields['industry'])).toHaveLength(keysOf(customer.fields['industry']).length + 1);
    expect(shaped(customer, shape)).toBe(type);
    expect(shaped(definitionOf('contact'), shape)).toBe(definitionOf('contact'));
  });

  it('changes no list that code decides on', () => {
    const closed = { ...NO_SHAPE, valueLists: [{ on: 'lead', field: 'status', options: own }] };
    expect(shaped(definitionOf('lead'), closed)).toBe(definitionOf('lead'));
    for (const each of REGISTRY) for (const { options } of openLists(each)) expect(options.filter(({ means }) => means)).toEqual([]);
  });

  it('is what bodies, filters and csv files go by', () => {
    expect(parseCreate(type, { name: 'Tea', industry: 'tea' }).ok).toBe(true);
    expect(parseCreate(customer, { name: 'Tea', industry: 'tea' }).ok).toBe(false);
    expect(parseFilter(type, { field: 'industry', op: 'is', value: 'tea' }).ok).toBe(true);
    const record = { id: 'cus_1', name: 'Tea', industry: 'tea' } as unknown as AnyRecord;
    expect(recordsToCsv(type, [record], { locale: 'zh-CN' }, ['industry'])).toContain('中 tea');
  });
});

describe('an option that has left its list', () => {
  const relations = shaped(customer, {
    ...NO_SHAPE,
    valueLists: [{ on: 'customer', field: 'relations', options: [option('partner', { retired: true }), option('agent')] }],
  });

  it.each<[string, Values, Values | undefined, boolean]>([
    ['is not chosen for a new record', { industry: 'retail' }, undefined, true],
    ['is not chosen in the place of another', { industry: 'retail' }, { industry: 'tea' }, true],
    ['may be written back', { industry: 'retail', name: 'New name' }, { industry: 'retail' }, false],
    ['gives way to another', { industry: 'tea' }, { industry: 'retail' }, false],
    ['may be cleared', { industry: null }, { industry: 'retail' }, false],
  ])('%s', (_what, change, before, isRefused) => {
    expect(retiredIssues(type, change, before)).toEqual(isRefused ? [{ field: 'industry', code: 'choice.retired' }] : []);
  });

  it('stays among several that stand, and joins none', () => {
    expect(retiredIssues(relations, { relations: ['partner', 'agent'] }, { relations: ['partner'] })).toEqual([]);
    expect(retiredIssues(relations, { relations: ['partner', 'agent'] }, { relations: ['agent'] })).toHaveLength(1);
  });

  it('is still read, filtered by and written out', () => {
    expect(parseFilter(type, { field: 'industry', op: 'is', value: 'retail' }).ok).toBe(true);
  });
});

describe('the record of a list', () => {
  const check = (values: Values, before?: Values) => valueList.rules.check!(values, before).map(({ field, code }) => `${field} ${code}`);
  const list = 'customer.industry';

  it.each<[string, Values, Values | undefined, string[]]>([
    ['is taken', { list, options: own }, undefined, []],
    ['may be renamed, ordered anew and grow', { list, options: [option('x'), ...own.toReversed()] }, { list, options: own }, []],
    ['loses no key', { list, options: own.slice(1) }, { list, options: own }, ['options valueList.optionGone']],
    ['has each key once', { list, options: [own[0], own[0]] }, undefined, ['options valueList.optionTwice']],
    ['leaves something to choose', { list, options: [own[1]] }, undefined, ['options field.required']],
    ['is not empty', { list }, undefined, ['options field.required']],
    ['stays the list it is', { list: 'lead.source', options: own }, { list, options: own }, ['list valueList.frozen']],
  ])('%s', (_what, values, before, expected) => {
    expect(check(values, before)).toEqual(expected);
  });
});
