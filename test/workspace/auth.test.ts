import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { takeFromBudget } from '../../functions/table/budget.ts';
import { type AuthHost, cookieOf, openAuthHost, PASSWORD, SITE, tokenIn } from '../support/authHost.ts';

const HOUR = 3_600_000;
let host: AuthHost;
let made = 0;
beforeAll(async () => (host = await openAuthHost()));
afterAll(() => host.close());

const newcomer = (more = {}) => ({
  email: `person${++made}@shop.test`,
  password: PASSWORD,
  name: '李雷',
  workspaceName: 'Qingshan Tea',
  locale: 'zh-CN',
  zone: 'Asia/Shanghai',
  ...more,
});
/** A signed-up owner; addresses differ, so that no test spends another's budget. */
async function owner(more = {}) {
  const form = newcomer(more);
  const reply = await host.post('/auth/sign-up', form, { address: `10.0.${made >> 8}.${made & 255}` });
  expect(reply.status).toBe(200);
  return { ...form, token: reply.body.accessToken, cookie: cookieOf(reply) };
}
const session = (token: string, headers = {}) => host.call('GET', '/session', { token, headers });

describe('signing up', () => {
  it('makes a workspace with roles, a department and its owner, and signs him in', async () => {
    const form = newcomer();

    const reply = await host.post('/auth/sign-up', form);

    expect(reply).toMatchObject({ status: 200, body: { expiresIn: 900 } });
    expect(reply.cookies).toEqual([
      expect.stringMatching(/^rg_refresh=[\w.-]+; HttpOnly; Secure; SameSite=Strict; Path=\/api\/v1\/auth; Max-Age=2592000$/),
    ]);
    const { body } = await session(reply.body.accessToken);
    expect(body).toMatchObject({
      member: { name: '李雷', email: form.email, language: 'zh-CN', zone: 'Asia/Shanghai' },
      workspace: { name: 'Qingshan Tea', currency: 'CNY', zone: 'Asia/Shanghai', language: 'zh-CN' },
      members: [{ name: '李雷', active: true }],
    });
    const roles = await host.call('GET', '/roles', { token: reply.body.accessToken });
    expect((roles.body['items'] as { key: string; name: string }[]).map(({ key, name }) => [key, name])).toEqual(
      expect.arrayContaining(DEFAULT_ROLES.map(({ key, label }) => [key, label.zh])),
    );
    const departments = await host.call('GET', '/departments', { token: reply.body.accessToken });
    expect(departments.body['items']).toMatchObject([
      { name: 'Qingshan Tea', id: (body['member'] as { departmentId: string }).departmentId },
    ]);
  });

  it('repeated after a lost answer opens the same workspace', async () => {
    const form = newcomer();
    const first = await host.post('/auth/sign-up', form);

    const again = await host.post('/auth/sign-up', { ...form, name: 'Li Lei' });

    const [a, b] = [await session(first.body.accessToken), await session(again.body.accessToken)];
    expect(b.body['workspaces']).toEqual(a.body['workspaces']);
    expect(b.body['workspaces']).toHaveLength(1);
  });

  it('with an account makes a further workspace, and only with its password', async () => {
    const first = await owner();

    expect(await host.post('/auth/sign-up', { ...first, token: undefined, cookie: undefined, workspaceName: 'Second' })).toMatchObject({
      status: 200,
    });
    const second = await host.post(
      '/auth/sign-up',
      newcomer({ email: first.email, workspaceName: 'Third', password: 'another long password' }),
    );

    expect(second).toMatchObject({ status: 401, body: { code: 'auth.credentials' } });
    const { body } = await session(first.token);
    expect((body['workspaces'] as { name: string }[]).map(({ name }) => name).sort()).toEqual(['Qingshan Tea', 'Second']);
  });

  it.each([
    ['a short password', { password: 'short' }, 422, 'password', 'password.tooShort'],
    ['a password the pool refuses', { password: ' leading space here' }, 422, 'password', 'password.weak'],
    ['no address', { email: 'nobody' }, 400, 'email', 'email.invalid'],
    ['an unknown zone', { zone: 'Mars/Phobos' }, 400, 'zone', 'zone.unknown'],
    ['an unknown language', { locale: 'tlh' }, 400, 'locale', 'choice.unknown'],
    ['a role of his choice', { roleId: 'owner' }, 400, 'roleId', 'field.unknown'],
    ['an empty name', { name: ' ' }, 400, 'name', 'text.empty'],
    ['a name that turns text around', { workspaceName: 'a\u202eb' }, 400, 'workspaceName', 'text.characters'],
  ])('refuses %s', async (_what, more, status, field, code) => {
    expect(await host.post('/auth/sign-up', newcomer(more))).toMatchObject({
      status,
      body: { code: 'input.invalid', issues: [{ field, code }] },
    });
  });

  it('of two at once for one address lets one in', async () => {
    const [a, b] = [newcomer(), newcomer({ password: 'quite another password' })];
    const replies = await Promise.all([host.post('/auth/sign-up', a), host.post('/auth/sign-up', { ...b, email: a.email })]);

    expect(replies.map(({ status }) => status).sort()[0]).toBe(200);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(replies.find(({ status }) => status !== 200)).toMatchObject({
      body: { code: expect.stringMatching(/^(request\.busy|auth\.credentials)$/) },
    });
  });
});

