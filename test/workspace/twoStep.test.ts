import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeAt } from '../../infra/local/userPool/totp.ts';
import { deskOn } from '../support/desk.ts';
import { type AuthHost, cookieOf, openAuthHost, PASSWORD, type Reply, tokenIn } from '../support/authHost.ts';
import { memoryDatabase } from '../sim/memoryDatabase.ts';

const STEP = 30_000;
let host: AuthHost;
let made = 0;
beforeAll(async () => (host = await openAuthHost({ desk: deskOn(memoryDatabase()) })));
afterAll(() => host.close());
beforeEach(() => host.forgetMails());
// Each test has codes and budgets of its own.
afterEach(() => host.clock.shift(16 * 60_000));

async function owner() {
  const form = { email: `two${++made}@shop.test`, password: PASSWORD, name: '李雷', workspaceName: 'Tea', locale: 'en', zone: 'UTC' };
  const reply = await host.post('/auth/sign-up', form, { address: `10.7.0.${made}` });
  expect(reply.status).toBe(200);
  const { body } = await host.call('GET', '/session', { token: reply.body.accessToken });
  return { email: form.email, token: reply.body.accessToken, cookie: cookieOf(reply), id: (body['member'] as { id: string }).id };
}
type Owner = Awaited<ReturnType<typeof owner>>;

/** The codes of an authenticator app: the one that it shows now, which no test may use twice. */
const app = (secret: string) => ({
  code: (): string => codeAt(secret, host.clock.now()),
  next: (): string => {
    host.clock.shift(STEP);
    return codeAt(secret, host.clock.now());
  },
});

const own = (path: string, { cookie }: Owner, body: unknown = {}) => host.post(`/auth/two-step/${path}`, body, { cookie });
const signIn = (email: string, more = {}) =>
  host.post('/auth/sign-in', { email, password: PASSWORD, ...more }, { address: `10.8.${made}.1` });
const read = async (him: Owner) => (await own('read', him)).body;
const memberOf = async ({ id, token }: Owner) => (await host.call('GET', `/members/${id}`, { token })).body;

async function protectedOwner() {
  const him = await owner();
  const begun = await own('begin', him, { password: PASSWORD });
  const codes = app(String(begun.body['secret']));
  const confirmed = await own('confirm', him, { code: codes.code() });
  expect(confirmed.status).toBe(200);
  return { ...him, app: codes, recoveryCodes: confirmed.body['recoveryCodes'] as string[] };
}

describe('setting up the second step', () => {
  it('takes the password, a secret in an app, and a first code; and says so by mail', async () => {
    const him = await owner();
    const begun = await own('begin', him, { password: PASSWORD });
    const secret = String(begun.body['secret']);
    expect(begun).toMatchObject({
      status: 200,
      body: { uri: `otpauth://totp/Regulars:${encodeURIComponent(him.email)}?secret=${secret}&issuer=Regulars` },
    });
    expect(await read(him)).toEqual({ on: false, recoveryCodes: 0 });

    const confirmed = await own('confirm', him, { code: app(secret).code() });

    expect(confirmed.status).toBe(200);
    const codes = confirmed.body['recoveryCodes'] as string[];
    expect(new Set(codes).size).toBe(10);
    expect(codes).toEqual(codes.map(() => expect.stringMatching(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/)));
    expect(await read(him)).toEqual({ on: true, recoveryCodes: 10 });
    expect(host.mails()).toMatchObject([{ to: { email: him.email }, mail: { subject: 'Two-step sign-in is on' } }]);
    expect(await memberOf(him)).toMatchObject({ twoStepSince: new Date(host.clock.now()).toISOString() });
  });

  it('is for nobody but himself', async () => {
    const him = await owner();

    expect(await own('begin', him, { password: 'not the password' })).toMatchObject({ status: 401, body: { code: 'auth.credentials' } });
    for (const [path, body] of [
      ['read', {}],
      ['begin', { password: PASSWORD }],
      ['confirm', { code: '123456' }],
      ['end', { password: PASSWORD }],
      ['recovery-codes', { password: PASSWORD }],
    ] as const)
      expect(await host.post(`/auth/two-step/${path}`, body)).toMatchObject({ status: 401, body: { code: 'auth.session' } });
  });

  it('changes nothing by a wrong code, and takes none before a secret was given', async () => {
    const him = await owner();
    expect(await own('confirm', him, { code: '123456' })).toMatchObject({ status: 409, body: { code: 'twoStep.notBegun' } });
    const { body } = await own('begin', him, { password: PASSWORD });
    const right = app(String(body['secret'])).code();
    const wrong = right === '000000' ? '000001' : '000000';

    expect(await own('confirm', him, { code: wrong })).toMatchObject({ status: 401, body: { code: 'auth.code' } });

    expect(await signIn(him.email)).toMatchObject({ status: 200 });
    expect(await own('confirm', him, { code: right })).toMatchObject({ status: 200 });
  });

  it('is not done twice', async () => {
    const him = await protectedOwner();

    expect(await own('begin', him, { password: PASSWORD })).toMatchObject({ status: 409, body: { code: 'twoStep.on' } });
    expect(await own('confirm', him, { code: him.app.next() })).toMatchObject({ status: 409, body: { code: 'twoStep.on' } });
  });

  it.each([
    ['confirm', { code: '12345' }, 'code', 'code.invalid'],
    ['confirm', { code: 123456 }, 'code', 'text.expected'],
    ['begin', {}, 'password', 'field.required'],
    ['end', { password: PASSWORD, email: 'a@b.test' }, 'email', 'field.unknown'],
  ])('refuses of %s %o', async (path, body, field, code) => {
    expect(await own(path, await owner(), body)).toMatchObject({ status: 400, body: { issues: [{ field, code }] } });
  });
});

