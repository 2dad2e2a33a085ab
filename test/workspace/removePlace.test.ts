import { beforeEach, describe, expect, it } from 'vitest';
import { countOccupants, removePlace, returnPlace } from '../../functions/workspace/removePlace.ts';
import { memberContext } from '../../functions/runtime/memberContext.ts';
import type { PlaceType } from '../../shared/workspace/place.ts';
import { readRemoval, readReturn } from '../../shared/workspace/place.ts';
import { memoryDatabase } from '../sim/memoryDatabase.ts';
import { deskOn, idOf } from '../support/desk.ts';
import { dyingAfter } from '../support/dying.ts';
import { departmentId, makeFirm, memberId, roleId } from '../support/firm.ts';
import { tenantTable } from '../../functions/table/tenantTable.ts';

const NOW = '2026-03-02T10:00:00.000Z';
const [SALES, VIEWER, OWNER] = ['sales', 'viewer', 'owner'].map(roleId) as [string, string, string];
const [TOP, NORTH, SERVICE] = [departmentId('sales'), departmentId('north'), departmentId('service')];

/** An owner, and sellers of a department that has another below it; more of them than one transaction moves, where asked. */
async function office(sellers = 2) {
  const db = memoryDatabase();
  const firm = await makeFirm(deskOn(db), 'firm', [
    { role: 'owner' },
    ...Array.from({ length: sellers }, (_, i) => ({
      n: i + 2,
      role: 'sales',
      department: 'sales' as const,
      ...(i ? {} : { values: { status: 'disabled' } }),
    })),
  ]);
  const as = async (wish = 'wish', n = 1, table = firm.table) =>
    memberContext(table, await firm.directory(NOW), memberId(n), { now: NOW, requestId: wish })!;
  const value = async (type: string, id: string, field: string) =>
    ((await firm.itemOf(type, id))!['data'] as Record<string, unknown>)[field];
  const placed = (field: string) => Promise.all(Array.from({ length: sellers }, (_, i) => value('member', memberId(i + 2), field)));
  const isGone = async (type: PlaceType, id: string) => (await firm.itemOf(type, id))!['removed'] === true;
  const remove = async (type: PlaceType, id: string, movesTo?: string, wish?: string) =>
    removePlace(await as(wish), type, { id, version: 1 }, movesTo);
  return { db, firm, as, value, placed, isGone, remove };
}
let o: Awaited<ReturnType<typeof office>>;
beforeEach(async () => void (o = await office()));

describe('a role', () => {
  it('tells who holds it, and goes when they have another one', async () => {
    expect(await countOccupants(await o.as(), 'role', SALES)).toEqual({ members: 2, active: 1, below: 0 });
    await expect(o.remove('role', SALES)).rejects.toMatchObject({ issues: [{ field: 'movesTo', code: 'field.required' }] });

    expect((await o.remove('role', SALES, VIEWER)).moved.sort()).toEqual([memberId(2), memberId(3)]);
    expect([await o.placed('roleId'), await o.isGone('role', SALES)]).toEqual([[VIEWER, VIEWER], true]);
  });

  it.each<[string, () => Promise<unknown>, object]>([
    ['the owners’', () => o.remove('role', OWNER, VIEWER), { status: 409, code: 'role.owner' }],
    ['to itself', () => o.remove('role', SALES, SALES), { status: 400 }],
    ['to one that is not there', () => o.remove('role', SALES, idOf('rol', 99)), { issues: [{ field: 'movesTo', code: 'ref.unknown' }] }],
    ['of another version', async () => removePlace(await o.as(), 'role', { id: SALES, version: 7 }, VIEWER), { code: 'record.stale' }],
    [
      'by somebody without the right',
      async () => removePlace(await o.as('w', 3), 'role', { id: VIEWER, version: 1 }, undefined),
      { status: 403 },
    ],
    ['that is not there', () => o.remove('role', idOf('rol', 99), VIEWER), { status: 404 }],
  ])('is not removed: %s', async (_what, remove, error) => {
    await expect(remove()).rejects.toMatchObject(error);
    expect(await o.placed('roleId')).toEqual([SALES, SALES]);
  });

  it('comes back with those who have not got another since', async () => {
    const { moved } = await o.remove('role', SALES, VIEWER);
    await o.firm.change(NOW, 'member', memberId(2), { roleId: roleId('service') });

    expect(await returnPlace(await o.as('back'), 'role', SALES, { moved, movedTo: VIEWER })).toMatchObject({ id: SALES, version: 3 });
    expect([await o.placed('roleId'), await o.isGone('role', SALES)]).toEqual([[roleId('service'), SALES], false]);
    await returnPlace(await o.as('again'), 'role', SALES, { moved, movedTo: VIEWER });
    expect(await o.value('role', SALES, 'key')).toBe('sales');
  });

  it('takes no owner away who is the last', async () => {
    const { moved } = await o.remove('role', SALES, OWNER);
    await o.firm.change(NOW, 'member', memberId(2), { status: 'active' });
    const heir = await o.as('back', 2);
    await o.firm.change(NOW, 'member', memberId(1), { roleId: VIEWER });

    await expect(returnPlace(heir, 'role', SALES, { moved, movedTo: OWNER })).rejects.toMatchObject({ code: 'member.lastOwner' });
  });

  it('goes once and whole, wherever its removal dies', async () => {
    for (let last = 0, died = true; died; last += 35)
      for (const applied of [true, false]) {
        o = await office(42);
        const dying = tenantTable(dyingAfter(o.db, last, applied), 'firm');
        died = false;
        await removePlace(await o.as('wish', 1, dying), 'role', { id: SALES, version: 1 }, VIEWER).catch(() => (died = true));
        const roles = await o.placed('roleId');
        expect(roles.includes(SALES) && (await o.isGone('role', SALES)), `request ${last}`).toBe(false);

        expect((await o.remove('role', SALES, VIEWER)).moved, `request ${last}`).toHaveLength(42);
        expect(new Set(await o.placed('roleId'))).toEqual(new Set([VIEWER]));
      }
  });
});

describe('a department', () => {
  it('goes when its people went to another, and those below it a level up', async () => {
    expect(await countOccupants(await o.as(), 'department', TOP)).toEqual({ members: 2, active: 1, below: 1 });
    const { moved } = await o.remove('department', TOP, SERVICE);
    expect([await o.placed('departmentId'), await o.value('department', NORTH, 'parentId')]).toEqual([[SERVICE, SERVICE], undefined]);

    await returnPlace(await o.as('back'), 'department', TOP, { moved, movedTo: SERVICE });
    expect([await o.placed('departmentId'), await o.value('department', NORTH, 'parentId')]).toEqual([[TOP, TOP], TOP]);
  });

  it('leaves its people in none where they are to be in none', async () => {
    const { moved } = await o.remove('department', TOP);
    expect(await o.placed('departmentId')).toEqual([undefined, undefined]);
    await returnPlace(await o.as('back'), 'department', TOP, { moved });
    expect(await o.placed('departmentId')).toEqual([TOP, TOP]);
  });
});

it.each<[() => unknown]>([
  [() => readRemoval('role', { movesTo: TOP })],
  [() => readRemoval('department', { to: TOP })],
  [() => readReturn('role', {})],
  [() => readReturn('role', { moved: ['x'] })],
])('what cannot be read is refused: %s', (read) => {
  expect(read).toThrow(expect.objectContaining({ status: 400 }));
});
