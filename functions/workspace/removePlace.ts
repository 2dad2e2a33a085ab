import { can } from '../../shared/kernel/access.ts';
import { AppError, forbidden, invalid, notFound } from '../../shared/kernel/errors.ts';
import type { PlannedWrite } from '../../shared/kernel/plan.ts';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import { definitionOf } from '../../shared/registry.ts';
import { decidesOnPeople, mayHandOut, type RoleSeen } from '../../shared/workspace/memberRules.ts';
import { HELD_BY, type Occupant, type PlaceType } from '../../shared/workspace/place.ts';
import { findRemoved } from '../records/bin.ts';
import { commit, stale } from '../records/commit.ts';
import { typeOf, type Context } from '../records/context.ts';
import { isRemoved, toRecord } from '../records/item.ts';
import { commitPlan } from '../records/operations.ts';
import { prepareRestore, prepareUpdate } from '../records/prepare.ts';
import { recordKey } from '../table/keys.ts';
import { readCopies, readPeople, type Person } from './people.ts';

/** Those that one transaction moves, each by two writes, beside the place itself. */
const AT_ONCE = 40;
const MOST_TRIES = 5;

/** Who stands in a place. */
interface Occupied {
  readonly members: number;
  /** Of them, those who can sign in. */
  readonly active: number;
  /** Departments below it. */
  readonly below: number;
}

/** @throws AppError access.denied (403), record.notFound (404) */
export async function countOccupants(ctx: Context, type: PlaceType, id: string): Promise<Occupied> {
  await placeFor(ctx, type, id);
  const standing = await occupantsOf(ctx, type, id);
  const members = standing.filter((each) => each.type === 'member');
  return {
    members: members.length,
    active: members.filter(({ values }) => values['status'] === 'active').length,
    below: standing.length - members.length,
  };
}

/**
 * Removes a role or a department after everybody in it has gone to another one, whole or not at all; of more than fit one
 * transaction the first go before, so that nobody is ever without a place. Departments below go up a level. The repeat of
 * one that broke off, or was not heard of, goes on, and answers the same.
 * @param movesTo  where people go: another role, which they need, or another department, or none
 * @returns ids of those that have moved
 * @throws AppError access.denied, member.role.above (403); role.owner, record.stale (409); input.invalid (400)
 */
export async function removePlace(
  ctx: Context,
  type: PlaceType,
  { id, version }: { readonly id: string; readonly version: number },
  movesTo: string | undefined,
): Promise<{ moved: string[] }> {
  const item = await ctx.table.get(recordKey(type, id), { consistent: true });
  if (item && isRemoved(item) && item['writeId'] === ctx.writeId)
    return { moved: await movedBy(ctx, type, movesTo, (item['data'] as Values)['parentId']) };
  const place = await placeFor(ctx, type, id);
  if (place.version !== version) throw stale(place, place);
  await assertRemoval(ctx, type, id, movesTo);
  const above = place['parentId'] as string | undefined;
  for (let round = 1; ;) {
    const standing = await occupantsOf(ctx, type, id);
    if (type === 'role' && standing.length && movesTo === undefined) throw invalid([{ field: 'movesTo', code: 'field.required' }]);
    const isLast = standing.length <= AT_ONCE;
    const records = await recordsOf(ctx, standing.slice(0, AT_ONCE));
    const moves = records.map(({ record, ...occupant }): PlannedWrite => ({
      ...{ op: 'update', type: occupant.type, id: record.id, version: record.version },
      change: { [occupant.field]: (occupant.field === 'parentId' ? above : movesTo) ?? null },
    }));
    try {
      await commitPlan(ctx, { writes: [...moves, ...(isLast ? [{ op: 'remove' as const, type, id, version }] : [])] });
      if (isLast) return { moved: await movedBy(ctx, type, movesTo, above) };
    } catch (error) {
      // Somebody was changed at the same moment: who stands there is looked up anew.
      const isOther = error instanceof AppError && error.code === 'record.stale' && (error.params?.['record'] as AnyRecord)?.id !== id;
      if (!isOther || ++round > MOST_TRIES) throw error;
    }
  }
}

/**
 * Brings a removed role or department back, and into it those who stood there, unless they have gone elsewhere since.
 * @param gone.moved  as the removal answered; `movedTo` as it was asked
 * @throws AppError record.notFound (404) for what the bin holds no more; access.denied, member.role.above (403); member.lastOwner (409)
 */
