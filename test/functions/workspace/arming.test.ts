import { describe, expect, it } from 'vitest';
import { armDigests } from '../../../functions/records/arming.ts';
import type { Change } from '../../../functions/records/follow.ts';
import { listDue, hourOf } from '../../../functions/table/dueWork.ts';
import { DEFAULT_ROLES } from '../../../shared/workspace/defaultRoles.ts';
import { deskOn, idOf } from '../../support/desk.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';
import { makeFirm, memberId, roleId, type Firm } from '../../support/firm.ts';

const desk = deskOn(memoryDatabase());

const FAR = '2099-01-01T00:00:00.000Z';
/** Everything armed for the firm's people in the days around a moment. */
async function armed(firm: Firm, around: string): Promise<string[]> {
  const start = Date.parse(around);
  const hours = Array.from({ length: 72 }, (_, i) => hourOf(new Date(start + (i - 36) * 3_600_000).toISOString()));
  const rows = (await Promise.all(hours.map((hour) => listDue(desk.db, hour, FAR)))).flat();
  return rows
    .filter(({ tenant }) => tenant === firm.tenant)
    .map(({ id, at }) => `${id.slice(-1)} ${at}`)
    .sort();
}
const told = (firm: Firm, ...changes: Change[]) => armDigests(desk.db, firm.table, changes);
const MANAGER = { n: 1, role: 'salesManager', department: 'sales' as const };

describe('due digests', () => {
  it('stand one morning ahead for each reader, in his zone or the workspace’s', async () => {
    const firm = await makeFirm(desk, 'ahead', [MANAGER], { zone: 'Asia/Shanghai' });
    const now = '2026-03-10T12:00:00.000Z';
    const berliner = await firm.create(now, 'member', memberId(2), member(2, { zone: 'Europe/Berlin' }));
    const local = await firm.create(now, 'member', memberId(3), member(3));
    const seller = await firm.create(now, 'member', memberId(4), member(4, { roleId: roleId('sales') }));

    await told(firm, berliner, local, seller);

    expect(await armed(firm, now)).toEqual([`${last(2)} 2026-03-11T07:00:00.000Z`, `${last(3)} 2026-03-11T00:00:00.000Z`].sort());
  });

  it('move with the member’s zone and go with his role, status and wish', async () => {
    const firm = await makeFirm(desk, 'moves', [], { zone: 'UTC' });
    const now = '2026-03-10T12:00:00.000Z';
    await told(firm, await firm.create(now, 'member', memberId(2), member(2)));
    const step = async (values: object) => {
      await told(firm, await firm.change(now, 'member', memberId(2), { ...values }));
      return armed(firm, now);
    };

    expect(await step({ zone: 'America/New_York' })).toEqual([`${last(2)} 2026-03-11T12:00:00.000Z`]);
    expect(await step({ zone: 'Europe/Berlin' })).toEqual([`${last(2)} 2026-03-11T07:00:00.000Z`]);
    expect(await step({ status: 'disabled' })).toEqual([]);
    expect(await step({ status: 'active' })).toEqual([`${last(2)} 2026-03-11T07:00:00.000Z`]);
    expect(await step({ digestDaily: false })).toEqual([]);
    expect(await step({ digestDaily: null })).toEqual([`${last(2)} 2026-03-11T07:00:00.000Z`]);
    expect(await step({ roleId: roleId('sales') })).toEqual([]);
    expect(await step({ digestDaily: true })).toEqual([`${last(2)} 2026-03-11T07:00:00.000Z`]);
  });

  it('of weeks stand on Monday beside those of days, and go with a wish of their own', async () => {
    const firm = await makeFirm(desk, 'weeks', [], { zone: 'Europe/Berlin' });
    const sunday = '2026-03-15T12:00:00.000Z';
    const [daily, weekly] = [`${last(2)} 2026-03-16T07:00:00.000Z`, 'k 2026-03-16T07:00:00.000Z'];
    await told(firm, await firm.create(sunday, 'member', memberId(2), member(2)));
    const step = async (values: object) => {
      await told(firm, await firm.change(sunday, 'member', memberId(2), { ...values }));
      return armed(firm, sunday);
    };

    expect(await step({ post: 'Head' })).toEqual([daily, weekly]);
    expect(await step({ digestWeekly: false })).toEqual([daily]);
    expect(await step({ digestWeekly: null, digestDaily: false })).toEqual([weekly]);
    expect(await step({ zone: 'Asia/Tokyo' })).toEqual(['k 2026-03-15T23:00:00.000Z']);
    expect(await step({ status: 'disabled' })).toEqual([]);
  });

  it('move with the zone of the workspace for those without their own', async () => {
    const firm = await makeFirm(desk, 'home', [], { zone: 'UTC' });
    const now = '2026-03-10T12:00:00.000Z';
    await told(firm, await firm.create(now, 'member', memberId(2), member(2)));
    await told(firm, await firm.create(now, 'member', memberId(3), member(3, { zone: 'UTC' })));

    await told(firm, await firm.change(now, 'workspace', idOf('wsp', 1), { zone: 'Asia/Shanghai' }));

    expect(await armed(firm, now)).toEqual([`${last(2)} 2026-03-11T00:00:00.000Z`, `${last(3)} 2026-03-11T08:00:00.000Z`].sort());
  });

  it('come and go with the rights of a role', async () => {
    const firm = await makeFirm(desk, 'rights', [], { zone: 'UTC' });
    const now = '2026-03-10T12:00:00.000Z';
    await told(firm, await firm.create(now, 'member', memberId(2), member(2)));
    const rightsOf = (key: string) => DEFAULT_ROLES.find((role) => role.key === key)!.rights;

    await told(firm, await firm.change(now, 'role', roleId('salesManager'), { rights: rightsOf('sales') }));
    expect(await armed(firm, now)).toEqual([]);

    await told(firm, await firm.change(now, 'role', roleId('salesManager'), { rights: rightsOf('salesManager') }));
    expect(await armed(firm, now)).toEqual([`${last(2)} 2026-03-11T08:00:00.000Z`]);
  });

  it('told late and in the wrong order stand as the records do', async () => {
    const firm = await makeFirm(desk, 'late', [], { zone: 'UTC' });
    const now = '2026-03-10T12:00:00.000Z';
    const made = await firm.create(now, 'member', memberId(2), member(2));
    const moved = await firm.change(now, 'member', memberId(2), { zone: 'Europe/Berlin' });

    await told(firm, moved);
    await told(firm, made);

    expect(await armed(firm, now)).toEqual([`${last(2)} 2026-03-11T07:00:00.000Z`]);
  });
});

const last = (n: number): string => memberId(n).slice(-1);
function member(n: number, more: object = {}) {
  return { name: `Person ${n}`, email: `p${n}@firm.test`, roleId: roleId('salesManager'), status: 'active', ...more };
}
