import type { Field } from '../../../shared/kernel/field.ts';
import type { RecordDefinition } from '../../../shared/kernel/record.ts';

/** Records of a type that name the one at hand in a field. */
export interface Related {
  readonly type: RecordDefinition;
  /** The field. */
  readonly by: string;
  /** They stand under it, as contacts under their customer, and are made from there. */
  readonly under: boolean;
  /** The same type names it in several fields: the field belongs into the heading. */
  readonly several: boolean;
}

const pointsAt = (field: Field, name: string): boolean =>
  (field.kind === 'ref' || field.kind === 'refs') && (field as Field & { to: string }).to === name;

/** Of two types that name each other, as an order and its opportunity do, the record's own field tells already. */
const isTold = ({ name, fields }: RecordDefinition, { type, under }: Related): boolean =>
  !under && type.name !== name && Object.values(fields).some((field) => !field.hidden && pointsAt(field, type.name));

/**
 * Every field of these types that names records of this one: what stands under it first, its own type last, the others in
 * their order.
 */
export function pointingAt(definition: RecordDefinition, types: readonly RecordDefinition[]): Related[] {
  const { name } = definition;
  const all = types.flatMap((type) => {
    const fields = Object.keys(type.fields).filter((by) => pointsAt(type.fields[by]!, name));
    return fields.map((by): Related => ({ type, by, under: type.paths.parent === by, several: fields.length > 1 }));
  });
  const place = ({ type, under }: Related): number => (type.name === name ? 2 : under ? 0 : 1);
  return all.filter((related) => !isTold(definition, related)).toSorted((a, b) => place(a) - place(b));
}
