import { SYSTEM_ACTOR } from '../../shared/kernel/access.ts';
import type { Values } from '../../shared/kernel/record.ts';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { commitPlan } from '../../functions/records/operations.ts';
import { putMembership } from '../../functions/table/entry.ts';
import { idOf, type Desk } from './desk.ts';

export interface Employee {
  /** He calls under it (`visitorsOf`), and has `<name>@firm.test`. */
  readonly name: string;
  /** Key of a default role. */
  readonly role: string;
  /** What else his record says. */
  readonly more?: Values;
}

/**
 * The default roles and these people of a workspace, active and with their memberships, in one commit. The n-th of
 * them is `idOf('mem', n)`, counted from 1.
 */
export async function employ(desk: Pick<Desk, 'as' | 'db'>, tenant: string, employees: readonly Employee[]): Promise<void> {
  const create = (type: string, id: string, values: Values) => ({ op: 'create' as const, type, id, values });
  const roleId = (key: string): string =>
    idOf(
      'rol',
      DEFAULT_ROLES.findIndex((role) => role.key === key),
    );
  await commitPlan(
    { ...desk.as(tenant, 0), actor: SYSTEM_ACTOR },
    {
      writes: [
        ...DEFAULT_ROLES.map(({ key, label, rights }) => create('role', roleId(key), { key, name: label.en, rights })),
        ...employees.map(({ name, role, more }, i) =>
          create('member', idOf('mem', i + 1), {
            ...{ name, email: `${name}@firm.test`, roleId: roleId(role), status: 'active', subject: `sub-${name}` },
            ...more,
          }),
        ),
      ],
    },
  );
  for (const [i, { name }] of employees.entries()) await putMembership(desk.db, `sub-${name}`, { tenant, memberId: idOf('mem', i + 1) });
}
