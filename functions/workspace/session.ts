import type { Rights } from '../../shared/kernel/access.ts';
import type { Shape } from '../../shared/kernel/shape.ts';
import type { MemberMarks } from '../../shared/workspace/memberMarks.ts';
import type { Context } from '../records/context.ts';
import { readHead } from '../records/feed.ts';
import { actorOf, readDirectory } from '../runtime/directory.ts';
import type { Request } from '../runtime/route.ts';
import { membershipsOf } from '../table/entry.ts';
import { tenantTable } from '../table/tenantTable.ts';
import { marksOf } from './memberMarks.ts';

/** What a page needs to know before it shows anything: person, workspace, rights, colleagues' names, the shape of its records, place in the feed. */
export interface Session {
  readonly member: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly workspace: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly workspaces: readonly { readonly id: string; readonly name: string }[];
  readonly rights: Rights;
  readonly team: readonly string[];
  readonly span: readonly string[];
  readonly members: readonly { readonly id: string; readonly name: string; readonly active: boolean }[];
  readonly shape: Shape;
  readonly feed: { readonly position: number; readonly epoch: number };
  readonly marks: MemberMarks;
}

const OWN = ['name', 'email', 'roleId', 'departmentId', 'language', 'zone', 'twoStepSince'] as const;

export async function readSession(ctx: Context, request: Request): Promise<Session> {
  // A page begins with the rights that stand now.
  const directory = await readDirectory(request.db, ctx.table, ctx.now, { fresh: true });
  const { rights, team, span } = actorOf(directory, ctx.actor.memberId) ?? ctx.actor;
  const { position } = await readHead(ctx.table);
  const me = directory.members.get(ctx.actor.memberId) ?? { id: ctx.actor.memberId };
  const subject = String(me['subject'] ?? '');
  return {
    member: {
      id: ctx.actor.memberId,
      ...Object.fromEntries(OWN.map((name) => [name, me[name]]).filter(([, value]) => value !== undefined)),
    },
    workspace: { ...directory.workspace, id: ctx.table.tenant },
    workspaces: await workspacesOf(request, subject, ctx),
    rights,
    team: [...team],
    span: [...span],
    members: [...directory.members.values()].map(({ id, name, status }) => ({ id, name: String(name), active: status === 'active' })),
    shape: directory.shape,
    feed: { position, epoch: directory.epoch },
    marks: await marksOf(ctx),
  };
}

/** Names of all workspaces of one person; each is read through its own table. */
async function workspacesOf(request: Request, subject: string, ctx: Context): Promise<Session['workspaces']> {
  const memberships = subject ? await membershipsOf(request.db, subject) : [];
  return Promise.all(
    memberships.map(async ({ tenant }) => {
      const { workspace } = await readDirectory(
        request.db,
        tenant === ctx.table.tenant ? ctx.table : tenantTable(request.db, tenant),
        ctx.now,
      );
      return { id: tenant, name: String(workspace?.['name'] ?? '') };
    }),
  );
}
