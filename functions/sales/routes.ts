import { recordRoutes } from '../records/routes.ts';
import type { Route } from '../runtime/route.ts';

export const routes: readonly Route[] = [...recordRoutes('opportunity'), ...recordRoutes('product'), ...recordRoutes('order')];
