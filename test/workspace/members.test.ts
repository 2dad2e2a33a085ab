import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PASSWORD } from '../support/authHost.ts';
import { openStaff } from './staffDesk.ts';

const staff = await openStaff();
const { call, change, colleague, host, invite, newAddress, newWorkspace } = staff;
afterAll(() => host.close());
beforeEach(() => host.forgetMails());

describe('a member who is shut out', () => {
  it('is out within half a minute, cannot sign in, and comes back when let in', async () => {
    const { id, token, email } = await colleague('sales');
    expect((await call('GET', '/session', token)).status).toBe(200);

    expect(await call('POST', `/members/${id}/disable`, staff.firm.token)).toMatchObject({ status: 200, body: { status: 'disabled' } });
    expect(await call('POST', `/members/${id}/disable`, staff.firm.token)).toMatchObject({ status: 200, body: { status: 'disabled' } });

    host.clock.shift(31_000);
    expect(await call('GET', '/session', token)).toMatchObject({ status: 403, body: { code: 'access.disabled' } });
    expect(await host.post('/auth/sign-in', { email, password: PASSWORD })).toMatchObject({
      status: 403,
      body: { code: 'access.disabled' },
      cookies: [],
    });
    expect(await host.post('/auth/sign-in', { email, password: 'a wrong password' })).toMatchObject({
      status: 401,
      body: { code: 'auth.credentials' },
    });

    expect(await call('POST', `/members/${id}/enable`, staff.firm.token)).toMatchObject({ status: 200, body: { status: 'active' } });
    expect((await call('GET', '/session', token)).status).toBe(200);
  });

  it('raises the access epoch, so that every page asks anew', async () => {
    const { id } = await colleague('sales');
    const epoch = async () => ((await call('GET', '/session', staff.firm.token)).body['feed'] as { epoch: number }).epoch;
    const before = await epoch();

    await call('POST', `/members/${id}/disable`, staff.firm.token);

    expect(await epoch()).toBe(before + 1);
  });
});

describe('the last owner', () => {
  it('stays: he is neither shut out nor made something less', async () => {
    const lone = await newWorkspace();
    const id = ((await call('GET', '/session', lone.token)).body['member'] as { id: string }).id;
    const version = String((await call('GET', `/members/${id}`, lone.token)).body.version);
    const patch = (body: object) => call('PATCH', `/members/${id}`, lone.token, body, { 'if-match': version });

    expect(await call('POST', `/members/${id}/disable`, lone.token)).toMatchObject({ status: 409, body: { code: 'member.self' } });
    expect(await patch({ status: 'disabled' })).toMatchObject({ status: 409, body: { code: 'member.self' } });
    expect(await patch({ roleId: lone.roles.get('sales') })).toMatchObject({ status: 409, body: { code: 'member.lastOwner' } });
    expect((await patch({ post: 'Founder' })).status).toBe(200);
  });

  it('remains of two who let each other go at once', async () => {
    const first = await newWorkspace();
    staff.firm = first;
    const second = await colleague('owner');
    const id = ((await call('GET', '/session', first.token)).body['member'] as { id: string }).id;
    host.clock.shift(31_000);

    const replies = await Promise.all([
      call('POST', `/members/${second.id}/disable`, first.token),
      call('POST', `/members/${id}/disable`, second.token),
    ]);

    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(replies.find(({ status }) => status !== 200)!.body.code).toMatch(/^(request\.busy|member\.lastOwner)$/);
  });
});

