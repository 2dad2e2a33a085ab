import * as z from 'zod/mini';
import { isId } from '../kernel/ids.ts';
import { parseWith, type Parsed } from '../kernel/schema.ts';

/** What a browser tells of a file that it makes of records it holds. */
export interface ExportNote {
  /** Its own, so that what is told twice stands in the log once. */
  readonly id: string;
  readonly recordType: string;
  /** How many records the file holds, as the browser says. */
  readonly count: number;
}

const MOST = 1_000_000;
const LONGEST_TYPE = 60;

const noteShape = () =>
  z.strictObject(
    {
      id: z.string('id.invalid').check(z.refine((value) => isId(value, 'aud'), 'id.invalid')),
      recordType: z.string('text.expected').check(z.maxLength(LONGEST_TYPE, 'text.tooLong')),
      count: z.int('number.whole').check(z.gte(0, 'number.tooSmall'), z.lte(MOST, 'number.tooLarge')),
    },
    'input.object',
  );

export const parseExportNote = (body: unknown): Parsed<ExportNote> => parseWith(noteShape(), body);
