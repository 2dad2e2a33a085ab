import * as z from 'zod/mini';
import { isId } from '../kernel/ids.ts';
import { parseWith, type Parsed } from '../kernel/schema.ts';
import type { Instant } from '../kernel/types.ts';
import { isKnownFile } from './fileContents.ts';
import { cleanFileName, faultOfFileName } from './fileName.ts';

export const LARGEST_FILE_BYTES = 25 * 1024 * 1024;
export const FILE_PREFIX = 'fil';
/** Codes of timeline rows: somebody put a file there, or took it away. */
export const FILE_ADDED = 'file.added';
export const FILE_REMOVED = 'file.removed';

/** A file that stands beside a record. */
export interface RecordFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  /** Who put it there, and when. */
  readonly by: string;
  readonly at: Instant;
}

export interface FileInput {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  /** Of all its bytes, in hex: what arrives under this name is this file and no other. */
  readonly sha256: string;
}

/** Why a name is not taken. @returns undefined when it is */
export const faultOfName = (name: string): string | undefined => faultOfFileName(name) ?? (isKnownFile(name) ? undefined : 'file.kind');

const LONGEST_SAID = 1_000;

/** Body that announces a file; its id is the caller's own, so that the file announced twice is one. */
export const fileShape = () =>
  z.strictObject(
    {
      id: z.string('id.invalid').check(z.refine((value) => isId(value, FILE_PREFIX), 'id.invalid')),
      name: z.string('text.expected').check(
        z.refine((value) => value.length <= LONGEST_SAID, { error: 'file.name.tooLong', abort: true }),
        z.overwrite(cleanFileName),
        z.check<string>((context) => {
          const fault = faultOfName(context.value);
          if (fault) context.issues.push({ code: 'custom', message: fault, input: context.value });
        }),
      ),
      size: z.int('number.expected').check(z.minimum(1, 'file.empty'), z.maximum(LARGEST_FILE_BYTES, 'file.tooLarge')),
      sha256: z.string('text.expected').check(z.regex(/^[0-9a-f]{64}$/, 'file.hash')),
    },
    'input.object',
  );

export const parseFile = (body: unknown): Parsed<FileInput> => parseWith(fileShape() as z.ZodMiniType<FileInput>, body);
