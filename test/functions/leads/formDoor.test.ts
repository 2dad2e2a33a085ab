import { beforeAll, describe, expect, it } from 'vitest';
import { findDoor, putMembership } from '../../../functions/table/entry.ts';
import { SYSTEM_ACTOR } from '../../../shared/kernel/access.ts';
import { DEFAULT_ROLES } from '../../../shared/workspace/defaultRoles.ts';
import { commitPlan } from '../../../functions/records/operations.ts';
import { deskOn, idOf } from '../../support/desk.ts';
import { openLeads } from './leadsDesk.ts';

let firm: Awaited<ReturnType<typeof openLeads>>;
beforeAll(async () => {
  firm = await openLeads();
  // A second firm with an owner of its own.
  const system = { ...deskOn(firm.db).as('rival', 0), actor: SYSTEM_ACTOR };
  const owner = DEFAULT_ROLES.find(({ key }) => key === 'owner')!;
  await commitPlan(system, {
    writes: [
      { op: 'create', type: 'role', id: idOf('rol', 90), values: { key: 'owner', name: 'Owner', rights: owner.rights } },
      {
        op: 'create',
        type: 'member',
        id: idOf('mem', 90),
        values: { name: 'eve', email: 'eve@rival.test', roleId: idOf('rol', 90), status: 'active', subject: 'sub-eve' },
      },
    ],
  });
  await putMembership(firm.db, 'sub-eve', { tenant: 'rival', memberId: idOf('mem', 90) });
});
const create = (as: string, body: unknown) => firm.call('POST', '/web-forms', { as, body });
const idIn = ({ body }: { body: never }) => (body as { id: string }).id;
const ALICE = { name: 'Alice', email: 'alice@example.test' };

describe('the public address of a form', () => {
  it('is open from the moment the form is created, and shut when it is removed', async () => {
    const id = idIn(await create('olga', { name: 'Contact' }));

    expect((await firm.post(id, ALICE)).status).toBe(200);
    expect((await firm.call('DELETE', `/web-forms/${id}`, { as: 'olga', headers: { 'if-match': '1' } })).status).toBe(204);
    expect((await firm.post(id, { ...ALICE, message: 'late' })).status).toBe(404);
    expect(await findDoor(firm.db, 'form', id)).toBeUndefined();
  });

  it('cannot be taken by another workspace that names its id', async () => {
    const id = idIn(await create('olga', { name: 'Ours' }));

    const stolen = await create('eve', { id, name: 'Mine now' });

    expect(stolen).toMatchObject({ status: 409, body: { code: 'record.exists' } });
    expect(await findDoor(firm.db, 'form', id)).toMatchObject({ tenant: 'firm', target: id });
  });

  it('opens for the same form again when its create is repeated', async () => {
    const body = { id: idOf('frm', 50), name: 'Again' };

    expect([(await create('olga', body)).status, (await create('olga', body)).status]).toEqual([201, 201]);
  });

  it('is given to nobody who may not set up forms, and to nothing that is no form', async () => {
    const id = idOf('frm', 51);

    expect(await create('sam', { id, name: 'Not mine to make' })).toMatchObject({ status: 403 });
    expect(await create('olga', { id: 'lea_1', name: 'Odd' })).toMatchObject({
      status: 400,
      body: { issues: [{ field: 'id', code: 'id.invalid' }] },
    });
    expect(await create('olga', 'text')).toMatchObject({ status: 400 });
    expect(await findDoor(firm.db, 'form', id)).toBeUndefined();
  });

  it('asks only what a stranger may say, under names of its own', async () => {
    const fields = [{ to: 'status' }, { to: 'name', name: 'website_url' }, { to: 'emails' }, { to: 'company', name: 'email' }];

    expect(await create('olga', { name: 'Odd', fields })).toMatchObject({
      status: 400,
      body: {
        issues: [
          { field: 'fields.0.to', code: 'form.field' },
          { field: 'fields.1.name', code: 'form.name' },
          { field: 'fields.3.name', code: 'form.doubled' },
        ],
      },
    });
  });
});
