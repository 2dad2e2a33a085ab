import { describe, expect, it } from 'vitest';
import * as zod from 'zod';
import * as z from 'zod/mini';
import { kindOf } from '../../shared/kernel/fields/index.ts';
import { openApiDocument, recordRoutes, type RouteDescription } from '../../shared/kernel/openApi.ts';
import { parseCreate, parsePatch } from '../../shared/kernel/schema.ts';
import { REGISTRY } from '../../shared/registry.ts';
import { definitionWith } from '../support/definitions.ts';
import { everyKind, specimen } from '../support/fields.ts';

type Json = Record<string, unknown>;
type Operation = {
  operationId: string;
  summary: string;
  tags: string[];
  security?: unknown[];
  'x-right'?: unknown;
  parameters: Json[];
  requestBody?: { content: Json };
  responses: Record<string, Json>;
};
type Document = { openapi: string; paths: Record<string, Record<string, Operation>>; components: Record<string, Record<string, Json>> };

const convert: RouteDescription = {
  method: 'POST',
  path: '/leads/{id}/convert',
  summary: 'Convert a lead',
  access: { type: 'lead', action: 'update' },
  versioned: true,
  idempotent: true,
  body: z.strictObject({
    customerId: z.optional(z.string()),
    name: z.string().check(
      z.overwrite((name) => name.trim()),
      z.maxLength(120),
    ),
  }),
  responses: { 200: { description: 'the customer', body: { $ref: '#/components/schemas/Customer' } } },
};
const health: RouteDescription = {
  method: 'GET',
  path: '/health',
  summary: 'Is it up?',
  access: 'public',
  responses: { 200: { description: 'yes' } },
};
const build = (routes: readonly RouteDescription[], definitions = REGISTRY) =>
  openApiDocument({ version: '1.2.3', definitions, routes }) as unknown as Document;

const whole = build([...REGISTRY.flatMap(recordRoutes), convert, health]);
const operations = Object.entries(whole.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

/** A schema of the document with what it refers to inside it, so that a validator can read it alone. */
const schemaOf = (document: Document, name: string) =>
  zod.fromJSONSchema(
    JSON.parse(
      JSON.stringify({ ...document.components['schemas']![name], $defs: document.components['schemas'] }).replaceAll(
        '#/components/schemas/',
        '#/$defs/',
      ),
    ) as Json,
  );

describe('the OpenAPI document', () => {
  it('refers only to parts that it has', () => {
    const found = JSON.stringify(whole).matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g);
    const missing = [...found].filter(([, group, name]) => !whole.components[group!]?.[name!]).map(([ref]) => ref);

    expect(missing).toEqual([]);
  });

  it('gives each operation one id, a tag, a summary, an answer and the problem', () => {
    const ids = operations.map(({ operation }) => operation.operationId);

    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation } of operations) {
      expect(operation.summary).toMatch(/^[A-Z]/);
      expect(operation.tags).toHaveLength(1);
      expect(Object.keys(operation.responses).length).toBeGreaterThanOrEqual(2);
      expect(operation.responses['default']).toEqual({ $ref: '#/components/responses/problem' });
      for (const [status, response] of Object.entries(operation.responses))
        if (status !== 'default') expect(response['description']).toEqual(expect.stringMatching(/./));
    }
  });

  it('declares each parameter of each path', () => {
    for (const { path, operation } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(
        operation.parameters
          .filter((parameter) => parameter['in'] === 'path')
          .map((parameter) => [parameter['name'], parameter['required']]),
      ).toEqual(named.map((name) => [name, true]));
    }
  });

  it('has exactly the generic operations that a type allows', () => {
    for (const definition of REGISTRY) {
      const methods = recordRoutes(definition).map(({ method, path }) => `${method} ${path.replace(/^\/[a-z-]+/, '')}`);
      const allowed = {
        read: ['GET ', 'POST /query', 'GET /{id}', 'GET /{id}/timeline', 'GET /{id}/history'],
        create: ['POST '],
        update: ['PATCH /{id}'],
        remove: ['DELETE /{id}', 'POST /{id}/restore'],
      };
      expect(methods.sort()).toEqual(definition.operations.flatMap((operation) => allowed[operation]).sort());
      const written = definition.operations.includes('create') || definition.operations.includes('update');
      expect(
        Object.keys(whole.components['schemas']!).some((name) => new RegExp(`^${definition.name}(Create|Change)$`, 'i').test(name)),
      ).toBe(written);
    }
  });

  it('tells who may call a route, and what it needs beside its body', () => {
    const command = whole.paths['/leads/{id}/convert']!['post']!;

    expect(command).toMatchObject({ operationId: 'postLeadsIdConvert', tags: ['leads'] });
    expect(command['x-right']).toEqual({ type: 'lead', action: 'update' });
    expect(command.parameters.slice(1)).toEqual([
      { $ref: '#/components/parameters/ifMatch' },
      { $ref: '#/components/parameters/idempotencyKey' },
      { $ref: '#/components/parameters/workspace' },
    ]);
    expect(Object.keys(whole.paths['/leads']!['post']!.responses)).toEqual(['201', 'default']);
    expect(Object.keys(whole.paths['/leads/{id}']!['delete']!.responses)).toEqual(['204', 'default']);
    expect(whole.paths['/health']!['get']).toMatchObject({ security: [], parameters: [] });
    expect(whole.paths['/leads/{id}']!['patch']!.parameters).toContainEqual({ $ref: '#/components/parameters/ifMatch' });
  });

  it('describes the body of a command by its zod schema', () => {
    expect(whole.paths['/leads/{id}/convert']!['post']!.requestBody).toEqual({
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: { customerId: { type: 'string' }, name: { type: 'string', maxLength: 120 } },
            required: ['name'],
            additionalProperties: false,
          },
        },
      },
    });
  });

  it('is plain JSON and the same every time', () => {
    const again = build([...REGISTRY.flatMap(recordRoutes), convert, health]);

    expect(JSON.parse(JSON.stringify(whole))).toEqual(whole);
    expect(JSON.stringify(again)).toBe(JSON.stringify(whole));
  });

  it.each<[string, RouteDescription[], RegExp]>([
    ['two routes that are one', [health, health], /GET \/health: described twice/],
    ['a path without a slash', [{ ...health, path: 'health' }], /odd path/],
    ['a path with a query', [{ ...health, path: '/health?x=1' }], /odd path/],
    ['a path with a prototype', [{ ...health, path: '/__proto__' }], /odd path/],
    ['a right on no type', [{ ...convert, access: { type: 'deal', action: 'read' } }], /no record type deal/],
  ])('fails on %s', (_what, routes, message) => {
    expect(() => build(routes)).toThrow(message);
  });
});

