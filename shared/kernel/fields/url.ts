import * as z from 'zod/mini';
import type { Field, FieldFlags, FieldKind } from '../field.ts';
import type { Label } from '../types.ts';

/** A web address, http or https only: `javascript:` and `data:` links are how stored scripts reach a reader. */
export interface UrlField extends Field<string> {
  readonly kind: 'url';
}

export const url = <const O extends FieldFlags>(label: Label, flags?: O) => ({ kind: 'url', label, ...flags }) as UrlField & O;

function toUrl(value: string): URL | undefined {
  const text = value.trim();
  try {
    const parsed = new URL(/^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/]+:\d+/.test(text) ? text : `https://${text}`);
    const named = parsed.hostname.includes('.') && !parsed.username && !parsed.password;
    return named && (parsed.protocol === 'https:' || parsed.protocol === 'http:') ? parsed : undefined;
  } catch {
    return undefined;
  }
}

export const urlKind: FieldKind<string, UrlField> = {
  schema: () =>
    z.string('url.expected').check(
      z.maxLength(2000, { error: 'url.invalid', abort: true }),
      z.refine((value) => toUrl(value) !== undefined, { error: 'url.invalid', abort: true }),
      z.overwrite((value) => toUrl(value)?.href ?? value),
    ),
  jsonSchema: () => ({ type: 'string', format: 'uri', maxLength: 2000 }),
  operators: ['is', 'isNot', 'contains', 'empty', 'notEmpty'],
  compare: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
  atoms: (value) => [value.toLowerCase()],
  searchTexts: (value) => [new URL(value).hostname.replace(/^www\./, '')],
  keys: (value) => [new URL(value).hostname.replace(/^www\./, '')],
  toText: (value) => value,
  fromText: (value) => value,
  sample: (_field, n) => `https://shop${n}.example.test/`,
};
