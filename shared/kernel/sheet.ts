import type { Field, TextContext } from './field.ts';
import { kindOf } from './fields/index.ts';
import type { Day, Instant, Money } from './types.ts';

/** A value as a cell of a spreadsheet holds it. Text is only ever text: nothing that somebody wrote becomes a formula. */
export type Cell = null | string | number | boolean | { readonly day: Day } | { readonly at: Instant } | Money;

/** Whether a field tells of other records, which people know by their titles; a record's own id is told as it is. */
export const isReference = (field: Field): field is Field & { readonly to: string } =>
  (field.kind === 'ref' || field.kind === 'refs') && (field as Field & { readonly to: string }).to !== '';

/** A value as text, for people: references by their titles, and empty where the reader knows none. */
export function cellText(field: Field, value: unknown, context: TextContext): string {
  if (value === undefined || value === null) return '';
  if (!isReference(field)) return kindOf(field).toText(value, field, context);
  const titles = [value].flat().map((id) => context.titles?.get(String(id)) ?? '');
  return titles.filter(Boolean).join('; ');
}

/** A value with its type, so that a spreadsheet can count, sort and sum it. */
export function cellOf(field: Field, value: unknown, context: TextContext): Cell {
  if (value === undefined || value === null) return null;
  switch (field.kind) {
    case 'number':
    case 'boolean':
      return value as number | boolean;
    case 'money':
      return value as Money;
    case 'date':
      return { day: value as Day };
    case 'instant':
      return { at: value as Instant };
    default:
      return cellText(field, value, context);
  }
}
