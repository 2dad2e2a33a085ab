import { expect, it } from 'vitest';
import { SYSTEM_ACTOR } from '../../../shared/kernel/access.ts';
import { DEFAULT_ROLES } from '../../../shared/workspace/defaultRoles.ts';
import type { Role } from '../../../shared/workspace/role.ts';
import { commitPlan } from '../../../functions/records/operations.ts';
import { routes } from '../../../functions/workspace/routes.ts';
import { idOf, openDesk } from '../../support/desk.ts';
import { employ } from '../../support/staff.ts';
import { visitorsOf } from '../../support/visitors.ts';

it('one’s own profile is what the product says today, whenever the role was made', async () => {
  const desk = await openDesk();
  await employ(desk, 'firm', [{ name: 'sam', role: 'sales' }]);
  const role = DEFAULT_ROLES.findIndex(({ key }) => key === 'sales');
  const rights: Role['rights'] = { ...DEFAULT_ROLES[role]!.rights, onlyFields: { people: ['name', 'digestDaily'], leads: ['notes'] } };
  const ctx = { ...desk.as('firm', 0), actor: SYSTEM_ACTOR };
  await commitPlan(ctx, { writes: [{ op: 'update', type: 'role', id: idOf('rol', role), version: 1, change: { rights } }] });
  const call = visitorsOf<Record<string, unknown>>(routes, desk);

  const change = (version: number, body: object) =>
    call('PATCH', `/members/${idOf('mem', 1)}`, { as: 'sam', body, headers: { 'if-match': String(version) } });

  expect(await change(1, { digestWeekly: true, phone: '139 0000 1111' })).toMatchObject({ status: 200, body: { digestWeekly: true } });
  expect(await change(2, { takesLeads: true })).toMatchObject({ status: 403, body: { code: 'access.fields' } });
  const { body } = await call('GET', '/session', { as: 'sam' });
  expect(body['rights']).toMatchObject({
    onlyFields: {
      people: ['name', 'phone', 'language', 'zone', 'digestDaily', 'digestWeekly', 'mutedNotices', 'unmailedNotices'],
      leads: ['notes'],
    },
  });
});
