import { clock } from '../../kernel/clock.svelte.ts';
import { i18n } from '../../kernel/i18n.svelte.ts';
import { session } from '../../kernel/session.svelte.ts';
import { saveFile } from '../saveFile.ts';
import { seriesOf, type Chart } from './chart.ts';
import { fileName } from './chartFile.ts';
import { CanvasPainter, paperColours } from './canvasPainter.ts';
import { fitted, widthOf, type Drawing } from './scene.ts';

/** How a chart is drawn into a picture. */
export interface Picture {
  readonly draw: (chart: Chart, width: number, height: number) => Drawing;
  readonly lines?: boolean;
  /** Of two series the second is the one drawn full. */
  readonly parted?: boolean;
}

const WIDTH = 800;
const PLOT = 320;
const MARGIN = 24;
/** For screens and slides that show two pixels for one. */
const SCALE = 2;
const TITLE_PX = 18;
const HEAD = 64;
const FOOT = 36;

/** Hands the chart to the user as a picture of 1600 pixels' width: on paper, with title, unit, legend, company and day. */
export async function savePicture(chart: Chart, picture: Picture): Promise<void> {
  // Drawn upon a canvas and not as an svg inside an image: that would know neither the page's fonts nor its colours.
  await document.fonts.ready;
  const room = WIDTH - 2 * MARGIN;
  const drawing = picture.draw(chart, room, PLOT);
  const height = HEAD + drawing.height + FOOT + MARGIN;
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH * SCALE;
  canvas.height = height * SCALE;
  const context = canvas.getContext('2d')!;
  context.scale(SCALE, SCALE);
  const painter = new CanvasPainter(context, paperColours(), getComputedStyle(document.body).fontFamily);
  painter.sheet(WIDTH, height);
  context.translate(MARGIN, MARGIN);
  painter.text(
    { at: [0, TITLE_PX], text: fitted(chart.title, (room * 12) / TITLE_PX), fill: 'ink', anchor: 'start', strong: true },
    TITLE_PX,
  );
  painter.text({ at: [0, TITLE_PX + 22], text: chart.measure.unit, fill: 'muted', anchor: 'start' });
  legend(chart, picture, painter, widthOf(chart.measure.unit) + 20, TITLE_PX + 22);
  context.translate(0, HEAD);
  for (const shape of drawing.shapes) painter.draw(shape);
  const foot = drawing.height + FOOT - 8;
  painter.text({ at: [0, foot], text: fitted(session.data?.workspace.name ?? '', room * 0.7), fill: 'muted', anchor: 'start' });
  painter.text({ at: [room, foot], text: i18n.formats.day(i18n.formats.today(clock.now)), fill: 'muted', anchor: 'end' });
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('the browser made no picture of the chart');
  saveFile(fileName(chart, 'png'), blob);
}

function legend(chart: Chart, { lines = false, parted = false }: Picture, painter: CanvasPainter, from: number, y: number): void {
  const all = seriesOf(chart);
  if (all.length < 2) return;
  let x = from;
  all.forEach(({ label }, i) => {
    const second = i > 0 !== parted;
    if (lines)
      painter.draw({
        ...{ kind: 'line', stroke: second ? 'muted' : 'c1', width: 2, dashed: second },
        points: [
          [x, y - 4],
          [x + 14, y - 4],
        ],
      });
    else painter.draw({ kind: 'rect', x, y: y - 10, width: 12, height: 12, fill: second ? 'c2' : 'c1', striped: second });
    painter.text({ at: [x + 20, y], text: label, fill: 'muted', anchor: 'start' });
    x += widthOf(label) + 40;
  });
}