describe('its schemas of a record', () => {
  const document = build(recordRoutes(everyKind), [everyKind]);
  const sampleOf = (n: number) =>
    Object.fromEntries(Object.entries(everyKind.fields).map(([name, field]) => [name, kindOf(field).sample(field, n)]));

  it('hold for records, bodies and changes that the product takes', () => {
    const [record, create, change] = ['Specimen', 'SpecimenCreate', 'SpecimenChange'].map((name) => schemaOf(document, name));
    const nothing = Object.fromEntries(Object.keys(everyKind.fields).map((name) => [name, null]));
    for (let n = 0; n < 10; n++) {
      const body = sampleOf(n);
      expect([create!.safeParse(body).success, parseCreate(everyKind, body).ok]).toEqual([true, true]);
      expect([change!.safeParse(body).success, parsePatch(everyKind, body).ok]).toEqual([true, true]);
      expect(record!.safeParse(specimen({ ...body, derived: { score: n, grade: 'low' } })).success).toBe(true);
    }
    expect([change!.safeParse(nothing).success, parsePatch(everyKind, nothing).ok]).toEqual([true, true]);
  });

  it('refuse what the product refuses by name or type', () => {
    const create = schemaOf(document, 'SpecimenCreate');
    for (const body of [
      { unknown: 1 },
      { version: 1 },
      { text: 7 },
      { number: '7' },
      { money: { minor: 1 } },
      { money: { minor: 1, currency: 'CNY', note: 'x' } },
      { emails: 'a@b.test' },
      { choice: 'highest' },
      { id: 'cus_1' },
    ]) {
      expect([create.safeParse(body).success, parseCreate(everyKind, body).ok]).toEqual([false, false]);
    }
  });

  it('require what is required, leave out what only the product writes, and mark it in the answer', () => {
    const label = { en: 'Field', zh: '字段' };
    const definition = definitionWith(
      { name: { kind: 'text', label, required: true }, made: { kind: 'instant', label, readOnly: true } },
      { customizable: true },
    );
    const schemas = build(recordRoutes(definition), [definition]).components['schemas']!;

    expect(schemas['ThingCreate']).toMatchObject({
      required: ['name'],
      additionalProperties: false,
      patternProperties: { '^x_[A-Za-z0-9]+$': {} },
    });
    expect(Object.keys(schemas['ThingCreate']!['properties'] as Json)).toEqual(['id', 'title', 'name']);
    expect(schemas['Thing']!['properties']).toMatchObject({ made: { readOnly: true, type: 'string', format: 'date-time' } });
    expect((schemas['ThingChange']!['properties'] as Json)['title']).toEqual({
      anyOf: [expect.objectContaining({ type: 'string' }), { type: 'null' }],
    });
    expect((schemas['ThingChange']!['properties'] as Json)['name']).toMatchObject({ type: 'string' });
  });

  it('describe structured values by the shape that checks them', () => {
    const rights = (whole.components['schemas']!['RoleCreate']!['properties'] as Record<string, Json>)['rights']!;

    expect(rights).toMatchObject({ type: 'object', title: 'Rights', properties: { grants: { type: 'object' } }, required: ['grants'] });
    expect(JSON.stringify(whole)).not.toContain('$schema');
  });

  it('hold for filters', () => {
    const filter = schemaOf(document, 'Filter');

    expect(
      filter.safeParse({ all: [{ field: 'text', op: 'is', value: 'x' }, { any: [{ field: 'number', op: 'in', value: [1, 2] }] }] }).success,
    ).toBe(true);
    expect(filter.safeParse({ all: [{ field: 'text', op: 'matches', value: 'x' }] }).success).toBe(false);
  });
});
