import type { Field } from './field.ts';
import type { RecordDefinition } from './record.ts';

/** What every record carries beside its fields, by name. Apart from `record.ts`: questions of rights need no kinds of fields. */
export const SYSTEM_FIELDS = ['id', 'version', 'ownerId', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy'] as const;

/** The declared or derived field of that name; by own name only, so that a caller's `constructor` is none. */
export const ownField = (definition: Pick<RecordDefinition, 'fields' | 'derived'>, name: string): Field | undefined =>
  Object.hasOwn(definition.fields, name)
    ? definition.fields[name]
    : Object.hasOwn(definition.derived, name)
      ? definition.derived[name]
      : undefined;
