import { describe, expect, it } from 'vitest';
import type { Condition } from '../../shared/kernel/filter.ts';
import { definitionOf } from '../../shared/registry.ts';
import { addTo, conditionsOf, EMPTY_TREE, setAt, toFilter, toTree, writeTree, type FilterTree } from '../../web/src/records/filterTree.ts';
import { fc, runs } from '../support/properties.ts';

const customer = definitionOf('customer');
const named = (value: string): Condition => ({ field: 'name', op: 'contains', value });
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(named) as [Condition, Condition, Condition, Condition];
const read = (input: unknown, isOpen = (_field: string): boolean => true): FilterTree => toTree(customer, input, isOpen);

describe('a filter as chips show it', () => {
  it.each<[what: string, input: unknown, tree: FilterTree]>([
    ['nothing', undefined, EMPTY_TREE],
    ['a list, as addresses have it', [a, b], { join: 'all', parts: [a, b] }],
    ['one condition', a, { join: 'all', parts: [a] }],
    ['any of two', { any: [a, b] }, { join: 'any', parts: [a, b] }],
    ['a group', { all: [a, { any: [b, c] }] }, { join: 'all', parts: [a, [b, c]] }],
    ['groups that may each hold', { any: [{ all: [a, b] }, { all: [c, d] }] }, { join: 'any', parts: [[a, b], [c, d]] }], // prettier-ignore
    ['a group joined as its surroundings', { all: [a, { all: [b, c] }] }, { join: 'all', parts: [a, b, c] }],
    ['a group of one, and an empty one', { all: [{ any: [a] }, { any: [] }] }, { join: 'all', parts: [a] }],
    ['what lies deeper', { all: [a, { any: [b, { all: [c, d] }] }] }, { join: 'all', parts: [a, b] }],
    ['nonsense between', [7, null, a, { field: 'constructor', op: 'is', value: 1 }, 'x'], { join: 'all', parts: [a] }],
    ['nonsense alone', 'x', EMPTY_TREE],
  ])('reads %s', (_what, input, tree) => {
    expect(read(input)).toEqual(tree);
  });

  it('leaves out what the reader may not ask, in groups too', () => {
    const hidden = { field: 'industry', op: 'notEmpty' };

    expect(read({ all: [hidden, a, { any: [b, hidden] }] }, (field) => field === 'name')).toEqual({ join: 'all', parts: [a, b] });
  });

  it('is read from what it was written as', () => {
    const part = fc.oneof(fc.constantFrom(a, b, c), fc.array(fc.constantFrom(a, b, c, d), { minLength: 2, maxLength: 4 }));
    const tree = fc.record({
      join: fc.constantFrom('all' as const, 'any' as const),
      parts: fc.array(part, { minLength: 1, maxLength: 5 }),
    });
    fc.assert(
      fc.property(tree, (one) => {
        expect(read(JSON.parse(writeTree(one)))).toEqual(one);
        expect(read(toFilter(one))).toEqual(one);
      }),
      runs(200),
    );
  });

  it('is a plain list in an address where all must hold, and nothing when nothing is asked', () => {
    expect(writeTree({ join: 'all', parts: [a] })).toBe(JSON.stringify([a]));
    expect(writeTree({ join: 'any', parts: [a, b] })).toBe(JSON.stringify({ any: [a, b] }));
    expect(writeTree({ join: 'any', parts: [] })).toBe('');
  });

  it('takes conditions at the end and beside others, and gives them back one by one', () => {
    const two = addTo(addTo(EMPTY_TREE, a), b);
    const grouped = addTo(addTo(two, c, 1), d, 1);
    expect(grouped.parts).toEqual([a, [b, c, d]]);
    expect(conditionsOf(grouped)).toEqual([a, b, c, d]);

    const changed = setAt(grouped, [1, 1], { ...c, op: 'notEmpty' });
    expect(changed.parts[1]).toEqual([b, { ...c, op: 'notEmpty' }, d]);
    const pair = setAt(grouped, [1, 1], undefined);
    expect(pair.parts).toEqual([a, [b, d]]);
    const single = setAt(pair, [1, 0], undefined);
    expect(single.parts).toEqual([a, d]);
    expect(setAt(setAt(single, [0], undefined), [0], undefined)).toEqual(EMPTY_TREE);
  });
});
