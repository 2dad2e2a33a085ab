import * as z from 'zod/mini';
import type { Field, FieldFlags, FieldKind } from '../field.ts';
import { byCode } from '../order.ts';
import { hasRefusedCharacters } from '../text.ts';
import type { Label } from '../types.ts';
import { askedText } from './asked.ts';

/** A web address, http or https only: `javascript:` and `data:` links are how stored scripts reach a reader. */
export interface UrlField extends Field<string> {
  readonly kind: 'url';
}

export const url = <const O extends FieldFlags>(label: Label, flags?: O) => ({ kind: 'url', label, ...flags }) as UrlField & O;

const LONGEST = 2000;

function toUrl(value: string): URL | undefined {
  const text = value.trim();
  // `URL` would mend both in silence: line ends vanish, half characters become U+FFFD.
  if (hasRefusedCharacters(text) || /\s/.test(text)) return undefined;
  try {
    const parsed = new URL(/^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/]+:\d+/.test(text) ? text : `https://${text}`);
    const named = parsed.hostname.includes('.') && !parsed.username && !parsed.password;
    // Escaping may treble the length; what is stored must itself be a value that is accepted.
    return named && parsed.href.length <= LONGEST && (parsed.protocol === 'https:' || parsed.protocol === 'http:') ? parsed : undefined;
  } catch {
    return undefined;
  }
}

export const urlKind: FieldKind<string, UrlField> = {
  schema: () =>
    z.string('url.expected').check(
      z.maxLength(LONGEST, { error: 'url.invalid', abort: true }),
      z.refine((value) => toUrl(value) !== undefined, { error: 'url.invalid', abort: true }),
      z.overwrite((value) => toUrl(value)?.href ?? value),
    ),
  jsonSchema: () => ({ type: 'string', format: 'uri', maxLength: LONGEST }),
  operators: ['is', 'isNot', 'contains', 'empty', 'notEmpty'],
  compare: byCode,
  atoms: (value) => [value.toLowerCase()],
  asked: askedText((value) => value.trim().toLowerCase()),
  searchTexts: (value) => [new URL(value).hostname.replace(/^www\./, '')],
  keys: (value) => [new URL(value).hostname.replace(/^www\./, '')],
  toText: (value) => value,
  fromText: (value) => value,
  sample: (_field, n) => `https://shop${n}.example.test/`,
};
