import { describe, expect, it } from 'vitest';
import { axesOf } from '../../web/src/ui/chart/axes.ts';
import { tableOf, type Chart } from '../../web/src/ui/chart/chart.ts';
import { drawBars } from '../../web/src/ui/chart/drawBars.ts';
import { drawColumns } from '../../web/src/ui/chart/drawColumns.ts';
import { drawLines } from '../../web/src/ui/chart/drawLines.ts';
import { barScale, scaleOf } from '../../web/src/ui/chart/scale.ts';
import { fitted, labelled, widthOf, type Drawing, type Shape } from '../../web/src/ui/chart/scene.ts';
import { sparkColumns } from '../../web/src/ui/chart/spark.ts';

const MEASURE = { unit: 'in pieces', short: String, full: (value: number) => `${value} pieces`, plain: String };
const NOW = { key: 'now', label: 'Now' };
const BEFORE = { key: 'before', label: 'Before' };
const chartOf = (rows: readonly (readonly (number | undefined)[])[], labels?: readonly string[]): Chart => ({
  ...{ title: 'Orders', about: 'Day', measure: MEASURE },
  series: rows.some(({ length }) => length > 1) ? [NOW, BEFORE] : [NOW],
  points: rows.map((values, i) => ({ key: String(i), label: labels?.[i] ?? `d${i}`, values })),
});
type Kind<K> = Extract<Shape, { kind: K }>;
const only = <K extends Shape['kind']>({ shapes }: Drawing, kind: K): Kind<K>[] =>
  shapes.filter((shape): shape is Kind<K> => shape.kind === kind);
const texts = (drawing: Drawing): string[] => only(drawing, 'text').map(({ text }) => text);

describe('a scale', () => {
  it.each([
    [[], [0, 1]],
    [
      [0, 0],
      [0, 1],
    ],
    [[1], [0, 1]],
    [[3], [0, 1, 2, 3]],
    [[7], [0, 2, 4, 6, 8]],
    [[10], [0, 5, 10]],
    [[41], [0, 20, 40, 60]],
    [[1_284_000], [0, 500_000, 1_000_000, 1_500_000]],
    [
      [-7, 7],
      [-10, -5, 0, 5, 10],
    ],
    [[-3], [-3, -2, -1, 0]],
    [[2 ** 53 - 1], [0, 5e15, 1e16]],
  ])('of %j has the round steps %j', (values, ticks) => {
    expect(scaleOf(values).ticks).toEqual(ticks);
  });

  it.each([
    [[8], 0, 0],
    [[8], 8, 1],
    [[8], 2, 0.25],
    [[-10, 10], 0, 0.5],
    [[-10, 10], -10, 0],
  ])('of %j puts %d at %d', (values, value, share) => {
    expect(scaleOf(values).share(value)).toBe(share);
  });
});

describe('a scale of bars', () => {
  it.each([
    [[8, 2], 8, 1],
    [[8, 2], 2, 0.25],
    [[-1, 3], 0, 0.25],
    [[0], 0, 0],
    [[], 0, 0],
  ])('of %j puts %d at %d', (values, value, share) => {
    expect(barScale(values).share(value)).toBe(share);
  });
});

describe('words along a chart', () => {
  it('are as wide as their letters, Chinese ones twice', () => {
    expect(widthOf('十一月', 10)).toBe(30);
    expect(widthOf('nov', 10)).toBeCloseTo(19.2);
  });

  it.each([
    ['short', 100, 'short'],
    ['a name that goes on and on', 88, 'a name that…'],
    ['杭州青山茶业有限公司', 50, '杭州青…'],
    ['x', 1, 'x…'],
  ])('%s in %d pixels are %s', (text, width, shown) => {
    expect(fitted(text, width)).toBe(shown);
  });

  it.each([
    ['all where there is room', 60, [0, 1, 2, 3, 4, 5]],
    ['every second one, the last among them', 20, [1, 3, 5]],
    ['the last alone', 1, [5]],
    ['nothing breaks without any width', 0, [0, 1, 2, 3, 4, 5]],
  ])('below it: %s', (_, bandWidth, shown) => {
    const isShown = labelled(['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'], bandWidth);

    expect([0, 1, 2, 3, 4, 5].filter(isShown)).toEqual(shown);
  });

  it.each([3, 7, 30, 92])('of %d days on a phone never touch', (count) => {
    const days = Array.from({ length: count }, (_, i) => `12月${(i % 31) + 1}日`);
    const drawing = drawColumns(
      chartOf(
        days.map(() => [0]),
        days,
      ),
      280,
      200,
    );
    const below = only(drawing, 'text')
      .filter(({ anchor }) => anchor === 'middle')
      .map(({ at, text }) => [at[0] - widthOf(text) / 2, at[0] + widthOf(text) / 2] as const)
      .sort(([a], [b]) => a - b);

    expect(below.length).toBeGreaterThan(1);
    for (const [i, [from]] of below.entries()) if (i) expect(from).toBeGreaterThan(below[i - 1]![1]);
  });

  it('never leave the picture', () => {
    const { shapes } = axesOf(chartOf([[1], [2]], ['31 December 2026', '31 January 2027']), 320, 200);
    const below = shapes.filter((shape): shape is Kind<'text'> => shape.kind === 'text' && shape.anchor === 'middle');

    for (const { at, text } of below) {
      expect(at[0] - widthOf(text) / 2).toBeGreaterThanOrEqual(0);
      expect(at[0] + widthOf(text) / 2).toBeLessThanOrEqual(320);
    }
  });
});

