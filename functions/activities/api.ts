// What the commands of activities take and answer, for the description of the API.
import type { RouteApi } from '../../shared/kernel/openApi.ts';
import type { JsonSchema } from '../../shared/kernel/openApiSchemas.ts';

const ACTIVITY: JsonSchema = { $ref: '#/components/schemas/Activity' };
const OUTCOME: JsonSchema = { type: 'string', maxLength: 4000, description: 'what came of it' };
const MOMENT: JsonSchema = { type: 'string', format: 'date-time' };
const END_SERIES: JsonSchema = { type: 'boolean', default: false, description: 'nothing comes again' };

const closed = (description: string, more: Readonly<Record<string, JsonSchema>> = {}): RouteApi['responses'] => ({
  200: {
    description: `${description}; 409 \`activity.closed\` when it was closed otherwise before`,
    body: {
      type: 'object',
      properties: { activity: ACTIVITY, next: { ...ACTIVITY, description: 'next occurrence of its cycle' }, ...more },
      required: ['activity'],
    },
  },
});

export const completeApi = (): RouteApi => ({
  versioned: true,
  idempotent: true,
  body: {
    type: 'object',
    properties: {
      outcome: OUTCOME,
      evaluation: { type: 'string', maxLength: 2000 },
      actualStart: { ...MOMENT, description: 'the end unless said otherwise' },
      actualEnd: { ...MOMENT, description: 'now unless said otherwise' },
      endSeries: END_SERIES,
      nextStep: { type: 'object', description: 'fields of a new activity; whom and what it concerns is taken from this one' },
    },
    additionalProperties: false,
  },
  responses: closed('done, with what follows from it', { nextStep: ACTIVITY }),
});

export const cancelApi = (): RouteApi => ({
  versioned: true,
  idempotent: true,
  body: { type: 'object', properties: { outcome: OUTCOME, endSeries: END_SERIES }, additionalProperties: false },
  responses: closed('cancelled; of a cycle this occurrence alone, unless the series ends'),
});

export const reopenApi = (): RouteApi => ({
  versioned: true,
  idempotent: true,
  body: {
    type: 'object',
    properties: { nextStepId: { type: 'string', description: 'the next step made with the closing that is taken back' } },
    additionalProperties: false,
  },
  responses: {
    200: { description: 'planned again; that next step goes where nobody has touched it, an occurrence stays', body: ACTIVITY },
  },
});

const DAY_ITEM: JsonSchema = {
  type: 'object',
  description: 'what the list of open work tells of an activity',
  properties: { id: { type: 'string' }, subject: { type: 'string' }, dueAt: MOMENT },
  required: ['id', 'subject'],
};
const DAY_PART: JsonSchema = {
  type: 'object',
  properties: { items: { type: 'array', items: DAY_ITEM }, more: { type: 'boolean' } },
  required: ['items', 'more'],
};

export const myDayApi = (): RouteApi => ({
  query: {
    owner: { type: 'string', description: 'a member, `me` unless said otherwise' },
    day: { type: 'string', format: 'date', description: 'of his calendar, today unless said otherwise' },
  },
  responses: {
    200: {
      description: 'the day; the latest of what is overdue first, the rest by time',
      body: {
        type: 'object',
        properties: {
          ...{ ownerId: { type: 'string' }, day: { type: 'string', format: 'date' }, zone: { type: 'string' } },
          ...{ overdue: DAY_PART, today: DAY_PART, someday: DAY_PART },
        },
        required: ['ownerId', 'day', 'zone', 'overdue', 'today', 'someday'],
      },
    },
  },
});
