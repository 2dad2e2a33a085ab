import type * as z from 'zod/mini';
import type { Action } from './access.ts';
import { COMMON_SCHEMAS, fromZod, type JsonSchema, pageOf, recordSchemas, refTo, schemaName } from './openApiSchemas.ts';
import { MOST_PER_PAGE, PAGE_SIZE } from './page.ts';
import { type RecordDefinition, segmentOf } from './record.ts';

/** Who may call a route: anybody, any signed-in member, or whoever has that right on that type. */
export type RouteAccess = 'public' | 'member' | { readonly type: string; readonly action: Action };

/** What a body holds: a zod schema, or JSON Schema, which may refer to a schema of the document. */
export type Shape = z.core.$ZodType | JsonSchema;

export interface ResponseDescription {
  readonly description: string;
  readonly body?: Shape;
}

/** What a route takes and answers. Errors are not described: every route answers them as `application/problem+json`. */
export interface RouteApi {
  readonly query?: Readonly<Record<string, JsonSchema>>;
  /** Needs `If-Match` with the version that the caller saw. */
  readonly versioned?: boolean;
  /** Understands `Idempotency-Key`: a repeat answers what the first call did. */
  readonly idempotent?: boolean;
  readonly body?: Shape;
  readonly responses: Readonly<Record<number, ResponseDescription>>;
}

/** One route as plain data. */
export interface RouteDescription extends RouteApi {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base path: `/leads/{id}/convert`. */
  readonly path: string;
  readonly summary: string;
  readonly access: RouteAccess;
}

const paging: Readonly<Record<string, JsonSchema>> = {
  limit: { type: 'integer', minimum: 1, maximum: MOST_PER_PAGE, default: PAGE_SIZE },
  cursor: { type: 'string' },
};

/** The generic operations of a type, as its declaration allows them. */
export function recordRoutes(definition: RecordDefinition): RouteDescription[] {
  const type = definition.name;
  const [one, many] = definition.label.en.map((label) => label.toLowerCase()) as [string, string];
  const [all, single] = [`/${segmentOf(definition)}`, `/${segmentOf(definition)}/{id}`];
  const may = (action: Action): RouteAccess => ({ type, action });
  const ok = (description: string, body: Shape) => ({ 200: { description, body } });
  const page = refTo(schemaName(definition, 'Page'));
  const lists = {
    ...(definition.paths.owner ? { owner: { type: 'string' } } : {}),
    ...(definition.paths.parent ? { parent: { type: 'string' } } : {}),
  };
  const routes: Readonly<Record<RecordDefinition['operations'][number], readonly RouteDescription[]>> = {
    read: [
      {
        method: 'GET',
        path: all,
        summary: `List ${many}`,
        access: may('read'),
        query: { ...paging, ...lists },
        responses: ok('one page', page),
      },
      {
        method: 'POST',
        path: `${all}/query`,
        summary: `List ${many} that a filter holds for`,
        access: may('read'),
        body: { type: 'object', properties: { filter: refTo('Filter'), ...paging }, required: ['filter'], additionalProperties: false },
        responses: ok('one page', page),
      },
      {
        method: 'GET',
        path: single,
        summary: `Get a ${one}`,
        access: may('read'),
        responses: ok(`the ${one}`, refTo(schemaName(definition))),
      },
      {
        method: 'GET',
        path: `${single}/timeline`,
        summary: `What happened around a ${one}`,
        access: may('read'),
        query: paging,
        responses: ok('one page, newest first; with the first what is pinned', {
          ...pageOf(refTo('TimelineRow')),
          properties: {
            ...(pageOf(refTo('TimelineRow'))['properties'] as JsonSchema),
            pinned: { type: 'array', items: refTo('TimelineRow') },
          },
        }),
      },
      {
        method: 'GET',
        path: `${single}/history`,
        summary: `Every change of a ${one}`,
        access: may('read'),
        query: paging,
        responses: ok('one page, newest first', pageOf(refTo('HistoryRow'))),
      },
    ],
    create: [
      {
        method: 'POST',
        path: all,
        summary: `Create a ${one}`,
        access: may('create'),
        body: refTo(schemaName(definition, 'Create')),
        responses: { 201: { description: `the new ${one}`, body: refTo(schemaName(definition)) } },
      },
    ],
    update: [
      {
        method: 'PATCH',
        path: single,
        summary: `Change a ${one}`,
        access: may('update'),
        versioned: true,
        body: refTo(schemaName(definition, 'Change')),
        responses: ok(`the changed ${one}`, refTo(schemaName(definition))),
      },
    ],
    remove: [
      {
        method: 'DELETE',
        path: single,
        summary: `Delete a ${one}`,
        access: may('delete'),
        versioned: true,
        responses: { 204: { description: 'deleted; for thirty days it can be brought back' } },
      },
      {
        method: 'POST',
        path: `${single}/restore`,
        summary: `Bring a deleted ${one} back`,
        access: may('delete'),
        versioned: true,
        responses: ok(`the ${one}, as it was deleted`, refTo(schemaName(definition))),
      },
    ],
  };
  return definition.operations.flatMap((operation) => routes[operation]);
}

