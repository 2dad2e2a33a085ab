import type { Issue } from '../kernel/errors.ts';
import type { Parsed } from '../kernel/schema.ts';
import type { SalesLine } from './lines.ts';

/** Sums of lines in minor units of their record's currency; `total` is what the customer pays. */
export interface LineTotals {
  readonly net: number;
  readonly tax: number;
  readonly total: number;
}

/** What stands of a line in arithmetic: the rest names it. */
export type Counted = Pick<SalesLine, 'quantity' | 'unitPrice' | 'discount' | 'tax'>;

const PLACES = 4;
const WHOLE = 10_000n; // of a quantity's last place, and of a percentage's

/** `-2.5` → -25000: a quantity in its fourth place, exact where a double would not be. */
function scaled(quantity: string): bigint {
  const [whole = '', fraction = ''] = quantity.split('.');
  return BigInt(whole + fraction.padEnd(PLACES, '0'));
}

/** The nearest whole number; a half goes away from zero, so that a return costs exactly what the sale brought. */
function rounded(numerator: bigint, denominator: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator;
  const nearest = (2n * size + denominator) / (2n * denominator);
  return numerator < 0n ? -nearest : nearest;
}

/**
 * What one line costs, in minor units: quantity × price less discount, rounded once, and the tax on that.
 * Each line is rounded by itself, so that the lines a customer reads add up to the sum he reads.
 */
export function computeLine({ quantity, unitPrice, discount = 0, tax = 0 }: Counted): { readonly net: bigint; readonly tax: bigint } {
  const net = rounded(scaled(quantity) * BigInt(unitPrice) * (WHOLE - BigInt(discount)), WHOLE * WHOLE);
  return { net, tax: rounded(net * BigInt(tax), WHOLE) };
}

const MOST = BigInt(Number.MAX_SAFE_INTEGER);
const isSafe = (amount: bigint): boolean => amount <= MOST && amount >= -MOST;

/** Exact sums of all lines. @returns issues under `lines` where a line or a sum exceeds 2^53−1 minor units */
export function totalLines(lines: readonly Counted[]): Parsed<LineTotals> {
  const amounts = lines.map(computeLine);
  const large = amounts.flatMap(({ net, tax }, i) => (isSafe(net) && isSafe(tax) && isSafe(net + tax) ? [] : [`lines.${i}`]));
  const net = amounts.reduce((sum, each) => sum + each.net, 0n);
  const tax = amounts.reduce((sum, each) => sum + each.tax, 0n);
  const paths = large.length > 0 || [net, tax, net + tax].every(isSafe) ? large : ['lines'];
  return paths.length
    ? { ok: false, issues: paths.map((field) => ({ field, code: 'money.tooLarge' })) }
    : { ok: true, value: { net: Number(net), tax: Number(tax), total: Number(net + tax) } };
}

/** What single lines cannot see: ids given twice, and amounts beyond what is exact. */
export function lineIssues(lines: readonly SalesLine[]): readonly Issue[] {
  const twice = lines.flatMap(({ id }, i) => (lines.findIndex((line) => line.id === id) < i ? [`lines.${i}.id`] : []));
  const totals = totalLines(lines);
  return [...twice.map((field) => ({ field, code: 'line.idTaken' })), ...(totals.ok ? [] : totals.issues)];
}
