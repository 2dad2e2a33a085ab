import { plainDecimal } from './decimal.ts';
import type { Locale, Money } from './types.ts';

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

// ISO 4217 where it is not two. A table of our own, because stored amounts mean what it says: the platforms' tables differ
// from ISO (V8 gives the Iraqi dinar 0 instead of 3) and change with their versions, browser against server.
const DIGITS: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};
const DIGITS_OF = new Map(Object.entries(DIGITS).flatMap(([digits, codes]) => codes.split(' ').map((code) => [code, Number(digits)])));

/** Every currency an amount may be in, as options of a list. */
export const CURRENCY_OPTIONS = [...CURRENCIES].map((key) => ({ key, label: { en: key, zh: key } }));
export const isCurrency = (code: string): boolean => CURRENCIES.has(code);

/** Digits after the point that the currency uses by ISO 4217: JPY 0, CNY 2, KWD 3. */
export const digitsOf = (currency: string): number => DIGITS_OF.get(currency) ?? 2;

/** The amount as an exact decimal number without grouping: `-12.30`. Text arithmetic, so 2^53−1 keeps every digit. */
export function toDecimal({ minor, currency }: Money): string {
  const digits = digitsOf(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return (minor < 0 ? '-' : '') + (digits ? `${whole}.${text.slice(-digits)}` : whole);
}

/**
 * Reads `1,234.50 CNY`, `CNY 1234.5` or, with a fallback currency, `1234.5`.
 * @returns undefined when it is no amount, has more decimals than the currency, or exceeds 2^53−1 minor units
 */
export function parseAmount(text: string, fallback?: string): Money | undefined {
  const [, before, number = '', after] = /^([A-Za-z]{3})?([^A-Za-z]{1,60})([A-Za-z]{3})?$/.exec(text.trim()) ?? [];
  const currency = before && after ? undefined : ((before ?? after)?.toUpperCase() ?? fallback);
  const plain = plainDecimal(number);
  if (!currency || !isCurrency(currency) || plain === undefined) return undefined;
  const digits = digitsOf(currency);
  const [whole = '', fraction = ''] = plain.split('.');
  if (fraction.length > digits) return undefined;
  const minor = Number(whole + fraction.padEnd(digits, '0'));
  return Number.isSafeInteger(minor) ? { minor: minor + 0, currency } : undefined; // + 0 turns −0 into 0
}

/**
 * The amount as it is read, in another currency: 12.30 stays 12.30. What the other has no digits for is cut off.
 * @returns undefined when it exceeds 2^53−1 minor units there
 */
export function readAs(value: Money, currency: string): Money | undefined {
  const [whole = '', fraction = ''] = toDecimal(value).split('.');
  const kept = fraction.slice(0, digitsOf(currency));
  return parseAmount(kept ? `${whole}.${kept}` : whole, currency);
}

/** The amount for a reader: symbol, grouping and decimals of his language. */
export function formatMoney(value: Money, locale: Locale): string {
  const digits = digitsOf(value.currency);
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: value.currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(toDecimal(value) as Intl.StringNumericLiteral); // as text, for a double would round the last digits
}
