import type { Issue } from './errors.ts';
import type { Field } from './field.ts';
import type { Option } from './fields/index.ts';
import type { Fields, RecordDefinition, Values } from './record.ts';

/** A list of values that a workspace has changed, as it is stored. */
export interface ValueList {
  /** Name of the record type, and of the field whose values these are. */
  readonly on: string;
  readonly field: string;
  readonly options: readonly Option[];
}

const optionsOf = (field: Field): readonly Option[] | undefined => ('options' in field ? (field.options as readonly Option[]) : undefined);

/** Fields of a type whose lists a workspace may change, with the options they are declared with. */
export const openLists = (definition: Pick<RecordDefinition, 'fields'>): { name: string; field: Field; options: readonly Option[] }[] =>
  Object.entries(definition.fields).flatMap(([name, field]) => {
    const options = field.open === true ? optionsOf(field) : undefined;
    return options ? [{ name, field, options }] : [];
  });

/**
 * The list as the workspace wants it: its order, its words. What an option means is the declaration's to say, and one that
 * a later release declares stands at the end.
 */
export function mergeOptions(declared: readonly Option[], own: readonly Option[]): Option[] {
  const meanings = new Map(declared.map(({ key, means }) => [key, means]));
  const listed = own.map(({ key, label, retired }): Option => {
    const means = meanings.get(key);
    return { key, label, ...(means === undefined ? {} : { means }), ...(retired ? { retired } : {}) };
  });
  const known = new Set(own.map(({ key }) => key));
  return [...listed, ...declared.filter(({ key }) => !known.has(key))];
}

/** The type with the workspace's lists in the place of those declared. */
export function withValueLists(definition: RecordDefinition, all: readonly ValueList[]): RecordDefinition {
  const own = new Map(all.filter(({ on }) => on === definition.name).map(({ field, options }) => [field, options]));
  const changed = openLists(definition).filter(({ name }) => own.has(name));
  if (!changed.length) return definition;
  const fields: Fields = Object.fromEntries(
    changed.map(({ name, field, options }) => [name, { ...field, options: mergeOptions(options, own.get(name)!) } as Field]),
  );
  return { ...definition, fields: { ...definition.fields, ...fields } };
}

/**
 * Options that have left their list stay where they stand and are chosen no more.
 * @param change  the fields that are written
 * @param before  what stood there; undefined for a new record
 */
export function retiredIssues(definition: RecordDefinition, change: Values, before: Values | undefined): Issue[] {
  return Object.entries(change).flatMap(([name, value]) => {
    const field = Object.hasOwn(definition.fields, name) ? definition.fields[name]! : undefined;
    const retired = field && optionsOf(field)?.filter((option) => option.retired);
    if (!retired?.length) return [];
    const stood = new Set([before?.[name]].flat());
    const isNew = [value].flat().some((key) => retired.some((option) => option.key === key) && !stood.has(key));
    return isNew ? [{ field: name, code: 'choice.retired' }] : [];
  });
}

/** Keys that stood in a list and do not any more: records may hold them, so they can only be retired. */
export const lostKeys = (before: readonly Option[], after: readonly Option[]): string[] =>
  before.map(({ key }) => key).filter((key) => !after.some((option) => option.key === key));