describe('rights over people', () => {
  let administrator: { id: string; token: string };
  let sales: { id: string; token: string };
  let custom: { id: string; token: string };
  beforeAll(async () => {
    staff.firm = await newWorkspace();
    administrator = await colleague('administrator');
    sales = await colleague('sales');
    const rights = { grants: { people: { read: 'all', update: 'all' }, structure: { read: 'all' }, workspace: { read: 'all' } } };
    const role = await call('POST', '/roles', staff.firm.token, { name: 'People’s friend', rights });
    staff.firm.roles.set('custom', role.body.id);
    custom = await colleague('custom');
    host.clock.shift(31_000);
  });

  it('let nobody raise himself', async () => {
    for (const [who, role] of [
      [sales, 'administrator'],
      [custom, 'administrator'],
      [administrator, 'owner'],
    ] as const)
      expect((await change(who.id, { roleId: staff.firm.roles.get(role) }, who.token)).status).toBe(403);
    expect((await change(custom.id, { takesLeads: true }, custom.token)).body.code).toBe('access.fields');
    expect((await change(custom.id, { phone: '139 0000 1111' }, custom.token)).status).toBe(200);
  });

  it('let nobody make or unmake an owner but an owner', async () => {
    const id = ((await call('GET', '/session', staff.firm.token)).body['member'] as { id: string }).id;

    expect(await change(sales.id, { roleId: staff.firm.roles.get('owner') }, administrator.token)).toMatchObject({
      status: 403,
      body: { code: 'member.role.above' },
    });
    expect(await change(id, { roleId: staff.firm.roles.get('sales') }, administrator.token)).toMatchObject({
      status: 403,
      body: { code: 'member.role.above' },
    });
    expect(await call('POST', `/members/${id}/disable`, administrator.token)).toMatchObject({
      status: 403,
      body: { code: 'member.role.above' },
    });
    expect(
      (await call('POST', '/members/invite', administrator.token, { email: newAddress(), roleId: staff.firm.roles.get('owner') })).body
        .code,
    ).toBe('member.role.above');
    expect((await change(sales.id, { roleId: staff.firm.roles.get('salesManager') }, administrator.token)).status).toBe(200);
  });

  it.each(['disable', 'enable', 'invite-again'])('keep sales staff and roles without the right from %s', async (command) => {
    for (const { token } of [sales, custom])
      expect((await call('POST', `/members/${administrator.id}/${command}`, token)).status).toBe(403);
    expect(
      (await call('POST', '/members/invite', custom.token, { email: newAddress(), roleId: staff.firm.roles.get('sales') })).status,
    ).toBe(403);
  });

  it('let nobody build a role above his own, nor touch the owner’s', async () => {
    const all = { grants: { customers: { read: 'all' } } };
    const own = await call('POST', '/roles', staff.firm.token, {
      name: 'Keeper',
      rights: {
        grants: {
          workspace: { create: 'all', read: 'all', update: 'all', delete: 'all' },
          people: { read: 'all', update: 'all' },
          structure: { read: 'all' },
        },
      },
    });
    staff.firm.roles.set('keeper', own.body.id);
    const keeper = await colleague('keeper');
    const version = { 'if-match': '1' };

    expect(await call('POST', '/roles', keeper.token, { name: 'More', rights: all })).toMatchObject({
      status: 403,
      body: { code: 'member.role.above' },
    });
    expect(await call('PATCH', `/roles/${own.body.id}`, keeper.token, { rights: all }, version)).toMatchObject({
      status: 403,
      body: { code: 'member.role.above' },
    });
    expect(await call('PATCH', `/roles/${staff.firm.roles.get('sales')}`, keeper.token, { rights: { grants: {} } }, version)).toMatchObject(
      {
        status: 403,
      },
    );
    expect(
      await call('PATCH', `/roles/${staff.firm.roles.get('owner')}`, staff.firm.token, { rights: { grants: {} } }, version),
    ).toMatchObject({
      status: 409,
      body: { code: 'role.owner' },
    });
    expect(await call('DELETE', `/roles/${staff.firm.roles.get('owner')}`, staff.firm.token, undefined, version)).toMatchObject({
      status: 409,
      body: { code: 'role.owner' },
    });
    expect(await call('DELETE', `/roles/${own.body.id}`, staff.firm.token, undefined, version)).toMatchObject({
      status: 409,
      body: { code: 'role.inUse' },
    });
    expect(
      await call('POST', '/roles', staff.firm.token, { name: 'Bad', rights: { grants: {}, onlyFields: { people: 'x' } } }),
    ).toMatchObject({
      status: 400,
    });
    expect((await call('DELETE', `/roles/${staff.firm.roles.get('viewer')}`, staff.firm.token, undefined, version)).status).toBe(204);
  });

  it('let nobody take from his own role the right to change it back', async () => {
    const rights = (await call('GET', `/roles/${staff.firm.roles.get('administrator')}`, staff.firm.token)).body as unknown as {
      version: number;
      rights: { grants: Record<string, Record<string, string>> };
    };
    const narrowed = (workspace: object) => ({ rights: { grants: { ...rights.rights.grants, workspace } } });
    const patch = (who: string, body: object) =>
      call('PATCH', `/roles/${staff.firm.roles.get('administrator')}`, who, body, { 'if-match': String(rights.version) });

    expect(await patch(administrator.token, narrowed({ read: 'all' }))).toMatchObject({ status: 409, body: { code: 'role.self' } });
    expect((await patch(administrator.token, narrowed({ read: 'all', update: 'all' }))).status).toBe(200);
  });

  it('change no address and no status that joining alone gives', async () => {
    const { id } = await invite(staff.firm.token);

    expect(await change(id, { status: 'active' })).toMatchObject({
      status: 400,
      body: { issues: [{ field: 'status', code: 'member.status' }] },
    });
    expect(await change(id, { email: newAddress() })).toMatchObject({
      status: 400,
      body: { issues: [{ field: 'email', code: 'member.emailFixed' }] },
    });
  });
});
