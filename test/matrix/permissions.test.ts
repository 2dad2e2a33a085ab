import { beforeAll, describe, expect, it } from 'vitest';
import { segmentOf } from '../../shared/kernel/record.ts';
import { definitionOf, REGISTRY } from '../../shared/registry.ts';
import type { Rights } from '../../shared/kernel/access.ts';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { putMembership } from '../../functions/table/entry.ts';
import { recordKey } from '../../functions/table/keys.ts';
import type { MemberRoute, Route } from '../../functions/runtime/route.ts';
import { stubAwsEnvironment } from '../functions/services/awsEnvironment.ts';
import { memoryDatabase } from '../sim/memoryDatabase.ts';
import { deskOn, type Desk } from '../support/desk.ts';
import { isolated } from '../support/isolation.ts';
import { everyRoute } from '../support/routes.ts';
import { visitorsOf, type Call } from '../support/visitors.ts';
import { isOpenToAll, judge, nameOf, unmapped } from './judge.ts';
import { TYPES } from './probes.ts';
import { may, ROLES } from './rights.ts';
import { FILE_IDS, FIRM, makeWorld, RIVAL, TITLED, type World } from './world.ts';

let routes: Route[];
let desk: Desk;
let world: World;
beforeAll(async () => {
  stubAwsEnvironment({ FILES_BUCKET: 'files' });
  routes = (await everyRoute()).flatMap((entry) => entry.routes);
  desk = deskOn(memoryDatabase());
  world = await makeWorld(desk);
});

/** Ids of all records that the bearer of a role may read. */
const readable = (role: string, among = world.seeds): string[] =>
  among.filter((seed) => may(role, 'R', TYPES[seed.type]!.column, world.whoseOf(role, seed))).map(({ id }) => id);

describe('the matrix of rights', () => {
  it('knows every route that the product answers', () => {
    expect(unmapped(routes)).toEqual([]);
  });

  it('has records of every type, in every relation to their reader that the type knows', () => {
    for (const { name, paths, access } of REGISTRY) {
      const whose = new Set(
        [...world.seeds, ...world.rivals].filter(({ type }) => type === name).map((seed) => world.whoseOf('sales', seed)),
      );
      expect([...whose].sort(), name).toEqual(paths.owner || access.self ? ['other', 'own', 'rival', 'span', 'team'] : ['nobody', 'rival']);
    }
  });

  it.each(ROLES)('holds for %s, on every route and everybody’s records', async (role) => {
    const { tried, faults } = await judge(desk, world, routes, [role]);

    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(routes.length);
  });
});

describe('every exit', () => {
  interface Body {
    items: { id: string; gone?: true }[];
    workspaces: { id: string }[];
  }
  let call: Call<Body>;
  beforeAll(() => {
    call = visitorsOf<Body>(routes, desk);
  });

  it.each(ROLES)('tells %s of what is in his reach: the feed of changes all of it', async (role) => {
    const items: string[] = [];
    for (let since = 0, more = true; more;) {
      const { body } = (await call('GET', `/changes?since=${since}`, { as: role })) as unknown as {
        body: Body & { position: number; more: boolean };
      };
      items.push(...body.items.map(({ id }) => id));
      ({ position: since, more } = body);
    }

    expect([...new Set(items)].sort()).toEqual(readable(role).sort());
  });

  it.each(ROLES)('finds for %s only what is in his reach', async (role) => {
    const searchable = world.seeds.filter(({ type }) =>
      Object.values(REGISTRY.find(({ name }) => name === type)!.fields).some((field) => field.search && field.kind === 'text'),
    );
    const expected = readable(role, searchable);

    const { body } = await call('GET', `/search?q=${TITLED}`, { as: role });

    const found = body.items.map(({ id }) => id);
    expect(found.filter((id) => !expected.includes(id))).toEqual([]);
    expect(found.length).toBe(Math.min(25, expected.length));
  });

  it.each([
    ['a visitor without a token', undefined, {}, 401],
    ['a person of another workspace who names this one', `${RIVAL}-owner`, { 'x-workspace': 'firm' }, 403],
    ['a person who names a workspace that is none', 'owner', { 'x-workspace': 'nowhere' }, 403],
  ])('is closed to %s', async (_who, as, headers, status) => {
    const answers = await Promise.all(
      routes
        .filter((route) => !isOpenToAll(route))
        .map(async (route) => [
          nameOf(route),
          (await call(route.method, route.path.replace(/\{\w+\}/g, 'x'), { as, headers, body: {} })).status,
        ]),
    );

    expect(answers.filter(([, answered]) => answered !== status)).toEqual([]);
    expect(answers.length).toBeGreaterThan(50);
  });
});

