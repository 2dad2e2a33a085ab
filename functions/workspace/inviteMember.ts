import { can, maskRecord } from '../../shared/kernel/access.ts';
import { AppError, forbidden, invalid, notFound } from '../../shared/kernel/errors.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { parseCreate } from '../../shared/kernel/schema.ts';
import { definitionOf } from '../../shared/registry.ts';
import { mayHandOut } from '../../shared/workspace/memberRules.ts';
import type { Context } from '../records/context.ts';
import { createRecord } from '../records/operations.ts';
import { takeFromBudget } from '../table/budget.ts';
import type { Database } from '../table/database.ts';
import { assertDecides } from './changeMember.ts';
import { assertLanguage } from './assertLanguage.ts';
import { findMember } from './findMember.ts';
import { sendInvitation } from './invitation.ts';
import { readPeople, roleOf } from './people.ts';

/** Mails to people who never asked for one: few per address, whoever invites, and not without end per workspace. */
const PER_ADDRESS = [5, 3600] as const;
const PER_WORKSPACE = [200, 86_400] as const;

/**
 * Makes a member who is yet to join, and mails him the link. Asked again for the same address and role, which is how a
 * try that was cut off goes on, he gets a new link and stays one member.
 * @param body  values of a member but for his status; without a name he is called by his address
 * @throws AppError unique.taken (409), member.role.above (403), budget.spent (429), and all that a create throws
 */
export async function inviteMember(db: Database, ctx: Context, body: unknown): Promise<AnyRecord> {
  assertDecides(ctx);
  const parsed = parseCreate(definitionOf('member'), withDefaults(body));
  if (!parsed.ok) throw invalid(parsed.issues);
  await assertLanguage(db, ctx, parsed.value['language']);
  const people = await readPeople(ctx.table);
  const role = roleOf(people, parsed.value);
  if (role && !mayHandOut(ctx.actor, role)) throw forbidden('member.role.above');
  const { email, roleId } = parsed.value;
  const waiting = people.members.find((each) => each['email'] === email && each['roleId'] === roleId && each['status'] === 'invited');
  // The budget first: a member who cannot be mailed would only be in the way of the next try.
  await spendInvitation(db, ctx, String(email));
  const invited = waiting ? ((await findMember(ctx.table, waiting.id)) ?? undefined) : await createRecord(ctx, 'member', parsed.value);
  if (!invited) throw notFound();
  await sendInvitation(db, ctx, invited);
  return maskRecord(ctx.actor, definitionOf('member'), invited);
}

/** A new link for who has not joined yet; those mailed before open nothing any more. @throws AppError member.notInvited (409) */
export async function inviteAgain(db: Database, ctx: Context, id: string): Promise<AnyRecord> {
  assertDecides(ctx);
  const invited = await findMember(ctx.table, id);
  if (!invited || !can(ctx.actor, 'read', definitionOf('member'), invited)) throw notFound();
  if (invited['status'] !== 'invited') throw new AppError('member.notInvited', { status: 409 });
  await spendInvitation(db, ctx, String(invited['email']));
  await sendInvitation(db, ctx, invited);
  return maskRecord(ctx.actor, definitionOf('member'), invited);
}

function withDefaults(body: unknown): unknown {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return body;
  const { name, email, status, ...rest } = body as Record<string, unknown>;
  if (status !== undefined) throw invalid([{ field: 'status', code: 'field.unknown' }]);
  const called = typeof name === 'string' && name.trim() ? name : typeof email === 'string' ? email.split('@')[0] : undefined;
  return { ...rest, email, ...(called === undefined ? {} : { name: called }), status: 'invited' };
}

async function spendInvitation(db: Database, ctx: Context, email: string): Promise<void> {
  const budgets = [
    ['invite.workspace', ctx.table.tenant, PER_WORKSPACE],
    ['invite.address', email, PER_ADDRESS],
  ] as const;
  for (const [name, whose, [limit, seconds]] of budgets) {
    const retryAfterSeconds = await takeFromBudget(db, `${name}|${whose}`, limit, seconds, ctx.now);
    if (retryAfterSeconds) throw new AppError('budget.spent', { status: 429, params: { retryAfterSeconds } });
  }
}
