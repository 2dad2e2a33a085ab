/** How the values of a chart are written. Values are whole numbers: pieces, days, minor units of a currency. */
export interface Measure {
  /** `in CNY`, `in days`. */
  readonly unit: string;
  /** Beside bars and along axes: `CN¥12.8K`. */
  short(value: number): string;
  /** In tooltips and tables: `CN¥12,840.00`. */
  full(value: number): string;
  /** For a file that is calculated with: `12840.00`. */
  plain(value: number): string;
}

/** What is compared: this year, the year before. */
export interface Series {
  readonly key: string;
  readonly label: string;
}

/** One place along the chart, with a value for each series; undefined where there is none (a day that is still to come). */
export interface Point {
  readonly key: string;
  readonly label: string;
  /** Along an axis, where there is little room: `Nov`. */
  readonly brief?: string;
  readonly values: readonly (number | undefined)[];
  /** More about it, in words: `3 orders`. */
  readonly note?: string;
  /** The list of the records behind it. */
  readonly href?: string | undefined;
  /** The one that matters now. */
  readonly current?: boolean;
}

/** What a chart tells, whatever it is drawn as: screen, table, file and picture are made of it. */
export interface Chart {
  readonly title: string;
  /** What its points are: `Month`, `Stage`. */
  readonly about: string;
  readonly measure: Measure;
  /** The one that is told, and the one it is compared with. */
  readonly series: readonly [Series, Series?];
  readonly points: readonly Point[];
  /** What notes are about, as the heading of their column. */
  readonly notes?: string;
}

/** Series without the ones left out. */
export const seriesOf = ({ series }: Chart): Series[] => series.filter((one) => one !== undefined);

/** The values that are there. */
export const valuesOf = ({ points }: Pick<Chart, 'points'>): number[] =>
  points.flatMap(({ values }) => values.filter((value) => value !== undefined));

export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The chart as rows and columns. @param plain  numbers as files have them, not as readers do */
export function tableOf(chart: Chart, plain = false): ChartTable {
  const write = plain ? chart.measure.plain : chart.measure.full;
  const all = seriesOf(chart);
  return {
    head: [chart.about, ...all.map(({ label }) => label), ...(chart.notes ? [chart.notes] : [])],
    rows: chart.points.map(({ label, values, note }) => [
      label,
      ...all.map((_, i) => (values[i] === undefined ? '' : write(values[i]))),
      ...(chart.notes ? [note ?? ''] : []),
    ]),
  };
}
