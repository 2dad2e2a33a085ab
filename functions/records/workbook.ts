import { buffer } from 'node:stream/consumers';
// Writes row by row with the platform's own deflate: the XML of a workbook never stands in memory whole.
import { writeXlsxStream } from 'hucre/xlsx';
import { localDay, localTime } from '../../shared/kernel/dates.ts';
import { digitsOf, toDecimal } from '../../shared/kernel/money.ts';
import type { Cell } from '../../shared/kernel/sheet.ts';
import { cutText } from '../../shared/kernel/text.ts';
import { wording, type Day, type Label, type Locale } from '../../shared/kernel/types.ts';

export interface Column {
  readonly title: string;
  /** Of its field. */
  readonly kind: string;
}

type Row = readonly Cell[];
type SheetValue = string | number | boolean | Date | null;

/** A column of the sheet: what it takes from a row of cells. */
interface SheetColumn {
  readonly header: string;
  readonly width: number;
  readonly numFmt?: string;
  readonly of: (row: Row) => SheetValue;
}

const WIDTHS: Readonly<Record<string, number>> = { number: 12, boolean: 10, money: 18, date: 12, instant: 17, longText: 48 };
const USUAL_WIDTH = 24;
const CURRENCY_WIDTH = 10;
const FORMATS: Readonly<Record<string, string>> = { date: 'yyyy-mm-dd', instant: 'yyyy-mm-dd hh:mm' };

/**
 * A workbook of one sheet, with a header that stays in sight. Cells have the type of their value: text is only ever text,
 * so that nothing which somebody wrote becomes a formula. Rows beyond the 1,048,576 of a sheet go on in a next one.
 * @param name  of the sheet, as far as spreadsheets allow it
 * @param zone  of its reader: moments are written as his wall has them, since a cell knows no zones
 */
export function workbook(name: string, columns: readonly Column[], rows: readonly Row[], locale: Locale, zone: string): Promise<Buffer> {
  const sheet = columns.flatMap((column, i) =>
    column.kind === 'money' ? moneyColumns(column, i, rows, locale) : [usual(column, i, zone)],
  );
  function* values(): Generator<SheetValue[]> {
    for (const row of rows) yield sheet.map((column) => column.of(row));
  }
  return buffer(writeXlsxStream(values(), { name: sheetName(name), columns: sheet, freezePane: { rows: 1 } }));
}

function usual({ title, kind }: Column, i: number, zone: string): SheetColumn {
  const numFmt = FORMATS[kind];
  const width = Math.max(WIDTHS[kind] ?? USUAL_WIDTH, Math.min(title.length * 2, USUAL_WIDTH));
  return { header: plain(title), width, ...(numFmt ? { numFmt } : {}), of: (row) => valueOf(row[i] ?? null, zone) };
}

const CURRENCY_OF = (title: string): Label => ({ en: `${title}: currency`, zh: `${title}的币种` });

/** Amounts of one currency show it in their format. Of several it stands in a column of its own, lest they be summed up blindly. */
function moneyColumns({ title }: Column, i: number, rows: readonly Row[], locale: Locale): SheetColumn[] {
  const moneyIn = (row: Row) => {
    const cell = row[i];
    return cell && typeof cell === 'object' && 'minor' in cell ? cell : undefined;
  };
  const currencies = [...new Set(rows.map((row) => moneyIn(row)?.currency))].filter((code) => code !== undefined);
  const digits = Math.max(0, ...currencies.map(digitsOf));
  const number = `#,##0${digits ? `.${'0'.repeat(digits)}` : ''}`;
  const amount = {
    ...{ header: plain(title), width: WIDTHS['money']! },
    of: (row: Row) => {
      const money = moneyIn(row);
      return money ? Number(toDecimal(money)) : null;
    },
  };
  if (currencies.length === 1) return [{ ...amount, numFmt: `${number} "${currencies[0]}"` }];
  const currency = {
    header: plain(wording(CURRENCY_OF(title), locale)),
    width: CURRENCY_WIDTH,
    of: (row: Row) => moneyIn(row)?.currency ?? null,
  };
  return currencies.length ? [{ ...amount, numFmt: number }, currency] : [amount];
}

function valueOf(cell: Cell, zone: string): SheetValue {
  if (cell === null || cell === '') return null;
  if (typeof cell === 'string') return plain(cell);
  if (typeof cell !== 'object') return cell;
  if ('minor' in cell) return toDecimal(cell);
  if ('day' in cell) return wallDate(cell.day, '00:00') ?? cell.day;
  const day = localDay(cell.at, zone);
  return wallDate(day, localTime(cell.at, zone)) ?? day;
}

/** Before it, spreadsheets count a 29 February 1900 that never was; such days stay text. */
const FIRST_SAFE_DAY = '1900-03-01';
const wallDate = (day: Day, time: string): Date | undefined => (day < FIRST_SAFE_DAY ? undefined : new Date(`${day}T${time}:00Z`));

/** What a cell takes. */
const LONGEST_TEXT = 32_767;

/** XML has no place for most controls and for halves of signs; `_x0041_` would be read as the sign of that number. */
const plain = (text: string): string =>
  cutText(text.replace(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ''), LONGEST_TEXT).replace(
    /_(?=x[\dA-Fa-f]{4}_)/g,
    '_x005F_',
  );

const LONGEST_SHEET_NAME = 31;

/** Spreadsheets refuse some signs, marks at the ends, and a name that they keep to themselves. */
function sheetName(name: string): string {
  const allowed = plain(name).replace(/[[\]:*?/\\\s]+/g, ' ');
  const short = cutText(allowed.replace(/^['\s]+/, ''), LONGEST_SHEET_NAME).replace(/['\s]+$/, '');
  return short === '' || /^history$/i.test(short) ? 'Sheet1' : short;
}
