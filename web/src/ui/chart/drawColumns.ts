import { axesOf } from './axes.ts';
import { seriesOf, valuesOf, type Chart } from './chart.ts';
import { widthOf, type Drawing, type Shape } from './scene.ts';

const WIDEST = 36;
/** What remains of an amount that is there but too small to be seen. */
const LEAST = 2;

/** Columns side by side, or one upon the other where the second series adds to the first. */
export function drawColumns(chart: Chart, width: number, height: number, stacked = false): Drawing {
  const count = stacked ? 1 : seriesOf(chart).length;
  const sums = chart.points.map(({ values }) => values.reduce<number>((sum, value) => sum + (value ?? 0), 0));
  const { left, bandWidth, zero, y, shapes } = axesOf(chart, width, height, stacked ? [...sums, ...valuesOf(chart)] : undefined);
  const each = Math.max(1, Math.min(WIDEST, (bandWidth * 0.72) / count));
  const columns: Shape[] = [];
  const words: Shape[] = [];
  const bands = chart.points.map(({ values }, i) => {
    const middle = left + (i + 0.5) * bandWidth;
    let base = 0;
    let top = zero;
    seriesOf(chart).forEach((_, s) => {
      const value = values[s];
      if (!value) return;
      const place = stacked ? 0 : s;
      const [from, to] = [y(base), y(base + value)];
      const height = Math.max(LEAST, Math.abs(from - to));
      const x = middle - (each * count) / 2 + place * each;
      columns.push({
        ...{ kind: 'rect', x: x + 0.5, y: value < 0 ? from : from - height, width: Math.max(1, each - 1), height },
        ...(s ? { fill: 'c2', striped: true } : { fill: 'c1' }),
      });
      top = Math.min(top, from - height);
      if (stacked) base += value;
    });
    // Of what is compared only the present is written out, and only where the words of neighbours stay apart.
    const told = stacked ? sums[i] : values[0];
    const text = told ? chart.measure.short(told) : '';
    const room = stacked || count === 1 ? bandWidth : Math.min(bandWidth, 2 * each + bandWidth * 0.28);
    if (text && widthOf(text) + 4 <= room)
      words.push({ kind: 'text', at: [middle, (told! < 0 ? zero : top) - 6], text, fill: 'ink', anchor: 'middle' });
    return { x: left + i * bandWidth, width: bandWidth, top };
  });
  return { height, bands, shapes: [...shapes, ...columns, ...words] };
}
