import { recordRoutes } from '../records/routes.ts';
import type { Route } from '../runtime/route.ts';

export const routes: readonly Route[] = [...recordRoutes('lead'), ...recordRoutes('submission'), ...recordRoutes('webForm')];
