import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noteAudit } from '../../functions/records/audit.ts';
import { follow, toChange } from '../../functions/records/follow.ts';
import { recordKey } from '../../functions/table/keys.ts';
import { tenantTable } from '../../functions/table/tenantTable.ts';
import { codeAt } from '../../infra/local/userPool/totp.ts';
import type { AuditRow } from '../../shared/workspace/audit.ts';
import { deskOn } from '../support/desk.ts';
import { type AuthHost, cookieOf, openAuthHost, PASSWORD, tokenIn } from '../support/authHost.ts';
import { memoryDatabase } from '../sim/memoryDatabase.ts';

const DAY = 86_400_000;
let host: AuthHost;
let made = 0;
beforeAll(async () => {
  host = await openAuthHost({ desk: deskOn(memoryDatabase()) });
});
afterAll(() => host.close());

async function owner() {
  const form = { email: `log${++made}@shop.test`, password: PASSWORD, name: '李雷', workspaceName: 'Tea', locale: 'en', zone: 'UTC' };
  const reply = await host.post('/auth/sign-up', form, { address: `10.2.0.${made}` });
  expect(reply.status).toBe(200);
  const { body } = await host.call('GET', '/session', { token: reply.body.accessToken });
  const { id } = body['member'] as { id: string };
  const tenant = (body['workspace'] as { id: string }).id;
  return { email: form.email, token: reply.body.accessToken, cookie: cookieOf(reply), id, tenant };
}
/** The time after a while. */
const later = (ms: number): string => {
  host.clock.shift(ms);
  return new Date(host.clock.now()).toISOString();
};
type Owner = Awaited<ReturnType<typeof owner>>;
const read = async ({ token }: Pick<Owner, 'token'>, query = '') => {
  const reply = await host.call('GET', `/audit${query}`, { token });
  expect([reply.status, reply.body.code]).toEqual([200, undefined]);
  return reply.body as unknown as { items: AuditRow[]; cursor?: string };
};
const events = async (him: Pick<Owner, 'token'>, query = '') => (await read(him, query)).items.map(({ event }) => event);

