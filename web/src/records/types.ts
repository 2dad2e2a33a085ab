import { m } from '#messages';
import type { Action } from '../../../shared/kernel/access.ts';
import { canSeeField } from '../../../shared/kernel/access.ts';
import { segmentOf, type AnyRecord, type RecordDefinition } from '../../../shared/kernel/record.ts';
import { NO_SHAPE, shaped } from '../../../shared/kernel/shape.ts';
import { wording } from '../../../shared/kernel/types.ts';
import { definitionOf, findDefinition } from '../../../shared/registry.ts';
import { i18n } from '../kernel/i18n.svelte.ts';
import { session } from '../kernel/session.svelte.ts';
import { fieldOf } from './fieldOf.ts';

export { fieldOf, valueOf } from './fieldOf.ts';

/** The type as this workspace knows it: own fields, own lists. Reactive. */
export const typeOf = (name: string): RecordDefinition => shaped(definitionOf(name), session.data?.shape ?? NO_SHAPE);

/** Words for what every record carries beside its fields. */
const SYSTEM_LABELS: Readonly<Record<string, () => string>> = {
  ownerId: m.records_owner,
  createdAt: m.records_created_at,
  createdBy: m.records_created_by,
  updatedAt: m.records_updated_at,
  updatedBy: m.records_updated_by,
};

/** Its name in the reader's language; call it in markup or `$derived`. */
export const labelOf = (definition: RecordDefinition, name: string): string =>
  SYSTEM_LABELS[name]?.() ?? wording(fieldOf(definition, name).label, i18n.locale);

/** Whether a form must not be left without it: as declared, or, for an own field, as its administrator wants it. */
export function isAskedFor(definition: RecordDefinition, name: string): boolean {
  const own = session.data?.shape.customFields.find(({ on, key }) => on === definition.name && `x_${key}` === name);
  return own ? own.required === true : fieldOf(definition, name).required === true;
}

/** The type's name: of one record, or of many. */
export function typeLabel({ label }: RecordDefinition, number: 'one' | 'many'): string {
  return i18n.locale === 'en' ? label.en[number === 'one' ? 0 : 1] : label.zh;
}

/** The same within a sentence. */
export const typeWord = (definition: RecordDefinition, number: 'one' | 'many'): string => typeLabel(definition, number).toLowerCase();

export const hrefOf = (type: string, id?: string): string => `/${segmentOf(definitionOf(type))}${id === undefined ? '' : `/${id}`}`;

/** What a reader calls it; one without a name of its own goes by its type. */
export const titleOf = (definition: RecordDefinition, record: AnyRecord): string =>
  String(record[definition.title] ?? '') || typeLabel(definition, 'one');

export const may = (action: Action, definition: RecordDefinition, record?: AnyRecord): boolean => session.may(action, definition, record);

/** Declared and own fields that this reader may see, in the order of their declaration. */
export function visibleFields(definition: RecordDefinition): string[] {
  const { actor } = session;
  return Object.entries({ ...definition.fields, ...definition.derived }).flatMap(([name, field]) =>
    field.hidden || field.kind === 'data' || !actor || !canSeeField(actor, definition, name) ? [] : [name],
  );
}

/** Whether the reader may write that field of that record. */
export function mayWrite(definition: RecordDefinition, name: string, record?: AnyRecord): boolean {
  if (name === 'ownerId') return definition.paths.owner === true && may('assign', definition, record);
  const field = Object.hasOwn(definition.fields, name) ? definition.fields[name] : undefined;
  const only = session.data?.rights.onlyFields?.[definition.access.group];
  // What no general control can write may have one of its own.
  const hidden = field?.hidden === true && field.kind !== 'data';
  if (!field || field.readOnly || hidden || (only && record && !only.includes(name))) return false;
  const open = definition.operations.includes(record ? 'update' : 'create');
  return open && may(record ? 'update' : 'create', definition, record);
}

/** Whether the product has pages for records of that type. */
export const hasPages = (type: string): boolean => PAGED.has(type) && findDefinition(type) !== undefined;
const PAGED = new Set([
  'customer',
  'contact',
  'lead',
  'opportunity',
  'order',
  'product',
  'activity',
  'churnWarning',
  'webForm',
  'submission',
  'news',
  'newsDraft',
]);

/** The face beside a record's title: people are circles, companies squares. */
export function faceOf({ name }: RecordDefinition): 'person' | 'company' | undefined {
  if (name === 'customer') return 'company';
  return name === 'contact' || name === 'lead' || name === 'member' ? 'person' : undefined;
}
