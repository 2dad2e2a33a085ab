import { valuesOf, type Chart } from './chart.ts';
import { scaleOf } from './scale.ts';
import { labelled, widthOf, type Shape } from './scene.ts';

const TOP = 22;
const BELOW = 24;
const GAP = 8;

/** The ground that columns and lines stand on. */
export interface Axes {
  readonly left: number;
  readonly bandWidth: number;
  readonly zero: number;
  /** From a value to its height on the screen. */
  y(value: number): number;
  readonly shapes: readonly Shape[];
}

/** Lines of round values with their words on the left, and words of points below. @param values  what must have room */
export function axesOf(chart: Chart, width: number, height: number, values = valuesOf(chart)): Axes {
  const scale = scaleOf(values);
  // A step of a few minor units is nothing in short words: zero is not written twice.
  const nothing = chart.measure.short(0);
  const ticks = scale.ticks.filter((tick) => tick === 0 || chart.measure.short(tick) !== nothing);
  const words = ticks.map((tick) => chart.measure.short(tick));
  const left = Math.ceil(Math.max(...words.map((word) => widthOf(word)))) + GAP;
  const bandWidth = Math.max(0, width - left) / Math.max(1, chart.points.length);
  const bottom = height - BELOW;
  const y = (value: number): number => bottom - scale.share(value) * (bottom - TOP);
  const lines = ticks.map((tick): Shape => {
    const points = [
      [left, y(tick)],
      [width, y(tick)],
    ] as const;
    return { kind: 'line', points, stroke: tick === 0 ? 'field-line' : 'line', width: 1 };
  });
  const sides = ticks.map((tick, i): Shape => {
    return { kind: 'text', at: [left - GAP, y(tick) + 4], text: words[i]!, fill: 'muted', anchor: 'end' };
  });
  const below = chart.points.map(({ brief, label }) => brief ?? label);
  const isLabelled = labelled(below, bandWidth);
  let free = Infinity;
  const labels = below.toReversed().flatMap((text, reversed): Shape[] => {
    const i = below.length - 1 - reversed;
    // The ends may not leave the picture, nor touch what stands beside them for that.
    const half = widthOf(text) / 2;
    const x = Math.max(left + half, Math.min(width - half, left + (i + 0.5) * bandWidth));
    if (!isLabelled(i) || x + half > free) return [];
    free = x - half - GAP;
    return [{ kind: 'text', at: [x, height - 6], text, fill: 'muted', anchor: 'middle' }];
  });
  return { left, bandWidth, zero: y(0), y, shapes: [...lines, ...sides, ...labels] };
}
