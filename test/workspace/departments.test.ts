import { afterAll, describe, expect, it } from 'vitest';
import { openStaff } from './staffDesk.ts';

const staff = await openStaff();
const { call, host } = staff;
afterAll(() => host.close());

const make = async (values: object): Promise<string> => (await call('POST', '/departments', staff.firm.token, values)).body.id;
const remove = (id: string, version = '1') => call('DELETE', `/departments/${id}`, staff.firm.token, undefined, { 'if-match': version });

describe('a department', () => {
  it('stays while somebody is in it', async () => {
    const id = await make({ name: 'Sales' });
    const { id: somebody } = await staff.colleague('sales');
    await staff.change(somebody, { departmentId: id });

    expect(await remove(id)).toMatchObject({ status: 409, body: { code: 'department.inUse' } });
    await staff.change(somebody, { departmentId: null });
    expect((await remove(id)).status).toBe(204);
  });

  it('stays while another is below it', async () => {
    const id = await make({ name: 'Service' });
    const below = await make({ name: 'Night shift', parentId: id });

    expect(await remove(id)).toMatchObject({ status: 409, body: { code: 'department.inUse' } });
    expect((await remove(below)).status).toBe(204);
    expect((await remove(id)).status).toBe(204);
  });

  it('that others have changed meanwhile is told to be another', async () => {
    const id = await make({ name: 'Stock' });

    expect(await remove(id, '7')).toMatchObject({ status: 409, body: { code: 'record.stale' } });
  });
});
