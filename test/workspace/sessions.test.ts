import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { type AuthHost, cookieOf, openAuthHost, PASSWORD, tokenIn } from '../support/authHost.ts';
import { memoryDatabase } from '../sim/memoryDatabase.ts';

const HOUR = 3_600_000;
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0';
const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1';
let host: AuthHost;
let made = 0;
beforeAll(async () => (host = await openAuthHost({ desk: deskOn(memoryDatabase()) })));
afterAll(() => host.close());

interface Row {
  id: string;
  current: boolean;
  address: string;
  device: { browser?: string; system?: string };
  startedAt: string;
  usedAt: string;
}
const now = () => new Date(host.clock.now()).toISOString();

async function owner() {
  const form = { email: `seat${++made}@shop.test`, password: PASSWORD, name: '李雷', workspaceName: 'Tea', locale: 'en', zone: 'UTC' };
  const reply = await host.post('/auth/sign-up', form, { address: `10.6.0.${made}`, headers: { 'user-agent': FIREFOX } });
  expect(reply.status).toBe(200);
  const { body } = await host.call('GET', '/session', { token: reply.body.accessToken });
  return { email: form.email, token: reply.body.accessToken, cookie: cookieOf(reply), id: (body['member'] as { id: string }).id };
}
async function phoneOf({ email }: { email: string }) {
  const reply = await host.post('/auth/sign-in', { email, password: PASSWORD }, { address: '192.0.2.7', headers: { 'user-agent': PHONE } });
  expect(reply.status).toBe(200);
  return { cookie: cookieOf(reply), token: reply.body.accessToken };
}
const list = async (cookie: string): Promise<Row[]> => {
  const reply = await host.post('/auth/sessions/list', {}, { cookie });
  expect(reply.status).toBe(200);
  return reply.body['items'] as Row[];
};
const refresh = (cookie: string, address = '10.6.9.9') => host.post('/auth/refresh', {}, { cookie, address });

