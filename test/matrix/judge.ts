/** Tries every route as the bearer of every role and compares what happens with the rights table. */
import type { Route } from '../../functions/runtime/route.ts';
import type { Desk } from '../support/desk.ts';
import { visitorsOf, type Call } from '../support/visitors.ts';
import { genericProber, type Probe, type Prober } from './probes.ts';
import { ROLES, seesPersons } from './rights.ts';
import { OTHERS, PUBLIC } from './routes.ts';
import { CANARIES, type World } from './world.ts';

export const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`;

/** Routes that the matrix knows nothing of, and lines of its that no route has; each with what to do about it. */
export function unmapped(routes: readonly Route[]): string[] {
  const names = new Set(routes.map(nameOf));
  const missing = routes
    .filter((route) => !isOpenToAll(route) && !OTHERS[nameOf(route)] && !genericProber(route))
    .map((route) => `${nameOf(route)}: say in OTHERS of test/matrix/routes.ts who may call it`);
  const open = routes
    .filter((route) => isOpenToAll(route) !== PUBLIC.has(nameOf(route)))
    .map(
      (route) =>
        `${nameOf(route)}: ${isOpenToAll(route) ? 'is open to the world; if it should be, add it to' : 'is not open; take it out of'} PUBLIC of test/matrix/routes.ts`,
    );
  const stale = [...PUBLIC, ...Object.keys(OTHERS)]
    .filter((name) => !names.has(name))
    .map((name) => `${name}: no such route; take its line out of test/matrix/routes.ts`);
  return [...missing, ...open, ...stale];
}

export const isOpenToAll = ({ access }: Route): boolean => access.kind === 'public';

type Body =
  | { readonly code?: string; readonly issues?: readonly { readonly code: string }[]; readonly items?: readonly { readonly id: string }[] }
  | undefined;
type Answer = Awaited<ReturnType<Call<Body>>>;

/** How an attempt ended, as far as rights go; `broken` where the product failed over it. */
function outcomeOf({ status, body }: Answer): 'open' | 'closed' | 'broken' {
  if (status >= 500) return 'broken';
  if ([401, 403, 404, 405].includes(status) || body?.issues?.some(({ code }) => code === 'owner.outOfReach')) return 'closed';
  return 'open';
}

const proberOf = (route: Route): Prober => OTHERS[nameOf(route)] ?? genericProber(route) ?? (() => []);

/**
 * @returns one line for each attempt that ended otherwise than the rights table says, or whose answer tells what its
 *   reader may not know
 */
export async function judge(
  desk: Desk,
  world: World,
  routes: readonly Route[],
  roles: readonly string[] = ROLES,
): Promise<{ tried: number; faults: string[] }> {
  const call = visitorsOf<Body>(routes, desk);
  const attempts = roles.flatMap((role) =>
    routes.filter((route) => !isOpenToAll(route)).flatMap((route) => proberOf(route)(world, role).map((probe) => ({ role, route, probe }))),
  );
  const faults: string[] = [];
  for (const { role, route, probe } of attempts) {
    const { method, path, body, headers = {} } = probe;
    const answer = await call(method, path, { as: role, body, headers });
    for (const fault of faultsOf(role, probe, answer)) faults.push(`${role} · ${nameOf(route)} · ${probe.what}: ${fault}`);
  }
  return { tried: attempts.length, faults };
}

function faultsOf(role: string, { method, open, ids }: Probe, answer: Answer): string[] {
  const outcome = outcomeOf(answer);
  const expected = open ? 'open' : 'closed';
  const said = JSON.stringify(answer.body ?? '');
  const listed = answer.body?.items?.map(({ id }) => id) ?? [];
  return [
    ...(outcome === expected ? [] : [`${outcome} (${answer.status} ${answer.body?.code ?? ''}), should be ${expected}`]),
    ...(outcome === 'open' && method === 'GET' && answer.status !== 200 ? [`answers ${answer.status}`] : []),
    ...(ids && outcome === 'open' && !sameIds(ids, listed) ? [`lists ${listed.length} records, should list ${ids.length}`] : []),
    ...(said.includes(CANARIES.RIVALS) ? ['tells of another workspace'] : []),
    ...(!seesPersons(role) && said.includes(CANARIES.PERSONAL) ? ['tells personal data that should be masked'] : []),
    ...(outcome === 'closed' && said.includes(CANARIES.PERSONAL) ? ['tells personal data with its refusal'] : []),
  ];
}

const sameIds = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && [...some].sort().join() === [...others].sort().join();
