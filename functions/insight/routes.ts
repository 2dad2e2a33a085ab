import { recordRoutes } from '../records/routes.ts';
import type { PublicRoute, Route } from '../runtime/route.ts';
import { churnRoutes } from './churnRoutes.ts';
import { figuresRoute } from './figuresRoute.ts';
import { stopDigest } from './unsubscribe.ts';

/** Only by POST: programs that look at the links of a mail must stop nothing. */
const stop: PublicRoute = {
  method: 'POST',
  path: '/public/digests/stop/{token}',
  access: { kind: 'public' },
  summary: 'Stop a digest from the mail program',
  api: () => ({ responses: { 204: { description: 'no more digests come' } } }),
  run: async (request) => {
    await stopDigest(request);
    return { status: 204 };
  },
};

export const routes: readonly Route[] = [stop, figuresRoute, ...churnRoutes, ...recordRoutes('digest'), ...recordRoutes('churnWarning')];
