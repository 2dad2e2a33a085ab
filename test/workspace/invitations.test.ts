import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { PASSWORD, SITE, tokenIn } from '../support/authHost.ts';
import { openStaff } from './staffDesk.ts';

const DAY = 86_400_000;
const staff = await openStaff();
const { accept, call, colleague, host, invite, newAddress, newWorkspace } = staff;
afterAll(() => host.close());
beforeEach(() => host.forgetMails());

describe('an invitation', () => {
  it('makes a member who is yet to join, and mails a link', async () => {
    const { reply, email } = await invite(staff.firm.token, { name: 'Lucy' });

    expect(reply).toMatchObject({ status: 201, body: { email, name: 'Lucy', status: 'invited', roleId: staff.firm.roles.get('sales') } });
    const [mail] = host.mails();
    expect(mail).toMatchObject({ to: { email }, mail: { subject: '韩梅梅 invites you to 青山茶业' } });
    expect(mail!.mail.text).toContain(`${SITE}/invite#`);
  });

  it('is written in the inviter’s language where none is chosen, and calls the nameless by his address', async () => {
    const { reply, email } = await invite(staff.firm.token, { language: undefined });

    expect(reply.body['name']).toBe(email.split('@')[0]);
    expect(host.mails()[0]!.mail.subject).toBe('韩梅梅邀请你加入“青山茶业”');
  });

  it('accepted with a new password opens the workspace', async () => {
    const { link, email, id } = await invite(staff.firm.token);

    const reply = await accept(link);

    expect(reply).toMatchObject({ status: 200, body: { expiresIn: 900 } });
    expect(reply.cookies[0]).toMatch(/^rg_refresh=/);
    expect((await call('GET', '/session', reply.body.accessToken)).body).toMatchObject({ member: { id, name: 'Lucy', email } });
    expect((await host.post('/auth/sign-in', { email, password: PASSWORD })).status).toBe(200);
  });

  it('opens at once, though the workspace has just been read', async () => {
    const { link } = await invite(staff.firm.token);
    await call('GET', '/session', staff.firm.token);

    const { body } = await accept(link);

    expect((await call('GET', '/session', body.accessToken)).status).toBe(200);
  });

  it('works once', async () => {
    const { link } = await invite(staff.firm.token);
    await accept(link);

    expect(await accept(link)).toMatchObject({ status: 400, body: { code: 'auth.token' } });
    expect(await accept(link, { password: 'another long password' })).toMatchObject({ status: 400, body: { code: 'auth.token' } });
  });

  it('works for seven days', async () => {
    const [early, late] = [await invite(staff.firm.token), await invite(staff.firm.token)];

    host.clock.shift(7 * DAY - 60_000);
    expect((await accept(early.link)).status).toBe(200);
    host.clock.shift(60_000);
    expect(await accept(late.link)).toMatchObject({ status: 400, body: { code: 'auth.token' } });
    const { body } = await host.post('/auth/sign-in', { email: staff.firm.email, password: PASSWORD });
    staff.firm = { ...staff.firm, token: body.accessToken };
  });

  it('sent again replaces the link before', async () => {
    const { link, id } = await invite(staff.firm.token);

    expect(await call('POST', `/members/${id}/invite-again`, staff.firm.token)).toMatchObject({ status: 200, body: { status: 'invited' } });

    expect(await accept(link)).toMatchObject({ body: { code: 'auth.token' } });
    expect((await accept(tokenIn(host.mails().at(-1)!))).status).toBe(200);
    expect(await call('POST', `/members/${id}/invite-again`, staff.firm.token)).toMatchObject({
      status: 409,
      body: { code: 'member.notInvited' },
    });
  });

  it('repeated with its key is one member, one link, one mail', async () => {
    const body = { email: newAddress(), roleId: staff.firm.roles.get('sales') };
    const headers = { 'idempotency-key': 'one wish' };

    const first = await call('POST', '/members/invite', staff.firm.token, body, headers);
    const again = await call('POST', '/members/invite', staff.firm.token, body, headers);

    expect(again.body.id).toBe(first.body.id);
    expect(new Set(host.mails().map(({ key }) => key)).size).toBe(1);
    expect((await accept(tokenIn(host.mails()[0]!))).status).toBe(200);
  });

  it('of a colleague who has joined is a conflict', async () => {
    const { email } = await colleague('sales');

    expect(await call('POST', '/members/invite', staff.firm.token, { email, roleId: staff.firm.roles.get('sales') })).toMatchObject({
      status: 409,
      body: { code: 'unique.taken' },
    });
  });

  it('withdrawn with its member opens nothing', async () => {
    const { link, id } = await invite(staff.firm.token);

    expect(await call('POST', `/members/${id}/disable`, staff.firm.token)).toMatchObject({ status: 200, body: { status: 'disabled' } });
    expect(await accept(link)).toMatchObject({ status: 400, body: { code: 'auth.token' } });
    expect(await call('POST', `/members/${id}/enable`, staff.firm.token)).toMatchObject({ status: 200, body: { status: 'invited' } });
    expect(await accept(link)).toMatchObject({ status: 400, body: { code: 'auth.token' } });
  });

  it('keeps a weak password out, and the link good', async () => {
    const { link } = await invite(staff.firm.token);

    expect(await accept(link, { password: 'short' })).toMatchObject({ status: 422, body: { issues: [{ field: 'password' }] } });
    expect((await accept(link)).status).toBe(200);
  });

  it('is limited per address, whoever invites', async () => {
    const { id } = await invite(staff.firm.token);
    for (let i = 0; i < 4; i++) await call('POST', `/members/${id}/invite-again`, staff.firm.token);

    expect(await call('POST', `/members/${id}/invite-again`, staff.firm.token)).toMatchObject({
      status: 429,
      body: { code: 'budget.spent' },
    });
    expect(host.mails()).toHaveLength(5);
  });

  it.each([
    ['no address', { email: undefined, name: 'A' }, 'email', 'field.required'],
    ['an address that is none', { email: 'nobody' }, 'email', 'email.invalid'],
    ['a status', { status: 'active' }, 'status', 'field.unknown'],
    ['a subject', { subject: 'me' }, 'subject', 'field.unknown'],
    ['a role that is none', { roleId: 'rol_01KJPWD6M00000000000000000' }, 'roleId', 'ref.notFound'],
  ])('with %s is refused', async (_what, more, field, code) => {
    expect((await invite(staff.firm.token, more)).reply).toMatchObject({ status: 400, body: { issues: [{ field, code }] } });
    expect(host.mails()).toEqual([]);
  });

  it('keeps hostile names text, and no link of theirs alive', async () => {
    const hostile = 'Win at https://evil.test <script>alert(1)</script>';
    const other = await newWorkspace({ name: hostile, workspaceName: hostile });
    await call('POST', '/members/invite', other.token, {
      email: newAddress(),
      roleId: other.roles.get('sales'),
      language: 'en',
    });

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
