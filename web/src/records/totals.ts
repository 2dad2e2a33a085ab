import type { AnyRecord, RecordDefinition } from '../../../shared/kernel/record.ts';
import type { Money } from '../../../shared/kernel/types.ts';
import type { Formats } from '../kernel/formats.ts';
import { fieldOf, valueOf } from './fieldOf.ts';

/** A share of a hundred: its sum says nothing, its mean does. */
const isShare = (field: object): boolean => 'max' in field && field.max === 100;

/** What stands under a column of figures: sums, one for each currency, and the mean of shares. Empty for other columns. */
export function totalOf(
  definition: RecordDefinition,
  rows: readonly AnyRecord[],
  name: string,
  formats: Pick<Formats, 'number' | 'money' | 'list'>,
  mean: (value: string) => string,
): string {
  const field = fieldOf(definition, name);
  if (field.kind === 'money') {
    const sums = new Map<string, number>();
    for (const row of rows) {
      const value = valueOf(row, name) as Money | undefined;
      if (value) sums.set(value.currency, (sums.get(value.currency) ?? 0) + value.minor);
    }
    return [...sums].map(([currency, minor]) => formats.money({ currency, minor })).join(' · ');
  }
  if (field.kind !== 'number') return '';
  let [sum, count] = [0, 0];
  for (const row of rows) {
    const value = valueOf(row, name);
    if (typeof value !== 'number') continue;
    sum += value;
    count++;
  }
  if (!count) return '';
  return isShare(field) ? mean(formats.number(Math.round((sum / count) * 10) / 10)) : formats.number(sum);
}
