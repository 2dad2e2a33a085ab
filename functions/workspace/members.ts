import { definitionOf } from '../../shared/registry.ts';
import { kindOf } from '../../shared/kernel/fields/index.ts';
import { refTo, schemaName } from '../../shared/kernel/openApiSchemas.ts';
import { findRemoved } from '../records/bin.ts';
import { versionOf } from '../records/commandRoute.ts';
import type { Context } from '../records/context.ts';
import { recordRoutes } from '../records/routes.ts';
import type { MemberRoute } from '../runtime/route.ts';
import { signInsApi } from './api.ts';
import { changeMember, commandMember } from './changeMember.ts';
import { assertRoleChange, assertRoleRemoval } from './changeRole.ts';
import { handoverRoutes } from './handover.ts';
import { inviteAgain, inviteMember } from './inviteMember.ts';
import { withdrawInvitations } from './invitation.ts';
import { listSignIns } from './listSignIns.ts';
import { placeRoutes } from './placeRoutes.ts';

const definition = definitionOf('member');
const answers = (status: number, description: string) => ({ [status]: { description, body: refTo(schemaName(definition)) } });

/** What an invitation says of the member; the rest he brings or gets later. */
const INVITED = [
  'email',
  'name',
  'roleId',
  'departmentId',
  'post',
  'level',
  'phone',
  'language',
  'zone',
  'takesLeads',
  'digestDaily',
  'digestWeekly',
];
const invitation = () => ({
  type: 'object',
  additionalProperties: false,
  required: ['email', 'roleId'],
  properties: Object.fromEntries(INVITED.map((name) => [name, kindOf(definition.fields[name]!).jsonSchema(definition.fields[name]!)])),
});

const command = (
  path: string,
  action: 'create' | 'update',
  summary: string,
  api: MemberRoute['api'],
  run: MemberRoute['run'],
): MemberRoute => ({
  method: 'POST',
  path: `/members${path}`,
  access: { kind: 'record', type: 'member', action },
  summary,
  ...(api ? { api } : {}),
  run,
});

const commands: readonly MemberRoute[] = [
  command(
    '/invite',
    'create',
    'Invite somebody by mail',
    () => ({ idempotent: true, body: invitation(), responses: answers(201, 'the member, invited') }),
    async (ctx, { db, body }) => ({ status: 201, body: await inviteMember(db, ctx, body) }),
  ),
  command(
    '/{id}/invite-again',
    'create',
    'Mail a new invitation',
    () => ({ idempotent: true, responses: answers(200, 'the member, still invited') }),
    async (ctx, { db, params }) => ({ status: 200, body: await inviteAgain(db, ctx, params['id']!) }),
  ),
  command(
    '/{id}/disable',
    'update',
    'Shut a member out',
    () => ({ responses: answers(200, 'the member, shut out') }),
    async (ctx, { db, params }) => {
      const id = params['id']!;
      const body = await commandMember(db, ctx, id, ({ status }) => (status === 'disabled' ? undefined : { status: 'disabled' }));
      await withdrawInvitations(ctx.table, id);
      return { status: 200, body };
    },
  ),
  command(
    '/{id}/enable',
    'update',
    'Let a member in again',
    () => ({ responses: answers(200, 'the member, let in') }),
    async (ctx, { db, params }) => ({
      status: 200,
      body: await commandMember(db, ctx, params['id']!, ({ status, subject }) =>
        status === 'disabled' ? { status: subject === undefined ? 'invited' : 'active' } : undefined,
      ),
    }),
  ),
];

/** Beside the records, because a write to them would make everybody read everything anew at each sign-in. */
const signIns: MemberRoute = {
  method: 'GET',
  path: '/members/sign-ins',
  access: { kind: 'record', type: 'member', action: 'read' },
  summary: 'When members last signed in, and how often they have',
  api: signInsApi,
  run: async (ctx) => ({ status: 200, body: { items: await listSignIns(ctx) } }),
};

/** A generic route with something of its own in front. */
const guarded = (route: MemberRoute, guard: (...given: Parameters<MemberRoute['run']>) => Promise<void>): MemberRoute => ({
  ...route,
  run: async (ctx, request) => {
    await guard(ctx, request);
    return route.run(ctx, request);
  },
});

const members = recordRoutes('member').map((route): MemberRoute =>
  route.method === 'PATCH'
    ? {
        ...route,
        run: async (ctx, request) => ({
          status: 200,
          body: await changeMember(request.db, ctx, request.params['id']!, versionOf(request), request.body),
        }),
      }
    : route,
);

/** What a removed role allowed: it comes back as it would be made. */
async function rightsInBin(ctx: Context, id: string): Promise<{ readonly rights?: unknown }> {
  const role = await findRemoved(ctx, 'role', id);
  return role ? { rights: role['rights'] } : {};
}

const roles = recordRoutes('role').map((route): MemberRoute => {
  if (route.method === 'DELETE') return guarded(route, (ctx, request) => assertRoleRemoval(ctx, request.params['id']!, versionOf(request)));
  if (route.path.endsWith('/restore'))
    return guarded(route, async (ctx, { params }) => assertRoleChange(ctx, undefined, await rightsInBin(ctx, params['id']!)));
  if (route.method === 'PATCH') return guarded(route, (ctx, { params, body }) => assertRoleChange(ctx, params['id'], body));
  return route.method === 'POST' && !route.path.endsWith('/query')
    ? guarded(route, (ctx, { body }) => assertRoleChange(ctx, undefined, body))
    : route;
});

/** People and their roles: the generic routes with the rules about who may raise whom, and the commands. */
export const peopleRoutes: readonly MemberRoute[] = [signIns, ...commands, ...handoverRoutes, ...placeRoutes, ...members, ...roles];
