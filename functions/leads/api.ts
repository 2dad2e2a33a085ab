// What the routes of leads take and answer, for the description of the API.
import type { RouteApi } from '../../shared/kernel/openApi.ts';
import type { JsonSchema } from '../../shared/kernel/openApiSchemas.ts';

const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
const EXISTING: JsonSchema = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'], additionalProperties: false };
/** Fields over those taken from the lead, hence none is required. */
const fields = (name: string): JsonSchema => ({ type: 'object', description: `fields of a new ${name}, over those of the lead` });

export const postApi = (): RouteApi => ({
  idempotent: true,
  body: {
    type: 'object',
    description: 'answers by the names of the inputs; also as application/x-www-form-urlencoded',
    additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
  },
  responses: {
    200: {
      description: 'arrived; the same post sent again has the same receipt',
      body: {
        type: 'object',
        properties: { receipt: { type: 'string' }, status: { const: 'received' } },
        required: ['receipt', 'status'],
      },
    },
    303: { description: 'arrived, for a browser: to the page of thanks' },
  },
});

export const convertApi = (): RouteApi => ({
  versioned: true,
  idempotent: true,
  body: {
    type: 'object',
    properties: {
      customer: { anyOf: [EXISTING, fields('customer')] },
      contact: { anyOf: [{ const: false, description: 'none' }, EXISTING, fields('contact')] },
      opportunity: { anyOf: [{ const: false, description: 'none, as when it is left out' }, fields('opportunity')] },
      allowDuplicate: { type: 'boolean', default: false },
    },
    additionalProperties: false,
  },
  responses: {
    200: {
      description: 'what became of it; 409 `lead.converted` when it became something else before',
      body: {
        type: 'object',
        properties: { lead: ref('Lead'), customer: ref('Customer'), contact: ref('Contact'), opportunity: ref('Opportunity') },
        required: ['lead', 'customer'],
      },
    },
  },
});
