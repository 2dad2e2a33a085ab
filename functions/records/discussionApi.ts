// What the routes of notes, followers and files take and answer, for the description of the API.
import type { RouteApi } from '../../shared/kernel/openApi.ts';
import { pageOf, refTo, type JsonSchema } from '../../shared/kernel/openApiSchemas.ts';
import { newNoteShape, noteShape } from '../../shared/workspace/note.ts';
import { fileShape } from '../../shared/workspace/recordFile.ts';

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

const PRESIGNED: JsonSchema = {
  type: 'object',
  properties: {
    url: { type: 'string', format: 'uri' },
    expiresAt: { type: 'string', format: 'date-time' },
    headers: { type: 'object', description: 'to be sent along, exactly so', additionalProperties: { type: 'string' } },
  },
  required: ['url', 'expiresAt', 'headers'],
};
const FILE: JsonSchema = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    name: { type: 'string' },
    size: { type: 'integer', description: 'bytes' },
    by: { type: 'string', description: 'id of the member who put it there' },
    at: { type: 'string', format: 'date-time' },
  },
  required: ['id', 'name', 'size', 'by', 'at'],
};

export const newFileApi = (): RouteApi => ({
  body: fileShape(),
  responses: {
    201: {
      description: 'where its bytes are to be put, by PUT',
      body: { type: 'object', properties: { upload: PRESIGNED }, required: ['upload'] },
    },
  },
});

export const completeApi = (): RouteApi => ({
  responses: { 200: { description: 'the file; 400 where its bytes are not what its name says', body: FILE } },
});

export const filesApi = (): RouteApi => ({
  query: { cursor: { type: 'string' } },
  responses: { 200: { description: 'one page, the last announced first', body: pageOf(FILE) } },
});

export const fileApi = (): RouteApi => ({
  responses: { 200: { description: 'an address of another origin, open for a moment, that is stored and never shown', body: PRESIGNED } },
});
