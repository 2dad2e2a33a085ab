import { describe, expect, it } from 'vitest';
import { subtreeOf } from '../../shared/workspace/department.ts';
import { fc, runs } from '../support/properties.ts';

const tree = [
  { id: 'firm' },
  { id: 'sales', parentId: 'firm' },
  { id: 'north', parentId: 'sales' },
  { id: 'south', parentId: 'sales' },
  { id: 'harbour', parentId: 'south' },
  { id: 'service', parentId: 'firm' },
  { id: 'island' },
];
const below = (id: string, nodes: Parameters<typeof subtreeOf>[1] = tree) => [...subtreeOf(id, nodes)].sort();

describe('the departments of a manager’s span', () => {
  it('are his own and all below it, in whatever order they are listed', () => {
    expect(below('sales')).toEqual(['harbour', 'north', 'sales', 'south']);
    expect(below('sales', tree.toReversed())).toEqual(['harbour', 'north', 'sales', 'south']);
    expect(below('firm')).toEqual(['firm', 'harbour', 'north', 'sales', 'service', 'south']);
    expect(below('harbour')).toEqual(['harbour']);
  });

  it('are his own alone where it is unknown or stands alone', () => {
    expect(below('island')).toEqual(['island']);
    expect(below('gone')).toEqual(['gone']);
    expect(below('gone', [])).toEqual(['gone']);
  });

  it('end in a cycle, which two edits at once can make', () => {
    expect(
      below('a', [
        { id: 'a', parentId: 'c' },
        { id: 'b', parentId: 'a' },
        { id: 'c', parentId: 'b' },
      ]),
    ).toEqual(['a', 'b', 'c']);
    expect(below('a', [{ id: 'a', parentId: 'a' }])).toEqual(['a']);
  });

  it('lie within those of the department above, for any graph', () => {
    const graphs = fc.array(fc.record({ id: fc.nat(8).map(String), parentId: fc.nat(8).map(String) }), { maxLength: 12 });
    fc.assert(
      fc.property(graphs, (nodes) => {
        for (const { id, parentId } of nodes) {
          const above = subtreeOf(parentId, nodes);
          for (const each of subtreeOf(id, nodes)) expect(above.has(each)).toBe(true);
        }
      }),
      runs(200),
    );
  });

  it('are found in a chain of thousands without exhausting the stack', () => {
    const chain = Array.from({ length: 3000 }, (_, i) => ({ id: `d${i}`, parentId: `d${i - 1}` }));

    expect(subtreeOf('d0', chain).size).toBe(3000);
  });
});