export async function returnPlace(
  ctx: Context,
  type: PlaceType,
  id: string,
  { moved, movedTo }: { readonly moved: readonly string[]; readonly movedTo?: string | undefined },
): Promise<AnyRecord> {
  assertKeeps(ctx, type);
  const removed = await findRemoved(ctx, type, id);
  const place = removed ?? (await placeFor(ctx, type, id));
  const wanted = new Set(moved);
  const goneTo = (field: Occupant['field']): unknown => (field === 'parentId' ? place['parentId'] : movedTo);
  const back = (await standingIn(ctx, type)).filter((each) => wanted.has(each.id) && each.values[each.field] === goneTo(each.field));
  if (type === 'role') await assertReturn(ctx, place as unknown as RoleSeen, back, movedTo);
  const restore = removed ? [await prepareRestore(ctx, typeOf(ctx, type), removed)] : [];
  let result = place;
  for (let at = 0; at === 0 || at < back.length; at += AT_ONCE) {
    const records = await recordsOf(ctx, back.slice(at, at + AT_ONCE));
    const updates = await Promise.all(
      records.map(({ type: of, field, record }) => prepareUpdate(ctx, typeOf(ctx, of), record, { [field]: id }, { among: new Set([id]) })),
    );
    const prepared = [...(at === 0 ? restore : []), ...updates.flatMap((one) => one ?? [])];
    if (!prepared.length) break;
    const written = await commit(ctx, prepared);
    if (at === 0 && removed) [result] = written as [AnyRecord];
  }
  return result;
}

/** Nobody hands out more than he holds, and somebody stays an owner. @throws AppError member.role.above (403), member.lastOwner (409) */
async function assertReturn(ctx: Context, role: RoleSeen, back: readonly Standing[], movedTo: string | undefined): Promise<void> {
  const { members, roles } = await readPeople(ctx.table);
  const from = roles.get(String(movedTo));
  if (!mayHandOut(ctx.actor, role) || (from && back.length && !mayHandOut(ctx.actor, from))) throw forbidden('member.role.above');
  if (from?.key !== 'owner') return;
  const stays = members.some((each) => each['status'] === 'active' && each['roleId'] === movedTo && !back.some(({ id }) => id === each.id));
  if (!stays) throw new AppError('member.lastOwner', { status: 409 });
}

/** @throws AppError access.denied (403) */
function assertKeeps(ctx: Context, type: PlaceType): void {
  if (!can(ctx.actor, 'delete', definitionOf(type)) || !decidesOnPeople(ctx.actor)) throw forbidden();
}

/** What a command says is read only for a place of this workspace, there or in its bin. @throws AppError access.denied (403), record.notFound (404) */
export async function assertKnown(ctx: Context, type: PlaceType, id: string): Promise<void> {
  assertKeeps(ctx, type);
  if (!(await ctx.table.get(recordKey(type, id), { consistent: true }))) throw notFound();
}

async function placeFor(ctx: Context, type: PlaceType, id: string): Promise<AnyRecord> {
  assertKeeps(ctx, type);
  const item = await ctx.table.get(recordKey(type, id), { consistent: true });
  if (!item || isRemoved(item)) throw notFound();
  return toRecord(typeOf(ctx, type), item);
}

async function assertRemoval(ctx: Context, type: PlaceType, id: string, movesTo: string | undefined): Promise<void> {
  if (movesTo === id) throw invalid([{ field: 'movesTo', code: 'choice.unknown' }]);
  if (type === 'department') {
    const target = movesTo === undefined ? undefined : await ctx.table.get(recordKey(type, movesTo), { consistent: true });
    if (movesTo !== undefined && isRemoved(target)) throw invalid([{ field: 'movesTo', code: 'ref.unknown' }]);
    return;
  }
  const { roles } = await readPeople(ctx.table);
  const [own, target] = [roles.get(id), roles.get(String(movesTo))];
  if (own?.key === 'owner') throw new AppError('role.owner', { status: 409 });
  if (movesTo !== undefined && !target) throw invalid([{ field: 'movesTo', code: 'ref.unknown' }]);
  if ([own, target].some((role) => role && !mayHandOut(ctx.actor, role))) throw forbidden('member.role.above');
}

interface Standing extends Occupant {
  readonly values: Person;
}

/** Everybody who stands in a place of that type. */
async function standingIn(ctx: Context, type: PlaceType): Promise<Standing[]> {
  const all = await Promise.all(
    HELD_BY[type].map(async (held) => (await readCopies(ctx.table, held.type)).map((values) => ({ ...held, id: values.id, values }))),
  );
  return all.flat();
}

const occupantsOf = async (ctx: Context, type: PlaceType, id: string): Promise<Standing[]> =>
  (await standingIn(ctx, type)).filter(({ field, values }) => values[field] === id);

async function recordsOf<O extends Occupant>(ctx: Context, occupants: readonly O[]): Promise<(O & { record: AnyRecord })[]> {
  const items = await ctx.table.getMany(
    occupants.map(({ type, id }) => recordKey(type, id)),
    { consistent: true },
  );
  return items.flatMap((item) => {
    const one = occupants.find(({ id }) => id === item['id']);
    return one && !isRemoved(item) ? [{ ...one, record: toRecord(typeOf(ctx, one.type), item) }] : [];
  });
}

/** Whom this wish has moved, this time or before. */
async function movedBy(ctx: Context, type: PlaceType, movesTo: string | undefined, above: unknown): Promise<string[]> {
  const there = (await standingIn(ctx, type)).filter(({ field, values }) => values[field] === (field === 'parentId' ? above : movesTo));
  const items = await ctx.table.getMany(
    there.map(({ type: of, id }) => recordKey(of, id)),
    { consistent: true },
  );
  return items.filter((item) => item['writeId'] === ctx.writeId).map(({ id }) => String(id));
}
