import type { RouteApi } from '../../shared/kernel/openApi.ts';
import { refTo, schemaName } from '../../shared/kernel/openApiSchemas.ts';
import { definitionOf } from '../../shared/registry.ts';
import { EXPORT_FORMATS } from '../../shared/workspace/exportRequest.ts';
import { LOCALES } from '../../shared/kernel/types.ts';
import { commandRoute } from '../records/commandRoute.ts';
import { fileApi } from '../records/discussionApi.ts';
import { cancelJob, downloadExport, startExport, type ExportStep } from '../records/exportJob.ts';
import { recordRoutes } from '../records/routes.ts';
import { env } from '../runtime/env.ts';
import type { MemberRoute } from '../runtime/route.ts';
import { sendMessage } from '../services/queue.ts';
import { noteExport } from './noteExport.ts';

const settings = env('JOBS_QUEUE_URL');

const answers = (status: number, description: string): RouteApi['responses'] => ({
  [status]: { description, body: refTo(schemaName(definitionOf('job'))) },
});

const exported: MemberRoute = {
  method: 'POST',
  path: '/jobs/export',
  access: { kind: 'member' },
  summary: 'Have a list written into a file',
  api: () => ({
    body: {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'recordType', 'format', 'name', 'columns', 'locale'],
      properties: {
        id: { type: 'string', description: 'of the job, made by the caller: asked twice it is one' },
        recordType: { type: 'string', examples: ['customer'] },
        format: { enum: EXPORT_FORMATS },
        name: { type: 'string', maxLength: 150, description: 'of the file, without its ending' },
        columns: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 200 },
        filter: { description: 'as lists take it' },
        q: { type: 'string', maxLength: 200, description: 'words that the records are found by' },
        sort: { type: 'string', examples: ['-amount'] },
        locale: { enum: LOCALES },
      },
    },
    responses: answers(202, 'the job, which tells how far it is; 403 without the right to export records of that type'),
  }),
  run: async (ctx, { body }) => {
    const send = (step: ExportStep): Promise<void> => sendMessage(settings().JOBS_QUEUE_URL, { body: step });
    return { status: 202, body: await startExport(ctx, body, send) };
  },
};

const noted: MemberRoute = {
  method: 'POST',
  path: '/audit/exports',
  access: { kind: 'member' },
  summary: 'Tell the log of a file that the browser makes of records it holds',
  api: () => ({
    body: {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'recordType', 'count'],
      properties: {
        id: { type: 'string', description: 'made by the caller, with the prefix `aud`: told twice it is one' },
        recordType: { type: 'string', examples: ['customer'] },
        count: { type: 'integer', minimum: 0, maximum: 1_000_000, description: 'records in the file' },
      },
    },
    responses: { 204: { description: 'the log knows; 403 without the right to export records of that type' } },
  }),
  run: async (ctx, request) => {
    await noteExport(ctx, request);
    return { status: 204 };
  },
};

const cancelled = commandRoute('job', '/cancel', {
  access: 'update',
  summary: 'Give a job up',
  api: () => ({ responses: answers(200, 'the job; one that has ended stays as it is') }),
  run: cancelJob,
});

const download = commandRoute('job', '/download', {
  access: 'read',
  summary: 'Open the way to the file of a job',
  api: fileApi,
  run: downloadExport,
});

export const jobRoutes: readonly MemberRoute[] = [exported, noted, cancelled, download, ...recordRoutes('job')];
