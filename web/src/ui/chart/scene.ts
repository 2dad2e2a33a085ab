/** Colours by their token: the picture takes those of paper, the screen those of its theme. */
export type Paint = 'c1' | 'c2' | 'ink' | 'muted' | 'line' | 'field-line' | 'sunken';

/** What a chart is drawn of, in pixels from its left upper corner. Screen (svg) and picture (canvas) draw the same. */
export type Shape =
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: Paint;
      /** Stripes and an outline: the second series, told apart without its colour. */
      readonly striped?: boolean;
    }
  | {
      readonly kind: 'line';
      readonly points: readonly Spot[];
      readonly stroke: Paint;
      readonly width: number;
      readonly dashed?: boolean;
    }
  | { readonly kind: 'area'; readonly points: readonly Spot[]; readonly fill: Paint }
  | { readonly kind: 'dot'; readonly at: Spot; readonly fill: Paint }
  | {
      readonly kind: 'text';
      readonly at: Spot;
      readonly text: string;
      readonly fill: Paint;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly strong?: boolean;
    };
export type Spot = readonly [x: number, y: number];

/** The part of the width that belongs to a point: there the mouse finds it. */
export interface Band {
  readonly x: number;
  readonly width: number;
  /** Where the point's sign is: a tooltip stands above it. */
  readonly top: number;
}

export interface Drawing {
  readonly height: number;
  readonly shapes: readonly Shape[];
  /** One for each point of the chart; empty where points are no columns. */
  readonly bands: readonly Band[];
}

export const TEXT_PX = 12;
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** About how wide a text of a chart is: no screen is needed to know, and a little more than it is does no harm. */
export const widthOf = (text: string, px = TEXT_PX): number => [...text].reduce((sum, letter) => sum + emsOf(letter), 0) * px;

const emsOf = (letter: string): number =>
  WIDE.test(letter) ? 1 : /[A-Z%@¥£€]/.test(letter) ? 0.74 : /[.,:'ijlI| ]/.test(letter) ? 0.34 : 0.64;

/** The text, or as much of its beginning as fits, with an ellipsis. */
export function fitted(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && widthOf(`${letters.join('')}…`) > width) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

/** Which labels are written below an axis: every first, second, third … one, counted from the last, that none touches the next. */
export function labelled(labels: readonly string[], bandWidth: number): (index: number) => boolean {
  const widest = Math.max(0, ...labels.map((label) => widthOf(label))) + 12;
  const every = bandWidth > 0 ? Math.max(1, Math.ceil(widest / bandWidth)) : 1;
  return (index) => (labels.length - 1 - index) % every === 0;
}
