import { definitionOf } from '../../shared/registry.ts';
import { readDirectory } from '../runtime/directory.ts';
import type { MemberRoute, Request } from '../runtime/route.ts';
import { commandRoute } from './commandRoute.ts';
import type { Context } from './context.ts';
import { memberIdsApi, newNoteApi, noteApi, nothingApi } from './discussionApi.ts';
import { follow, listFollowers, unfollow } from './followers.ts';
import { addNote, changeNote, removeNote } from './notes.ts';
import { pinNote, unpinNote } from './pins.ts';
import { listReaders } from './readers.ts';

/** Notes and followers of a type that people discuss. Who may read a record may come in; the use cases ask for more. */
export function discussionRoutes(name: string): MemberRoute[] {
  const definition = definitionOf(name);
  if (!definition.discussed) return [];
  const one = definition.label.en[0].toLowerCase();
  const access = 'read';
  const directory = (ctx: Context, { db }: Request) => readDirectory(db, ctx.table, ctx.now);
  return [
    commandRoute(name, '/notes', {
      access,
      summary: `Write a note under a ${one}`,
      api: newNoteApi,
      status: 201,
      run: async (ctx, id, request) => addNote(ctx, await directory(ctx, request), name, id, request.body),
    }),
    commandRoute(name, '/notes/{noteId}', {
      method: 'PATCH',
      access,
      summary: `Change a note of one’s own under a ${one}`,
      api: noteApi,
      run: async (ctx, id, request) => changeNote(ctx, await directory(ctx, request), name, id, request.params['noteId']!, request.body),
    }),
    commandRoute(name, '/notes/{noteId}', {
      method: 'DELETE',
      access,
      summary: `Delete a note under a ${one}`,
      api: nothingApi,
      run: (ctx, id, { params }) => removeNote(ctx, name, id, params['noteId']!),
    }),
    commandRoute(name, '/notes/{noteId}/pin', {
      access,
      summary: `Pin a note to the top under a ${one}`,
      api: nothingApi,
      run: (ctx, id, { params }) => pinNote(ctx, name, id, params['noteId']!),
    }),
    commandRoute(name, '/notes/{noteId}/pin', {
      method: 'DELETE',
      access,
      summary: `Take a note from the top under a ${one}`,
      api: nothingApi,
      run: (ctx, id, { params }) => unpinNote(ctx, name, id, params['noteId']!),
    }),
    commandRoute(name, '/readers', {
      method: 'GET',
      access,
      summary: `Who may be mentioned under a ${one}`,
      api: memberIdsApi,
      run: async (ctx, id, request) => listReaders(ctx, await directory(ctx, request), name, id),
    }),
    commandRoute(name, '/followers', {
      method: 'GET',
      access,
      summary: `Who follows a ${one}`,
      api: memberIdsApi,
      run: async (ctx, id, request) => listFollowers(ctx, await directory(ctx, request), name, id),
    }),
    commandRoute(name, '/follow', { access, summary: `Follow a ${one}`, api: nothingApi, run: (ctx, id) => follow(ctx, name, id) }),
    commandRoute(name, '/follow', {
      method: 'DELETE',
      access,
      summary: `Follow a ${one} no longer`,
      api: nothingApi,
      run: (ctx, id) => unfollow(ctx, name, id),
    }),
  ];
}
