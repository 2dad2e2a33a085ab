import type { TextContext } from './field.ts';
import { kindOf } from './fields/index.ts';
import type { AnyRecord, RecordDefinition, Values } from './record.ts';
import { wording } from './types.ts';

// A spreadsheet runs a cell that starts so as a formula, also behind spaces, controls, BOM or NBSP, and in full width.
// eslint-disable-next-line no-control-regex
const FORMULA = /^[\s\u0000-\u001f\u00a0\ufeff]*[=+\-@\t\r\n＝＋－＠]/;
const PLAIN_NUMBER = /^-?\d{1,15}(?:\.\d+)?$/;
const GUARD = "'";

const guarded = (cell: string): string => (FORMULA.test(cell) && !PLAIN_NUMBER.test(cell) ? GUARD + cell : cell);
const unguarded = (cell: string): string => (cell.startsWith(GUARD) && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell);

const quoted = (cell: string): string => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Rows as RFC 4180 csv with CRLF and a BOM, without which Excel reads UTF-8 as the local code page. Cells that a spreadsheet would run are guarded. */
export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map((row) => row.map((cell) => quoted(guarded(cell))).join(',')).join('\r\n')}\r\n`;

/**
 * Reads csv: quotes, doubled quotes, line ends within quotes, `,` `;` or tab as separator (the one the first line holds most).
 * @returns rows of cells; guards that `writeCsv` set are taken off again. Undefined when a quote is never closed.
 */
export function readCsv(source: string): string[][] | undefined {
  const text = source.startsWith('\ufeff') ? source.slice(1) : source;
  const first = text.slice(0, text.search(/\r|\n|$/));
  const separator = [',', ';', '\t'].sort((a, b) => first.split(b).length - first.split(a).length)[0]!;
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (;;) {
        const end = text.indexOf('"', at + 1);
        if (end < 0) return undefined;
        cell += text.slice(at + 1, end);
        at = end + 1;
        if (text[at] !== '"') break;
        cell += '"';
      }
    }
    const stop = /[\r\n]/.exec(text.slice(at, at + 1)) ? at : nextStop(text, at, separator);
    cell += text.slice(at, stop);
    row.push(unguarded(cell));
    at = stop;
    if (text[at] === separator) {
      at++;
      if (at === text.length) row.push('');
      continue;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at++;
    at++;
    rows.push(row);
    row = [];
  }
  if (row.length) rows.push(row);
  return rows;
}

function nextStop(text: string, from: number, separator: string): number {
  for (let at = from; at < text.length; at++) if (text[at] === separator || text[at] === '\n' || text[at] === '\r') return at;
  return text.length;
}

const columnsOf = (definition: RecordDefinition): string[] => ['id', ...Object.keys(definition.fields).filter((name) => definition.fields[name]!.kind !== 'data'), 'ownerId'];

/** Records as csv: a header of labels, one line a record, the columns chosen or all of them. */
export function recordsToCsv(definition: RecordDefinition, records: readonly AnyRecord[], context: TextContext, columns = columnsOf(definition)): string {
  const header = columns.map((name) => (definition.fields[name] ? wording(definition.fields[name].label, context.locale) : name));
  const line = (record: AnyRecord) =>
    columns.map((name) => {
      const [field, value] = [definition.fields[name], record[name]];
      return value === undefined || value === null ? '' : field ? kindOf(field).toText(value, field, context) : String(value);
    });
  return writeCsv([header, ...records.map(line)]);
}

/** Rows of a csv as bodies for create or change; columns are found by name or by label in either language. Unknown columns are named. */
export function csvToInputs(definition: RecordDefinition, rows: readonly (readonly string[])[]): { inputs: Values[]; unknown: string[] } {
  const [header = [], ...body] = rows;
  const names = header.map((title) => columnNamed(definition, title));
  const inputs = body.map((cells) =>
    Object.fromEntries(
      names.flatMap((name, i) => {
        const cell = cells[i] ?? '';
        if (name === undefined || cell === '') return [];
        const field = definition.fields[name];
        return [[name, field ? kindOf(field).fromText(cell, field) : cell]];
      }),
    ),
  );
  return { inputs, unknown: header.filter((_, i) => names[i] === undefined) };
}

function columnNamed(definition: RecordDefinition, title: string): string | undefined {
  const wanted = title.trim().toLowerCase();
  return columnsOf(definition).find((name) => {
    const label = definition.fields[name]?.label;
    return [name, label?.en, label?.zh].some((each) => each?.toLowerCase() === wanted);
  });
}
