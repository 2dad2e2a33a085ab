import type { RouteApi } from '../../shared/kernel/openApi.ts';
import { refTo } from '../../shared/kernel/openApiSchemas.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import type { RemovedStage } from '../../shared/sales/pipelines.ts';
import { readRemoval, removeStageChange } from '../../shared/sales/pipeline.ts';
import { commandRoute, versionOf } from '../records/commandRoute.ts';
import { decideChange } from '../records/decideChange.ts';
import { readMoving, startMoving, type MovingStep } from '../records/moveDeals.ts';
import { getRecordItself } from '../records/operations.ts';
import { env } from '../runtime/env.ts';
import type { MemberRoute } from '../runtime/route.ts';
import { sendMessage } from '../services/queue.ts';

const settings = env('JOBS_QUEUE_URL');
const text = { type: 'string' };

const removeApi = (): RouteApi => ({
  versioned: true,
  idempotent: true,
  body: {
    type: 'object',
    properties: { stage: text, movesTo: { ...text, description: 'the stage that takes its deals; it means the same' } },
    required: ['stage', 'movesTo'],
    additionalProperties: false,
  },
  responses: {
    200: {
      description: 'the pipeline without the stage; its deals are moved after this. 409 `pipeline.removed` where they went elsewhere',
      body: refTo('Pipeline'),
    },
  },
});

const progressApi = (): RouteApi => ({
  responses: {
    200: {
      description: 'the stages that were removed, in the order of their removal',
      body: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                stage: text,
                state: { enum: ['none', 'running', 'done'], description: '`none`: it has not begun' },
                moved: { type: 'integer', minimum: 0, description: 'opportunities' },
              },
              required: ['stage', 'state', 'moved'],
            },
          },
        },
        required: ['items'],
      },
    },
  },
});

const remove = commandRoute('pipeline', '/remove-stage', {
  access: 'update',
  summary: 'Remove a stage from a pipeline, and move its opportunities to another',
  api: removeApi,
  run: async (ctx, id, request) => {
    const removal = readRemoval(request.body);
    const record = await decideChange(ctx, 'pipeline', { id, version: versionOf(request) }, (pipeline) =>
      removeStageChange(pipeline, removal),
    );
    const send = (body: MovingStep): Promise<void> => sendMessage(settings().JOBS_QUEUE_URL, { body });
    await startMoving(ctx, { pipelineId: id, stage: removal.stage }, send);
    return record;
  },
});

const progress = commandRoute('pipeline', '/remove-stage', {
  method: 'GET',
  access: 'update',
  summary: 'How many opportunities of removed stages have been moved',
  api: progressApi,
  run: async (ctx, id) => {
    const { removed = [] } = (await getRecordItself(ctx, 'pipeline', id)) as AnyRecord & { removed?: readonly RemovedStage[] };
    const states = removed.map(async ({ key: stage }) => ({ stage, ...(await readMoving(ctx.table, { pipelineId: id, stage })) }));
    return { items: await Promise.all(states) };
  },
});

export const stageRoutes: readonly MemberRoute[] = [remove, progress];