describe('a person of two workspaces', () => {
  it('is served from the one he names, and nothing of the other is asked for on any route but that which lists them', async () => {
    await putMembership(desk.db, 'sub-owner', { tenant: RIVAL, memberId: world.memberOf('owner') });
    const strict = visitorsOf<unknown>(routes, { forVisitor: () => isolated(desk.db, { tenants: [FIRM], doors: true }) });
    const named = { as: 'owner', headers: { 'x-workspace': FIRM } };
    const reading = routes.filter(({ method, path, access }) => method === 'GET' && access.kind !== 'public' && path !== '/session');

    const answers = await Promise.all(
      reading.map(async (route) => {
        const [, segment = ''] = route.path.split('/');
        const seed = world.seeds.find(
          ({ type, holder }) => segmentOf(definitionOf(type)) === segment && (!holder || holder === world.memberOf('owner')),
        );
        const path = route.path.replace('{id}', seed?.id ?? '').replace('{fileId}', FILE_IDS.kept);
        return [nameOf(route), (await strict('GET', path, named)).status];
      }),
    );

    expect(answers.filter(([, status]) => status !== 200)).toEqual([]);
  });
});

describe('the matrix bites', () => {
  const defaultOf = (key: string): Rights => DEFAULT_ROLES.find((role) => role.key === key)!.rights;
  const withGrant = (
    key: string,
    group: 'customers' | 'leads' | 'people' | 'workspace',
    grants: Rights['grants'][string & 'leads'],
  ): Rights => ({
    ...defaultOf(key),
    grants: { ...defaultOf(key).grants, [group]: { ...defaultOf(key).grants[group], ...grants } },
  });
  const judged = async (role: string, rights: Rights): Promise<string[]> => {
    const other = deskOn(memoryDatabase());
    return (await judge(other, await makeWorld(other, { [role]: rights }), routes, [role])).faults;
  };

  it.each<[string, string, Rights, string]>([
    [
      'a viewer who may change what he sees',
      'viewer',
      withGrant('viewer', 'customers', { update: 'span' }),
      'viewer · PATCH /customers/{id} · span, industry',
    ],
    ['sales staff who read the whole firm’s leads', 'sales', withGrant('sales', 'leads', { read: 'all' }), 'sales · GET /leads · all'],
    [
      'sales staff who give records away',
      'sales',
      withGrant('sales', 'customers', { assign: 'all' }),
      'sales · POST /customers · for other',
    ],
    [
      'a manager who removes beyond his span',
      'salesManager',
      withGrant('salesManager', 'customers', { read: 'all', delete: 'all' }),
      'salesManager · DELETE /customers/{id} · other',
    ],
    ['a member who makes roles', 'sales', withGrant('sales', 'workspace', { create: 'all' }), 'sales · POST /roles · for nobody'],
    [
      'an analyst who sees persons',
      'dataAnalyst',
      { ...defaultOf('dataAnalyst'), masks: [] },
      'dataAnalyst · GET /leads · all: tells personal data',
    ],
    [
      'service staff who write every field',
      'service',
      { ...defaultOf('service'), onlyFields: {} },
      'service · PATCH /leads/{id} · other, company',
    ],
    [
      'a right that is missing',
      'marketing',
      withGrant('marketing', 'leads', { update: 'own' }),
      'marketing · PATCH /leads/{id} · other, company',
    ],
  ])('on %s', async (_what, role, rights, fault) => {
    expect((await judged(role, rights)).filter((line) => line.startsWith(fault))).not.toEqual([]);
  });

  it('on a route that forgets reach', async () => {
    const careless = routes.map((route): Route =>
      nameOf(route) === 'GET /customers/{id}'
        ? {
            ...(route as MemberRoute),
            run: async (ctx, { params }) => ({ status: 200, body: await ctx.table.get(recordKey('customer', params['id']!)) }),
          }
        : route,
    );

    const { faults } = await judge(desk, world, careless, ['sales']);

    expect(faults.map((line) => line.split(':')[0])).toEqual(
      ['span', 'other', 'rival'].map((whose) => `sales · GET /customers/{id} · ${whose}`),
    );
  });

  it('on a route without a line, and on a line without a route', () => {
    const extra = { ...routes[0]!, method: 'POST', path: '/leads/{id}/explode', access: { kind: 'member' } } as Route;
    const open = { ...extra, path: '/everything', access: { kind: 'public' } } as Route;

    const known = new Set(unmapped(routes));
    const told = unmapped([...routes.filter((route) => route.path !== '/session'), extra, open]);

    expect(told.filter((line) => !known.has(line))).toEqual([
      'POST /leads/{id}/explode: say in OTHERS of test/matrix/routes.ts who may call it',
      'POST /everything: is open to the world; if it should be, add it to PUBLIC of test/matrix/routes.ts',
      'GET /session: no such route; take its line out of test/matrix/routes.ts',
    ]);
  });
});
