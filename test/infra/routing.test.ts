/** The gateway and the functions behind it agree on who answers what. */
import { expect, it } from 'vitest';
import { entries } from '../../infra/entries.ts';
import { everyRoute } from '../support/routes.ts';

const gateway = entries.flatMap(({ name, trigger }) =>
  trigger.kind === 'http' ? trigger.routes.map((route) => ({ ...route, name })) : [],
);
const all = (await everyRoute()).flatMap(({ entry, routes }) => routes.map((route) => ({ ...route, name: entry })));

/** As an HTTP API chooses: an exact segment before a parameter, a parameter before all that is left. */
const rank = (path: string): string =>
  path
    .split('/')
    .map((part) => (part === '{proxy+}' ? 2 : part.startsWith('{') ? 1 : 0))
    .join('');

function fits(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  const open = wanted.at(-1) === '{proxy+}';
  if (open ? given.length < wanted.length : given.length !== wanted.length) return false;
  return wanted.every((part, i) => part.startsWith('{') || part === given[i]);
}

it.each(all)('$method $path reaches its function, and needs a token unless it is open', ({ path, access, name }) => {
  const asked = (/^\/(?:f|logos)\//.test(path) ? path : `/api/v1${path}`).replaceAll(/\{\w+\}/g, 'x');

  const [chosen] = gateway.filter((route) => fits(route.path, asked)).sort((a, b) => (rank(a.path) < rank(b.path) ? -1 : 1));

  expect(chosen).toMatchObject({ name, token: access.kind !== 'public' });
});
