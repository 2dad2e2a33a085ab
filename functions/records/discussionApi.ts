// What the routes of notes and followers take and answer, for the description of the API.
import type { RouteApi } from '../../shared/kernel/openApi.ts';
import { refTo } from '../../shared/kernel/openApiSchemas.ts';
import { newNoteShape, noteShape } from '../../shared/workspace/note.ts';

const written = (description: string) => ({ description, body: refTo('TimelineRow') });

export const newNoteApi = (): RouteApi => ({
  body: newNoteShape(),
  responses: { 201: written('the note in the record’s timeline; the same when it was sent before') },
});

export const noteApi = (): RouteApi => ({ body: noteShape(), responses: { 200: written('the note as it stands now') } });

export const nothingApi = (): RouteApi => ({ responses: { 204: { description: 'done' } } });

export const memberIdsApi = (): RouteApi => ({
  responses: {
    200: {
      description: 'ids of members',
      body: {
        type: 'object',
        properties: {
          items: { type: 'array', items: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] } },
        },
        required: ['items'],
      },
    },
  },
});
