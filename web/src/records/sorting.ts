import { kindOf } from '../../../shared/kernel/fields/index.ts';
import type { AnyRecord, RecordDefinition } from '../../../shared/kernel/record.ts';
import type { Formats } from '../kernel/formats.ts';
import type { Sort } from '../ui/table.ts';
import { fieldOf, valueOf } from './types.ts';

/** Names compare as the language has it; everything else as its kind has it. */
const BY_NAME = new Set(['text', 'longText', 'ref', 'email', 'url']);

/**
 * The rows in the order of a column; blanks last either way, equals by the newest. Each row's key is made once: a sort of
 * ten thousand compares a hundred thousand times.
 * @param nameOf  text of a reference
 */
export function sortRows(
  definition: RecordDefinition,
  rows: readonly AnyRecord[],
  { column, descending }: Sort,
  formats: Pick<Formats, 'compare'>,
  nameOf: (value: unknown) => string,
): AnyRecord[] {
  const field = fieldOf(definition, column);
  const kind = kindOf(field);
  const isName = BY_NAME.has(field.kind);
  const keyed = rows.map((row) => {
    const value = valueOf(row, column);
    return { row, key: value === undefined || value === null ? undefined : field.kind === 'ref' ? nameOf(value) || undefined : value };
  });
  const compare = isName
    ? (a: unknown, b: unknown) => formats.compare(String(a), String(b))
    : (a: unknown, b: unknown) => kind.compare(a, b, field);
  const sign = descending ? -1 : 1;
  return keyed
    .sort((a, b) => {
      if (a.key === undefined || b.key === undefined)
        return Number(a.key === undefined) - Number(b.key === undefined) || newest(a.row, b.row);
      return sign * compare(a.key, b.key) || newest(a.row, b.row);
    })
    .map(({ row }) => row);
}

const newest = (a: AnyRecord, b: AnyRecord): number =>
  a.createdAt === b.createdAt ? (a.id < b.id ? 1 : -1) : a.createdAt < b.createdAt ? 1 : -1;

export const newestFirst = (rows: readonly AnyRecord[]): AnyRecord[] => [...rows].sort(newest);

/** `-amount` in the address: by amount, the largest first. */
export const readSort = (text: string): Sort | undefined =>
  text ? { column: text.replace(/^-/, ''), descending: text.startsWith('-') } : undefined;

export const writeSort = (sort: Sort | undefined): string => (sort ? (sort.descending ? '-' : '') + sort.column : '');
