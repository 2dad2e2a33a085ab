import type { Locale, Money } from './types.ts';

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
const DIGITS = new Map<string, number>();

export const isCurrency = (code: string): boolean => CURRENCIES.has(code);

/** Digits after the point that the currency uses (ISO 4217, as the platform's CLDR knows it): JPY 0, CNY 2, KWD 3. */
export function digitsOf(currency: string): number {
  let digits = DIGITS.get(currency);
  if (digits === undefined) {
    digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    DIGITS.set(currency, digits);
  }
  return digits;
}

/** The amount as an exact decimal number without grouping: `-12.30`. Text arithmetic, so 2^53−1 keeps every digit. */
export function toDecimal({ minor, currency }: Money): string {
  const digits = digitsOf(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return (minor < 0 ? '-' : '') + (digits ? `${whole}.${text.slice(-digits)}` : whole);
}

const AMOUNT = /^(-?)(\d{1,16})(?:\.(\d{1,4}))?$/;

/**
 * Reads `1,234.50 CNY` or, with a fallback currency, `1234.5`.
 * @returns undefined when it is no amount, has more decimals than the currency, or exceeds 2^53−1 minor units
 */
export function parseAmount(text: string, fallback?: string): Money | undefined {
  const [, number = '', code] = /^([^A-Za-z]*?)\s*([A-Za-z]{3})?$/.exec(text.trim()) ?? [];
  const currency = code?.toUpperCase() ?? fallback;
  const match = AMOUNT.exec(number.replace(/[,\s]/g, ''));
  if (!currency || !isCurrency(currency) || !match) return undefined;
  const digits = digitsOf(currency);
  const fraction = match[3] ?? '';
  if (fraction.length > digits) return undefined;
  const minor = Number(`${match[1]}${match[2]}${fraction.padEnd(digits, '0')}`);
  return Number.isSafeInteger(minor) ? { minor: minor + 0, currency } : undefined;
}

export const formatMoney = (value: Money, locale: Locale): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency: value.currency, currencyDisplay: 'narrowSymbol' }).format(toDecimal(value) as unknown as number);
