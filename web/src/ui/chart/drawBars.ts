import { seriesOf, valuesOf, type Chart } from './chart.ts';
import { barScale } from './scale.ts';
import { fitted, widthOf, type Drawing, type Shape } from './scene.ts';

const ROW = 30;
const BAR = 12;
const GAP = 14;

/**
 * Rows of a bar each, as a picture; on the screen `Bars.svelte` lays them out, where words wrap and are links.
 * The second series is what of the first counts: it is drawn over it.
 */
export function drawBars(chart: Chart, width: number): Drawing {
  const { measure, points } = chart;
  const scale = barScale(valuesOf(chart));
  const parted = seriesOf(chart).length > 1;
  const texts = points.map(({ values, note }) =>
    [...values.map((value) => (value === undefined ? '' : measure.short(value))), note ?? ''].filter(Boolean).join(' · '),
  );
  const left = Math.min(width * 0.35, Math.max(0, ...points.map(({ label }) => widthOf(label)))) + GAP;
  const right = Math.max(0, ...texts.map((text) => widthOf(text))) + GAP;
  const room = Math.max(0, width - left - right);
  const x = (value: number): number => left + scale.share(value) * room;
  const shapes = points.flatMap(({ label, values, current }, i): Shape[] => {
    const middle = i * ROW + ROW / 2;
    const bar = (value: number, striped: boolean): Shape => {
      const [from, to] = [Math.min(x(0), x(value)), Math.max(x(0), x(value))];
      const place = { x: from, y: middle - BAR / 2, width: Math.max(2, to - from), height: BAR };
      return striped ? { kind: 'rect', ...place, fill: 'c2', striped } : { kind: 'rect', ...place, fill: 'c1' };
    };
    return [
      { kind: 'text', at: [0, middle + 4], text: fitted(label, left - GAP), fill: 'ink', anchor: 'start', strong: current === true },
      { kind: 'rect', x: left, y: middle - BAR / 2, width: room, height: BAR, fill: 'sunken' },
      ...(values[0] ? [bar(values[0], parted)] : []),
      ...(values[1] ? [bar(values[1], false)] : []),
      { kind: 'text', at: [width, middle + 4], text: texts[i]!, fill: 'ink', anchor: 'end' },
    ];
  });
  return { height: points.length * ROW, shapes, bands: [] };
}
