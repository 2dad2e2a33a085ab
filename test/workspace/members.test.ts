import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answered, type AuthHost, cookieOf, openAuthHost, PASSWORD, SITE, tokenIn } from '../support/authHost.ts';

const DAY = 86_400_000;
let host: AuthHost;
let made = 0;
/** An owner's access token, and ids of the roles in his workspace by their keys. */
let owner: string;
let roles: Map<string, string>;
let ownerEmail: string;

interface Listed {
  readonly items: readonly (Answered & { readonly key: string })[];
}

async function newWorkspace(more = {}): Promise<{ token: string; roles: Map<string, string>; email: string; cookie: string }> {
  const email = `owner${++made}@shop.test`;
  const form = { email, password: PASSWORD, name: '韩梅梅', workspaceName: '青山茶业', locale: 'zh-CN', zone: 'Asia/Shanghai', ...more };
  const reply = await host.post('/auth/sign-up', form, { address: `10.2.0.${made}` });
  const token = reply.body.accessToken;
  const { body } = (await host.call('GET', '/roles', { token })) as unknown as { body: Listed };
  return { token, email, cookie: cookieOf(reply), roles: new Map(body.items.map(({ key, id }) => [key, id])) };
}

beforeAll(async () => {
  host = await openAuthHost();
  ({ token: owner, roles, email: ownerEmail } = await newWorkspace());
});
afterAll(() => host.close());
beforeEach(() => host.forgetMails());

const call = (method: string, path: string, token: string, body?: unknown, headers = {}) =>
  host.call(method, path, { token, ...(body === undefined ? {} : { body }), headers });
const newAddress = () => `person${++made}@shop.test`;
/** Invites, reads the mail, and gives the token in it. */
async function invite(token: string, more: object = {}) {
  const email = newAddress();
  const reply = await call('POST', '/members/invite', token, { email, roleId: roles.get('sales'), language: 'en', ...more });
  return { email, reply, id: reply.body.id, link: host.mails().length ? tokenIn(host.mails().at(-1)!) : '' };
}
const accept = (link: string, more: object = {}, options = {}) =>
  host.post('/auth/accept-invite', { token: link, password: PASSWORD, name: 'Lucy', ...more }, options);
async function colleague(role: string, token = owner): Promise<{ id: string; token: string; email: string }> {
  const { link, id, email } = await invite(token, { roleId: roles.get(role) });
  return { id, email, token: (await accept(link)).body.accessToken };
}
const versionOf = async (id: string, token = owner) => String((await call('GET', `/members/${id}`, token)).body.version);
const change = async (id: string, body: unknown, token = owner) =>
  call('PATCH', `/members/${id}`, token, body, { 'if-match': await versionOf(id) });

