import { recordRoutes } from '../records/routes.ts';
import type { Route } from '../runtime/route.ts';

export const routes: readonly Route[] = [...recordRoutes('activity')];
