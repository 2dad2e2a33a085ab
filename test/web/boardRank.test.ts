import { describe, expect, it } from 'vitest';
import { natalRank, parseRank, rankAt, rankBetween } from '../../web/src/sales/board/rank.ts';
import { fc, runs } from '../support/properties.ts';

const rank = fc
  .stringMatching(/^[0-9a-z]{1,12}$/)
  .map(parseRank)
  .filter((text) => text !== undefined);

describe('a rank', () => {
  it('lies between any two others, and is one itself', () => {
    fc.assert(
      fc.property(fc.option(rank, { nil: undefined }), fc.option(rank, { nil: undefined }), (a, b) => {
        const [low, high] = a !== undefined && b !== undefined && a > b ? [b, a] : [a, b];
        fc.pre(low === undefined || low !== high);

        const between = rankBetween(low, high)!;

        expect(parseRank(between)).toBe(between);
        if (low !== undefined) expect(between > low).toBe(true);
        if (high !== undefined) expect(between < high).toBe(true);
      }),
      runs(500),
    );
  });

  it('has no room between equals or in the wrong order', () => {
    expect(rankBetween('i', 'i')).toBeUndefined();
    expect(rankBetween('j', 'i')).toBeUndefined();
  });

  it('keeps a column in the order that it was put in, whatever was put where', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 60 }), (places) => {
        const ranks: string[] = [];
        for (const place of places) {
          const index = Math.min(place, ranks.length);
          ranks.splice(index, 0, rankAt(ranks, index));
        }
        expect(ranks).toEqual([...new Set(ranks)].sort());
      }),
      runs(200),
    );
  });

  it.each([
    ['on top', (ranks: string[]) => [rankAt(ranks, 0), ...ranks]],
    ['at the end', (ranks: string[]) => [...ranks, rankAt(ranks, ranks.length)]],
  ])('stays short when a thousand cards are put %s', (_, put) => {
    let ranks: string[] = [natalRank('opp_01KC0000000000000000000000', '2026-11-23')];
    for (let n = 0; n < 1000; n++) ranks = put(ranks);

    expect(Math.max(...ranks.slice(1, -1).map(({ length }) => length))).toBeLessThanOrEqual(6);
  });

  it('fits its field after hundreds of cards put into one gap', () => {
    let [low, high] = ['i', 'j'];
    for (let n = 0; n < 900; n++) [low, high] = n % 2 ? [rankBetween(low, high)!, high] : [low, rankBetween(low, high)!];

    expect(low.length).toBeLessThanOrEqual(200);
  });

  it('goes behind cards that got the same rank at two desks', () => {
    expect(rankAt(['c', 'i', 'i', 'k'], 2)).toBe('j');
    expect(rankAt(['i', 'i'], 1) > 'i').toBe(true);
  });

  it.each([undefined, 7, '', '000', 'Q', 'a b', '中'])('is none when it is %j', (text) => {
    expect(parseRank(text)).toBeUndefined();
  });

  it('stands by the day, then by its making, where nobody has put the card', () => {
    const [early, late] = ['opp_01KC0000000000000000000000', 'opp_01KD0000000000000000000000'];
    const inOrder = [
      natalRank(late, '2026-11-22'),
      natalRank(early, '2026-11-23'),
      natalRank(late, '2026-11-23'),
      natalRank(early, '9998-01-01'),
      natalRank(late, undefined),
    ];

    expect(inOrder).toEqual(inOrder.toSorted());
    expect(inOrder.map(parseRank)).toEqual(inOrder);
  });
});
