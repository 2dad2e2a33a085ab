import type { Issue } from '../../../../shared/kernel/errors.ts';
import type { Field } from '../../../../shared/kernel/field.ts';
import { kindOf, type Option } from '../../../../shared/kernel/fields/index.ts';
import { sameValue } from '../../../../shared/kernel/diff.ts';
import { parseAmount } from '../../../../shared/kernel/money.ts';
import type { AnyRecord, RecordDefinition, Values } from '../../../../shared/kernel/record.ts';
import { parsePatch } from '../../../../shared/kernel/schema.ts';
import { foldText } from '../../../../shared/kernel/text.ts';
import type { Money } from '../../../../shared/kernel/types.ts';
import { fieldOf, valueOf } from '../fieldOf.ts';

/** What a block of cells pasted on a list would do. */
export interface Pasting {
  readonly changes: readonly { readonly record: AnyRecord; readonly values: Values }[];
  readonly refused: readonly Refused[];
  /** Cells that say what stands there already. */
  readonly same: number;
  /** Cells beyond the last row or column of the list. */
  readonly outside: number;
}
export interface Refused {
  readonly record: AnyRecord;
  readonly name: string;
  readonly text: string;
  readonly issue: Pick<Issue, 'code' | 'params'>;
}

export interface PasteWorld {
  readonly mayWrite: (name: string, record: AnyRecord) => boolean;
  /** Ids of the records of a type that bear that name. */
  readonly named: (type: string, name: string) => readonly string[];
  readonly currency: string;
}

export const MOST_CELLS = 5_000;
/** The reader may not write there; there is nothing of that name. */
export const CLOSED = 'paste.closed';
export const UNKNOWN = 'paste.unknown';

/**
 * Cells as spreadsheets put them on the clipboard: tabs between columns, and quotes around what holds a line end.
 * The line end after the last row is none of its own.
 */
export function readCells(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  for (;;) {
    let cell = '';
    const closed = text[at] === '"' ? closingQuote(text, at) : -1;
    if (closed > 0) {
      cell = text.slice(at + 1, closed).replaceAll('""', '"');
      at = closed + 1;
    } else {
      const from = at;
      while (at < text.length && text[at] !== '\t' && text[at] !== '\n' && text[at] !== '\r') at++;
      cell = text.slice(from, at);
    }
    rows.at(-1)!.push(cell);
    if (text[at] === '\t') {
      at++;
      continue;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at++;
    at++;
    if (at >= text.length) return rows;
    rows.push([]);
  }
}

/** Where a quoted cell ends, if it is one: a quote alone, before a tab, a line end or the end. Else -1. */
function closingQuote(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] !== '"') continue;
    if (text[at + 1] === '"') at++;
    else return [undefined, '\t', '\n', '\r'].includes(text[at + 1]) ? at : -1;
  }
  return -1;
}

/**
 * Lays a block over the list, its first cell on the first row and column. One cell alone fills nothing but its place.
 * @param names  fields of the columns from the first cell on
 */
export function planPaste(
  definition: RecordDefinition,
  records: readonly AnyRecord[],
  names: readonly string[],
  block: readonly (readonly string[])[],
  world: PasteWorld,
): Pasting {
  const changes: { record: AnyRecord; values: Values }[] = [];
  const refused: Refused[] = [];
  let [same, outside] = [0, 0];
  block.forEach((cells, i) => {
    const record = records[i];
    if (!record) return void (outside += cells.length);
    const values: Values = {};
    cells.forEach((text, j) => {
      const name = names[j];
      if (name === undefined) return void outside++;
      const read = readCell(definition, record, name, text, world);
      if ('issue' in read) refused.push({ record, name, text, issue: read.issue });
      else if (sameValue(read.value ?? undefined, valueOf(record, name))) same++;
      else values[name] = read.value;
    });
    if (Object.keys(values).length) changes.push({ record, values });
  });
  return { changes, refused, same, outside };
}

type Read = { readonly value: unknown } | { readonly issue: Pick<Issue, 'code' | 'params'> };

function readCell(definition: RecordDefinition, record: AnyRecord, name: string, text: string, world: PasteWorld): Read {
  if (!world.mayWrite(name, record)) return { issue: { code: CLOSED } };
  const field = fieldOf(definition, name);
  const value = text.trim() === '' ? null : valueOfText(field, text, valueOf(record, name), world);
  if (value === undefined) return { issue: { code: UNKNOWN } };
  const parsed = parsePatch(definition, { [name]: value });
  if (!parsed.ok) return { issue: parsed.issues[0] ?? { code: UNKNOWN } };
  return { value: (parsed.value as Values)[name] ?? null };
}

/** A value as a reader writes it; undefined when there is none of that name. */
function valueOfText(field: Field, text: string, before: unknown, world: PasteWorld): unknown {
  const options = 'options' in field ? (field.options as readonly Option[]) : [];
  const keyOf = (word: string): string | undefined =>
    options.find(({ key, label }) => [key, label.en, label.zh].some((each) => foldText(each) === foldText(word)))?.key;
  switch (field.kind) {
    case 'choice':
      return keyOf(text);
    case 'choices':
      return allOf(wordsOf(text).map(keyOf));
    case 'ref':
      return idOf(field, text, world);
    case 'refs':
      return allOf(wordsOf(text).map((word) => idOf(field, word, world)));
    case 'money':
      return parseAmount(text, (before as Money | undefined)?.currency ?? world.currency);
    case 'number':
      return kindOf(field).fromText(text.replace(/[,\s]/g, ''), field);
    default:
      return kindOf(field).fromText(text, field);
  }
}

const wordsOf = (text: string): string[] =>
  text
    .split(/[;；,，、]/)
    .map((word) => word.trim())
    .filter(Boolean);
const allOf = (values: (string | undefined)[]): string[] | undefined => (values.every((value) => value !== undefined) ? values : undefined);

/** The one record of that name; two of it are no answer. */
function idOf(field: Field, text: string, { named }: PasteWorld): string | undefined {
  const ids = named('to' in field ? String(field.to) : '', text.trim());
  return ids.length === 1 ? ids[0] : undefined;
}
