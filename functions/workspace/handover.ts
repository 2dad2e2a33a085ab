import { can } from '../../shared/kernel/access.ts';
import { notFound } from '../../shared/kernel/errors.ts';
import type { RouteApi } from '../../shared/kernel/openApi.ts';
import { refTo, schemaName } from '../../shared/kernel/openApiSchemas.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { definitionOf } from '../../shared/registry.ts';
import { readHandover, readTakingBack } from '../../shared/workspace/handover.ts';
import type { Context } from '../records/context.ts';
import { countBook } from '../records/handoverBook.ts';
import { checkHandover, listHandovers, startHandover, startTakingBack, type HandoverStep } from '../records/handoverJob.ts';
import { env } from '../runtime/env.ts';
import type { MemberRoute } from '../runtime/route.ts';
import { sendMessage } from '../services/queue.ts';
import { assertDecides, commandMember } from './changeMember.ts';
import { findMember } from './findMember.ts';
import { withdrawInvitations } from './invitation.ts';

const settings = env('JOBS_QUEUE_URL');
const send = (body: HandoverStep, delaySeconds?: number): Promise<void> =>
  sendMessage(settings().JOBS_QUEUE_URL, { body, ...(delaySeconds ? { delaySeconds } : {}) });

/** The member whose records are asked about, by somebody who decides about people. @throws AppError access.denied (403), record.notFound (404) */
async function holderFor(ctx: Context, id: string): Promise<AnyRecord> {
  assertDecides(ctx);
  const member = await findMember(ctx.table, id);
  if (!member || !can(ctx.actor, 'read', definitionOf('member'), member)) throw notFound();
  return member;
}

const text = { type: 'string' };
const count = { type: 'integer', minimum: 0 };
const job = (description: string): RouteApi['responses'] => ({
  202: { description, body: refTo(schemaName(definitionOf('job'))) },
});
const jobId = { ...text, description: 'of the job, made by the caller: asked twice it is one' };

const previewApi = (): RouteApi => ({
  responses: {
    200: {
      description: 'what the member holds, as far as the caller may give it to others, and what was handed over before',
      body: {
        type: 'object',
        required: ['held', 'past'],
        properties: {
          held: {
            type: 'array',
            items: {
              type: 'object',
              required: ['type', 'field', 'count'],
              properties: {
                type: text,
                field: { ...text, description: '`ownerId`, or the field that names him' },
                count,
                open: { ...count, description: 'of them, those about which there is something left to do' },
              },
            },
          },
          past: {
            type: 'array',
            items: {
              type: 'object',
              required: ['id', 'by', 'to', 'at', 'count', 'state', 'takenBack', 'until'],
              properties: {
                id: text,
                by: text,
                to: text,
                at: { type: 'string', format: 'date-time' },
                count,
                state: { enum: ['running', 'ended'] },
                takenBack: { type: 'boolean' },
                until: { type: 'string', format: 'date-time', description: 'till then it can be taken back' },
              },
            },
          },
        },
      },
    },
  },
});

const handoverApi = (): RouteApi => ({
  body: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'to'],
    properties: {
      id: jobId,
      to: { ...text, description: 'an active member' },
      types: { type: 'object', additionalProperties: text, description: 'other members, by the type of what they take over' },
      disable: { type: 'boolean', description: 'shuts the member out before his records go' },
    },
  },
  responses: job('the job, which tells how far it is'),
});

const takeBackApi = (): RouteApi => ({
  body: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'handover'],
    properties: { id: jobId, handover: { ...text, description: 'id of the hand-over' } },
  },
  responses: job(
    'the job; records that have another owner by now stay where they are. 409 `handover.running`, `handover.takenBack`; 404 after its days',
  ),
});

const route = (
  method: MemberRoute['method'],
  rest: string,
  summary: string,
  api: MemberRoute['api'] & {},
  run: MemberRoute['run'],
): MemberRoute => ({
  method,
  path: `/members/{id}/hand-over${rest}`,
  access: { kind: 'record', type: 'member', action: 'update' },
  summary,
  api,
  run,
});

/** What a member holds goes to others: told beforehand, carried out in the background, taken back within a week. */
export const handoverRoutes: readonly MemberRoute[] = [
  route('GET', '', 'What a member holds that can be handed over', previewApi, async (ctx, { params }) => {
    const { id } = await holderFor(ctx, params['id']!);
    const [held, past] = await Promise.all([countBook(ctx, id), listHandovers(ctx, id)]);
    return { status: 200, body: { held, past } };
  }),
  route('POST', '', 'Hand over what a member holds', handoverApi, async (ctx, { db, params, body }) => {
    const member = await holderFor(ctx, params['id']!);
    const request = readHandover(body);
    const held = await checkHandover(ctx, member, request);
    if (request.disable) {
      await commandMember(db, ctx, member.id, ({ status }) => (status === 'disabled' ? undefined : { status: 'disabled' }));
      await withdrawInvitations(ctx.table, member.id);
    }
    return { status: 202, body: await startHandover(ctx, member, request, held, send) };
  }),
  route('POST', '/take-back', 'Take a hand-over back', takeBackApi, async (ctx, { params, body }) => {
    const member = await holderFor(ctx, params['id']!);
    return { status: 202, body: await startTakingBack(ctx, member, readTakingBack(body), send) };
  }),
];
