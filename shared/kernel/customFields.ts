import type { Field } from './field.ts';
import { isKind, type Option } from './fields/index.ts';
import type { Fields, RecordDefinition } from './record.ts';
import type { Label } from './types.ts';

/** Kinds an administrator may choose for a field of his own. */
export const CUSTOM_KINDS = [
  'text',
  'longText',
  'number',
  'money',
  'date',
  'boolean',
  'choice',
  'choices',
  'email',
  'phone',
  'url',
  'tags',
] as const;

/** A field that a workspace added to a type, as it is stored. Its values live in the record under `x_<key>`. */
export interface CustomField {
  readonly id: string;
  /** Name of the record type it belongs to. */
  readonly on: string;
  readonly key: string;
  readonly label: Label;
  readonly fieldKind: (typeof CUSTOM_KINDS)[number];
  readonly options?: readonly Option[];
  readonly required?: boolean;
  readonly searchable?: boolean;
  /** Hidden fields keep their values and leave forms and lists. */
  readonly retired?: boolean;
}

const LISTED = new Set(['choice', 'choices']);
const SEARCHABLE = new Set(['text', 'longText', 'email', 'phone', 'url', 'tags']);

function toField(custom: CustomField): Field & { options?: readonly Option[] } {
  return {
    kind: custom.fieldKind,
    label: custom.label,
    // Never required by the schema: records older than the field, imports and forms must stay writable. Screens ask for it.
    ...(custom.searchable && SEARCHABLE.has(custom.fieldKind) ? { search: true } : {}),
    ...(LISTED.has(custom.fieldKind) ? { options: custom.options ?? [] } : {}),
    ...(custom.retired ? { hidden: true } : {}),
    ...(custom.fieldKind === 'email' || custom.fieldKind === 'phone' ? { sensitivity: 'personal' as const } : {}),
  };
}

const EXTENDED = new WeakMap<readonly CustomField[], Map<string, RecordDefinition>>();

/** The type with the workspace's own fields; every generic operation then treats them like declared ones. */
export function withCustomFields(definition: RecordDefinition, all: readonly CustomField[]): RecordDefinition {
  if (!definition.customizable) return definition;
  const known = EXTENDED.get(all) ?? new Map<string, RecordDefinition>();
  EXTENDED.set(all, known);
  let extended = known.get(definition.name);
  if (!extended) {
    // A kind that a newer release knows and this one does not leaves its field out instead of failing the whole type.
    const own = all.filter((custom) => custom.on === definition.name && isKind(custom.fieldKind));
    const fields: Fields = Object.fromEntries(own.map((custom) => [`x_${custom.key}`, toField(custom)]));
    extended = own.length ? { ...definition, fields: { ...definition.fields, ...fields } } : definition;
    known.set(definition.name, extended);
  }
  return extended;
}
