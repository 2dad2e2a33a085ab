// What the routes of leads take and answer, for the description of the API.
import type { RouteApi } from '../../shared/kernel/openApi.ts';

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
