import { segmentOf } from '../../shared/kernel/record.ts';
import { definitionOf } from '../../shared/registry.ts';
import { readDirectory } from '../runtime/directory.ts';
import type { MemberRoute, Request } from '../runtime/route.ts';
import type { Context } from './context.ts';
import { memberIdsApi, newNoteApi, noteApi, nothingApi } from './discussionApi.ts';
import { follow, listFollowers, unfollow } from './followers.ts';
import { addNote, changeNote, removeNote } from './notes.ts';
import { listReaders } from './readers.ts';

/** Notes and followers of a type that people discuss. Who may read a record may come in; the use cases ask for more. */
export function discussionRoutes(name: string): MemberRoute[] {
  const definition = definitionOf(name);
  if (!definition.discussed) return [];
  const one = definition.label.en[0].toLowerCase();
  const route = (
    method: MemberRoute['method'],
    rest: string,
    summary: string,
    api: MemberRoute['api'] & {},
    run: (ctx: Context, id: string, request: Request) => Promise<unknown>,
  ): MemberRoute => ({
    method,
    path: `/${segmentOf(definition)}/{id}${rest}`,
    access: { kind: 'record', type: name, action: 'read' },
    summary,
    api,
    run: async (ctx, request) => {
      const body = await run(ctx, request.params['id']!, request);
      return body === undefined ? { status: 204 } : { status: rest === '/notes' ? 201 : 200, body };
    },
  });
  const directory = (ctx: Context, { db }: Request) => readDirectory(db, ctx.table, ctx.now);
  return [
    route('POST', '/notes', `Write a note under a ${one}`, newNoteApi, async (ctx, id, request) =>
      addNote(ctx, await directory(ctx, request), name, id, request.body),
    ),
    route('PATCH', '/notes/{noteId}', `Change a note of one’s own under a ${one}`, noteApi, async (ctx, id, request) =>
      changeNote(ctx, await directory(ctx, request), name, id, request.params['noteId']!, request.body),
    ),
    route('DELETE', '/notes/{noteId}', `Delete a note under a ${one}`, nothingApi, (ctx, id, { params }) =>
      removeNote(ctx, name, id, params['noteId']!),
    ),
    route('GET', '/readers', `Who may be mentioned under a ${one}`, memberIdsApi, async (ctx, id, request) =>
      listReaders(ctx, await directory(ctx, request), name, id),
    ),
    route('GET', '/followers', `Who follows a ${one}`, memberIdsApi, async (ctx, id, request) =>
      listFollowers(ctx, await directory(ctx, request), name, id),
    ),
    route('POST', '/follow', `Follow a ${one}`, nothingApi, (ctx, id) => follow(ctx, name, id)),
    route('DELETE', '/follow', `Follow a ${one} no longer`, nothingApi, (ctx, id) => unfollow(ctx, name, id)),
  ];
}
