import type { Rights } from '../../shared/kernel/access.ts';
import { AppError, forbidden } from '../../shared/kernel/errors.ts';
import { parsePatch } from '../../shared/kernel/schema.ts';
import { definitionOf } from '../../shared/registry.ts';
import { mayHandOut } from '../../shared/workspace/memberRules.ts';
import { locksOut } from '../../shared/workspace/roleRules.ts';
import type { Context } from '../records/context.ts';
import { recordKey } from '../table/keys.ts';
import { readPeople } from './people.ts';

/**
 * Rights in a body, before they are written: nobody makes a role that holds more than he does himself, nor changes one
 * that did; what an owner may do is fixed, or a workspace could lock itself out; and nobody takes from his own role the
 * right to change it back.
 * @throws AppError member.role.above (403), role.owner, role.self (409)
 */
export async function assertRoleChange(ctx: Context, id: string | undefined, body: unknown): Promise<void> {
  const parsed = parsePatch(definitionOf('role'), body);
  // What cannot be read is refused by the change itself.
  const rights = parsed.ok ? (parsed.value['rights'] as Rights | undefined) : undefined;
  if (!rights) return;
  const { members, roles } = await readPeople(ctx.table);
  const before = id === undefined ? undefined : roles.get(id);
  if (before?.key === 'owner') throw new AppError('role.owner', { status: 409 });
  if (!mayHandOut(ctx.actor, { rights }) || (before && !mayHandOut(ctx.actor, before))) throw forbidden('member.role.above');
  const isOwn = before && members.some((member) => member.id === ctx.actor.memberId && member['roleId'] === id);
  if (isOwn && locksOut(before.rights, rights)) throw new AppError('role.self', { status: 409 });
}

/**
 * @param version  that the caller saw; of another one the removal itself has to tell
 * @throws AppError role.owner, role.inUse (409): its bearers would be left without any right
 */
export async function assertRoleRemoval(ctx: Context, id: string, version: number): Promise<void> {
  if ((await ctx.table.get(recordKey('role', id), { consistent: true }))?.['version'] !== version) return;
  const { members, roles } = await readPeople(ctx.table);
  const role = roles.get(id);
  if (role?.key === 'owner') throw new AppError('role.owner', { status: 409 });
  if (role && !mayHandOut(ctx.actor, role)) throw forbidden('member.role.above');
  if (members.some(({ roleId }) => roleId === id)) throw new AppError('role.inUse', { status: 409 });
}