describe('an invitation', () => {
  it('makes a member who is yet to join, and mails a link', async () => {
    const { reply, email } = await invite(owner, { name: 'Lucy' });

    expect(reply).toMatchObject({ status: 201, body: { email, name: 'Lucy', status: 'invited', roleId: roles.get('sales') } });
    const [mail] = host.mails();
    expect(mail).toMatchObject({ to: { email }, mail: { subject: '韩梅梅 invites you to 青山茶业' } });
    expect(mail!.mail.text).toContain(`${SITE}/invite#`);
  });

  it('is written in the inviter’s language where none is chosen, and calls the nameless by his address', async () => {
    const { reply, email } = await invite(owner, { language: undefined });

    expect(reply.body['name']).toBe(email.split('@')[0]);
    expect(host.mails()[0]!.mail.subject).toBe('韩梅梅邀请你加入“青山茶业”');
  });

  it('accepted with a new password opens the workspace', async () => {
    const { link, email, id } = await invite(owner);

    const reply = await accept(link);

    expect(reply).toMatchObject({ status: 200, body: { expiresIn: 900 } });
    expect(reply.cookies[0]).toMatch(/^rg_refresh=/);
    expect((await call('GET', '/session', reply.body.accessToken)).body).toMatchObject({ member: { id, name: 'Lucy', email } });
    expect((await host.post('/auth/sign-in', { email, password: PASSWORD })).status).toBe(200);
  });

  it('opens at once, though the workspace has just been read', async () => {
    const { link } = await invite(owner);
    await call('GET', '/session', owner);

    const { body } = await accept(link);

    expect((await call('GET', '/session', body.accessToken)).status).toBe(200);
  });

  it('works once', async () => {
    const { link } = await invite(owner);
    await accept(link);

    expect(await accept(link)).toMatchObject({ status: 400, body: { code: 'auth.token' } });
    expect(await accept(link, { password: 'another long password' })).toMatchObject({ status: 400, body: { code: 'auth.token' } });
  });

  it('works for seven days', async () => {
    const [early, late] = [await invite(owner), await invite(owner)];

    host.clock.shift(7 * DAY - 60_000);
    expect((await accept(early.link)).status).toBe(200);
    host.clock.shift(60_000);
    expect(await accept(late.link)).toMatchObject({ status: 400, body: { code: 'auth.token' } });
    ({ accessToken: owner } = (await host.post('/auth/sign-in', { email: ownerEmail, password: PASSWORD })).body);
  });

  it('sent again replaces the link before', async () => {
    const { link, id } = await invite(owner);

    expect(await call('POST', `/members/${id}/invite-again`, owner)).toMatchObject({ status: 200, body: { status: 'invited' } });

    expect(await accept(link)).toMatchObject({ body: { code: 'auth.token' } });
    expect((await accept(tokenIn(host.mails().at(-1)!))).status).toBe(200);
    expect(await call('POST', `/members/${id}/invite-again`, owner)).toMatchObject({ status: 409, body: { code: 'member.notInvited' } });
  });

  it('repeated with its key is one member, one link, one mail', async () => {
    const body = { email: newAddress(), roleId: roles.get('sales') };
    const headers = { 'idempotency-key': 'one wish' };

    const first = await call('POST', '/members/invite', owner, body, headers);
    const again = await call('POST', '/members/invite', owner, body, headers);

    expect(again.body.id).toBe(first.body.id);
    expect(new Set(host.mails().map(({ key }) => key)).size).toBe(1);
    expect((await accept(tokenIn(host.mails()[0]!))).status).toBe(200);
  });

  it('of a colleague who has joined is a conflict', async () => {
    const { email } = await colleague('sales');

    expect(await call('POST', '/members/invite', owner, { email, roleId: roles.get('sales') })).toMatchObject({
      status: 409,
      body: { code: 'unique.taken' },
    });
  });

  it('withdrawn with its member opens nothing', async () => {
    const { link, id } = await invite(owner);

    expect(await call('POST', `/members/${id}/disable`, owner)).toMatchObject({ status: 200, body: { status: 'disabled' } });
    expect(await accept(link)).toMatchObject({ status: 400, body: { code: 'auth.token' } });
    expect(await call('POST', `/members/${id}/enable`, owner)).toMatchObject({ status: 200, body: { status: 'invited' } });
    expect(await accept(link)).toMatchObject({ status: 400, body: { code: 'auth.token' } });
  });

  it('keeps a weak password out, and the link good', async () => {
    const { link } = await invite(owner);

    expect(await accept(link, { password: 'short' })).toMatchObject({ status: 422, body: { issues: [{ field: 'password' }] } });
    expect((await accept(link)).status).toBe(200);
  });

  it('is limited per address, whoever invites', async () => {
    const { id } = await invite(owner);
    for (let i = 0; i < 4; i++) await call('POST', `/members/${id}/invite-again`, owner);

    expect(await call('POST', `/members/${id}/invite-again`, owner)).toMatchObject({ status: 429, body: { code: 'budget.spent' } });
    expect(host.mails()).toHaveLength(5);
  });

  it.each([
    ['no address', { email: undefined, name: 'A' }, 'email', 'field.required'],
    ['an address that is none', { email: 'nobody' }, 'email', 'email.invalid'],
    ['a status', { status: 'active' }, 'status', 'field.unknown'],
    ['a subject', { subject: 'me' }, 'subject', 'field.unknown'],
    ['a role that is none', { roleId: 'rol_01KJPWD6M00000000000000000' }, 'roleId', 'ref.notFound'],
  ])('with %s is refused', async (_what, more, field, code) => {
    expect((await invite(owner, more)).reply).toMatchObject({ status: 400, body: { issues: [{ field, code }] } });
    expect(host.mails()).toEqual([]);
  });

  it('keeps hostile names text, and no link of theirs alive', async () => {
    const hostile = 'Win at https://evil.test <script>alert(1)</script>';
    const other = await newWorkspace({ name: hostile, workspaceName: hostile });
    await call('POST', '/members/invite', other.token, { email: newAddress(), roleId: other.roles.get('sales'), language: 'en' });

    const { subject, text, html } = host.mails()[0]!.mail;
    expect(html).not.toContain('<script>');
    for (const part of [subject, text, html]) expect(part).not.toContain('https://evil.test');
  });
});

