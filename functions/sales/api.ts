// What the routes of sales take and answer, for the description of the API.
import { kindOf } from '../../shared/kernel/fields/index.ts';
import type { RouteApi } from '../../shared/kernel/openApi.ts';
import { refTo, type JsonSchema } from '../../shared/kernel/openApiSchemas.ts';
import { opportunity } from '../../shared/sales/opportunity.ts';
import { STAGES } from '../../shared/sales/stages.ts';

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

const OPEN_STAGES = STAGES.filter(({ means }) => means === 'open').map(({ key }) => key);

export const reopenApi = (): RouteApi => ({
  ...changed('Opportunity', 'the open opportunity'),
  body: {
    type: 'object',
    properties: { stage: { enum: OPEN_STAGES, description: 'to go on from; where it was lost, or the last before winning, unless given' } },
    additionalProperties: false,
  },
});
