import type { ChurnWarning } from '../../../../shared/insight/churnWarning.ts';
import { digitsOf } from '../../../../shared/kernel/money.ts';
import { byCode } from '../../../../shared/kernel/order.ts';
import type { Money } from '../../../../shared/kernel/types.ts';

const size = (value: Money | undefined): number => (value ? value.minor / 10 ** digitsOf(value.currency) : -1);

/** By value at risk; amounts of several currencies by their numbers alone, since there is no rate to compare them by. */
export const dearestFirst = (warnings: readonly ChurnWarning[]): ChurnWarning[] =>
  [...warnings].sort((a, b) => size(b.valueAtRisk) - size(a.valueAtRisk) || byCode(a.lastOrderOn ?? '', b.lastOrderOn ?? ''));

/** What is at risk together, per currency, in the order of the codes. */
export function sumsOf(warnings: readonly ChurnWarning[]): Money[] {
  const sums = new Map<string, number>();
  for (const { valueAtRisk } of warnings)
    if (valueAtRisk) sums.set(valueAtRisk.currency, (sums.get(valueAtRisk.currency) ?? 0) + valueAtRisk.minor);
  return [...sums].map(([currency, minor]) => ({ currency, minor })).sort((a, b) => byCode(a.currency, b.currency));
}