describe('columns', () => {
  it('stand on zero, as high as their value, a band for each', () => {
    const drawing = drawColumns(chartOf([[2], [4]]), 400, 200);
    const [first, second] = only(drawing, 'rect');

    expect(first!.y + first!.height).toBeCloseTo(second!.y + second!.height);
    expect(second!.height).toBeCloseTo(2 * first!.height);
    expect(drawing.bands.map(({ width }) => width)).toEqual([drawing.bands[0]!.width, drawing.bands[0]!.width]);
    expect(texts(drawing)).toEqual(expect.arrayContaining(['d0', 'd1', '2', '4']));
  });

  it('of nothing but zeros write it once', () => {
    const words = { ...MEASURE, short: (value: number) => (value / 100).toFixed(0) };

    expect(texts(drawColumns({ ...chartOf([[0]]), measure: words }, 320, 200))).toEqual(['0', 'd0']);
  });

  it('hang below zero when they are negative', () => {
    const [plus, minus] = only(drawColumns(chartOf([[5], [-5]]), 400, 200), 'rect');

    expect(minus!.y).toBeCloseTo(plus!.y + plus!.height);
  });

  it('of two series stand side by side, the second striped', () => {
    const [now, before] = only(drawColumns(chartOf([[3, 2]]), 400, 200), 'rect');

    expect([now!.striped, before!.striped]).toEqual([undefined, true]);
    expect(before!.x).toBeGreaterThanOrEqual(now!.x + now!.width);
  });

  it('one upon the other add up', () => {
    const [lower, upper] = only(drawColumns(chartOf([[3, 2]]), 400, 200, true), 'rect');

    expect(upper!.x).toBe(lower!.x);
    expect(upper!.y + upper!.height).toBeCloseTo(lower!.y);
  });

  it('of a tiny amount are still seen, of none are not', () => {
    expect(only(drawColumns(chartOf([[1], [1_000_000], [0]]), 400, 200), 'rect').map(({ height }) => height > 1)).toEqual([true, true]);
  });

  it('leave out words that would touch', () => {
    const many = chartOf(Array.from({ length: 40 }, () => [123_456]));

    expect(texts(drawColumns(many, 320, 200))).not.toContain('123456');
    expect(texts(drawColumns(chartOf([[123_456]]), 320, 200))).toContain('123456');
  });

  it('of nothing at all are the ground alone', () => {
    expect(drawColumns(chartOf([]), 320, 200).bands).toEqual([]);
    expect(only(drawColumns(chartOf([[0], [0]]), 320, 200), 'rect')).toEqual([]);
  });
});

describe('lines', () => {
  it('end where the days are still to come, and are told where they have come to', () => {
    const drawing = drawLines(
      chartOf([
        [1, 2],
        [3, 4],
        [undefined, 8],
      ]),
      400,
      200,
    );
    const runs = only(drawing, 'line').filter(({ width }) => width > 1);

    expect(runs.map(({ points, dashed }) => [points.length, dashed ?? false])).toEqual([
      [3, true],
      [2, false],
    ]);
    expect(only(drawing, 'dot')).toHaveLength(1);
    expect(
      only(drawing, 'text')
        .filter(({ strong }) => strong)
        .map(({ text }) => text),
    ).toEqual(['3']);
  });

  it('of one point are a dot', () => {
    const drawing = drawLines(chartOf([[5, 7]]), 400, 200);

    expect(only(drawing, 'dot')).toHaveLength(2);
    expect(only(drawing, 'area')).toEqual([]);
  });
});

describe('bars', () => {
  it('begin at zero behind the words, however long these are', () => {
    const drawing = drawBars(chartOf([[4], [2]], ['Needs elicited', 'A stage whose name goes on and on and on']), 400);
    const bars = only(drawing, 'rect').filter(({ fill }) => fill === 'c1');

    expect(bars[0]!.x).toBe(bars[1]!.x);
    expect(bars[0]!.width).toBeCloseTo(2 * bars[1]!.width);
    expect(texts(drawing)[2]).toMatch(/…$/);
  });

  it('show what of the whole counts', () => {
    const [whole, part] = only(drawBars(chartOf([[4, 1]]), 400), 'rect').filter(({ fill }) => fill !== 'sunken');

    expect([whole!.striped, part!.striped]).toEqual([true, undefined]);
    expect(part!.width).toBeLessThan(whole!.width);
  });
});

describe('small columns', () => {
  it.each([
    [[], 0],
    [[0, 0], 0],
    [[1, 2], 2],
  ])('of %j are %d', (values, count) => {
    expect(sparkColumns(values)).toHaveLength(count);
  });

  it('hang below the ground when they are negative', () => {
    const [plus, minus] = sparkColumns([2, -2]);

    expect([plus!.y, plus!.height, minus!.y, minus!.height]).toEqual([0, 0.5, 0.5, 0.5]);
  });
});

describe('a chart as a table', () => {
  const chart: Chart = {
    ...chartOf([
      [1, 2],
      [undefined, 3],
    ]),
    notes: 'Deals',
  };

  it('has a column for each series, and writes for readers or for sheets', () => {
    expect(tableOf(chart)).toEqual({
      head: ['Day', 'Now', 'Before', 'Deals'],
      rows: [
        ['d0', '1 pieces', '2 pieces', ''],
        ['d1', '', '3 pieces', ''],
      ],
    });
    expect(tableOf(chart, true).rows[0]).toEqual(['d0', '1', '2', '']);
  });
});
