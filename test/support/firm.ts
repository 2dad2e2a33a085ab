import { SYSTEM_ACTOR } from '../../shared/kernel/access.ts';
import type { Values } from '../../shared/kernel/record.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { definitionOf } from '../../shared/registry.ts';
import { commit } from '../../functions/records/commit.ts';
import type { Context } from '../../functions/records/context.ts';
import { follow, toChange, type Change } from '../../functions/records/follow.ts';
import { toRecord } from '../../functions/records/item.ts';
import { prepareCreate, prepareRemove, prepareUpdate } from '../../functions/records/prepare.ts';
import { activeMembersOf, readDirectory } from '../../functions/runtime/directory.ts';
import type { Item } from '../../functions/table/failures.ts';
import { idOf, type deskOn } from './desk.ts';

type Desk = ReturnType<typeof deskOn>;
type Department = keyof typeof DEPARTMENTS;

/** `north` is part of `sales`; `service` stands beside it. */
const DEPARTMENTS = { sales: idOf('dep', 1), north: idOf('dep', 2), service: idOf('dep', 3) };
export const departmentId = (name: Department): string => DEPARTMENTS[name];
export const memberId = (n: number): string => idOf('mem', n);
export const roleId = (key: string): string => idOf('rol', DEFAULT_ROLES.findIndex((role) => role.key === key) + 1);

export interface Colleague {
  /** The n-th member; or, where ids matter, the whole id. */
  readonly n?: number;
  readonly id?: string;
  readonly role: string;
  readonly name?: string;
  readonly department?: Department;
  readonly values?: Values;
}

/**
 * A workspace with its roles, departments and people, in which things happen at given moments.
 * @param options.silently  nothing is followed: the stream is yet to tell of it
 */
export async function makeFirm(
  desk: Desk,
  tenant: string,
  people: readonly Colleague[],
  workspace: Values = {},
  { silently = false } = {},
) {
  let writes = 0;
  const at = (now: Instant): Context => ({ ...desk.as(tenant, 0), actor: SYSTEM_ACTOR, now, writeId: `${tenant}-${(writes += 1)}` });
  const { table } = at('2026-01-01T00:00:00.000Z');
  const itemOf = (type: string, id: string): Promise<Item | undefined> => desk.itemOf(at('2026-01-01T00:00:00.000Z'), type, id);

  /** Follows a change as the stream would: history, feed, counters and journal. */
  const told = async (now: Instant, type: string, id: string, before: Item | undefined): Promise<Change> => {
    const change = toChange(before, await itemOf(type, id), now)!;
    if (!silently) await follow(table, [change], String(workspace['zone'] ?? 'UTC'));
    return change;
  };

  const create = async (now: Instant, type: string, id: string, values: Values, ownerId?: string): Promise<Change> => {
    const ctx = at(now);
    await commit(ctx, [await prepareCreate(ctx, definitionOf(type), { id, values, ownerId, allowDuplicate: true })]);
    return told(now, type, id, undefined);
  };
  const change = async (now: Instant, type: string, id: string, values: Values, ownerId?: string): Promise<Change> => {
    const ctx = at(now);
    const before = await itemOf(type, id);
    const prepared = await prepareUpdate(
      ctx,
      definitionOf(type),
      toRecord(definitionOf(type), before!),
      values,
      ownerId ? { ownerId } : {},
    );
    await commit(ctx, [prepared!]);
    return told(now, type, id, before);
  };
  const remove = async (now: Instant, type: string, id: string): Promise<Change> => {
    const ctx = at(now);
    const before = await itemOf(type, id);
    await commit(ctx, [await prepareRemove(ctx, definitionOf(type), toRecord(definitionOf(type), before!))]);
    return told(now, type, id, before);
  };

  const founded = '2026-01-01T00:00:00.000Z';
  await create(founded, 'workspace', idOf('wsp', 1), { name: 'Nordwind', zone: 'UTC', currency: 'EUR', language: 'en', ...workspace });
  for (const { key, label, rights } of DEFAULT_ROLES) await create(founded, 'role', roleId(key), { key, name: label.en, rights });
  await create(founded, 'department', DEPARTMENTS.sales, { name: 'Sales' });
  await create(founded, 'department', DEPARTMENTS.north, { name: 'North', parentId: DEPARTMENTS.sales });
  await create(founded, 'department', DEPARTMENTS.service, { name: 'Service' });
  for (const [i, { n = i + 1, id = memberId(n), role, name = `Person ${n}`, department, values }] of people.entries())
    await create(founded, 'member', id, {
      name,
      email: `person${n}@nordwind.test`,
      roleId: roleId(role),
      status: 'active',
      ...(department ? { departmentId: DEPARTMENTS[department] } : {}),
      ...values,
    });

  return {
    tenant,
    table,
    itemOf,
    create,
    change,
    remove,
    /** As it stands, past every cache. */
    directory: (now: Instant) => readDirectory({}, table, now),
    activeMembers: async (now: Instant) => activeMembersOf(await readDirectory({}, table, now)),
  };
}
export type Firm = Awaited<ReturnType<typeof makeFirm>>;