describe('the log', () => {
  it('tells who came, who was turned away, and who left, with address and device', async () => {
    const him = await owner();
    host.clock.shift(1_000);
    await host.post(
      '/auth/sign-in',
      { email: him.email, password: 'not the password' },
      { address: '192.0.2.66', headers: { 'user-agent': 'Firefox/133.0' } },
    );
    host.clock.shift(1_000);
    const again = await host.post('/auth/sign-in', { email: him.email, password: PASSWORD }, { address: '192.0.2.5' });
    host.clock.shift(1_000);
    await host.post('/auth/sign-out', {}, { cookie: cookieOf(again) });

    const { items, cursor } = await read(him, '?kind=signIn');

    expect(cursor).toBeUndefined();
    expect(items).toMatchObject([
      { event: 'signedOut', by: him.id },
      { event: 'signedIn', by: him.id, address: '192.0.2.5' },
      { event: 'refused', by: him.id, address: '192.0.2.66', device: { browser: 'Firefox' }, at: expect.any(String) },
      { event: 'signedIn', by: him.id, address: `10.2.0.${made}` },
    ]);
  });

  it('answers a stranger’s wrong password by the same steps', async () => {
    const him = await owner();
    const commands = async (email: string) => {
      const before = host.told().length;
      await host.post('/auth/sign-in', { email, password: 'not the password' }, { address: '10.2.9.9' });
      return host
        .told()
        .slice(before)
        .map(({ command }) => command);
    };

    expect(await commands('stranger@shop.test')).toEqual(await commands(him.email));
  });

  it('tells of the second step and of the sessions ended', async () => {
    const him = await owner();
    const own = (path: string, body = {}) => host.post(`/auth/${path}`, body, { cookie: him.cookie });
    const { body } = await own('two-step/begin', { password: PASSWORD });
    await own('two-step/confirm', { code: codeAt(String(body['secret']), host.clock.now()) });
    host.clock.shift(31_000);
    await own('two-step/recovery-codes', { password: PASSWORD, code: codeAt(String(body['secret']), host.clock.now()) });
    host.clock.shift(31_000);
    await own('two-step/end', { password: PASSWORD, code: codeAt(String(body['secret']), host.clock.now()) });
    expect(await events(him, '?kind=twoStep')).toEqual(['off', 'codesRenewed', 'on']);
    host.clock.shift(1_000);
    await own('sessions/end-others');

    expect((await events(him, '?kind=signIn'))[0]).toBe('otherSessionsEnded');
  });

  it('tells what was changed about people and set-up, once, by the names of fields alone', async () => {
    const him = await owner();
    const table = tenantTable(host.db, him.tenant);
    const { body: department } = await host.post('/departments', { name: 'Secret plans' }, { token: him.token });
    const itemOf = () => table.get(recordKey('department', department.id), { consistent: true });
    const made = await itemOf();
    host.clock.shift(1_000);
    const change = { token: him.token, body: { name: 'Plans' }, headers: { 'if-match': '1' } };
    expect(await host.call('PATCH', `/departments/${department.id}`, change)).toMatchObject({ status: 200 });
    const changed = await itemOf();
    const changes = [toChange(undefined, made, ''), toChange(made, changed, '')].filter((one) => one !== undefined);
    // Told twice, as a stream may.
    for (let i = 0; i < 2; i++) await follow(table, changes, 'UTC');

    const { items } = await read(him, '?kind=structure');

    expect(items).toMatchObject([
      { event: 'updated', by: him.id, on: { type: 'department', id: department.id }, fields: ['name'] },
      { event: 'created', by: him.id, on: { type: 'department', id: department.id } },
    ]);
    expect(JSON.stringify(await read(him))).not.toMatch(/Secret|Plans|李雷/);
    expect((await read(him, `?by=${him.id}`)).items.length).toBeGreaterThan(2);
  });

  it('is asked for a time', async () => {
    const him = await owner();
    const began = new Date(host.clock.now()).toISOString();
    host.clock.shift(10 * DAY);
    await host.post('/auth/sign-in', { email: him.email, password: PASSWORD });

    expect(await events(him)).toHaveLength(2);
    expect(await events(him, `?to=${began}`)).toHaveLength(1);
    expect(await events(him, `?from=${new Date(host.clock.now() - DAY).toISOString()}`)).toEqual(['signedIn']);
    expect(await events(him, '?from=2030-01-01T00:00:00Z&to=2030-02-01T00:00:00Z')).toEqual([]);
  });

  it('goes on page by page to its end, and forgets after 400 days', async () => {
    const him = await owner();
    const table = tenantTable(host.db, him.tenant);
    for (let i = 0; i < 230; i++) {
      const at = later(60_000);
      await noteAudit(table, { at, kind: i % 2 ? 'export' : 'signIn', event: 'signedIn', by: him.id }, `row ${i}`);
    }
    const seen: AuditRow[] = [];
    let cursor: string | undefined;
    do {
      const page = await read(him, cursor ? `?cursor=${cursor}` : '');
      seen.push(...page.items);
      ({ cursor } = page);
    } while (cursor);
    expect(seen.length).toBe(231);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(231);
    expect(seen.map(({ at }) => at)).toEqual(
      seen
        .map(({ at }) => at)
        .toSorted()
        .reverse(),
    );

    host.clock.shift(401 * DAY);
    expect(await events(him)).toEqual([]);
  });

  it.each([
    ['?kind=gossip', 'kind', 'choice.unknown'],
    ['?by=nobody', 'by', 'ref.invalid'],
    ['?from=yesterday', 'from', 'instant.invalid'],
    ['?what=1', 'what', 'field.unknown'],
    ['?cursor=made.up', 'cursor', 'cursor.invalid'],
  ])('refuses %s', async (query, field, code) => {
    const { token } = await owner();

    expect(await host.call('GET', `/audit${query}`, { token })).toMatchObject({ status: 400, body: { issues: [{ field, code }] } });
  });
});

