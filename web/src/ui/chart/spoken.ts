import { m } from '#messages';
import { seriesOf, type Chart, type Point } from './chart.ts';

/** What a point says of itself: `November 2026: this year CN¥12,840.00, the year before CN¥9,000.00, 3 orders`. */
export function spoken(chart: Chart, { label, values, note }: Point): string {
  const all = seriesOf(chart);
  const parts = all.flatMap((series, i) => {
    if (values[i] === undefined) return [];
    const value = chart.measure.full(values[i]);
    return [all.length > 1 ? m.ui_chart_of({ series: series.label, value }) : value];
  });
  return m.ui_chart_said({ label, values: [...parts, ...(note ? [note] : [])].join(m.ui_chart_pause()) });
}
