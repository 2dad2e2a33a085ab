import { axesOf } from './axes.ts';
import { seriesOf, type Chart } from './chart.ts';
import { widthOf, type Drawing, type Shape, type Spot } from './scene.ts';

/** A line over time upon its area, the one it is compared with dashed behind it. Where a value is missing the line ends. */
export function drawLines(chart: Chart, width: number, height: number): Drawing {
  const { left, bandWidth, zero, y, shapes } = axesOf(chart, width, height);
  const runs = seriesOf(chart).map((_, s) =>
    chart.points.flatMap(({ values }, i): Spot[] => (values[s] === undefined ? [] : [[left + (i + 0.5) * bandWidth, y(values[s])]])),
  );
  const [now = [], before = []] = runs;
  const drawn: Shape[] = [];
  if (before.length > 1) drawn.push({ kind: 'line', points: before, stroke: 'muted', width: 1.5, dashed: true });
  if (now.length > 1) {
    drawn.push({ kind: 'area', points: [[now[0]![0], zero], ...now, [now.at(-1)![0], zero]], fill: 'c2' });
    drawn.push({ kind: 'line', points: now, stroke: 'c1', width: 2 });
  }
  // A line of one point is a dot; of a longer one the dot is where it has come to.
  if (before.length === 1) drawn.push({ kind: 'dot', at: before[0]!, fill: 'muted' });
  const end = now.at(-1);
  if (end) {
    const last = chart.points.findLast(({ values }) => values[0] !== undefined)!.values[0]!;
    const text = chart.measure.short(last);
    const half = widthOf(text) / 2;
    const x = Math.max(left + half, Math.min(width - half, end[0]));
    drawn.push({ kind: 'dot', at: end, fill: 'c1' });
    drawn.push({ kind: 'text', at: [x, end[1] - 10], text, fill: 'ink', anchor: 'middle', strong: true });
  }
  const bands = chart.points.map(({ values }, i) => ({
    ...{ x: left + i * bandWidth, width: bandWidth },
    top: Math.min(zero, ...values.filter((value) => value !== undefined).map(y)),
  }));
  return { height, bands, shapes: [...shapes, ...drawn] };
}
