import type { Issue } from '../kernel/errors.ts';
import { cleanLine, hasRefusedCharacters, isBlankText } from '../kernel/text.ts';

/** What a file system takes, in bytes of UTF-8. */
const LONGEST_FILE_NAME = 255;

/** Separators of paths; the marks that steer direction without being overrides (a name reads the same without them). */
const PATH = /[/\\]/;
const STEERING = /[\u200e\u200f\u061c]/;
/** What runs when it is opened: such an ending before the last is there to be taken for the last. */
const RUNS = new Set([
  'exe',
  'scr',
  'bat',
  'cmd',
  'pif',
  'vbs',
  'vbe',
  'jse',
  'wsf',
  'hta',
  'lnk',
  'msi',
  'ps1',
  'jar',
  'dll',
  'cpl',
  'reg',
  'app',
]);

/** The ending that says what a file is, in small letters; empty when it has none. */
export const endingOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** A name as it is kept: one line in canonical form. */
export const cleanFileName = (name: string): string => cleanLine(name);

/** Why a file cannot be called so, given its clean name; undefined when it can. */
export function faultOfFileName(name: string): Issue['code'] | undefined {
  if (hasRefusedCharacters(name) || STEERING.test(name)) return 'text.characters';
  if (isBlankText(name)) return 'text.empty';
  if (PATH.test(name)) return 'file.name.path';
  if (bytesOf(name) > LONGEST_FILE_NAME) return 'file.name.tooLong';
  const [, ...endings] = name
    .toLowerCase()
    .split('.')
    .map((part) => part.trim());
  if (endings.slice(0, -1).some((ending) => RUNS.has(ending))) return 'file.name.disguised';
  return undefined;
}

/** Length in UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const sign of text) {
    const code = sign.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