describe('one person', () => {
  it('belongs to two workspaces with one account', async () => {
    const first = await newWorkspace();
    const guest = await newWorkspace();

    await call('POST', '/members/invite', first.token, { email: guest.email, roleId: first.roles.get('sales') });
    const link = tokenIn(host.mails().at(-1)!);
    expect(await accept(link, { password: 'not her password' })).toMatchObject({ status: 401, body: { code: 'auth.credentials' } });
    const { body } = await accept(link, { name: undefined });

    const session = await call('GET', '/session', body.accessToken);
    expect(session.body['workspaces']).toHaveLength(2);
    const names = (session.body['workspaces'] as { id: string }[]).map(({ id }) => id);
    for (const id of names)
      expect(await call('GET', '/session', body.accessToken, undefined, { 'x-workspace': id })).toMatchObject({
        status: 200,
        body: { workspace: { id } },
      });
  });

  it('joins by the session of his browser, if it is that of the invited address', async () => {
    const first = await newWorkspace();
    const [guest, stranger] = [await newWorkspace(), await newWorkspace()];
    await call('POST', '/members/invite', first.token, { email: guest.email, roleId: first.roles.get('sales') });
    const link = tokenIn(host.mails().at(-1)!);
    const bySession = (cookie?: string) => host.post('/auth/accept-invite', { token: link }, { cookie });

    expect(await bySession()).toMatchObject({ status: 401, body: { code: 'auth.session' } });
    expect(await bySession(stranger.cookie)).toMatchObject({ status: 401, body: { code: 'auth.credentials' } });
    expect(await bySession(guest.cookie)).toMatchObject({ status: 200, cookies: [] });
    expect((await call('GET', '/session', guest.token)).body['workspaces']).toHaveLength(2);
  });

  it('shut out of one of two workspaces enters the other', async () => {
    const first = await newWorkspace();
    const guest = await newWorkspace();
    const reply = await call('POST', '/members/invite', first.token, { email: guest.email, roleId: first.roles.get('sales') });
    await accept(tokenIn(host.mails().at(-1)!));
    const workspaces = (await call('GET', '/session', guest.token)).body['workspaces'] as { id: string; name: string }[];

    await call('POST', `/members/${reply.body.id}/disable`, first.token);

    expect((await host.post('/auth/sign-in', { email: guest.email, password: PASSWORD })).status).toBe(200);
    host.clock.shift(31_000);
    const statuses = await Promise.all(
      [undefined, ...workspaces.map(({ id }) => id)].map(
        async (id) => (await call('GET', '/session', guest.token, undefined, id ? { 'x-workspace': id } : {})).status,
      ),
    );
    expect(statuses[0]).toBe(200);
    expect(statuses.slice(1).sort()).toEqual([200, 403]);
  });
});

