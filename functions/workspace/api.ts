// What the workspace's own routes take and answer, for the description of the API.
import { AUDIT_KINDS } from '../../shared/workspace/audit.ts';
import { MEMBER_MARKS } from '../../shared/workspace/memberMarks.ts';
import type { RouteApi } from '../../shared/kernel/openApi.ts';
import { pageOf, type JsonSchema } from '../../shared/kernel/openApiSchemas.ts';
import { MOST_PER_PAGE, PAGE_SIZE } from '../../shared/kernel/page.ts';

const text = { type: 'string' };
const moment = { type: 'string', format: 'date-time' };
const count = { type: 'integer', minimum: 0 };
const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });

/** An object all of whose properties are there, but for those named as optional. */
const object = (properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});
const answers = (description: string, body: JsonSchema): RouteApi['responses'] => ({ 200: { description, body } });

export const healthApi = (): RouteApi => ({ responses: answers('it does', object({ ok: { const: true } })) });

const marks = object(Object.fromEntries(MEMBER_MARKS.map((name) => [name, moment])), MEMBER_MARKS);

export const marksApi = (): RouteApi => ({
  body: { ...marks, additionalProperties: false, description: 'a mark only goes forward' },
  responses: answers('all marks of the caller as they stand', marks),
});

export const sessionApi = (): RouteApi => ({
  responses: answers(
    'the member, his rights and colleagues, and where the feed of changes stands',
    object({
      member: ref('Member'),
      workspace: ref('Workspace'),
      workspaces: list(object({ id: text, name: text })),
      rights: { type: 'object', description: 'of all roles together, as a role holds them' },
      team: list(text),
      span: list(text),
      members: list(object({ id: text, name: text, active: { type: 'boolean' } })),
      shape: object({
        customFields: list(ref('CustomField')),
        valueLists: list({ type: 'object' }),
        recordForms: list({ type: 'object' }),
        pipelines: list({ type: 'object' }),
      }),
      feed: object({ position: count, epoch: count }),
      marks,
    }),
  ),
});

export const changesApi = (): RouteApi => ({
  query: { since: { ...count, default: 0 } },
  responses: answers(
    'a page of the feed; 410 when the position is older than the feed',
    object({
      position: { ...count, description: 'from where to ask next' },
      epoch: { ...count, description: 'raised when rights change: whoever sees a new one reads his records again' },
      more: { type: 'boolean' },
      items: list(
        object(
          {
            type: text,
            id: text,
            version: count,
            record: { type: 'object' },
            gone: { const: true, description: 'removed, or out of reach by now' },
          },
          ['record', 'gone'],
        ),
      ),
    }),
  ),
});

/** @param longest letters of the words asked for */
export const binApi = (longest: number): RouteApi => ({
  query: {
    type: { ...text, description: 'of one type alone' },
    q: { ...text, maxLength: longest, description: 'words, pieces of phone numbers, first letters of Chinese titles' },
    limit: { type: 'integer', minimum: 1, maximum: MOST_PER_PAGE, default: PAGE_SIZE },
    cursor: text,
  },
  responses: answers(
    'one page; only what the reader could read and remove',
    pageOf(
      object(
        {
          type: text,
          id: text,
          version: { ...count, description: 'to be named by whoever brings it back' },
          ownerId: text,
          summary: { type: 'object' },
          removedAt: moment,
          removedBy: text,
          until: { ...moment, description: 'it cannot be brought back after that' },
        },
        ['ownerId'],
      ),
    ),
  ),
});

/** @param longest letters of the words asked for */
export const searchApi = (longest: number): RouteApi => ({
  query: { q: { ...text, maxLength: longest } },
  responses: answers('what fits, best first', object({ items: list(object({ type: text, id: text, summary: { type: 'object' } })) })),
});

export const auditApi = (): RouteApi => ({
  query: {
    kind: { enum: [...AUDIT_KINDS] },
    by: { ...text, description: 'id of the member who did it, or whom it is about' },
    from: { ...text, format: 'date-time' },
    to: { ...text, format: 'date-time' },
    cursor: text,
  },
  responses: answers(
    'a page of the log, kept for 400 days; where little fits, a page may hold few rows and a cursor',
    object(
      {
        items: list(
          object(
            {
              id: text,
              at: { ...text, format: 'date-time' },
              kind: { enum: [...AUDIT_KINDS] },
              event: text,
              by: text,
              address: text,
              device: object({ browser: text, system: text }, ['browser', 'system']),
              on: object({ type: text, id: text }, ['id']),
              fields: list(text),
              count,
            },
            ['address', 'device', 'on', 'fields', 'count'],
          ),
        ),
        cursor: text,
      },
      ['cursor'],
    ),
  ),
});

export const signInsApi = (): RouteApi => ({
  responses: answers(
    'of the members in reach who have signed in; the address for those who decide about people',
    object({ items: list(object({ id: text, at: { ...text, format: 'date-time' }, times: count, address: text }, ['address'])) }),
  ),
});