describe('the sessions of a person', () => {
  it('are listed with device, address and times, the one that asks first', async () => {
    const him = await owner();
    const began = now();
    host.clock.shift(5_000);
    const phone = await phoneOf(him);

    expect(await list(him.cookie)).toEqual([
      {
        id: expect.any(String),
        startedAt: began,
        usedAt: began,
        address: `10.6.0.${made}`,
        device: { browser: 'Firefox', system: 'Linux' },
        current: true,
      },
      {
        id: expect.any(String),
        startedAt: now(),
        usedAt: now(),
        address: '192.0.2.7',
        device: { browser: 'Safari', system: 'iPhone' },
        current: false,
      },
    ]);
    expect((await list(phone.cookie)).map(({ current, address }) => [current, address])).toEqual([
      [true, '192.0.2.7'],
      [false, `10.6.0.${made}`],
    ]);
  });

  it('are written at most once an hour', async () => {
    const { cookie } = await owner();
    const writes = () => host.told().filter(({ command, input }) => command === 'UpdateCommand' && input.includes('usedAt')).length;
    const before = writes();
    for (let i = 0; i < 5; i++) {
      host.clock.shift(HOUR / 6);
      expect((await refresh(cookie)).status).toBe(200);
    }
    expect(writes()).toBe(before);

    host.clock.shift(HOUR / 6);
    await refresh(cookie, '10.6.7.7');

    expect(writes()).toBe(before + 1);
    expect(await list(cookie)).toMatchObject([{ usedAt: now(), address: '10.6.7.7' }]);
  });

  it('ended from elsewhere get no further access token, and leave the list', async () => {
    const him = await owner();
    const phone = await phoneOf(him);
    const [, other] = await list(him.cookie);

    expect(await host.post('/auth/sessions/end', { id: other!.id }, { cookie: him.cookie })).toMatchObject({ status: 204 });

    expect(await refresh(phone.cookie)).toMatchObject({ status: 401, body: { code: 'auth.session' } });
    expect(await host.post('/auth/sessions/list', {}, { cookie: phone.cookie })).toMatchObject({ status: 401 });
    expect(await list(him.cookie)).toHaveLength(1);
    expect(await refresh(him.cookie)).toMatchObject({ status: 200 });
    // Ended stays ended, also after it was asked for again.
    expect(await host.post('/auth/sessions/end', { id: other!.id }, { cookie: him.cookie })).toMatchObject({ status: 204 });
  });

  it('end one by one for their owner alone', async () => {
    const [him, other] = [await owner(), await owner()];
    const [row] = await list(other.cookie);

    expect(await host.post('/auth/sessions/end', { id: row!.id }, { cookie: him.cookie })).toMatchObject({ status: 404 });
    expect(await host.post('/auth/sessions/end', { id: '../x' }, { cookie: him.cookie })).toMatchObject({ status: 400 });
    for (const path of ['list', 'end-others']) expect(await host.post(`/auth/sessions/${path}`, {})).toMatchObject({ status: 401 });
    expect(await refresh(other.cookie)).toMatchObject({ status: 200 });
  });

  it('end all but the one that asks, access tokens included', async () => {
    const him = await owner();
    const [phone, tablet] = [await phoneOf(him), await phoneOf(him)];
    host.clock.shift(2_000);

    expect(await host.post('/auth/sessions/end-others', {}, { cookie: him.cookie })).toMatchObject({ status: 204 });

    for (const { cookie } of [phone, tablet]) expect(await refresh(cookie)).toMatchObject({ status: 401 });
    expect(await list(him.cookie)).toMatchObject([{ current: true }]);
    host.clock.shift(31_000);
    expect(await host.call('GET', '/session', { token: phone.token })).toMatchObject({ status: 401, body: { code: 'auth.token' } });
    const own = await refresh(him.cookie);
    expect(await host.call('GET', '/session', { token: own.body.accessToken })).toMatchObject({ status: 200 });
    // Who signs in later is in.
    expect(await refresh((await phoneOf(him)).cookie)).toMatchObject({ status: 200 });
  });

  it('are none after signing out everywhere or with a new password', async () => {
    const him = await owner();
    const phone = await phoneOf(him);
    host.clock.shift(2_000);
    await host.post('/auth/sign-out-everywhere', {}, { cookie: phone.cookie });
    host.clock.shift(2_000);

    expect(await list((await phoneOf(him)).cookie)).toHaveLength(1);
    host.forgetMails();
    await host.post('/auth/forgot', { email: him.email });
    await host.post('/auth/reset', { token: tokenIn(host.mails()[0]!), password: PASSWORD });
    host.clock.shift(2_000);
    expect(await list((await phoneOf(him)).cookie)).toHaveLength(1);
  });

  it('that ended by signing out are not shown any more', async () => {
    const him = await owner();
    const phone = await phoneOf(him);

    await host.post('/auth/sign-out', {}, { cookie: phone.cookie });

    expect(await list(him.cookie)).toHaveLength(1);
  });
});

describe('the last sign-in of a member', () => {
  it('stands beside his record, which it leaves untouched', async () => {
    const him = await owner();
    const before = (await host.call('GET', '/session', { token: him.token })).body['feed'];
    host.clock.shift(60_000);
    await phoneOf(him);

    const { body } = await host.call('GET', '/members/sign-ins', { token: him.token });

    expect(body['items']).toEqual([{ id: him.id, at: now(), times: 2, address: '192.0.2.7' }]);
    expect((await host.call('GET', '/session', { token: him.token })).body['feed']).toEqual(before);
  });

  it('is seen of others by those who may see them, its address by those who decide about people', async () => {
    const him = await owner();
    const roles = (await host.call('GET', '/roles', { token: him.token })).body['items'] as { id: string; key: string }[];
    const join = async (role: string) => {
      const email = `${role}${made}@shop.test`;
      host.forgetMails();
      const invited = await host.post(
        '/members/invite',
        { email, roleId: roles.find(({ key }) => key === role)!.id },
        { token: him.token },
      );
      const reply = await host.post(
        '/auth/accept-invite',
        { token: tokenIn(host.mails()[0]!), password: PASSWORD },
        { address: '192.0.2.8' },
      );
      expect(reply.status).toBe(200);
      return { id: invited.body.id, token: reply.body.accessToken };
    };
    const seller = await join('sales');
    const read = async (token: string) => (await host.call('GET', '/members/sign-ins', { token })).body['items'] as Row[];

    expect((await read(him.token)).map(({ id, address }) => [id, address]).sort()).toEqual(
      [
        [him.id, `10.6.0.${made}`],
        [seller.id, '192.0.2.8'],
      ].sort(),
    );
    expect(await read(seller.token)).toEqual([{ id: seller.id, at: now(), times: 1, address: '192.0.2.8' }]);
  });
});
