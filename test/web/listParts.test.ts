import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { definitionOf } from '../../shared/registry.ts';
import { formatsOf } from '../../web/src/kernel/formats.ts';
import { effectOf } from '../../web/src/records/bulkEffect.ts';
import { rankHits } from '../../web/src/records/rankHits.ts';
import { totalOf } from '../../web/src/records/totals.ts';
import { visitedAfter } from '../../web/src/records/visited.ts';
import { isNews } from '../../web/src/shell/news/isNews.ts';
import { LATEST_RELEASE } from '../../web/src/shell/news/latestRelease.ts';
import { releaseNotes } from '../../web/src/shell/news/releaseNotes.ts';
import { around, neighboursIn, stretchOf } from '../../web/src/records/neighbours.ts';

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
  const list = stretchOf(['a', 'b', 'c'].map((id) => record(id)));

  it.each([
    ['a', undefined, 'b', 1],
    ['b', 'a', 'c', 2],
    ['c', 'b', undefined, 3],
  ])('of %s are %s and %s', (id, previous, next, place) => {
    expect(neighboursIn(list, id)).toEqual({ previous, next, place, count: 3 });
  });

  it('are none of one that is not in the list', () => {
    expect(neighboursIn(list, 'z')).toBeUndefined();
  });

  it('keep their places where only a stretch of a long list is kept, and a stretch of that', () => {
    const long = stretchOf(Array.from({ length: 100 }, (_, i) => record(`r${i}`)));
    const kept = around(around(long, 'r50', 5), 'r46', 2);

    expect(kept).toEqual({ ids: ['r45', 'r46', 'r47', 'r48', 'r49'], before: 45, count: 100 });
  });
});

describe('hits of the palette', () => {
  const hit = (id: string, title: string, updatedAt = '2026-03-01T00:00:00.000Z') => ({ title, record: record(id, { updatedAt }) });
  const ids = (text: string, visited: string[], ...hits: ReturnType<typeof hit>[]) =>
    rankHits(hits, text, visited).map(({ record: { id } }) => id);

  it('stand in the order of how well they fit, then of the last visit, then of the last change', () => {
    const [holds, begins, visited, latest] = [
      hit('holds', 'The tea house'),
      hit('begins', 'Tea and more'),
      hit('visited', 'Tea house'),
      hit('latest', 'TEA Ltd', '2026-03-09T00:00:00.000Z'),
    ];

    expect(ids('tea', ['holds', 'visited'], holds, begins, visited, latest)).toEqual(['visited', 'latest', 'begins', 'holds']);
    expect(ids('tea', ['begins', 'visited'], holds, visited, begins, latest)).toEqual(['begins', 'visited', 'latest', 'holds']);
  });
});

describe('records opened lately', () => {
  const at = (id: string) => ({ type: 'customer', id });

  it('stand once, the last first, and no more of them than are kept', () => {
    expect(visitedAfter([at('a'), at('b')], at('b'))).toEqual([at('b'), at('a')]);
    expect(visitedAfter([at('a'), at('b')], at('c'), 2)).toEqual([at('c'), at('a')]);
  });
});

describe('notes of releases', () => {
  it('begin with the one that the hint tells of, and each has its own place', () => {
    const releases = releaseNotes.map(({ release }) => release);

    expect(releases[0]).toBe(LATEST_RELEASE);
    expect(releases.toSorted(new Intl.Collator('en', { numeric: true }).compare).toReversed()).toEqual(releases);
    expect(new Set(releases).size).toBe(releases.length);
  });

  it.each([
    ['to nobody on a first visit', undefined, false],
    ['once to who knows an older one', '2026.11.2', true],
    ['not again', '2026.11.3', false],
  ])('are news %s', (_to, seen, told) => {
    expect(isNews(seen, '2026.11.3')).toBe(told);
  });
});