describe('signing in by two steps', () => {
  it('takes password and code', async () => {
    const him = await protectedOwner();

    expect(await signIn(him.email)).toMatchObject({ status: 401, body: { code: 'auth.codeRequired' }, cookies: [] });
    const reply = await signIn(him.email, { code: him.app.next() });

    expect(reply).toMatchObject({ status: 200, body: { expiresIn: 900 } });
    expect((await host.call('GET', '/session', { token: reply.body.accessToken })).status).toBe(200);
  });

  it('takes each code once, and none of another moment', async () => {
    const him = await protectedOwner();
    const code = him.app.next();
    expect(await signIn(him.email, { code })).toMatchObject({ status: 200 });

    expect(await signIn(him.email, { code })).toMatchObject({ status: 401, body: { code: 'auth.code' } });
    host.clock.shift(3 * STEP);
    expect(await signIn(him.email, { code })).toMatchObject({ status: 401, body: { code: 'auth.code' } });
  });

  it('tells nothing of a code to who does not know the password', async () => {
    const him = await protectedOwner();

    const replies = [
      await signIn(him.email, { password: 'not the password' }),
      await signIn(him.email, { password: 'not the password', code: him.app.next() }),
      await signIn('nobody@shop.test', { code: '123456' }),
    ];

    for (const reply of replies) expect(reply).toMatchObject({ status: 401, body: { code: 'auth.credentials' } });
  });

  it('has a budget of codes per account, which a right one meets as well', async () => {
    const him = await protectedOwner();
    host.clock.shift(16 * 60_000);
    const wrong = async (): Promise<Reply> => {
      // Past the lock that the pool itself sets after five.
      host.clock.shift(STEP);
      return signIn(him.email, { code: him.app.code() === '000000' ? '000001' : '000000' });
    };

    const codes: string[] = [];
    for (let i = 0; i < 9; i++) codes.push((await wrong()).body.code);

    expect(codes).toEqual([...Array<string>(8).fill('auth.code'), 'budget.spent']);
    expect(await signIn(him.email, { code: him.app.next() })).toMatchObject({ status: 429 });
    host.clock.shift(16 * 60_000);
    expect(await signIn(him.email, { code: him.app.next() })).toMatchObject({ status: 200 });
  });

  it('goes for an invitation to a further workspace as well', async () => {
    const [him, other] = [await protectedOwner(), await owner()];
    const roles = (await host.call('GET', '/roles', { token: other.token })).body['items'] as { id: string; key: string }[];
    const roleId = roles.find(({ key }) => key === 'sales')!.id;
    host.forgetMails();
    const invited = await host.post('/members/invite', { email: him.email, roleId }, { token: other.token });
    const token = tokenIn(host.mails()[0]!);

    expect(await host.post('/auth/accept-invite', { token, password: PASSWORD })).toMatchObject({
      status: 401,
      body: { code: 'auth.codeRequired' },
    });
    expect(await host.post('/auth/accept-invite', { token, password: PASSWORD, code: him.app.next() })).toMatchObject({ status: 200 });

    expect(await memberOf({ ...other, id: invited.body.id })).toMatchObject({ status: 'active', twoStepSince: expect.any(String) });
  });

  it('goes for a further workspace of one’s own', async () => {
    const him = await protectedOwner();
    const form = { email: him.email, password: PASSWORD, name: '李雷', workspaceName: 'Second', locale: 'en', zone: 'UTC' };

    expect(await host.post('/auth/sign-up', form)).toMatchObject({ status: 401, body: { code: 'auth.codeRequired' } });
    expect(await host.post('/auth/sign-up', { ...form, code: him.app.next() })).toMatchObject({ status: 200 });
  });

  it('goes on after a new password was set by mail', async () => {
    const him = await protectedOwner();
    host.forgetMails();
    await host.post('/auth/forgot', { email: him.email });
    await host.post('/auth/reset', { token: tokenIn(host.mails()[0]!), password: 'a brand new password' });

    expect(await signIn(him.email, { password: 'a brand new password' })).toMatchObject({ body: { code: 'auth.codeRequired' } });
  });
});

