import type { TextContext } from './field.ts';
import { kindOf } from './fields/index.ts';
import { type AnyRecord, ownField, type RecordDefinition, type Values } from './record.ts';
import { foldText } from './text.ts';
import { wording } from './types.ts';

// A spreadsheet runs a cell that starts so as a formula, also behind spaces, controls and other characters without ink, and
// in full width. Apostrophes before it are our own guard, or a text that looks like one and is guarded like the rest.
const FORMULA = /^'*[\s\p{C}\p{Z}]*[=+\-@\t\r\n＝＋－＠]/u;
const PLAIN_NUMBER = /^-?\d{1,15}(?:\.\d+)?$/;
const GUARD = "'";

const guarded = (cell: string): string => (FORMULA.test(cell) && !PLAIN_NUMBER.test(cell) ? GUARD + cell : cell);
const unguarded = (cell: string): string => (cell.startsWith(GUARD) && FORMULA.test(cell) ? cell.slice(1) : cell);

const SEPARATORS = [',', ';', '\t'] as const;
// Other separators are quoted too: a reader that counts them must not take one inside a cell for its own.
const quoted = (cell: string): string => (/[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Rows as RFC 4180 csv with CRLF and a BOM, without which Excel reads UTF-8 as the local code page. Cells that a spreadsheet would run are guarded. */
export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map((row) => `${row.map((cell) => quoted(guarded(cell))).join(',')}\r\n`).join('')}`;

/**
 * Reads csv: quotes, doubled quotes, line ends within quotes, `,` `;` or tab as separator (the one the first line holds most).
 * @returns rows of cells; guards that `writeCsv` set are taken off again. Undefined when a quote is never closed.
 */
export function readCsv(source: string): string[][] | undefined {
  const text = source.startsWith('\ufeff') ? source.slice(1) : source;
  const separator = separatorOf(text);
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
    const stop = nextStop(text, at, separator);
    row.push(unguarded(cell + text.slice(at, stop)));
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

/** The separator that the first line holds most of, outside of quotes. */
function separatorOf(text: string): string {
  const counts = new Map<string, number>(SEPARATORS.map((separator) => [separator, 0]));
  let isQuoted = false;
  for (let at = 0; at < text.length && (isQuoted || (text[at] !== '\n' && text[at] !== '\r')); at++) {
    if (text[at] === '"') isQuoted = !isQuoted;
    else if (!isQuoted && counts.has(text[at]!)) counts.set(text[at]!, counts.get(text[at]!)! + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]![0];
}

const isColumn = (definition: RecordDefinition, name: string): boolean => definition.fields[name]!.kind !== 'data';
const columnsOf = (definition: RecordDefinition): string[] => [
  'id',
  ...Object.keys(definition.fields).filter((name) => isColumn(definition, name)),
  'ownerId',
];

/** Finds the column of a title: by its exact name, else by name or label (either language) in any case and width of letters. */
function columnFinder(definition: RecordDefinition): (title: string) => string | undefined {
  const byTitle = new Map<string, string>();
  const add = (title: string, name: string) => void (byTitle.has(foldText(title)) || byTitle.set(foldText(title), name));
  const columns = columnsOf(definition);
  for (const name of columns) add(name, name);
  for (const name of columns) for (const label of Object.values(ownField(definition, name)?.label ?? {})) add(label, name);
  const names = new Set(columns);
  return (title) => (names.has(title.trim()) ? title.trim() : byTitle.get(foldText(title)));
}

/** Records as csv: a header of labels, one line a record, the columns chosen or all of them. */
export function recordsToCsv(
  definition: RecordDefinition,
  records: readonly AnyRecord[],
  context: TextContext,
  columns = columnsOf(definition),
): string {
  const cell = (record: AnyRecord, name: string): string => {
    const isDerived = !Object.hasOwn(definition.fields, name) && Object.hasOwn(definition.derived, name);
    const holder: Values = isDerived ? (record.derived ?? {}) : record;
    const value = Object.hasOwn(holder, name) ? holder[name] : undefined;
    const field = ownField(definition, name);
    return value === undefined || value === null ? '' : field ? kindOf(field).toText(value, field, context) : String(value);
  };
  const find = columnFinder(definition);
  const header = columns.map((name) => {
    const field = ownField(definition, name);
    const label = field ? wording(field.label, context.locale) : '';
    // A label that would be read back as another column gives way to the name, which is unmistakable.
    return label && (find(label) ?? name) === name ? label : name;
  });
  return writeCsv([header, ...records.map((record) => columns.map((name) => cell(record, name)))]);
}

/** What a csv file asks for, and what of it was not taken, so that nothing is lost in silence. */
export interface CsvInputs {
  /** One body for create or change per line after the header, in the order of the file. */
  readonly inputs: Values[];
  /** Titles of columns that the type does not have. */
  readonly unknown: string[];
  /** Titles of columns that the product writes itself; our own exports carry them. */
  readonly readOnly: string[];
  /** Titles of columns whose field an earlier column has already given. */
  readonly repeated: string[];
  /** Indexes of inputs whose line has more cells than the header. */
  readonly ragged: number[];
}

/** Rows of a csv as bodies for create or change; columns are found by name or by label in either language. */
export function csvToInputs(definition: RecordDefinition, rows: readonly (readonly string[])[]): CsvInputs {
  const [header = [], ...body] = rows;
  const found = header.map(columnFinder(definition));
  const isReadOnly = (name: string | undefined) => name !== undefined && ownField(definition, name)?.readOnly === true;
  const isRepeated = (name: string | undefined, i: number) => name !== undefined && found.indexOf(name) < i;
  const taken = found.map((name, i) => (isReadOnly(name) || isRepeated(name, i) ? undefined : name));
  const inputs = body.map((cells) =>
    Object.fromEntries(
      taken.flatMap((name, i) => {
        const cell = cells[i] ?? '';
        if (name === undefined || cell === '') return [];
        const field = ownField(definition, name);
        return [[name, field ? kindOf(field).fromText(cell, field) : cell]];
      }),
    ),
  );
  return {
    inputs,
    unknown: header.filter((_, i) => found[i] === undefined),
    readOnly: header.filter((_, i) => isReadOnly(found[i])),
    repeated: header.filter((_, i) => !isReadOnly(found[i]) && isRepeated(found[i], i)),
    ragged: body.flatMap((cells, i) => (cells.slice(header.length).some((cell) => cell !== '') ? [i] : [])),
  };
}