describe('the door', () => {
  it.each([
    ['another site', { origin: 'https://evil.test' }],
    ['a site that begins like ours', { origin: `${SITE}.evil.test` }],
    ['no site at all', { origin: undefined }],
  ])('is shut to pages of %s', async (_who, headers) => {
    const { email, password } = newcomer();

    for (const path of ['sign-in', 'refresh', 'sign-out', 'sign-out-everywhere', 'forgot'])
      expect(await host.post(`/auth/${path}`, { email, password }, { headers })).toMatchObject({
        status: 403,
        body: { code: 'auth.origin' },
      });
  });

  it('takes JSON alone, by POST alone', async () => {
    expect(await host.post('/auth/sign-in', {}, { headers: { 'content-type': 'text/plain' } })).toMatchObject({ status: 415 });
    expect(await host.call('GET', '/auth/refresh')).toMatchObject({ status: 405 });
  });
});

describe('signing in', () => {
  it('gives a new session', async () => {
    const { email } = await owner();

    const reply = await host.post('/auth/sign-in', { email: ` ${email.toUpperCase()}`, password: PASSWORD });

    expect(reply).toMatchObject({ status: 200, body: { expiresIn: 900 } });
    expect((await session(reply.body.accessToken)).body).toMatchObject({ member: { email } });
  });

  it('is forgotten with the browser on a computer that others use', async () => {
    const { email } = await owner();

    const { cookies } = await host.post('/auth/sign-in', { email, password: PASSWORD, keep: false });

    expect(cookies).toEqual([expect.stringMatching(/^rg_refresh=[\w.-]+; HttpOnly; Secure; SameSite=Strict; Path=\/api\/v1\/auth$/)]);
  });

  it('answers a wrong password and an unknown address alike', async () => {
    const { email } = await owner();

    const wrong = await host.post('/auth/sign-in', { email, password: 'not the password' });
    const unknown = await host.post('/auth/sign-in', { email: 'unknown@shop.test', password: 'not the password' });

    expect(wrong).toMatchObject({ status: 401, body: { code: 'auth.credentials' }, cookies: [] });
    expect({ ...unknown, body: { ...unknown.body, requestId: '' } }).toEqual({ ...wrong, body: { ...wrong.body, requestId: '' } });
  });

  it('has a budget per account, the same for one that does not exist', async () => {
    const { email } = await owner();
    const spend = async (address: string) => {
      const statuses: number[] = [];
      const now = new Date(host.clock.now()).toISOString();
      // Most of it, without the work that each attempt is.
      for (let i = 0; i < 28; i++) await takeFromBudget(host.db, `auth.signInOfAccount|${address}`, 30, 900, now);
      for (let i = 0; i < 3; i++)
        statuses.push((await host.post('/auth/sign-in', { email: address, password: 'no' }, { address: `10.9.${i}.1` })).status);
      return statuses;
    };

    const statuses = await spend(email);
    expect(statuses).toEqual([401, 401, 429]);
    expect(await spend('nobody-at-all@shop.test')).toEqual(statuses);
    const over = await host.post('/auth/sign-in', { email, password: PASSWORD }, { address: '10.9.99.1' });
    expect(over).toMatchObject({ status: 429, body: { code: 'budget.spent' } });
    expect(Number(over.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('has a budget per client address', async () => {
    const from = (address: string) => host.post('/auth/sign-in', { email: 'someone@shop.test', password: 'no' }, { address });
    const now = new Date(host.clock.now()).toISOString();
    // An office's worth of attempts, without the work that each one is.
    for (let i = 0; i < 150; i++) await takeFromBudget(host.db, 'auth.signInFromAddress|192.0.2.77', 150, 900, now);

    expect((await from('192.0.2.77')).status).toBe(429);
    expect((await from('192.0.2.78')).status).toBe(401);
  });
});

describe('a session', () => {
  it('goes on by its cookie', async () => {
    const { cookie, email } = await owner();

    const reply = await host.post('/auth/refresh', {}, { cookie });

    expect(reply).toMatchObject({ status: 200, cookies: [] });
    expect((await session(reply.body.accessToken)).body).toMatchObject({ member: { email } });
  });

  it.each([
    ['none', undefined],
    ['an empty', 'rg_refresh='],
    ['a forged', 'rg_refresh=abc.def'],
    ['another', 'other=1'],
  ])('does not go on by %s cookie', async (_which, cookie) => {
    expect(await host.post('/auth/refresh', {}, { cookie })).toMatchObject({ status: 401, body: { code: 'auth.session' } });
    expect(await host.post('/auth/sign-out-everywhere', {}, { cookie })).toMatchObject({ status: 401, body: { code: 'auth.session' } });
  });

  it('ends alone by signing out', async () => {
    const { cookie, email } = await owner();
    const other = cookieOf(await host.post('/auth/sign-in', { email, password: PASSWORD }));

    expect(await host.post('/auth/sign-out', {}, { cookie })).toMatchObject({
      status: 204,
      cookies: [expect.stringMatching(/^rg_refresh=; .*Max-Age=0$/)],
    });

    expect(await host.post('/auth/refresh', {}, { cookie })).toMatchObject({ status: 401 });
    expect(await host.post('/auth/refresh', {}, { cookie: other })).toMatchObject({ status: 200 });
    expect(await host.post('/auth/sign-out', {})).toMatchObject({ status: 204 });
  });

  it('ends with all others by signing out everywhere, access tokens included', async () => {
    const { cookie, token, email } = await owner();
    const other = await host.post('/auth/sign-in', { email, password: PASSWORD });
    host.clock.shift(2_000);

    expect(await host.post('/auth/sign-out-everywhere', {}, { cookie })).toMatchObject({ status: 204 });

    expect(await host.post('/auth/refresh', {}, { cookie: cookieOf(other) })).toMatchObject({ status: 401 });
    host.clock.shift(31_000);
    for (const old of [token, other.body.accessToken])
      expect(await session(old)).toMatchObject({ status: 401, body: { code: 'auth.token' } });
    const anew = await host.post('/auth/sign-in', { email, password: PASSWORD });
    expect(await session(anew.body.accessToken)).toMatchObject({ status: 200 });
  });
});

describe('a forgotten password', () => {
  const ask = async (email: string, address: string, headers = {}) => {
    host.forgetMails();
    const before = host.told().length;
    const reply = await host.post('/auth/forgot', { email }, { address, headers });
    return {
      reply,
      mails: host.mails(),
      requests: host
        .told()
        .slice(before)
        .map(({ command }) => command),
    };
  };

  it('is replaced through a mailed link, once, and ends all sessions', async () => {
    const { email, cookie, token: old } = await owner();
    const { reply, mails } = await ask(email, '10.1.0.1');
    expect(reply).toMatchObject({ status: 202, body: {} });
    expect(mails).toMatchObject([{ to: { email }, mail: { subject: '设置新密码' } }]);
    expect(mails[0]!.mail.text).toContain(`${SITE}/reset#`);
    const token = tokenIn(mails[0]!);
    host.clock.shift(2_000);

    expect(await host.post('/auth/reset', { token, password: 'a brand new password' })).toMatchObject({ status: 204 });

    expect(await host.post('/auth/reset', { token, password: 'and yet another one' })).toMatchObject({
      status: 400,
      body: { code: 'auth.token' },
    });
    expect(await host.post('/auth/refresh', {}, { cookie })).toMatchObject({ status: 401 });
    host.clock.shift(31_000);
    expect(await session(old)).toMatchObject({ status: 401 });
    expect(await host.post('/auth/sign-in', { email, password: PASSWORD })).toMatchObject({ status: 401 });
    expect(await host.post('/auth/sign-in', { email, password: 'a brand new password' })).toMatchObject({ status: 200 });
  });

  it('keeps the link when the new password is too weak', async () => {
    const { email } = await owner();
    const { mails } = await ask(email, '10.1.0.2');
    const token = tokenIn(mails[0]!);

    expect(await host.post('/auth/reset', { token, password: 'short' })).toMatchObject({
      status: 422,
      body: { issues: [{ field: 'password' }] },
    });
    expect(await host.post('/auth/reset', { token, password: ' leading space here' })).toMatchObject({
      status: 422,
      body: { issues: [{ field: 'password', code: 'password.weak' }] },
    });
    expect(await host.post('/auth/reset', { token, password: 'long enough by now' })).toMatchObject({ status: 204 });
  });

  it('of somebody unknown is answered with the same steps, and no mail', async () => {
    const { email } = await owner();
    const known = await ask(email, '10.1.0.3', { 'accept-language': 'en' });
    const unknown = await ask('stranger@shop.test', '10.1.0.3', { 'accept-language': 'en' });

    expect({ ...unknown.reply }).toEqual({ ...known.reply });
    expect(unknown.requests).toEqual(known.requests);
    expect(unknown.mails).toMatchObject([{ to: 'nobody' }]);
    expect(Object.keys(unknown.mails[0]!)).toEqual(Object.keys(known.mails[0]!));
    // And what is dropped would not even open anything.
    expect(await host.post('/auth/reset', { token: tokenIn(unknown.mails[0]!), password: PASSWORD })).toMatchObject({
      body: { code: 'auth.token' },
    });
  });

  it('is mailed three times an hour, and nobody is told of the fourth', async () => {
    const { email } = await owner();
    const counts: number[] = [];
    for (let i = 0; i < 5; i++) {
      const { reply, mails } = await ask(email, `10.1.1.${i}`);
      expect(reply.status).toBe(202);
      counts.push(mails.length);
    }

    expect(counts).toEqual([1, 1, 1, 0, 0]);
  });

  it('dies with its hour, and by any change to its token', async () => {
    const { email } = await owner();
    const { mails } = await ask(email, '10.1.0.4');
    const token = tokenIn(mails[0]!);
    const tampered = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`;

    expect(await host.post('/auth/reset', { token: tampered, password: PASSWORD })).toMatchObject({
      status: 400,
      body: { code: 'auth.token' },
    });
    expect(await host.post('/auth/reset', { token: `${token}#T#firm`, password: PASSWORD })).toMatchObject({
      body: { code: 'input.invalid' },
    });
    host.clock.shift(HOUR);
    expect(await host.post('/auth/reset', { token, password: PASSWORD })).toMatchObject({ status: 400, body: { code: 'auth.token' } });
  });

  it('is set by one of two who hold the link at once', async () => {
    const { email } = await owner();
    const { mails } = await ask(email, '10.1.0.5');
    const token = tokenIn(mails[0]!);

    const replies = await Promise.all(
      ['first of two passwords', 'second of two passwords'].map((password) => host.post('/auth/reset', { token, password })),
    );

    expect(replies.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(replies.find(({ status }) => status !== 204)!.body.code).toMatch(/^(request\.busy|auth\.token)$/);
  });

  it('leaves neither token nor password in the table', async () => {
    const { email } = await owner();
    const { mails } = await ask(email, '10.1.0.6');
    await host.post('/auth/reset', { token: tokenIn(mails[0]!), password: 'a brand new password' });

    const told = host
      .told()
      .map(({ input }) => input)
      .join();
    expect(told).toContain(email);
    for (const secret of [tokenIn(mails[0]!), PASSWORD, 'a brand new password']) expect(told).not.toContain(secret);
  });
});
