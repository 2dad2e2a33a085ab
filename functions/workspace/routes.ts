import { invalid } from '../../shared/kernel/errors.ts';
import { listBin } from '../records/bin.ts';
import { listChanges } from '../records/feed.ts';
import { recordRoutes } from '../records/routes.ts';
import { search } from '../records/search.ts';
import { ACCESS_EPOCH, type MemberRoute, type PublicRoute, type Route } from '../runtime/route.ts';
import { secretOf } from '../table/entry.ts';
import { auditApi, binApi, changesApi, healthApi, searchApi, sessionApi } from './api.ts';
import { applicationRoutes } from './applications.ts';
import { applyLinkRoute } from './applyLink.ts';
import { departmentRoutes } from './removeDepartment.ts';
import { stageRoutes } from './removeStage.ts';
import { demoRoutes } from './clearDemo.ts';
import { jobRoutes } from './jobs.ts';
import { listAudit, readAuditQuestion } from './listAudit.ts';
import { marksRoute } from './memberMarks.ts';
import { logoRoutes } from './logo.ts';
import { peopleRoutes } from './members.ts';
import { newsRoutes } from './newsRoutes.ts';
import { readSession } from './session.ts';

const MOST_LETTERS = 200;

const health: PublicRoute = {
  method: 'GET',
  path: '/health',
  access: { kind: 'public' },
  summary: 'Whether the product answers',
  api: healthApi,
  run: async () => ({ status: 200, body: { ok: true } }),
};

const session: MemberRoute = {
  method: 'GET',
  path: '/session',
  access: { kind: 'member' },
  summary: 'Who is here, in which workspace, with which rights',
  api: sessionApi,
  run: async (ctx, request) => {
    const body = await readSession(ctx, request);
    // Read anew for it, where the caller himself was let in by rights that were remembered.
    return { status: 200, body, headers: { [ACCESS_EPOCH]: String(body.feed.epoch) } };
  },
};

const changes: MemberRoute = {
  method: 'GET',
  path: '/changes',
  access: { kind: 'member' },
  summary: 'What changed after a position of the feed',
  api: changesApi,
  run: async (ctx, { query }) => {
    const since = query['since'] ?? '0';
    if (!/^\d{1,12}$/.test(since)) throw invalid([{ field: 'since', code: 'number.expected' }]);
    return { status: 200, body: await listChanges(ctx, Number(since)) };
  },
};

const find: MemberRoute = {
  method: 'GET',
  path: '/search',
  access: { kind: 'member' },
  summary: 'Find records of any type by words',
  api: () => searchApi(MOST_LETTERS),
  run: async (ctx, { query }) => {
    const text = query['q'] ?? '';
    if (text.length > MOST_LETTERS) throw invalid([{ field: 'q', code: 'text.tooLong', params: { limit: MOST_LETTERS } }]);
    return { status: 200, body: { items: await search(ctx, text) } };
  },
};

const bin: MemberRoute = {
  method: 'GET',
  path: '/bin',
  access: { kind: 'member' },
  summary: 'Removed records of all types that can be brought back, the last removed first',
  api: () => binApi(MOST_LETTERS),
  run: async (ctx, request) => {
    const { type, q, limit, cursor, ...rest } = request.query;
    const unknown = Object.keys(rest).map((field) => ({ field, code: 'field.unknown' }));
    if (unknown.length) throw invalid(unknown);
    if (q !== undefined && q.length > MOST_LETTERS) throw invalid([{ field: 'q', code: 'text.tooLong', params: { limit: MOST_LETTERS } }]);
    const asked = { type, q, cursor, limit: limit === undefined ? undefined : Number(limit) };
    return { status: 200, body: await listBin(ctx, await secretOf(request.db, 'cursor'), asked) };
  },
};

const audit: MemberRoute = {
  method: 'GET',
  path: '/audit',
  // Whoever may set the workspace up may read who did what in it.
  access: { kind: 'record', type: 'workspace', action: 'update' },
  summary: 'The log of sign-ins, exports, and changes of people, rights and set-up, newest first',
  api: auditApi,
  run: async (ctx, { db, query }) => {
    const asked = readAuditQuestion(query);
    return { status: 200, body: await listAudit(ctx, await secretOf(db, 'cursor'), asked, query['cursor']) };
  },
};

export const routes: readonly Route[] = [
  health,
  session,
  marksRoute,
  changes,
  find,
  bin,
  audit,
  ...peopleRoutes,
  ...applicationRoutes,
  applyLinkRoute,
  ...logoRoutes,
  ...demoRoutes,
  ...jobRoutes,
  ...stageRoutes,
  ...departmentRoutes,
  ...newsRoutes,
  ...[
    'workspace',
    'customField',
    'valueList',
    'recordForm',
    'pipeline',
    'notification',
    'savedView',
    'sharedView',
    'news',
    'newsDraft',
  ].flatMap(recordRoutes),
];