describe('a member’s second step', () => {
  const roleOf = async ({ token }: Owner, key: string) =>
    ((await host.call('GET', '/roles', { token })).body['items'] as { id: string; key: string }[]).find((each) => each.key === key)!.id;
  /** Somebody of that workspace who signs in by two steps; with an account of his own where he has one. */
  async function colleague(boss: Owner, role = 'sales') {
    const email = `colleague${++made}@shop.test`;
    host.forgetMails();
    const invited = await host.post('/members/invite', { email, roleId: await roleOf(boss, role) }, { token: boss.token });
    const reply = await host.post('/auth/accept-invite', { token: tokenIn(host.mails()[0]!), password: PASSWORD });
    const cookie = cookieOf(reply);
    const { body } = await host.post('/auth/two-step/begin', { password: PASSWORD }, { cookie });
    const code = codeAt(String(body['secret']), host.clock.now());
    expect(await host.post('/auth/two-step/confirm', { code }, { cookie })).toMatchObject({ status: 200 });
    host.forgetMails();
    return { email, id: invited.body.id, token: reply.body.accessToken, cookie, secret: String(body['secret']) };
  }
  const reset = (by: { token: string }, { id }: { id: string }) => host.post(`/members/${id}/reset-two-step`, {}, { token: by.token });

  it('is taken away by an administrator, who is named in the log; its owner is told by mail', async () => {
    const boss = await owner();
    const him = await colleague(boss);
    host.clock.shift(1_000);

    const reply = await reset(boss, him);

    expect(reply.status).toBe(200);
    expect(reply.body).not.toHaveProperty('twoStepSince');
    expect(await host.post('/auth/sign-in', { email: him.email, password: PASSWORD })).toMatchObject({ status: 200 });
    expect(host.mails()).toMatchObject([{ to: { email: him.email }, mail: { text: expect.stringContaining('An administrator') } }]);
    expect((await read(boss, '?kind=twoStep')).items[0]).toMatchObject({ event: 'reset', by: boss.id, on: { type: 'member', id: him.id } });
    // Once more there is nothing to take away.
    expect(await reset(boss, him)).toMatchObject({ status: 200 });
    expect(host.mails()).toHaveLength(1);
  });

  it('is not taken away by who decides about nobody, nor of who stands above, nor of oneself', async () => {
    const boss = await owner();
    const [seller, administrator] = [await colleague(boss), await colleague(boss, 'administrator')];

    expect(await reset(seller, administrator)).toMatchObject({ status: 403 });
    expect(await reset(administrator, boss)).toMatchObject({ status: 403, body: { code: 'member.role.above' } });
    expect(await reset(administrator, administrator)).toMatchObject({ status: 409, body: { code: 'member.self' } });
    expect(await reset(await owner(), seller)).toMatchObject({ status: 404 });
  });

  it('that guards another workspace too is no business of this one', async () => {
    const [boss, other] = [await owner(), await owner()];
    const him = await colleague(boss);
    host.forgetMails();
    await host.post('/members/invite', { email: him.email, roleId: await roleOf(other, 'sales') }, { token: other.token });
    host.clock.shift(31_000);
    const body = { token: tokenIn(host.mails()[0]!), password: PASSWORD, code: codeAt(him.secret, host.clock.now()) };
    expect(await host.post('/auth/accept-invite', body)).toMatchObject({ status: 200 });

    expect(await reset(other, him)).toMatchObject({ status: 404 });
    expect(await reset(boss, him)).toMatchObject({ status: 409, body: { code: 'twoStep.shared' } });
  });

  it('may be asked of everybody: who has none is let in nowhere but to set it up', async () => {
    const boss = await owner();
    const him = await colleague(boss);
    const { body } = await host.call('GET', '/session', { token: boss.token });
    const { id } = body['workspace'] as { id: string };
    const { version } = (await host.call('GET', `/workspaces/${id}`, { token: boss.token })).body;
    const asked = { token: boss.token, body: { twoStepRequired: true }, headers: { 'if-match': String(version) } };
    expect(await host.call('PATCH', `/workspaces/${id}`, asked)).toMatchObject({ status: 200 });
    host.clock.shift(31_000);

    expect(await host.call('GET', '/members', { token: boss.token })).toMatchObject({ status: 403, body: { code: 'access.twoStep' } });
    expect(await host.call('GET', '/session', { token: boss.token })).toMatchObject({
      status: 200,
      body: { workspace: { twoStepRequired: true } },
    });
    expect(await host.call('GET', '/members', { token: him.token })).toMatchObject({ status: 200 });

    const begun = await host.post('/auth/two-step/begin', { password: PASSWORD }, { cookie: boss.cookie });
    const code = codeAt(String(begun.body['secret']), host.clock.now());
    await host.post('/auth/two-step/confirm', { code }, { cookie: boss.cookie });
    host.clock.shift(31_000);
    expect(await host.call('GET', '/members', { token: boss.token })).toMatchObject({ status: 200 });
  });
});
