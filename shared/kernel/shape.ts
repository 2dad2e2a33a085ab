import { withCustomFields, type CustomField } from './customFields.ts';
import type { RecordDefinition, Values } from './record.ts';
import { withRecordForm, type RecordForm } from './recordForms.ts';
import { withValueLists, type ValueList } from './valueLists.ts';

/** What a workspace has made of the record types: how their declarations are changed for it. */
export interface Shape {
  readonly customFields: readonly CustomField[];
  readonly valueLists: readonly ValueList[];
  readonly recordForms: readonly RecordForm[];
  /** Ways to sell, as they are stored; the type that goes by them reads them. */
  readonly pipelines: readonly Entry[];
}

/** The types as they are declared. */
export const NO_SHAPE: Shape = { customFields: [], valueLists: [], recordForms: [], pipelines: [] };

/** A governing record as the directory keeps it. */
export type Entry = Values & { readonly id: string };

const SHAPED = new WeakMap<Shape, Map<string, RecordDefinition>>();

/**
 * The type as a workspace knows it; every generic operation then treats what it added or changed like what is declared.
 * The same shape gives the same object, so that whatever is compiled from a type is compiled once.
 */
export function shaped(definition: RecordDefinition, shape: Shape): RecordDefinition {
  const known = SHAPED.get(shape) ?? new Map<string, RecordDefinition>();
  SHAPED.set(shape, known);
  const held = known.get(definition.name);
  if (held) return held;
  const grown = withValueLists(withCustomFields(definition, shape.customFields), shape.valueLists);
  const own = withRecordForm(grown, shape.recordForms);
  const made = definition.inShape?.(own, shape) ?? own;
  known.set(definition.name, made);
  return made;
}
