/**
 * The description of the API from what the product really routes: `node test/contract/openApi.ts` writes it to
 * functions/openapi.json, where a change of the API shows as a change of that file.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument, recordRoutes, type RouteDescription } from '../../shared/kernel/openApi.ts';
import type { JsonSchema } from '../../shared/kernel/openApiSchemas.ts';
import { REGISTRY } from '../../shared/registry.ts';
import type { Route } from '../../functions/runtime/route.ts';
import { everyRoute } from '../support/routes.ts';

export const file = join(import.meta.dirname, '../../functions/openapi.json');

/** Pages and pictures for people (`/f/{formId}/thanks`, `/logos/{file}`) are no part of the API. */
export const apiRoutes = async (): Promise<Route[]> =>
  (await everyRoute()).flatMap(({ routes }) => routes.filter(({ path }) => !/^\/(?:f|logos)\//.test(path)));

/**
 * @returns the document, paths in order of their names
 * @throws Error naming a route that says neither by its declaration nor by itself what it takes
 */
export async function describeApi(): Promise<JsonSchema> {
  const generic = new Map(REGISTRY.flatMap(recordRoutes).map((route) => [`${route.method} ${route.path}`, route]));
  const described = (await apiRoutes()).map((route): RouteDescription => {
    const own = route.api?.() ?? generic.get(`${route.method} ${route.path}`);
    if (!own) throw new Error(`route ${route.method} ${route.path} has no \`api\``);
    const { access, method, path, summary } = route;
    return { ...own, method, path, summary, access: access.kind === 'record' ? { type: access.type, action: access.action } : access.kind };
  });
  const inOrder = described.toSorted((a, b) => (`${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1));
  return openApiDocument({ version: '1', definitions: REGISTRY, routes: inOrder });
}

export const print = (document: JsonSchema): string => `${JSON.stringify(document, undefined, 1)}\n`;

if (import.meta.main) writeFileSync(file, print(await describeApi()));
