import { can, maskRecord } from '../../shared/kernel/access.ts';
import { AppError, forbidden, invalid, notFound } from '../../shared/kernel/errors.ts';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import { parsePatch } from '../../shared/kernel/schema.ts';
import { definitionOf } from '../../shared/registry.ts';
import { decidesOnPeople, endsOwnership, governingFields, mayHandOut, memberChangeIssues } from '../../shared/workspace/memberRules.ts';
import type { Context } from '../records/context.ts';
import { updateRecord } from '../records/operations.ts';
import type { Database } from '../table/database.ts';
import { withHold } from '../table/hold.ts';
import { assertLanguage } from './assertLanguage.ts';
import { findMember } from './findMember.ts';
import { readPeople, roleOf } from './people.ts';

/**
 * A change of a member beyond what rights over fields can say: who decides about people, that nobody is raised above
 * the one who raises him, that the last owner stays.
 * @param body  as of any change of a record
 * @throws AppError access.fields, member.role.above (403), member.lastOwner, member.self (409), and all that a change throws
 */
export async function changeMember(db: Database, ctx: Context, id: string, version: number, body: unknown): Promise<AnyRecord> {
  const definition = definitionOf('member');
  const parsed = parsePatch(definition, body);
  if (!parsed.ok) throw invalid(parsed.issues);
  const change = parsed.value;
  const update = (): Promise<AnyRecord> => updateRecord(ctx, 'member', id, version, body);
  const before = await findMember(ctx.table, id);
  if (before && can(ctx.actor, 'update', definition, before)) await assertLanguage(db, ctx, change['language'], before['language']);
  const touched = before && governingFields(change).filter((field) => (change[field] ?? undefined) !== before[field]);
  // Without a governing field nothing is to decide here; who may not change or even read him is told so by the update.
  if (!before || !touched?.length || !can(ctx.actor, 'update', definition, before)) return update();
  if (!decidesOnPeople(ctx.actor))
    throw new AppError('access.fields', { status: 403, issues: touched.map((field) => ({ field, code: 'field.notAllowed' })) });
  const issues = memberChangeIssues(before, change);
  if (issues.length) throw invalid(issues);
  if (id === ctx.actor.memberId && change['status'] === 'disabled') throw new AppError('member.self', { status: 409 });
  const people = await readPeople(ctx.table);
  for (const role of [roleOf(people, before), roleOf(people, { ...before, ...change })])
    if (role && !mayHandOut(ctx.actor, role)) throw forbidden('member.role.above');
  if (!endsOwnership(before, change, (roleId) => people.roles.get(String(roleId))?.key === 'owner')) return update();
  // One owner at a time may cease to be one: two who let each other go would leave nobody.
  return withHold(db, `owners|${ctx.table.tenant}`, ctx.now, async () => {
    if (!(await hasOtherOwner(ctx, id))) throw new AppError('member.lastOwner', { status: 409 });
    return update();
  });
}

async function hasOtherOwner(ctx: Context, id: string): Promise<boolean> {
  const people = await readPeople(ctx.table);
  return people.members.some((each) => each.id !== id && each['status'] === 'active' && roleOf(people, each)?.key === 'owner');
}

const MOST_TRIES = 4;

/** What every command about people asks first. @throws AppError access.denied (403) */
export function assertDecides(ctx: Context): void {
  if (!decidesOnPeople(ctx.actor) || !can(ctx.actor, 'read', definitionOf('member'))) throw forbidden();
}

/** The same as a command: whatever version stands there; without a change left to make, the member as he is. */
export async function commandMember(
  db: Database,
  ctx: Context,
  id: string,
  decide: (member: AnyRecord) => Values | undefined,
): Promise<AnyRecord> {
  assertDecides(ctx);
  for (let round = 1; ; round++) {
    const member = await findMember(ctx.table, id);
    if (!member || !can(ctx.actor, 'read', definitionOf('member'), member)) throw notFound();
    const change = decide(member);
    if (!change) return maskRecord(ctx.actor, definitionOf('member'), member);
    try {
      return await changeMember(db, ctx, id, member.version, change);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'record.stale' || round === MOST_TRIES) throw error;
    }
  }
}
