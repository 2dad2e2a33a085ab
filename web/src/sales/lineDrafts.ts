import { plainDecimal } from '../../../shared/kernel/decimal.ts';
import { readAs } from '../../../shared/kernel/money.ts';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import type { Money } from '../../../shared/kernel/types.ts';
import type { SalesLine } from '../../../shared/sales/lines.ts';

const PLACES = 4;
const WHOLE_DIGITS = 9;
const PERCENT_PLACES = 2;

/** A line before anything is known of it. @param id  unlike those of the other lines */
export const blankLine = (id: string): SalesLine => ({ id, name: '', quantity: '1', unitPrice: 0 });

/** `1,250.50` or `-2` as a line keeps a quantity; undefined when it is none, or finer than four decimals. */
export function readQuantity(text: string): string | undefined {
  const plain = plainDecimal(text);
  if (plain === undefined) return undefined;
  const [whole = '', fraction = ''] = plain.replace('-', '').split('.');
  const digits = whole.replace(/^0+(?=\d)/, '');
  if (digits.length > WHOLE_DIGITS || fraction.length > PLACES) return undefined;
  const sign = plain.startsWith('-') ? '-' : '';
  return `${sign}${digits}${fraction ? `.${fraction}` : ''}`;
}

/** `7.5` as hundredths of a percent; undefined when it is none from 0 to 100. */
export function readPercent(text: string): number | undefined {
  const plain = plainDecimal(text.replace(/[%％]$/, ''));
  if (plain === undefined || (plain.split('.')[1] ?? '').length > PERCENT_PLACES) return undefined;
  const hundredths = Math.round(Number(plain) * 100);
  return hundredths >= 0 && hundredths <= 10_000 ? hundredths : undefined;
}

/** A share in whole percent; undefined when it is none from 0 to 100. */
export function readShare(text: string): number | undefined {
  const hundredths = readPercent(text);
  return hundredths !== undefined && hundredths % 100 === 0 ? hundredths / 100 : undefined;
}

/** Hundredths of a percent as people write them: 750 → `7.5`; nothing for none. */
export const percentText = (hundredths: number | undefined): string => (hundredths ? String(hundredths / 100) : '');

/** What the line takes from a product: name, unit, and the price where it is in the record's currency. */
export function withProduct(line: SalesLine, product: AnyRecord, currency: string): SalesLine {
  const { unit: _unit, ...kept } = line;
  const price = product['price'] as Money | undefined;
  const unit = product['unit'] as string | undefined;
  return {
    ...kept,
    productId: product.id,
    name: String(product['name']),
    ...(unit ? { unit } : {}),
    unitPrice: price?.currency === currency ? price.minor : 0,
  };
}

/** The line as free text: what a product gave it stays, the product goes. */
export function withText(line: SalesLine, name: string): SalesLine {
  const { productId: _product, ...kept } = line;
  return { ...kept, name };
}

/** The same prices as they are read, in another currency: 12.30 stays 12.30, and becomes 12 where there are no cents. */
export const inCurrency = (lines: readonly SalesLine[], from: string, to: string): SalesLine[] =>
  lines.map((line) => ({ ...line, unitPrice: readAs({ minor: line.unitPrice, currency: from }, to)?.minor ?? 0 }));

/** An id that no line has: `l1`, `l2` … */
export function freeLineId(lines: readonly Pick<SalesLine, 'id'>[]): string {
  for (let i = lines.length + 1; ; i++) if (!lines.some(({ id }) => id === `l${i}`)) return `l${i}`;
}
