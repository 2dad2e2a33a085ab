import { definitionOf } from '../../shared/registry.ts';
import type { MemberRoute, Request } from '../runtime/route.ts';
import { secretOf } from '../table/entry.ts';
import { commandRoute } from './commandRoute.ts';
import { completeApi, fileApi, filesApi, newFileApi, nothingApi } from './discussionApi.ts';
import { announceFile, completeFile, downloadFile, listFiles, removeFile } from './files.ts';

/** Files of a type that people discuss. Who may read a record may come in; the use cases ask for more. */
export function fileRoutes(name: string): MemberRoute[] {
  const definition = definitionOf(name);
  if (!definition.discussed) return [];
  const one = definition.label.en[0].toLowerCase();
  const access = 'read';
  const fileOf = ({ params }: Request): string => params['fileId']!;
  return [
    commandRoute(name, '/files', {
      method: 'GET',
      access,
      summary: `Files of a ${one}`,
      api: filesApi,
      run: async (ctx, id, { db, query }) => listFiles(ctx, await secretOf(db, 'cursor'), name, id, query['cursor']),
    }),
    commandRoute(name, '/files', {
      access,
      summary: `Announce a file for a ${one}`,
      api: newFileApi,
      status: 201,
      run: (ctx, id, { body }) => announceFile(ctx, name, id, body),
    }),
    commandRoute(name, '/files/{fileId}/complete', {
      access,
      summary: `Take a file of a ${one} that has been sent`,
      api: completeApi,
      run: (ctx, id, request) => completeFile(ctx, name, id, fileOf(request)),
    }),
    commandRoute(name, '/files/{fileId}', {
      method: 'GET',
      access,
      summary: `Where a file of a ${one} can be had`,
      api: fileApi,
      run: (ctx, id, request) => downloadFile(ctx, name, id, fileOf(request)),
    }),
    commandRoute(name, '/files/{fileId}', {
      method: 'DELETE',
      access,
      summary: `Take a file away from a ${one}`,
      api: nothingApi,
      run: (ctx, id, request) => removeFile(ctx, name, id, fileOf(request)),
    }),
  ];
}
