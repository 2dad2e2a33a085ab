import { invalid } from '../../shared/kernel/errors.ts';
import { segmentOf, type RecordDefinition } from '../../shared/kernel/record.ts';
import { definitionOf } from '../../shared/registry.ts';
import type { MemberRoute, Request } from '../runtime/route.ts';
import { secretOf } from '../table/entry.ts';
import { restoreRecord } from './bin.ts';
import { versionOf } from './commandRoute.ts';
import { discussionRoutes } from './discussionRoutes.ts';
import { fileRoutes } from './fileRoutes.ts';
import { listRecords, type ListQuery } from './list.ts';
import { createRecord, getRecord, removeRecord, updateRecord } from './operations.ts';
import { listHistory, listTimeline } from './past.ts';

/** The routes every record type has, as far as its declaration opens them. */
export function recordRoutes(name: string): MemberRoute[] {
  const definition = definitionOf(name);
  const path = `/${segmentOf(definition)}`;
  const [one, many] = definition.label.en;
  const route = (
    method: MemberRoute['method'],
    rest: string,
    action: 'create' | 'read' | 'update' | 'delete',
    summary: string,
    run: MemberRoute['run'],
  ): MemberRoute => ({
    method,
    path: path + rest,
    access: { kind: 'record', type: name, action },
    summary,
    run,
  });
  const open = (operation: RecordDefinition['operations'][number]) => definition.operations.includes(operation);
  const secret = (request: Request) => secretOf(request.db, 'cursor');
  return [
    route('GET', '', 'read', `List ${many}`, async (ctx, request) => ({
      status: 200,
      body: await listRecords(ctx, await secret(request), name, queryOf(request)),
    })),
    route('POST', '/query', 'read', `Filter ${many}`, async (ctx, request) => ({
      status: 200,
      body: await listRecords(ctx, await secret(request), name, bodyQuery(request)),
    })),
    route('GET', '/{id}', 'read', `Read a ${one}`, async (ctx, { params }) => ({
      status: 200,
      body: await getRecord(ctx, name, params['id']!),
    })),
    route('GET', '/{id}/history', 'read', `Versions of a ${one}`, async (ctx, request) => ({
      status: 200,
      body: await listHistory(ctx, await secret(request), name, request.params['id']!, request.query['cursor']),
    })),
    route('GET', '/{id}/timeline', 'read', `What happened around a ${one}`, async (ctx, request) => ({
      status: 200,
      body: await listTimeline(ctx, await secret(request), name, request.params['id']!, request.query['cursor']),
    })),
    ...(open('create')
      ? [
          route('POST', '', 'create', `Create a ${one}`, async (ctx, { body, query }) => ({
            status: 201,
            body: await createRecord(ctx, name, body, { allowDuplicate: query['allowDuplicate'] === 'true' }),
          })),
        ]
      : []),
    ...(open('update')
      ? [
          route('PATCH', '/{id}', 'update', `Change a ${one}`, async (ctx, request) => ({
            status: 200,
            body: await updateRecord(ctx, name, request.params['id']!, versionOf(request), request.body, {
              allowDuplicate: request.query['allowDuplicate'] === 'true',
            }),
          })),
        ]
      : []),
    ...(open('remove')
      ? [
          route('DELETE', '/{id}', 'delete', `Remove a ${one}`, async (ctx, request) => {
            await removeRecord(ctx, name, request.params['id']!, versionOf(request));
            return { status: 204 };
          }),
          route('POST', '/{id}/restore', 'delete', `Bring a removed ${one} back`, async (ctx, request) => ({
            status: 200,
            body: await restoreRecord(ctx, name, request.params['id']!, versionOf(request)),
          })),
        ]
      : []),
    ...discussionRoutes(name),
    ...fileRoutes(name),
  ];
}

function queryOf({ query }: Request): ListQuery {
  const unknown = Object.keys(query).filter((name) => !['limit', 'cursor', 'owner', 'parent'].includes(name));
  if (unknown.length) throw invalid(unknown.map((field) => ({ field, code: 'field.unknown' })));
  return { ...query, ...(query['limit'] === undefined ? {} : { limit: Number(query['limit']) }) } as ListQuery;
}

function bodyQuery({ body }: Request): ListQuery {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) throw invalid([{ field: '', code: 'input.object' }]);
  const { filter, limit, cursor, owner, parent, ...rest } = body as Record<string, unknown>;
  const issues = [
    ...Object.keys(rest).map((field) => ({ field, code: 'field.unknown' })),
    ...Object.entries({ cursor, owner, parent }).flatMap(([field, value]) =>
      value === undefined || typeof value === 'string' ? [] : [{ field, code: 'text.expected' }],
    ),
    ...(limit === undefined || typeof limit === 'number' ? [] : [{ field: 'limit', code: 'number.expected' }]),
  ];
  if (issues.length) throw invalid(issues);
  return body as ListQuery;
}
