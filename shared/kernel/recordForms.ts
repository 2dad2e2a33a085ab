import type { RecordDefinition } from './record.ts';
import type { Label } from './types.ts';

/** Fields that stand together under a heading. */
export interface FormSection {
  readonly label: Label;
  readonly fields: readonly string[];
}

/** How a workspace wants the forms and pages of a type. */
export interface RecordForm {
  /** Name of the record type. */
  readonly on: string;
  readonly sections: readonly FormSection[];
  /** Fields that stand on neither. */
  readonly hidden: readonly string[];
}

/** The type with the workspace's form, where it has one. */
export function withRecordForm(definition: RecordDefinition, all: readonly RecordForm[]): RecordDefinition {
  const form = all.find(({ on }) => on === definition.name);
  return form ? { ...definition, form } : definition;
}

/** Fields in their sections; the last, without a heading of its own, holds what the form does not know. */
export interface Arranged {
  readonly label?: Label;
  readonly fields: readonly string[];
}

/**
 * Fields as a form puts them: what it names and is not there falls away, and what it does not name stands at its end.
 * @param names  all that may stand there
 * @param isNeeded  fields that a record cannot be saved without: they are never hidden
 */
export function arrange(
  { sections, hidden }: Pick<RecordForm, 'sections' | 'hidden'>,
  names: readonly string[],
  isNeeded: (name: string) => boolean,
): Arranged[] {
  const there = new Set(names);
  const taken = new Set<string>();
  const take = (name: string): boolean => there.has(name) && !taken.has(name) && Boolean(taken.add(name));
  const arranged = sections.map(({ label, fields }): Arranged => ({ label, fields: fields.filter(take) }));
  const away = new Set(hidden.filter((name) => !isNeeded(name)));
  const rest = names.filter((name) => !taken.has(name) && !away.has(name));
  return [...arranged, { fields: rest }].filter(({ fields }) => fields.length > 0);
}
