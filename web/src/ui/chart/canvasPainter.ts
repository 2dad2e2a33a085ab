import { TEXT_PX, type Paint, type Shape, type Spot } from './scene.ts';

export type Colours = Readonly<Record<Paint | 'raised', string>>;

const PAINTS: readonly (keyof Colours)[] = ['c1', 'c2', 'ink', 'muted', 'line', 'field-line', 'sunken', 'raised'];

/** The tokens as the light theme has them: a picture is pasted on white, whatever the screen looks like. */
export function paperColours(): Colours {
  const paper = document.createElement('div');
  paper.dataset['theme'] = 'light';
  paper.hidden = true;
  document.body.append(paper);
  const style = getComputedStyle(paper);
  const colours = Object.fromEntries(PAINTS.map((paint) => [paint, style.getPropertyValue(`--${paint}`).trim()]));
  paper.remove();
  return colours as Colours;
}

/** Draws the shapes of a chart upon a canvas. */
export class CanvasPainter {
  readonly #to: CanvasRenderingContext2D;
  readonly #colours: Colours;
  readonly #font: string;

  constructor(to: CanvasRenderingContext2D, colours: Colours, font: string) {
    this.#to = to;
    this.#colours = colours;
    this.#font = font;
  }

  sheet(width: number, height: number): void {
    this.#to.fillStyle = this.#colours.raised;
    this.#to.fillRect(0, 0, width, height);
  }

  text({ at: [x, y], text, fill, anchor, strong = false }: Omit<Extract<Shape, { kind: 'text' }>, 'kind'>, px = TEXT_PX): void {
    this.#to.font = `${strong ? 600 : 400} ${px}px ${this.#font}`;
    this.#to.textAlign = anchor === 'middle' ? 'center' : anchor;
    this.#to.fillStyle = this.#colours[fill];
    this.#to.fillText(text, x, y);
  }

  draw(shape: Shape): void {
    const to = this.#to;
    switch (shape.kind) {
      case 'rect':
        if (shape.striped) return this.#striped(shape);
        to.fillStyle = this.#colours[shape.fill];
        return to.fillRect(shape.x, shape.y, shape.width, shape.height);
      case 'line':
        this.#along(shape.points);
        to.strokeStyle = this.#colours[shape.stroke];
        to.lineWidth = shape.width;
        to.setLineDash(shape.dashed ? [5, 4] : []);
        return to.stroke();
      case 'area':
        this.#along(shape.points);
        to.globalAlpha = 0.35;
        to.fillStyle = this.#colours[shape.fill];
        to.fill();
        to.globalAlpha = 1;
        return;
      case 'dot':
        to.beginPath();
        to.arc(...shape.at, 3.5, 0, 2 * Math.PI);
        to.fillStyle = this.#colours[shape.fill];
        return to.fill();
      case 'text':
        return this.text(shape);
      default:
        return shape satisfies never;
    }
  }

  #along(points: readonly Spot[]): void {
    this.#to.beginPath();
    points.forEach(([x, y], i) => (i ? this.#to.lineTo(x, y) : this.#to.moveTo(x, y)));
  }

  /** The stripes of the screen, line by line within the bar. */
  #striped({ x, y, width, height }: Extract<Shape, { kind: 'rect' }>): void {
    const to = this.#to;
    to.save();
    to.beginPath();
    to.rect(x, y, width, height);
    to.clip();
    to.setLineDash([]);
    to.strokeStyle = this.#colours.c1;
    to.globalAlpha = 0.55;
    to.lineWidth = 2;
    for (let at = x - height; at < x + width; at += 7) {
      to.beginPath();
      to.moveTo(at, y + height);
      to.lineTo(at + height, y);
      to.stroke();
    }
    to.restore();
    to.strokeStyle = this.#colours.c1;
    to.lineWidth = 0.75;
    to.setLineDash([]);
    to.strokeRect(x, y, width, height);
  }
}
