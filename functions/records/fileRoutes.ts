import { segmentOf } from '../../shared/kernel/record.ts';
import { definitionOf } from '../../shared/registry.ts';
import type { Answer, MemberRoute, Request } from '../runtime/route.ts';
import { secretOf } from '../table/entry.ts';
import type { Context } from './context.ts';
import { completeApi, fileApi, filesApi, newFileApi, nothingApi } from './discussionApi.ts';
import { announceFile, completeFile, downloadFile, listFiles, removeFile } from './files.ts';

/** Files of a type that people discuss. Who may read a record may come in; the use cases ask for more. */
export function fileRoutes(name: string): MemberRoute[] {
  const definition = definitionOf(name);
  if (!definition.discussed) return [];
  const one = definition.label.en[0].toLowerCase();
  const route = (
    method: MemberRoute['method'],
    rest: string,
    summary: string,
    api: MemberRoute['api'] & {},
    run: (ctx: Context, id: string, request: Request) => Promise<Answer>,
  ): MemberRoute => ({
    method,
    path: `/${segmentOf(definition)}/{id}/files${rest}`,
    access: { kind: 'record', type: name, action: 'read' },
    summary,
    api,
    run: (ctx, request) => run(ctx, request.params['id']!, request),
  });
  const fileOf = ({ params }: Request): string => params['fileId']!;
  return [
    route('GET', '', `Files of a ${one}`, filesApi, async (ctx, id, request) => ({
      status: 200,
      body: await listFiles(ctx, await secretOf(request.db, 'cursor'), name, id, request.query['cursor']),
    })),
    route('POST', '', `Announce a file for a ${one}`, newFileApi, async (ctx, id, { body }) => ({
      status: 201,
      body: await announceFile(ctx, name, id, body),
    })),
    route('POST', '/{fileId}/complete', `Take a file of a ${one} that has been sent`, completeApi, async (ctx, id, request) => ({
      status: 200,
      body: await completeFile(ctx, name, id, fileOf(request)),
    })),
    route('GET', '/{fileId}', `Where a file of a ${one} can be had`, fileApi, async (ctx, id, request) => ({
      status: 200,
      body: await downloadFile(ctx, name, id, fileOf(request)),
    })),
    route('DELETE', '/{fileId}', `Take a file away from a ${one}`, nothingApi, async (ctx, id, request) => {
      await removeFile(ctx, name, id, fileOf(request));
      return { status: 204 };
    }),
  ];
}
