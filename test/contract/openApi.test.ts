import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { recordRoutes } from '../../shared/kernel/openApi.ts';
import { REGISTRY } from '../../shared/registry.ts';
import { apiRoutes, describeApi, file, print } from './openApi.ts';

it('describes the API in functions/openapi.json as it is (npm run openapi writes it)', async () => {
  expect(print(await describeApi())).toBe(readFileSync(file, 'utf8'));
});

it('routes the operations that the record types declare, each under the right it is described with', async () => {
  const routed = new Map((await apiRoutes()).map(({ method, path, access }) => [`${method} ${path}`, access]));

  for (const { method, path, access } of REGISTRY.flatMap(recordRoutes))
    expect([method, path, routed.get(`${method} ${path}`)]).toEqual([method, path, { kind: 'record', ...(access as object) }]);
});
