import { recordsToCsv, writeCsv } from '../../../shared/kernel/csv.ts';
import type { AnyRecord, RecordDefinition } from '../../../shared/kernel/record.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { saveFile } from '../ui/saveFile.ts';
import { fieldOf, labelOf, typeLabel, valueOf } from './types.ts';
import { textOf } from './values.ts';

/** The list as it stands: its rows, its columns, its words. */
export const listToCsv = (definition: RecordDefinition, rows: readonly AnyRecord[], columns: readonly string[]): string =>
  writeCsv([columns.map((name) => labelOf(definition, name)), ...rows.map((row) => columns.map((name) => cell(definition, row, name)))]);

const PLAIN = new Set(['date', 'instant', 'phone', 'phones']);

function cell(definition: RecordDefinition, row: AnyRecord, name: string): string {
  const field = fieldOf(definition, name);
  const value = valueOf(row, name);
  // Days and moments as tables sort them, numbers of phones as they are stored.
  if (!PLAIN.has(field.kind) || value === undefined) return textOf(field, value);
  return [value].flat().join(', ');
}

/** All fields of the rows, own ones included, in the form that comes back unchanged. */
export const recordsToFile = (definition: RecordDefinition, rows: readonly AnyRecord[]): string =>
  recordsToCsv(definition, rows, { locale: i18n.locale });

/** Hands a text to the user as a file `Customers 2026-11-23.csv`. */
export const download = (definition: RecordDefinition, today: string, text: string): void =>
  saveFile(`${typeLabel(definition, 'many')} ${today}.csv`, new Blob([text], { type: 'text/csv;charset=utf-8' }));
