// What the routes of sales take and answer, for the description of the API.
import { kindOf } from '../../shared/kernel/fields/index.ts';
import type { RouteApi } from '../../shared/kernel/openApi.ts';
import { refTo, type JsonSchema } from '../../shared/kernel/openApiSchemas.ts';
import { opportunity } from '../../shared/sales/opportunity.ts';

const ofOpportunity = (name: 'reasons' | 'lostTo' | 'closeNote'): JsonSchema => {
  const field = opportunity.fields[name];
  return kindOf(field).jsonSchema(field);
};
const changed = (type: string, description: string): Pick<RouteApi, 'versioned' | 'idempotent' | 'responses'> => ({
  versioned: true,
  idempotent: true,
  responses: { 200: { description, body: refTo(type) } },
});

export const closeApi = (): RouteApi => ({
  ...changed(
    'Opportunity',
    'the closed opportunity; closing it again in the same way changes the reasons, in another way is 409 `opportunity.closed`',
  ),
  body: {
    type: 'object',
    properties: {
      outcome: { enum: ['won', 'lost'] },
      reasons: { ...ofOpportunity('reasons'), description: 'why; a loss needs one at least' },
      lostTo: { ...ofOpportunity('lostTo'), description: 'who got it; of a loss only' },
      closeNote: ofOpportunity('closeNote'),
    },
    required: ['outcome'],
    additionalProperties: false,
  },
});

export const reopenApi = (): RouteApi => ({
  ...changed('Opportunity', 'the open opportunity'),
  body: {
    type: 'object',
    properties: {
      stage: {
        type: 'string',
        description: 'an open one of its pipeline, to go on from; where it was lost, or the last before winning, unless given',
      },
    },
    additionalProperties: false,
  },
});

/** Fields over those taken from the deal, hence none is required. */
const over = (type: string): JsonSchema => ({ type: 'object', description: `fields of the new ${type}, over those of the opportunity` });

export const cloneApi = (): RouteApi => ({
  idempotent: true,
  body: over('opportunity'),
  responses: { 201: { description: 'the new opportunity, open at the first stage', body: refTo('Opportunity') } },
});

export const orderApi = (): RouteApi => ({
  versioned: true,
  idempotent: true,
  body: over('order'),
  responses: {
    200: {
      description: 'the order, also where it was made before; 409 `opportunity.order.notWon` for a deal that is not won',
      body: {
        type: 'object',
        properties: { order: refTo('Order'), opportunity: refTo('Opportunity') },
        required: ['order', 'opportunity'],
      },
    },
  },
});

const moment: JsonSchema = { type: 'string', format: 'date-time' };
const stay: JsonSchema = {
  type: 'object',
  properties: {
    stage: { type: 'string' },
    since: moment,
    until: { ...moment, description: 'absent while it goes on' },
    ms: { type: 'integer', minimum: 0 },
    ended: { enum: ['moved', 'won', 'lost'] },
    by: { type: 'string', description: 'who brought it there' },
  },
  required: ['stage', 'since', 'ms', 'by'],
};

export const stagesApi = (): RouteApi => ({
  responses: {
    200: {
      description: 'stays, oldest first, and the time at each stage, in milliseconds; time after its end is nowhere',
      body: {
        type: 'object',
        properties: {
          items: { type: 'array', items: stay },
          totals: {
            type: 'array',
            items: {
              type: 'object',
              properties: { stage: { type: 'string' }, ms: { type: 'integer', minimum: 1 } },
              required: ['stage', 'ms'],
            },
          },
        },
        required: ['items', 'totals'],
      },
    },
  },
});

export const statusApi = (): RouteApi => changed('Order', 'the order; 409 `order.status` where it cannot go there from where it stands');
