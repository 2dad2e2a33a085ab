import { describe, expect, it } from 'vitest';
import type { CustomFieldRecord } from '../../shared/workspace/customField.ts';
import { possibleParents, stepsOf, toTree } from '../../web/src/workspace/settings/departmentTree.ts';
import { bothOf, inOrder, keyFrom, moved, toOptions } from '../../web/src/workspace/settings/fieldDraft.ts';
import { findCurrencies } from '../../web/src/workspace/settings/currencies.ts';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { roleName } from '../../web/src/workspace/settings/roleWords.ts';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const node = (id: string, parentId?: string) => ({ id, name: id, ...(parentId ? { parentId } : {}) });
const shown = (nodes: ReturnType<typeof node>[]) => toTree(nodes, compare).map(({ node: { id }, depth }) => `${'-'.repeat(depth)}${id}`);

describe('the tree of departments', () => {
  it('shows each before those below it, siblings by name', () => {
    expect(shown([node('south', 'sales'), node('service'), node('sales'), node('north', 'sales'), node('city', 'north')])).toEqual([
      'sales',
      '-north',
      '--city',
      '-south',
      'service',
    ]);
  });

  it('loses nobody to a missing parent or a cycle', () => {
    expect(shown([node('a', 'gone'), node('b', 'c'), node('c', 'b')]).map((line) => line.replaceAll('-', ''))).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['sales', [undefined, undefined]],
    ['south', ['top', 'north']],
    ['north', ['top', undefined]],
    ['city', ['sales', undefined]],
    ['service', [undefined, 'sales']],
  ])('lets %s go by one step out to and under %j', (id, [out, under]) => {
    const placed = toTree([node('south', 'sales'), node('service'), node('sales'), node('north', 'sales'), node('city', 'north')], compare);
    const steps = stepsOf(id, placed);

    expect([typeof steps.out === 'object' ? steps.out.id : steps.out, steps.under?.id]).toEqual([out, under]);
  });

  it('offers no place below itself', () => {
    const nodes = [node('sales'), node('north', 'sales'), node('service')];

    expect(possibleParents('sales', nodes).map(({ id }) => id)).toEqual(['service']);
    expect(possibleParents(undefined, nodes)).toEqual(nodes);
  });
});

describe('the key of a field', () => {
  it.each([
    ['Annual turnover', 'annualTurnover'],
    ['Größe (cm)', 'groECm'],
    ['2nd phone', 'ndPhone'],
    ['质保到期日', 'field'],
    ['Grade', 'grade2'],
  ])('made of %s is %s', (name, key) => {
    expect(keyFrom(name, new Set(['grade']))).toBe(key);
  });

  it('is one the server takes, whatever the name', () => {
    for (const name of ['', '—', '9', 'X'.repeat(200), 'ÅÄÖ', '_a_']) expect(keyFrom(name, new Set())).toMatch(/^[a-z][a-zA-Z0-9]{0,39}$/);
  });
});

describe('choices of a field', () => {
  it('keep the keys that records hold, and get others of their own', () => {
    const options = toOptions([
      { key: 'gold', en: 'Golden', zh: '金卡' },
      { key: '', en: 'gold', zh: '' },
      { key: '', en: '', zh: '银卡' },
      { key: '', en: ' ', zh: '' },
    ]);

    expect(options).toEqual([
      { key: 'gold', label: { en: 'Golden', zh: '金卡' } },
      { key: 'gold2', label: { en: 'gold', zh: 'gold' } },
      { key: '银卡', label: { en: '银卡', zh: '银卡' } },
    ]);
  });

  it('named in one language are named in both', () => {
    expect(bothOf(' Size ', '')).toEqual(['Size', 'Size']);
    expect(bothOf('', '尺寸')).toEqual(['尺寸', '尺寸']);
  });
});

describe('the order of fields', () => {
  const field = (id: string, order?: number, more: Partial<CustomFieldRecord> = {}) =>
    ({ id, on: 'customer', order, ...more }) as CustomFieldRecord;
  const fields = [field('c', 3), field('a', 1), field('hidden', 0, { retired: true }), field('b', 2), field('other', 1, { on: 'lead' })];

  it('is the administrator’s, hidden ones last', () => {
    expect(inOrder(fields, 'customer').map(({ id }) => id)).toEqual(['a', 'b', 'c', 'hidden']);
  });

  it('writes only those that change places', () => {
    const three = inOrder(fields, 'customer').slice(0, 3);

    expect(moved(three, 'b', 1).map(({ field: { id }, order }) => [id, order])).toEqual([
      ['c', 2],
      ['b', 3],
    ]);
    expect(moved(three, 'a', -1)).toEqual([]);
  });

  it('gives every field its place where none had one', () => {
    expect(moved([field('a'), field('b')], 'b', -1).map(({ field: { id }, order }) => [id, order])).toEqual([
      ['b', 1],
      ['a', 2],
    ]);
  });
});

describe('a built-in role', () => {
  const { key, label } = DEFAULT_ROLES.find((role) => role.key === 'salesManager')!;

  it('speaks the reader’s language until it gets a name of its own', () => {
    expect(roleName({ key, name: label.en }, 'zh-CN')).toBe('销售经理');
    expect(roleName({ key, name: 'Team leads' }, 'zh-CN')).toBe('Team leads');
    expect(roleName({ name: 'Interns' }, 'en')).toBe('Interns');
  });
});

it('currencies are found by name and code, the usual ones without a word', () => {
  expect(findCurrencies('', 'en')[0]!.value).toBe('CNY');
  expect(findCurrencies('zloty', 'en').map(({ value }) => value)).toContain('PLN');
  expect(findCurrencies('人民币', 'zh-CN').map(({ value }) => value)).toContain('CNY');
});
