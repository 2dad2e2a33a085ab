import * as z from 'zod/mini';
import { OPERATORS } from './field.ts';
import type { Field } from './field.ts';
import { kindOf } from './fields/index.ts';
import { MOST_PER_PAGE } from './page.ts';
import type { Fields, RecordDefinition } from './record.ts';

/** JSON Schema 2020-12, the dialect of OpenAPI 3.1. */
export type JsonSchema = { readonly [key: string]: unknown };

/** Names of a type's schemas in the document: `Customer`, `CustomerCreate`, `CustomerChange`, `CustomerPage`. */
export const schemaName = (definition: Pick<RecordDefinition, 'name'>, part: '' | 'Create' | 'Change' | 'Page' = ''): string =>
  definition.name.charAt(0).toUpperCase() + definition.name.slice(1) + part;

export const refTo = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/**
 * A zod schema as JSON Schema; its own `$schema` is dropped, for the document has one dialect.
 * @param io  as callers write it, or as it is kept, which also tells of what is looked at in two steps
 */
export function fromZod(schema: z.core.$ZodType, io: 'input' | 'output' = 'input'): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return json;
}

const ULID = '[0-7][0-9A-HJKMNP-TV-Z]{25}';
const idOf = (prefix: string): JsonSchema => ({ type: 'string', pattern: `^${prefix}_${ULID}$` });
const anyId = idOf('[a-z]{2,4}');
const moment: JsonSchema = { type: 'string', format: 'date-time' };
const count: JsonSchema = { type: 'integer', minimum: 1 };

function fieldSchema(field: Field): JsonSchema {
  // Kinds describe themselves; structured values are described by the shape that their declaration carries.
  const shape = 'shape' in field ? (field.shape as () => z.ZodMiniType) : undefined;
  return {
    ...(shape ? fromZod(shape(), 'output') : kindOf(field).jsonSchema(field)),
    title: field.label.en,
    ...(field.help ? { description: field.help.en } : {}),
    ...(field.readOnly ? { readOnly: true } : {}),
  };
}

const each = (fields: Fields, schemaOf: (field: Field) => JsonSchema): Record<string, JsonSchema> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, schemaOf(field)]));
const requiredOf = (fields: Fields): string[] => Object.keys(fields).filter((name) => fields[name]!.required);
const customFields = (definition: RecordDefinition): JsonSchema =>
  definition.customizable ? { patternProperties: { '^x_[A-Za-z0-9]+$': {} } } : {};

/** The schemas of one type: the record as it is answered, the bodies of create and change, a page. */
export function recordSchemas(definition: RecordDefinition): Record<string, JsonSchema> {
  const { fields, derived, operations, paths } = definition;
  const writable = Object.fromEntries(Object.entries(fields).filter(([, field]) => !field.readOnly));
  const nullable = (field: Field): JsonSchema => (field.required ? fieldSchema(field) : { anyOf: [fieldSchema(field), { type: 'null' }] });
  const owner = paths.owner ? { ownerId: anyId } : {};
  const system = {
    id: idOf(definition.idPrefix),
    version: count,
    ownerId: anyId,
    createdAt: moment,
    createdBy: { type: 'string' },
    updatedAt: moment,
    updatedBy: { type: 'string' },
  };
  return {
    [schemaName(definition)]: {
      type: 'object',
      title: definition.label.en[0],
      properties: {
        ...system,
        ...each(fields, fieldSchema),
        ...(Object.keys(derived).length ? { derived: { type: 'object', readOnly: true, properties: each(derived, fieldSchema) } } : {}),
      },
      // Required fields are not listed: fields that the reader may not see are left out of what he gets.
      required: ['id', 'version', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy'],
      ...customFields(definition),
    },
    [schemaName(definition, 'Page')]: pageOf(refTo(schemaName(definition))),
    ...(operations.includes('create')
      ? {
          [schemaName(definition, 'Create')]: {
            type: 'object',
            properties: { id: system.id, ...owner, ...each(writable, fieldSchema) },
            required: requiredOf(writable),
            ...customFields(definition),
            additionalProperties: false,
          },
        }
      : {}),
    ...(operations.includes('update')
      ? {
          [schemaName(definition, 'Change')]: {
            type: 'object',
            description: 'the fields that change; null clears',
            properties: { ...owner, ...each(writable, nullable) },
            ...customFields(definition),
            additionalProperties: false,
          },
        }
      : {}),
  };
}

export const pageOf = (items: JsonSchema): JsonSchema => ({
  type: 'object',
  properties: {
    items: { type: 'array', maxItems: MOST_PER_PAGE, items },
    cursor: { type: 'string', description: 'opaque; absent on the last page' },
  },
  required: ['items'],
});

const atom: JsonSchema = { type: ['string', 'number', 'boolean'] };
const filterGroup = (name: 'all' | 'any'): JsonSchema => ({
  type: 'object',
  properties: { [name]: { type: 'array', items: refTo('Filter') } },
  required: [name],
  additionalProperties: false,
});

/** Schemas that every type shares. */
export const COMMON_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Issue: {
    type: 'object',
    properties: { field: { type: 'string', description: 'dotted path' }, code: { type: 'string' }, params: { type: 'object' } },
    required: ['field', 'code'],
  },
  Problem: {
    type: 'object',
    description: 'RFC 9457. The code is stable; wording is the reader’s side’s.',
    properties: {
      type: { type: 'string' },
      title: { type: 'string' },
      status: { type: 'integer' },
      code: { type: 'string' },
      params: { type: 'object' },
      requestId: { type: 'string' },
      issues: { type: 'array', items: refTo('Issue') },
    },
    required: ['type', 'title', 'status', 'code', 'requestId'],
  },
  Filter: {
    oneOf: [
      filterGroup('all'),
      filterGroup('any'),
      {
        type: 'object',
        properties: { field: { type: 'string' }, op: { enum: OPERATORS }, value: { anyOf: [atom, { type: 'array', items: atom }] } },
        required: ['field', 'op'],
        additionalProperties: false,
      },
    ],
  },
  HistoryRow: {
    type: 'object',
    description: 'What one version changed, who did it and when.',
    properties: {
      version: count,
      at: moment,
      by: { type: 'string' },
      requestId: { type: 'string' },
      event: { enum: ['created', 'updated', 'removed', 'restored', 'expired'] },
      changes: { type: 'object', additionalProperties: { type: 'object', properties: { from: {}, to: {} } } },
    },
    required: ['version', 'at', 'by', 'event', 'changes'],
  },
  TimelineRow: {
    type: 'object',
    properties: {
      id: { type: 'string' },
      at: moment,
      code: { type: 'string' },
      params: { type: 'object' },
      by: { type: 'string' },
      pinned: {
        type: 'object',
        description: 'who pinned it to the top, and when',
        properties: { by: { type: 'string' }, at: moment },
        required: ['by', 'at'],
      },
      on: {
        type: 'object',
        description: 'the record that a note or file stands under',
        properties: { type: { type: 'string' }, id: { type: 'string' } },
        required: ['type', 'id'],
      },
    },
    required: ['id', 'at', 'code'],
  },
};