describe('a recovery code', () => {
  it('lets in once, takes the second step and all other codes away, and says so by mail', async () => {
    const him = await protectedOwner();
    host.forgetMails();
    const [first, second] = him.recoveryCodes;

    const reply = await signIn(him.email, { recoveryCode: first!.toLowerCase().replaceAll('-', ' ') });

    expect(reply.status).toBe(200);
    expect(host.mails()).toMatchObject([{ to: { email: him.email }, mail: { subject: 'Two-step sign-in is off' } }]);
    expect(await read({ ...him, cookie: cookieOf(reply) })).toEqual({ on: false, recoveryCodes: 0 });
    expect(await memberOf({ ...him, token: reply.body.accessToken })).not.toHaveProperty('twoStepSince');
    expect(await signIn(him.email)).toMatchObject({ status: 200 });
    // Set up anew, the codes of the first time open nothing.
    const begun = await own('begin', him, { password: PASSWORD });
    await own('confirm', him, { code: app(String(begun.body['secret'])).code() });
    for (const recoveryCode of [first, second])
      expect(await signIn(him.email, { recoveryCode })).toMatchObject({ status: 401, body: { code: 'auth.recoveryCode' } });
  });

  it('opens nothing without the password, nor another’s account', async () => {
    const [him, other] = [await protectedOwner(), await protectedOwner()];
    const [recoveryCode] = him.recoveryCodes;

    expect(await signIn(him.email, { password: 'not the password', recoveryCode })).toMatchObject({ body: { code: 'auth.credentials' } });
    expect(await signIn(other.email, { recoveryCode })).toMatchObject({ status: 401, body: { code: 'auth.recoveryCode' } });
    expect(await read(him)).toEqual({ on: true, recoveryCodes: 10 });
  });

  it('is replaced with all others by whoever has password and app', async () => {
    const him = await protectedOwner();
    const [old] = him.recoveryCodes;
    expect(await own('recovery-codes', him, { password: PASSWORD })).toMatchObject({ status: 401, body: { code: 'auth.codeRequired' } });

    const renewed = await own('recovery-codes', him, { password: PASSWORD, code: him.app.next() });

    expect(renewed.body['recoveryCodes']).toHaveLength(10);
    expect(renewed.body['recoveryCodes']).not.toContain(old);
    expect(await signIn(him.email, { recoveryCode: old })).toMatchObject({ body: { code: 'auth.recoveryCode' } });
    expect(await own('recovery-codes', await owner(), { password: PASSWORD })).toMatchObject({
      status: 409,
      body: { code: 'twoStep.off' },
    });
  });

  it('stands nowhere in the table', async () => {
    const { recoveryCodes } = await protectedOwner();

    const told = host
      .told()
      .map(({ input }) => input)
      .join();
    for (const code of recoveryCodes) {
      expect(told).not.toContain(code);
      expect(told).not.toContain(code.replaceAll('-', ''));
    }
  });
});

describe('turning the second step off', () => {
  it('takes password and code', async () => {
    const him = await protectedOwner();
    host.forgetMails();
    expect(await own('end', him, { password: PASSWORD })).toMatchObject({ status: 401, body: { code: 'auth.codeRequired' } });
    expect(await own('end', him, { password: 'not the password', code: him.app.next() })).toMatchObject({ status: 401 });

    expect(await own('end', him, { password: PASSWORD, code: him.app.next() })).toMatchObject({ status: 204 });

    expect(await signIn(him.email)).toMatchObject({ status: 200 });
    expect(await read(him)).toEqual({ on: false, recoveryCodes: 0 });
    expect(host.mails()).toMatchObject([{ mail: { subject: 'Two-step sign-in is off' } }]);
    // Once more it is off already.
    expect(await own('end', him, { password: PASSWORD })).toMatchObject({ status: 204 });
    expect(host.mails()).toHaveLength(1);
  });
});
