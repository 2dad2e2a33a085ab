import { can, maskRecord } from '../../../shared/kernel/access.ts';
import { AppError, forbidden, notFound } from '../../../shared/kernel/errors.ts';
import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { definitionOf } from '../../../shared/registry.ts';
import { mayHandOut } from '../../../shared/workspace/memberRules.ts';
import { noteAudit } from '../../records/audit.ts';
import type { Context } from '../../records/context.ts';
import type { Request } from '../../runtime/route.ts';
import { assertDecides } from '../changeMember.ts';
import { findMember } from '../findMember.ts';
import { readPeople, roleOf } from '../people.ts';
import { resetSecondStep } from './secondStep.ts';
import { workspacesOf } from './traces.ts';

/**
 * Takes a member's second step away for him. His account may open other workspaces, whose administrators have not been
 * asked: then nobody but himself may. Nor may anybody do it to himself, or a session left open would be enough for it.
 * @throws AppError access.denied, member.role.above (403), record.notFound (404), member.self, twoStep.shared (409)
 */
export async function resetTwoStep(ctx: Context, request: Request, id: string): Promise<AnyRecord> {
  assertDecides(ctx);
  const definition = definitionOf('member');
  const member = await findMember(ctx.table, id);
  if (!member || !can(ctx.actor, 'read', definition, member)) throw notFound();
  const role = roleOf(await readPeople(ctx.table), member);
  if (role && !mayHandOut(ctx.actor, role)) throw forbidden('member.role.above');
  if (id === ctx.actor.memberId) throw new AppError('member.self', { status: 409 });
  const { subject, twoStepSince } = member;
  if (subject === undefined || twoStepSince === undefined) return maskRecord(ctx.actor, definition, member);
  const { open } = await workspacesOf(request, String(subject));
  if (open.some(({ tenant }) => tenant !== ctx.table.tenant)) throw new AppError('twoStep.shared', { status: 409 });
  const { memberId: by } = ctx.actor;
  const entry = { at: ctx.now, kind: 'twoStep', event: 'reset', by, address: request.address, on: { type: 'member', id } } as const;
  await resetSecondStep(request, String(subject), () => noteAudit(ctx.table, entry, ctx.requestId));
  return maskRecord(ctx.actor, definition, (await findMember(ctx.table, id)) ?? member);
}
