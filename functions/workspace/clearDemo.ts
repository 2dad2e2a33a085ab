import type { RouteApi } from '../../shared/kernel/openApi.ts';
import { readClearing, startClearing, type ClearingStep } from '../records/clearing.ts';
import { getRecord } from '../records/operations.ts';
import { env } from '../runtime/env.ts';
import type { MemberRoute } from '../runtime/route.ts';
import { sendMessage } from '../services/queue.ts';

const settings = env('JOBS_QUEUE_URL');

const access = { kind: 'record', type: 'workspace', action: 'configure' } as const;
const path = '/workspaces/{id}/clear-demo';
const answers = (status: number, description: string): RouteApi['responses'] => ({
  [status]: {
    description,
    body: {
      type: 'object',
      properties: { state: { enum: ['none', 'running', 'done'] }, removed: { type: 'integer', minimum: 0, description: 'records' } },
      required: ['state', 'removed'],
    },
  },
});

const clear: MemberRoute = {
  method: 'POST',
  path,
  access,
  summary: 'Remove all records of a demo workspace',
  api: () => ({
    responses: answers(202, 'it goes on by itself; a repeat changes nothing; 409 `workspace.noDemo` for any other workspace'),
  }),
  run: async (ctx, { params }) => {
    await getRecord(ctx, 'workspace', params['id']!);
    const send = (body: ClearingStep): Promise<void> => sendMessage(settings().JOBS_QUEUE_URL, { body });
    return { status: 202, body: await startClearing(ctx, send) };
  },
};

const progress: MemberRoute = {
  method: 'GET',
  path,
  access,
  summary: 'How far the removal of a demo is',
  api: () => ({ responses: answers(200, '`none` before it was asked for') }),
  run: async (ctx, { params }) => {
    await getRecord(ctx, 'workspace', params['id']!);
    return { status: 200, body: await readClearing(ctx.table) };
  },
};

export const demoRoutes: readonly MemberRoute[] = [clear, progress];