const isZod = (shape: Shape): shape is z.core.$ZodType => '_zod' in shape;
const content = (shape: Shape) => ({ 'application/json': { schema: isZod(shape) ? fromZod(shape) : shape } });

/** `POST /leads/{id}/convert` → `postLeadsIdConvert`. */
const operationId = ({ method, path }: RouteDescription): string =>
  method.toLowerCase() + (path.match(/[A-Za-z0-9]+/g) ?? []).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');

function parametersOf(route: RouteDescription): object[] {
  const names = [...route.path.matchAll(/\{([A-Za-z]+)\}/g)].map((match) => match[1]!);
  return [
    ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...Object.entries(route.query ?? {}).map(([name, schema]) => ({ name, in: 'query', schema })),
    ...(route.versioned ? [{ $ref: '#/components/parameters/ifMatch' }] : []),
    ...(route.idempotent ? [{ $ref: '#/components/parameters/idempotencyKey' }] : []),
    ...(route.access === 'public' ? [] : [{ $ref: '#/components/parameters/workspace' }]),
  ];
}

function operationOf(route: RouteDescription, tag: string): object {
  const answers = Object.entries(route.responses).map(([status, { description, body }]) => [
    status,
    { description, ...(body ? { content: content(body) } : {}) },
  ]);
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [tag],
    ...(route.access === 'public' ? { security: [] } : {}),
    ...(typeof route.access === 'object' ? { 'x-right': route.access } : {}),
    parameters: parametersOf(route),
    ...(route.body ? { requestBody: { required: true, content: content(route.body) } } : {}),
    responses: { ...Object.fromEntries(answers), default: { $ref: '#/components/responses/problem' } },
  };
}

/**
 * The API as an OpenAPI 3.1 document: plain JSON, the same for the same input, so that a committed copy shows any drift.
 * @param routes  every route there is; those of the generic operations come from `recordRoutes`
 * @throws Error when two routes are one, a path is odd, or a right names no type: mistakes of ours
 */
export function openApiDocument({
  version,
  definitions,
  routes,
}: {
  readonly version: string;
  readonly definitions: readonly RecordDefinition[];
  readonly routes: readonly RouteDescription[];
}): JsonSchema {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const [what, method, { access }] = [`${route.method} ${route.path}`, route.method.toLowerCase(), route];
    if (!/^(?:\/(?:[a-z0-9-]+|\{[A-Za-z]+\}))+$/.test(route.path)) throw new Error(`route ${what}: odd path`);
    if (paths[route.path]?.[method]) throw new Error(`route ${what}: described twice`);
    if (typeof access === 'object' && !definitions.some(({ name }) => name === access.type))
      throw new Error(`route ${what}: no record type ${access.type}`);
    (paths[route.path] ??= {})[method] = operationOf(route, route.path.split('/')[1]!);
  }
  const document = {
    openapi: '3.1.0',
    info: { title: 'Regulars', version },
    servers: [{ url: '/api/v1' }],
    security: [{ session: [] }],
    paths,
    components: {
      securitySchemes: { session: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      parameters: {
        workspace: {
          name: 'X-Workspace',
          in: 'header',
          schema: { type: 'string' },
          description: 'id of the workspace, for members of several',
        },
        ifMatch: {
          name: 'If-Match',
          in: 'header',
          required: true,
          schema: { type: 'integer', minimum: 1 },
          description: 'version that the caller saw; 428 without, 409 when it has moved on',
        },
        idempotencyKey: { name: 'Idempotency-Key', in: 'header', schema: { type: 'string', maxLength: 100 } },
      },
      responses: { problem: { description: 'what is wrong', content: { 'application/problem+json': { schema: refTo('Problem') } } } },
      schemas: { ...COMMON_SCHEMAS, ...Object.assign({}, ...definitions.map(recordSchemas)) },
    },
  };
  // Through JSON: absent limits are `undefined` in the schemas of kinds, and nothing of ours may be shared with the caller.
  return JSON.parse(JSON.stringify(document)) as JsonSchema;
}
