import { recordRoutes } from '../../functions/records/routes.ts';
import { segmentOf } from '../../shared/kernel/record.ts';
import { REGISTRY } from '../../shared/registry.ts';
import { everyRoute } from '../support/routes.ts';

/** Routes that write, and that no history goes: each with the reason. Those that every type of record has stand once. */
const POOL = 'the user pool is not simulated';
const READS = 'asks in a body, and writes nothing';
const PLACES = 'without roles and departments nobody could work on; where it may die has a test of its own';
const ONE_ITEM = 'writes one item under its condition, as the note that was written';

export const NOT_LIVED: Readonly<Record<string, string>> = {
  'POST /{type}/query': READS,
  'PATCH /{type}/{id}/notes/{noteId}': ONE_ITEM,
  'DELETE /{type}/{id}/notes/{noteId}': ONE_ITEM,
  'POST /{type}/{id}/notes/{noteId}/pin': 'takes one of five places at the top under its condition; a race for them has a test of its own',
  'DELETE /{type}/{id}/notes/{noteId}/pin': 'frees such a place',
  'DELETE /{type}/{id}/follow': 'takes away one item, whose absence nothing follows from',
  'POST /public/digests/stop/{token}': 'its token stands in mails alone; it changes a member, as others do',
  'PATCH /session/marks': 'moves moments of one item forward, of which nothing follows',
  'POST /news-drafts/{id}/publish': 'drafts publish themselves here when their moment comes, by the same use case',
  'POST /jobs/export': 'writes nothing but the job and its file; no store for it is simulated',
  'POST /audit/exports': 'writes one row of the log, which nothing follows from',
  'POST /jobs/{id}/cancel': 'ends a job, and no history has any',
  'POST /jobs/{id}/download': READS,
  'POST /members/invite': POOL,
  'POST /members/{id}/invite-again': POOL,
  'POST /members/{id}/disable': POOL,
  'POST /members/{id}/enable': POOL,
  'POST /members/{id}/reset-two-step': POOL,
  'POST /workspaces/{id}/applications': 'changes the workspace under its version; what it opens is for people without an account',
  'POST /workspaces/{id}/logo': 'changes the workspace under its version; no store for its file is simulated',
  'DELETE /workspaces/{id}/logo': 'changes the workspace under its version, as others do',
  'POST /applications/{id}/approve': POOL,
  'POST /applications/{id}/decline': 'no history has an application: what makes one stands in mails alone',
  'POST /auth/invitation': READS,
  'POST /auth/application-page': READS,
  'POST /auth/apply': 'writes one door, and mails it',
  'POST /auth/confirm-application': 'its token stands in mails alone',
  'POST /roles/{id}/remove': PLACES,
  'POST /roles/{id}/bring-back': PLACES,
  'POST /departments/{id}/remove': PLACES,
  'POST /departments/{id}/bring-back': PLACES,
  'POST /auth/sign-up': POOL,
  'POST /auth/sign-in': POOL,
  'POST /auth/refresh': POOL,
  'POST /auth/sign-out': POOL,
  'POST /auth/sign-out-everywhere': POOL,
  'POST /auth/forgot': POOL,
  'POST /auth/reset': POOL,
  'POST /auth/accept-invite': POOL,
  'POST /auth/two-step/read': POOL,
  'POST /auth/two-step/begin': POOL,
  'POST /auth/two-step/confirm': POOL,
  'POST /auth/two-step/end': POOL,
  'POST /auth/two-step/recovery-codes': POOL,
  'POST /auth/sessions/list': POOL,
  'POST /auth/sessions/end': POOL,
  'POST /auth/sessions/end-others': POOL,
};

/** Every route that writes; of those that all types of records have, one stands for all. */
export async function everyCommand(): Promise<ReadonlySet<string>> {
  const routes = (await everyRoute()).flatMap((entry) => entry.routes);
  return new Set(routes.filter(({ method }) => method !== 'GET').map(({ method, path }) => commandOf(`${method} ${path}`)));
}

const COMMON = new Map<string, string>(
  REGISTRY.flatMap((definition) =>
    recordRoutes(definition.name).map(({ method, path }) => {
      const rest = path.slice(`/${segmentOf(definition)}`.length);
      return [`${method} ${path}`, `${method} /{type}${rest}`] as const;
    }),
  ),
);

export const commandOf = (route: string): string => COMMON.get(route) ?? route;
