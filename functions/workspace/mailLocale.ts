import type { Values } from '../../shared/kernel/record.ts';
import { LOCALES, type Locale } from '../../shared/kernel/types.ts';

const isLocale = (value: unknown): value is Locale => (LOCALES as readonly unknown[]).includes(value);

/** The language of a mail: the reader's own, else what his browser speaks, else English. */
export function localeOf(member: Values | undefined, request?: { readonly headers: Readonly<Record<string, string>> }): Locale {
  const own = member?.['language'];
  if (isLocale(own)) return own;
  return /^zh\b/i.test(request?.headers['accept-language'] ?? '') ? 'zh-CN' : 'en';
}
