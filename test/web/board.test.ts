import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { isEndShown, isOutcomeShown, toColumns, weigh, type EndShown } from '../../web/src/sales/board/columns.ts';
import { drawnCards } from '../../web/src/sales/board/drawnCards.ts';
import { CARD_STEP, columnAt, edgeScroll, indexAt, rangeInSight } from '../../web/src/sales/board/hitTest.ts';
import { pipelinesOf } from '../../shared/sales/pipelines.ts';

const STANDARD = pipelinesOf([])[0]!;

const deal = (id: string, values: Partial<AnyRecord> = {}): AnyRecord => ({
  ...{ id, version: 1, ownerId: 'mem_1', createdAt: '', createdBy: 'mem_1', updatedAt: '', updatedBy: 'mem_1' },
  ...values,
});
const sure = (successRate: number) => ({ successRate, successReason: 'They asked for us' });
const yuan = (minor: number) => ({ minor, currency: 'CNY' });

describe('columns of the board', () => {
  it('are the stages in their order, each with its deals by rank', () => {
    const columns = toColumns(
      STANDARD,
      [
        deal('opp_3', { stage: 'needs', rank: 'k' }),
        deal('opp_2', { stage: 'needs', rank: 'c' }),
        deal('opp_4', { stage: 'needs', rank: 'c' }),
        deal('opp_1', { stage: 'signed', outcome: 'won' }),
        deal('opp_5', { stage: 'a stage of before' }),
      ],
      'CNY',
    );

    expect(columns.map(({ stage }) => stage.key).slice(0, 3)).toEqual(['firstContact', 'interest', 'decisionMaker']);
    const idsAt = (key: string) => columns.find(({ stage }) => stage.key === key)!.cards.map(({ id }) => id);
    expect(idsAt('needs')).toEqual(['opp_2', 'opp_4', 'opp_3']);
    expect(idsAt('signed')).toEqual(['opp_1']);
    expect(idsAt('firstContact')).toEqual(['opp_5']);
  });

  it.each([
    ['the chance somebody gave a reason for', [deal('a', { stage: 'needs', ...sure(75), amount: yuan(1000) })], [yuan(750)]],
    ['else its stage’s, also just after a move', [deal('a', { stage: 'needs', successRate: 90, amount: yuan(1000) })], [yuan(400)]],
    ['in full when won', [deal('a', { stage: 'signed', outcome: 'won', successRate: 20, amount: yuan(1000) })], [yuan(1000)]],
    ['as nothing when lost', [deal('a', { stage: 'needs', outcome: 'lost', amount: yuan(1000) })], [yuan(0)]],
    ['only with an amount', [deal('a', { stage: 'needs' })], []],
    ['rounded once, not per deal', ['a', 'b', 'c'].map((id) => deal(id, { stage: 'firstContact', amount: yuan(9) })), [yuan(1)]],
    ['half a cent up', [deal('a', { ...sure(50), amount: yuan(1) })], [yuan(1)]],
    [
      'per currency, the home currency first',
      [
        deal('a', { ...sure(100), amount: { minor: 5, currency: 'AUD' } }),
        deal('b', { ...sure(100), amount: yuan(2) }),
        deal('c', { ...sure(50), amount: { minor: 10, currency: 'AUD' } }),
      ],
      [yuan(2), { minor: 10, currency: 'AUD' }],
    ],
    [
      'exactly, beyond what a double can add',
      ['a', 'b', 'c'].map((id) => deal(id, { ...sure(33), amount: yuan(9_007_199_254_740_991) })),
      [yuan(8_917_127_262_193_581)],
    ],
  ])('weigh a deal by %s', (_, deals, sums) => {
    expect(weigh([STANDARD], deals, 'CNY')).toEqual(sums);
  });

  it.each([
    ['open', [true, true, false, false]],
    ['won', [false, false, true, false]],
    ['lost', [false, false, false, true]],
    ['all', [true, true, true, true]],
  ] as const)('show deals that are %s', (shown, expected) => {
    const deals = [undefined, 'open', 'won', 'lost'].map((outcome) => deal('a', { outcome }));
    expect(deals.map((one) => isOutcomeShown(one, shown))).toEqual(expected);
  });

  const DAYS = ['2026-12-01', '2026-12-07', '2026-12-31', '2027-01-01', '2027-01-31', '2027-02-01', undefined];
  it.each<[EndShown, number[]]>([
    ['any', [0, 1, 2, 3, 4, 5, 6]],
    ['overdue', [0]],
    ['thisMonth', [0, 1, 2]],
    ['nextMonth', [3, 4]],
    ['later', [5]],
    ['none', [6]],
  ])('show deals that should end: %s', (shown, expected) => {
    expect(DAYS.flatMap((day, i) => (isEndShown(day, shown, '2026-12-07') ? [i] : []))).toEqual(expected);
  });
});

