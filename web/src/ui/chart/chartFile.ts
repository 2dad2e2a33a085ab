import { m } from '#messages';
import { writeCsv } from '../../../../shared/kernel/csv.ts';
import { clock } from '../../kernel/clock.svelte.ts';
import { i18n } from '../../kernel/i18n.svelte.ts';
import { saveFile } from '../saveFile.ts';
import { seriesOf, tableOf, type Chart } from './chart.ts';

/** Rows as sheets calculate with them; the unit stands in the headings, for it is beside no number. */
function rowsOf(chart: Chart): (readonly string[])[] {
  const { head, rows } = tableOf(chart, true);
  const numbers = seriesOf(chart).length;
  const named = head.map((title, i) => (i > 0 && i <= numbers ? m.ui_chart_heading({ series: title, unit: chart.measure.unit }) : title));
  return [named, ...rows];
}

/** To be pasted into a sheet. */
export const chartToText = (chart: Chart): string =>
  rowsOf(chart)
    .map((row) => row.map((cell) => cell.replaceAll(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n');

/** Name of a file of a chart: its title and the day. */
export const fileName = (chart: Chart, ending: string): string => `${chart.title} ${i18n.formats.today(clock.now)}.${ending}`;

/** Hands the chart to the user as csv. */
export const saveChart = (chart: Chart): void =>
  saveFile(fileName(chart, 'csv'), new Blob([writeCsv(rowsOf(chart))], { type: 'text/csv;charset=utf-8' }));
