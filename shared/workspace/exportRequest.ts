import * as z from 'zod/mini';
import { canSeeField, type Actor } from '../kernel/access.ts';
import type { Issue } from '../kernel/errors.ts';
import { filterField } from '../kernel/filter.ts';
import { isId } from '../kernel/ids.ts';
import type { RecordDefinition } from '../kernel/record.ts';
import { parseWith, type Parsed } from '../kernel/schema.ts';
import { LOCALES, type Locale } from '../kernel/types.ts';
import { cleanFileName, faultOfFileName } from './fileName.ts';

export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A list that is to become a file. */
export interface ExportRequest {
  /** The job's; the caller's own, so that what is asked twice is done once. */
  readonly id: string;
  readonly recordType: string;
  readonly format: ExportFormat;
  /** Name of the file without its ending. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly filter?: unknown;
  /** Words that the records are found by. */
  readonly q?: string;
  /** `-amount`: by amount, the largest first. */
  readonly sort?: string;
  readonly locale: Locale;
}

const MOST_COLUMNS = 200;
const LONGEST_NAME = 150;
const LONGEST_COLUMN = 60;
const LONGEST_WORDS = 200;

const exportShape = () =>
  z.strictObject(
    {
      id: z.string('id.invalid').check(z.refine((value) => isId(value, 'job'), 'id.invalid')),
      recordType: z.string('text.expected').check(z.maxLength(LONGEST_COLUMN, 'text.tooLong')),
      format: z.enum(EXPORT_FORMATS, 'choice.unknown'),
      name: z.string('text.expected').check(
        z.maxLength(LONGEST_NAME, { error: 'text.tooLong', abort: true }),
        z.overwrite(cleanFileName),
        z.refine((name) => faultOfFileName(`${name}.csv`) === undefined, 'file.name'),
      ),
      columns: z
        .array(z.string('text.expected').check(z.maxLength(LONGEST_COLUMN, 'text.tooLong')), 'list.expected')
        .check(z.minLength(1, 'list.tooShort'), z.maxLength(MOST_COLUMNS, 'list.tooLong')),
      filter: z.optional(z.unknown()),
      q: z.optional(z.string('text.expected').check(z.maxLength(LONGEST_WORDS, 'text.tooLong'))),
      sort: z.optional(z.string('text.expected').check(z.maxLength(LONGEST_COLUMN, 'text.tooLong'))),
      locale: z.enum(LOCALES, 'choice.unknown'),
    },
    'input.object',
  );

export const parseExport = (body: unknown): Parsed<ExportRequest> =>
  parseWith(exportShape() as unknown as z.ZodMiniType<ExportRequest>, body);

/** The column and direction of a sort. */
export const sortOf = (sort: string): { readonly column: string; readonly descending: boolean } => ({
  column: sort.replace(/^-/, ''),
  descending: sort.startsWith('-'),
});

/** What this reader may not have in his file: fields that are not there, that no table can show, or that are hidden from him. */
export function columnIssues(actor: Actor, definition: RecordDefinition, { columns, sort }: ExportRequest): Issue[] {
  const isShown = (name: string): boolean => {
    const field = filterField(definition, name);
    return field !== undefined && !field.hidden && field.kind !== 'data' && canSeeField(actor, definition, name);
  };
  return [
    ...columns.flatMap((name, i) => (isShown(name) ? [] : [{ field: `columns.${i}`, code: 'field.unknown' }])),
    ...(sort === undefined || isShown(sortOf(sort).column) ? [] : [{ field: 'sort', code: 'field.unknown' }]),
  ];
}