describe('a card in the air', () => {
  const boxes = [
    { stage: 'a', left: 0, right: 100, top: 0, bottom: 500 },
    { stage: 'b', left: 110, right: 210, top: 0, bottom: 500 },
  ];
  it.each([
    [-50, 'a'],
    [100, 'a'],
    [104, 'a'],
    [106, 'b'],
    [900, 'b'],
  ])('at %d is over the column %s', (x, stage) => {
    expect(columnAt(boxes, x)?.stage).toBe(stage);
  });
  it('is over none where there is none', () => {
    expect(columnAt([], 5)).toBeUndefined();
  });

  it.each([
    [-80, 0],
    [CARD_STEP * 0.49, 0],
    [CARD_STEP * 0.51, 1],
    [CARD_STEP * 1.4, 1],
    [CARD_STEP * 9, 3],
  ])('with its top at %d of a column of three takes place %d', (top, index) => {
    expect(indexAt(top, 3)).toBe(index);
  });

  it.each([
    ['the middle', 250, 0],
    ['the very start', 0, -18],
    ['beyond the start', -400, -18],
    ['near the end', 472, 9],
    ['the end', 500, 18],
  ])('scrolls at %s', (_, at, by) => {
    expect(edgeScroll(at, 0, 500)).toBe(by);
  });
  it('does not scroll what has no size', () => {
    expect(edgeScroll(0, 0, 0)).toBe(0);
  });
});

describe('a column draws', () => {
  const lying = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => deal(id));
  const air = deal('x');
  const nobody = { gap: undefined, held: undefined, taken: undefined, stop: -1 };
  it.each([
    ['the cards in sight', { range: { from: 1, to: 3 } }, 'b1 c2'],
    ['a gap for a card in the air', { range: { from: 0, to: 4 }, gap: 1 }, 'a0 b2 c3'],
    ['a card on the keyboard in its gap', { range: { from: 0, to: 3 }, gap: 1, held: air }, 'a0 x1 b2'],
    ['it as well when its gap is out of sight', { range: { from: 0, to: 1 }, gap: 5, held: air }, 'a0 x5'],
    ['the card with the focus, wherever it is', { range: { from: 0, to: 1 }, stop: 4 }, 'a0 e4'],
    ['that card once', { range: { from: 3, to: 5 }, stop: 4 }, 'd3 e4'],
    ['that card behind a gap', { range: { from: 0, to: 1 }, gap: 2, stop: 4 }, 'a0 e5'],
    ['what a finger took up, out of sight', { range: { from: 0, to: 1 }, taken: air }, 'a0 x-'],
    ['no more than there is', { range: { from: 5, to: 7 }, gap: 6 }, 'f5'],
  ])('%s', (_, wanted, expected) => {
    const drawn = drawnCards({ ...nobody, lying, ...wanted });
    expect(drawn.map(({ record, place }) => `${record.id}${place ?? '-'}`).join(' ')).toBe(expected);
  });
});

it('draws the cards in sight and a few more, of however many', () => {
  expect(rangeInSight(0, 600, 2000)).toEqual({ from: 0, to: 9 });
  expect(rangeInSight(100_000, 600, 2000)).toEqual({ from: 997, to: 1009 });
  expect(rangeInSight(0, 600, 2)).toEqual({ from: 0, to: 2 });
});
