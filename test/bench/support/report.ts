/** What the programs of this folder have measured last, in `.build/bench.json`, by program. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One thing measured, beside what it should be. */
interface Figure {
  readonly figure: string;
  readonly measured: number | string;
  readonly goal: string;
  readonly verdict: '' | 'missed';
}

interface Report {
  /** ISO 8601, when it was measured. */
  readonly at: string;
  readonly figures: readonly Figure[];
}

const file = join(import.meta.dirname, '../../../.build/bench.json');

const judged = (figure: string, measured: number | string, goal: string, met: boolean): Figure => ({
  ...{ figure, measured, goal },
  verdict: met ? '' : 'missed',
});
const shown = (value: number): number => Number(value.toPrecision(3));

export const atMost = (figure: string, value: number, most: number, unit: string): Figure =>
  judged(`${figure}, ${unit}`, shown(value), `≤ ${most}`, value <= most);
export const atLeast = (figure: string, value: number, least: number, unit: string): Figure =>
  judged(`${figure}, ${unit}`, shown(value), `≥ ${least}`, value >= least);
/** Of something that is no single number. */
export const such = (figure: string, measured: string, goal: string, met: boolean): Figure => judged(figure, measured, goal, met);

export const readReports = (): Record<string, Report> =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Report>) : {};

/** Writes down what a program has measured, in the place of what it had measured before; it fails when a goal is missed. */
export function report(program: string, figures: readonly Figure[]): void {
  const reports = { ...readReports(), [program]: { at: new Date().toISOString(), figures } satisfies Report };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(reports, undefined, 2)}\n`);
  if (figures.some(({ verdict }) => verdict)) process.exitCode = 1;
}
