import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { definitionOf } from '../../shared/registry.ts';
import { formatsOf } from '../../web/src/kernel/formats.ts';
import { effectOf } from '../../web/src/records/bulkEffect.ts';
import { totalOf } from '../../web/src/records/totals.ts';
import { neighboursIn } from '../../web/src/records/trail.svelte.ts';

const record = (id: string, values: Record<string, unknown> = {}): AnyRecord => ({ id, ...values }) as AnyRecord;

describe('a column’s total', () => {
  const opportunity = definitionOf('opportunity');
  const formats = formatsOf('en', 'UTC');
  const total = (name: string, values: unknown[]): string =>
    totalOf(opportunity, values.map((value, i) => record(`opp_${i}`, { [name]: value })), name, formats, (value) => `avg. ${value}`); // prettier-ignore

  it('sums amounts, each currency by itself, and leaves out blanks', () => {
    const [cny, eur] = [
      { minor: 150, currency: 'CNY' },
      { minor: 200, currency: 'EUR' },
    ];

    expect(total('amount', [cny, undefined, eur, cny])).toBe(`${formats.money({ ...cny, minor: 300 })} · ${formats.money(eur)}`);
    expect(total('amount', [])).toBe('');
  });

  it('is the mean of shares, and nothing for words', () => {
    expect(total('successRate', [40, undefined, 65])).toBe('avg. 52.5');
    expect(total('title', ['a', 'b'])).toBe('');
  });
});

describe('one value for many records', () => {
  const records = [['a', 'x'], ['b', 'y'], ['c', 'x'], ['d', 'z'], ['e', undefined]].map(([id, industry]) => record(id!, { industry })); // prettier-ignore

  it('tells what changes from what, the commonest first, what stays, and what may not be', () => {
    const { changing, from, same, closed } = effectOf(records, 'industry', 'y', ({ id }) => id !== 'd');

    expect(changing.map(({ id }) => id)).toEqual(['a', 'c', 'e']);
    expect(from).toEqual([
      { value: 'x', count: 2 },
      { value: undefined, count: 1 },
    ]);
    expect([same, closed]).toEqual([1, 1]);
  });

  it('clears what is there, and counts blanks as cleared', () => {
    expect(effectOf(records, 'industry', null, () => true)).toMatchObject({ same: 1, changing: { length: 4 } });
  });
});

describe('the records around one', () => {
  const rows = ['a', 'b', 'c'].map((id) => record(id));

  it.each([
    ['a', undefined, 'b', 1],
    ['b', 'a', 'c', 2],
    ['c', 'b', undefined, 3],
  ])('of %s are %s and %s', (id, previous, next, place) => {
    const found = neighboursIn(rows, id)!;

    expect([found.previous?.id, found.next?.id, found.place, found.count]).toEqual([previous, next, place, 3]);
  });

  it('are none of one that is not in the list', () => {
    expect(neighboursIn(rows, 'z')).toBeUndefined();
  });
});
