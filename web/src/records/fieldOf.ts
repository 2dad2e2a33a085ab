import type { Field } from '../../../shared/kernel/field.ts';
import { filterField } from '../../../shared/kernel/filter.ts';
import { ownField, type AnyRecord, type RecordDefinition } from '../../../shared/kernel/record.ts';

/** The field of that name, be it declared, derived, own or the system's. */
export function fieldOf(definition: RecordDefinition, name: string): Field {
  const field = ownField(definition, name) ?? filterField(definition, name);
  if (!field) throw new Error(`${definition.name} has no field ${name}`);
  return field;
}

export const valueOf = (record: AnyRecord, name: string): unknown => (record[name] === undefined ? record.derived?.[name] : record[name]);
