import type { Locale } from '../../../../shared/kernel/types.ts';
import type { Option } from '../../ui/options.ts';

/** Offered before a letter is typed; the others are found by name or code. */
const USUAL = ['CNY', 'USD', 'EUR', 'GBP', 'HKD', 'JPY', 'SGD', 'TWD', 'AUD', 'CAD', 'CHF', 'KRW'];
const MOST = 40;

/** `Chinese Yuan · CNY` */
export function currencyLabel(code: string, locale: Locale): string {
  try {
    return `${new Intl.DisplayNames(locale, { type: 'currency' }).of(code)} · ${code}`;
  } catch {
    return code; // not three letters
  }
}

/** Currencies whose name or code holds the text, usual ones first. */
export function findCurrencies(text: string, locale: Locale): Option[] {
  const wanted = text.trim().toLocaleLowerCase();
  const names = new Intl.DisplayNames(locale, { type: 'currency' });
  const all = [...new Set([...USUAL, ...Intl.supportedValuesOf('currency')])];
  return all
    .map((value) => ({ value, label: names.of(value) ?? value, detail: value }))
    .filter(({ label, detail }) => `${label} ${detail}`.toLocaleLowerCase().includes(wanted))
    .slice(0, wanted ? MOST : USUAL.length);
}
