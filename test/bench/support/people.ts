/** The default roles and twenty people of the market's workspace, as the door reads them. The first one may do everything. */
import { SYSTEM_ACTOR } from '../../../shared/kernel/access.ts';
import { DEFAULT_ROLES } from '../../../shared/workspace/defaultRoles.ts';
import { commitPlan } from '../../../functions/records/operations.ts';
import { putMembership } from '../../../functions/table/entry.ts';
import { idOf, type Desk } from '../../support/desk.ts';
import { PEOPLE, TENANT } from './market.ts';

/** Name under which the first of them calls (`visitorsOf`). */
export const OWNER = 'member-1';

export async function settle(desk: Desk): Promise<void> {
  const system = { ...desk.as(TENANT, 0), actor: SYSTEM_ACTOR };
  const roles = DEFAULT_ROLES.map(({ key, label, rights }, i) => ({
    type: 'role',
    id: idOf('rol', i),
    values: { key, name: label.en, rights },
  }));
  const members = Array.from({ length: PEOPLE }, (_, i) => ({
    type: 'member',
    id: idOf('mem', i + 1),
    values: {
      name: `Member ${i + 1}`,
      email: `member-${i + 1}@firm.test`,
      roleId: roles[0]!.id,
      status: 'active',
      subject: `sub-member-${i + 1}`,
    },
  }));
  await commitPlan(system, { writes: [...roles, ...members].map((each) => ({ op: 'create', ...each })) });
  await putMembership(desk.db, `sub-${OWNER}`, { tenant: TENANT, memberId: idOf('mem', 1) });
}