describe('a member who is shut out', () => {
  it('is out within half a minute, cannot sign in, and comes back when let in', async () => {
    const { id, token, email } = await colleague('sales');
    expect((await call('GET', '/session', token)).status).toBe(200);

    expect(await call('POST', `/members/${id}/disable`, owner)).toMatchObject({ status: 200, body: { status: 'disabled' } });
    expect(await call('POST', `/members/${id}/disable`, owner)).toMatchObject({ status: 200, body: { status: 'disabled' } });

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

    expect(await call('POST', `/members/${id}/enable`, owner)).toMatchObject({ status: 200, body: { status: 'active' } });
    expect((await call('GET', '/session', token)).status).toBe(200);
  });

  it('raises the access epoch, so that every page asks anew', async () => {
    const { id } = await colleague('sales');
    const epoch = async () => ((await call('GET', '/session', owner)).body['feed'] as { epoch: number }).epoch;
    const before = await epoch();

    await call('POST', `/members/${id}/disable`, owner);

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
    roles = first.roles;
    const second = await colleague('owner', first.token);
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
    const fresh = await newWorkspace();
    owner = fresh.token;
    roles = fresh.roles;
    administrator = await colleague('administrator');
    sales = await colleague('sales');
    const rights = { grants: { people: { read: 'all', update: 'all' }, structure: { read: 'all' }, workspace: { read: 'all' } } };
    const role = await call('POST', '/roles', owner, { name: 'People’s friend', rights });
    roles.set('custom', role.body.id);
    custom = await colleague('custom');
    host.clock.shift(31_000);
  });

  it('let nobody raise himself', async () => {
    for (const [who, role] of [
      [sales, 'administrator'],
      [custom, 'administrator'],
      [administrator, 'owner'],
    ] as const)
      expect((await change(who.id, { roleId: roles.get(role) }, who.token)).status).toBe(403);
    expect((await change(custom.id, { takesLeads: true }, custom.token)).body.code).toBe('access.fields');
    expect((await change(custom.id, { phone: '139 0000 1111' }, custom.token)).status).toBe(200);
  });

  it('let nobody make or unmake an owner but an owner', async () => {
    const id = ((await call('GET', '/session', owner)).body['member'] as { id: string }).id;

    expect(await change(sales.id, { roleId: roles.get('owner') }, administrator.token)).toMatchObject({
      status: 403,
      body: { code: 'member.role.above' },
    });
    expect(await change(id, { roleId: roles.get('sales') }, administrator.token)).toMatchObject({
      status: 403,
      body: { code: 'member.role.above' },
    });
    expect(await call('POST', `/members/${id}/disable`, administrator.token)).toMatchObject({
      status: 403,
      body: { code: 'member.role.above' },
    });
    expect(
      (await call('POST', '/members/invite', administrator.token, { email: newAddress(), roleId: roles.get('owner') })).body.code,
    ).toBe('member.role.above');
    expect((await change(sales.id, { roleId: roles.get('salesManager') }, administrator.token)).status).toBe(200);
  });

  it.each(['disable', 'enable', 'invite-again'])('keep sales staff and roles without the right from %s', async (command) => {
    for (const { token } of [sales, custom])
      expect((await call('POST', `/members/${administrator.id}/${command}`, token)).status).toBe(403);
    expect((await call('POST', '/members/invite', custom.token, { email: newAddress(), roleId: roles.get('sales') })).status).toBe(403);
  });

  it('let nobody build a role above his own, nor touch the owner’s', async () => {
    const all = { grants: { customers: { read: 'all' } } };
    const own = await call('POST', '/roles', owner, {
      name: 'Keeper',
      rights: {
        grants: {
          workspace: { create: 'all', read: 'all', update: 'all', delete: 'all' },
          people: { read: 'all', update: 'all' },
          structure: { read: 'all' },
        },
      },
    });
    roles.set('keeper', own.body.id);
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
    expect(await call('PATCH', `/roles/${roles.get('sales')}`, keeper.token, { rights: { grants: {} } }, version)).toMatchObject({
      status: 403,
    });
    expect(await call('PATCH', `/roles/${roles.get('owner')}`, owner, { rights: { grants: {} } }, version)).toMatchObject({
      status: 409,
      body: { code: 'role.owner' },
    });
    expect(await call('DELETE', `/roles/${roles.get('owner')}`, owner, undefined, version)).toMatchObject({
      status: 409,
      body: { code: 'role.owner' },
    });
    expect(await call('DELETE', `/roles/${own.body.id}`, owner, undefined, version)).toMatchObject({
      status: 409,
      body: { code: 'role.inUse' },
    });
    expect(await call('POST', '/roles', owner, { name: 'Bad', rights: { grants: {}, onlyFields: { people: 'x' } } })).toMatchObject({
      status: 400,
    });
    expect((await call('DELETE', `/roles/${roles.get('viewer')}`, owner, undefined, version)).status).toBe(204);
  });

  it('change no address and no status that joining alone gives', async () => {
    const { id } = await invite(owner);

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
