import { localDay, localTime } from './dates.ts';
import type { Field, TextContext } from './field.ts';
import { kindOf } from './fields/index.ts';
import { digitsOf, toDecimal } from './money.ts';
import { cutText } from './text.ts';
import type { Day, Instant, Money } from './types.ts';

/** A value as a cell of a spreadsheet holds it. Text is only ever text: nothing that somebody wrote becomes a formula. */
export type Cell = null | string | number | boolean | { readonly day: Day } | { readonly at: Instant } | Money;

const REFERENCES = new Set(['ref', 'refs']);

/** A value as text, for people: references by their titles, and empty where the reader knows none. */
export function cellText(field: Field, value: unknown, context: TextContext): string {
  if (value === undefined || value === null) return '';
  if (!REFERENCES.has(field.kind)) return kindOf(field).toText(value, field, context);
  const titles = [value].flat().map((id) => context.titles?.get(String(id)) ?? '');
  return titles.filter(Boolean).join('; ');
}

/** A value with its type, so that a spreadsheet can count, sort and sum it. */
export function cellOf(field: Field, value: unknown, context: TextContext): Cell {
  if (value === undefined || value === null) return null;
  switch (field.kind) {
    case 'number':
    case 'boolean':
      return value as number | boolean;
    case 'money':
      return value as Money;
    case 'date':
      return { day: value as Day };
    case 'instant':
      return { at: value as Instant };
    default:
      return cellText(field, value, context);
  }
}

const WIDTHS: Readonly<Record<string, number>> = { number: 12, boolean: 10, money: 18, date: 12, instant: 17, longText: 48 };
const USUAL_WIDTH = 24;

/** Of a column, in characters. */
export const widthOf = ({ kind }: Field, title: string): number =>
  Math.max(WIDTHS[kind] ?? USUAL_WIDTH, Math.min(title.length * 2, USUAL_WIDTH));

export interface Column {
  readonly title: string;
  readonly width: number;
}

/** Formats of cells, by their place in the list of the file's styles; those of currencies join as they are met. */
const HEADER_STYLE = 1;
const DAY_STYLE = 2;
const INSTANT_STYLE = 3;
const FIRST_CURRENCY_STYLE = 4;
const FIRST_FORMAT = 164; // what lies below belongs to the program
export class SheetStyles {
  readonly #currencies: string[] = [];

  of(currency: string): number {
    if (!this.#currencies.includes(currency)) this.#currencies.push(currency);
    return FIRST_CURRENCY_STYLE + this.#currencies.indexOf(currency);
  }

  toXml(): string {
    const formats = ['yyyy\\-mm\\-dd', 'yyyy\\-mm\\-dd\\ hh:mm', ...this.#currencies.map(moneyFormat)];
    const xf = (format: number, font = 0): string =>
      `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`;
    return (
      `${XML}<styleSheet ${MAIN}><numFmts count="${formats.length}">` +
      formats.map((code, i) => `<numFmt numFmtId="${FIRST_FORMAT + i}" formatCode="${escaped(code)}"/>`).join('') +
      '</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
      '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
      '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>' +
      `<cellXfs count="${formats.length + 2}">${xf(0)}${xf(0, 1)}${formats.map((_, i) => xf(FIRST_FORMAT + i)).join('')}</cellXfs></styleSheet>`
    );
  }
}

const moneyFormat = (currency: string): string => {
  const digits = digitsOf(currency);
  return `#,##0${digits ? `.${'0'.repeat(digits)}` : ''}\\ "${currency}"`;
};

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The files of a workbook with one sheet, but for its rows and styles. @source ECMA-376, parts 1 and 2 */
export const WORKBOOK_FILES: readonly (readonly [path: string, xml: string])[] = [
  [
    '[Content_Types].xml',
    `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      '<Default Extension="xml" ContentType="application/xml"/>' +
      `<Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>` +
      `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`,
  ],
  [
    '_rels/.rels',
    `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    'xl/workbook.xml',
    `${XML}<workbook ${MAIN} xmlns:r="${RELATIONS}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ],
  [
    'xl/_rels/workbook.xml.rels',
    `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>` +
      `<Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
  ],
];

/**
 * The sheet's XML, piece by piece: a header that stays in sight, and a row for each record.
 * @param zone  of its reader: moments are written as his wall has them, since a cell knows no zones
 */
export function* sheetXml(
  columns: readonly Column[],
  rows: Iterable<readonly Cell[]>,
  styles: SheetStyles,
  zone: string,
): Generator<string> {
  yield `${XML}<worksheet ${MAIN}><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
  yield `<cols>${columns.map(({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join('')}</cols><sheetData>`;
  const names = columns.map((_, i) => columnName(i));
  yield `<row r="1">${columns.map(({ title }, i) => textXml(`${names[i]!}1`, title, HEADER_STYLE)).join('')}</row>`;
  let line = 2;
  for (const row of rows) {
    yield `<row r="${line}">${row.map((cell, i) => cellXml(`${names[i]!}${line}`, cell, styles, zone)).join('')}</row>`;
    line++;
  }
  yield '</sheetData></worksheet>';
}

/** `A` … `Z`, `AA` … */
const columnName = (index: number): string =>
  (index >= 26 ? columnName(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));

function cellXml(place: string, cell: Cell, styles: SheetStyles, zone: string): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'string') return textXml(place, cell);
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${place}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if ('minor' in cell) return `<c r="${place}" s="${styles.of(cell.currency)}"><v>${toDecimal(cell)}</v></c>`;
  const [day, time, style] =
    'day' in cell ? [cell.day, '00:00', DAY_STYLE] : [localDay(cell.at, zone), localTime(cell.at, zone), INSTANT_STYLE];
  const serial = serialOf(day, time);
  return serial === undefined ? textXml(place, day) : `<c r="${place}" s="${style}"><v>${serial}</v></c>`;
}

const DAY_MS = 86_400_000;
const ZERO_MS = Date.UTC(1899, 11, 30);
/** Before it, spreadsheets count a 29 February 1900 that never was. */
const FIRST_SAFE_SERIAL = 61;

/** Days since the day zero of spreadsheets; undefined before days can be told so. */
function serialOf(day: Day, time: string): number | undefined {
  const serial = (Date.parse(`${day}T${time}:00Z`) - ZERO_MS) / DAY_MS;
  return serial >= FIRST_SAFE_SERIAL ? serial : undefined;
}

/** What a cell takes. */
const LONGEST_TEXT = 32_767;
const textXml = (place: string, text: string, style = 0): string =>
  `<c r="${place}" t="inlineStr"${style ? ` s="${style}"` : ''}><is><t xml:space="preserve">${escaped(cutText(text, LONGEST_TEXT))}</t></is></c>`;

/** XML has no place for most controls and for halves of signs; `_x0041_` would be read as the sign of that number. */
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
