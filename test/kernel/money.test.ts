import { describe, expect, it } from 'vitest';
import { plainDecimal } from '../../shared/kernel/decimal.ts';
import { digitsOf, formatMoney, isCurrency, parseAmount, readAs, toDecimal } from '../../shared/kernel/money.ts';
import { hostileText } from '../support/fields.ts';
import { fc, runs } from '../support/properties.ts';

const MOST = Number.MAX_SAFE_INTEGER;

describe('an amount as text', () => {
  it.each([
    ['1234.50 CNY', 123450, 'CNY'],
    ['1,234.50 CNY', 123450, 'CNY'],
    ['1 234.50 EUR', 123450, 'EUR'],
    ['1\u202f234.50 EUR', 123450, 'EUR'],
    ['CNY 1234.5', 123450, 'CNY'],
    ['USD1,000,000', 100000000, 'USD'],
    ['-12.3 cny', -1230, 'CNY'],
    ['−12.3 CNY', -1230, 'CNY'],
    ['+5 CNY', 500, 'CNY'],
    ['-0 CNY', 0, 'CNY'],
    ['１２．５ CNY', 1250, 'CNY'],
    ['1250 JPY', 1250, 'JPY'],
    ['1.250 KWD', 1250, 'KWD'],
    ['0.001 KWD', 1, 'KWD'],
    ['90071992547409.91 CNY', MOST, 'CNY'],
    ['-90071992547409.91 CNY', -MOST, 'CNY'],
    ['9007199254740991 JPY', MOST, 'JPY'],
  ])('%s is %i %s', (text, minor, currency) => {
    const parsed = parseAmount(text);

    expect(parsed).toEqual({ minor, currency });
    expect(Object.is(parsed?.minor, -0)).toBe(false);
  });

  it.each([
    '',
    ' ',
    '12',
    'CNY',
    'CNY 12 CNY',
    '12 XYZ',
    '12 CNYX',
    '1.234 CNY',
    '12.5 JPY',
    '1.2345 KWD',
    '1,5 EUR',
    '1,23,456 CNY',
    '1234,567 CNY',
    '1,234 567 CNY',
    '1.234,50 EUR',
    '12. CNY',
    '.5 CNY',
    '--5 CNY',
    '1e3 CNY',
    'Infinity CNY',
    'NaN CNY',
    '0x10 CNY',
    '¥12',
    '12 元',
    '90071992547409.92 CNY',
    '9007199254740992 JPY',
    '1'.repeat(400),
    '12 C\u0000NY',
  ])('%s is none', (text) => {
    expect(parseAmount(text)).toBeUndefined();
  });

  it.each([
    [0, 'CNY', '0.00'],
    [5, 'CNY', '0.05'],
    [-5, 'CNY', '-0.05'],
    [5, 'KWD', '0.005'],
    [0, 'JPY', '0'],
    [-1250, 'JPY', '-1250'],
  ])('%i %s is written %s', (minor, currency, text) => {
    expect(toDecimal({ minor, currency })).toBe(text);
  });

  it('takes the fallback currency only when it names none', () => {
    expect(parseAmount('12.5', 'CNY')).toEqual({ minor: 1250, currency: 'CNY' });
    expect(parseAmount('12.5 USD', 'CNY')).toEqual({ minor: 1250, currency: 'USD' });
    expect(parseAmount('12.5 XYZ', 'CNY')).toBeUndefined();
    expect(parseAmount('12.5', 'nonsense')).toBeUndefined();
  });

  it('keeps every minor unit of every currency on its way through text', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom(...Intl.supportedValuesOf('currency')), (minor, currency) => {
        const text = toDecimal({ minor, currency });

        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(text.split('.')[1]?.length ?? 0).toBe(digitsOf(currency));
        expect(parseAmount(`${text} ${currency}`)).toEqual({ minor: minor + 0, currency });
      }),
      runs(500),
    );
  });

  it('is read without throwing, whatever it is', () => {
    fc.assert(
      fc.property(hostileText(20), (text) => void [parseAmount(text), parseAmount(text, 'CNY'), plainDecimal(text)]),
      runs(500),
    );
  });
});

describe('an amount in another currency', () => {
  it.each([
    [{ minor: 1230, currency: 'CNY' }, 'USD', 1230],
    [{ minor: 1230, currency: 'CNY' }, 'KWD', 12_300],
    [{ minor: 12_345, currency: 'KWD' }, 'CNY', 1234],
    [{ minor: -1230, currency: 'CNY' }, 'JPY', -12],
    [{ minor: 12, currency: 'JPY' }, 'CNY', 1200],
    [{ minor: Number.MAX_SAFE_INTEGER, currency: 'JPY' }, 'CNY', undefined],
  ])('%j is read the same in %s: %j', (value, currency, minor) => {
    expect(readAs(value, currency)?.minor).toBe(minor);
  });
});

describe('a currency', () => {
  it('has the digits of ISO 4217, on every platform', () => {
    const digits = Object.fromEntries(
      ['CNY', 'USD', 'EUR', 'HUF', 'TWD', 'JPY', 'KRW', 'VND', 'ISK', 'KWD', 'BHD', 'IQD', 'TND', 'CLF'].map((code) => [
        code,
        digitsOf(code),
      ]),
    );

    expect(digits).toEqual({
      CNY: 2,
      USD: 2,
      EUR: 2,
      HUF: 2,
      TWD: 2,
      JPY: 0,
      KRW: 0,
      VND: 0,
      ISK: 0,
      KWD: 3,
      BHD: 3,
      IQD: 3,
      TND: 3,
      CLF: 4,
    });
  });

  it('is known by its capital code alone', () => {
    for (const code of ['CNY', 'USD', 'JPY', 'KWD']) expect(isCurrency(code)).toBe(true);
    for (const code of ['', 'cny', 'XYZ', 'CN', 'CNYY', 'constructor', '￥']) expect(isCurrency(code)).toBe(false);
  });
});

describe('an amount for a reader', () => {
  it('shows symbol and decimals of its currency, to the last digit', () => {
    expect(formatMoney({ minor: 123450, currency: 'CNY' }, 'zh-CN')).toBe('¥1,234.50');
    expect(formatMoney({ minor: 123450, currency: 'CNY' }, 'en')).toBe('¥1,234.50');
    expect(formatMoney({ minor: -1250, currency: 'JPY' }, 'en')).toBe('-¥1,250');
    expect(formatMoney({ minor: 1250, currency: 'IQD' }, 'en')).toMatch(/1\.250$/);
    expect(formatMoney({ minor: MOST, currency: 'USD' }, 'en')).toBe('$90,071,992,547,409.91');
  });
});
