import type { RouteApi } from '../../shared/kernel/openApi.ts';
import { refTo, schemaName } from '../../shared/kernel/openApiSchemas.ts';
import { definitionOf } from '../../shared/registry.ts';
import { readRemoval, readReturn, type PlaceType } from '../../shared/workspace/place.ts';
import { commandRoute, versionOf } from '../records/commandRoute.ts';
import type { MemberRoute } from '../runtime/route.ts';
import { assertKnown, countOccupants, removePlace, returnPlace } from './removePlace.ts';

const text = { type: 'string' };
const count = { type: 'integer', minimum: 0 };
const ids = { type: 'array', items: text };

const previewApi = (): RouteApi => ({
  responses: {
    200: {
      description: 'who stands in it, and has to go elsewhere before it is removed',
      body: {
        type: 'object',
        required: ['members', 'active', 'below'],
        properties: {
          members: count,
          active: { ...count, description: 'of them, those who can sign in' },
          below: { ...count, description: 'departments below it, which go up a level' },
        },
      },
    },
  },
});

const removeApi = (movesTo: string): RouteApi => ({
  versioned: true,
  idempotent: true,
  body: { type: 'object', additionalProperties: false, properties: { movesTo: { ...text, description: movesTo } } },
  responses: {
    200: {
      description: 'it is removed',
      body: { type: 'object', required: ['moved'], properties: { moved: { ...ids, description: 'ids of those that went elsewhere' } } },
    },
  },
});

const returnApi = (type: PlaceType): RouteApi => ({
  body: {
    type: 'object',
    additionalProperties: false,
    required: ['moved'],
    properties: {
      moved: { ...ids, description: 'as its removal answered' },
      movedTo: { ...text, description: 'as its removal was asked' },
    },
  },
  responses: {
    200: { description: 'it is back, with all of them who have not gone elsewhere since', body: refTo(schemaName(definitionOf(type))) },
  },
});

const routesOf = (type: PlaceType, what: string, movesTo: string): MemberRoute[] => [
  commandRoute(type, '/remove', {
    method: 'GET',
    access: 'delete',
    summary: `Who stands in a ${what}`,
    api: previewApi,
    run: (ctx, id) => countOccupants(ctx, type, id),
  }),
  commandRoute(type, '/remove', {
    access: 'delete',
    summary: `Remove a ${what}, and give another to everybody in it`,
    api: () => removeApi(movesTo),
    run: async (ctx, id, request) => {
      await assertKnown(ctx, type, id);
      return removePlace(ctx, type, { id, version: versionOf(request) }, readRemoval(type, request.body).movesTo);
    },
  }),
  commandRoute(type, '/bring-back', {
    access: 'delete',
    summary: `Bring a removed ${what} back, and everybody who was in it`,
    api: () => returnApi(type),
    run: async (ctx, id, request) => {
      await assertKnown(ctx, type, id);
      return returnPlace(ctx, type, id, readReturn(type, request.body));
    },
  }),
];

/** Roles and departments go, and come back, together with those who stand in them. */
export const placeRoutes: readonly MemberRoute[] = [
  ...routesOf('role', 'role', 'the role that its holders get; needed where there are any'),
  ...routesOf('department', 'department', 'the department that its people go to; none where they are to be in none'),
];
