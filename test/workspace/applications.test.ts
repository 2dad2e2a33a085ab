import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { PASSWORD, SITE, tokenIn, type Reply } from '../support/authHost.ts';
import { openStaff } from './staffDesk.ts';

const DAY = 86_400_000;
const staff = await openStaff();
const { accept, call, colleague, host, newAddress, newWorkspace } = staff;
afterAll(() => host.close());
beforeEach(() => host.forgetMails());

let visitors = 0;
/** Everybody comes from an address of his own, so that one test does not spend the budget of another. */
const visitor = () => ({ address: `10.9.${Math.floor(++visitors / 250)}.${visitors % 250}` });
const signIn = async (email: string) => (await host.post('/auth/sign-in', { email, password: PASSWORD }, visitor())).body.accessToken;

async function open(token = staff.firm.token, body: object = { open: true }) {
  const { body: session } = await call('GET', '/session', token);
  const reply = await call('POST', `/workspaces/${(session['workspace'] as { id: string }).id}/applications`, token, body);
  return { reply, code: String(reply.body['applyCode']) };
}
const code = (await open()).code;

const applicant = (more: object = {}) => ({ code, name: 'Lucy', email: newAddress(), language: 'en', ...more });
const apply = (body: object, options: object = visitor()) => host.post('/auth/apply', body, options);
const confirm = (token: string) => host.post('/auth/confirm-application', { token }, visitor());
/** Applies and proves the address. */
async function applied(more: object = {}): Promise<{ email: string; id: string }> {
  const body = applicant(more);
  await apply(body);
  expect((await confirm(tokenIn(host.mails().at(-1)!))).body).toMatchObject({ outcome: 'waiting' });
  const one = (await list()).find(({ email }) => email === body.email)!;
  return { email: body.email, id: one.id };
}
const list = async (token = staff.firm.token) =>
  ((await call('GET', '/applications', token)) as unknown as { body: { items: { id: string; email: string; status: string }[] } }).body
    .items;
const decide = (id: string, decision: string, body: object = {}, token = staff.firm.token, headers = {}): Promise<Reply> =>
  call('POST', `/applications/${id}/${decision}`, token, body, headers);
const approve = (id: string, more: object = {}, token = staff.firm.token) =>
  decide(id, 'approve', { roleId: staff.firm.roles.get('sales'), ...more }, token);

describe('the application link', () => {
  it('is closed until somebody opens it, and shows the company alone', async () => {
    const firm = await newWorkspace({ workspaceName: 'Shut' });
    expect((await call('GET', '/session', firm.token)).body['workspace']).not.toHaveProperty('applyCode');

    const { code: theirs } = await open(firm.token);

    expect(await host.post('/auth/application-page', { code: theirs }, visitor())).toMatchObject({ status: 200, body: { name: 'Shut' } });
    expect(Object.keys((await host.post('/auth/application-page', { code: theirs }, visitor())).body).sort()).toEqual([
      'language',
      'languages',
      'name',
    ]);
  });

  it('leads nowhere once it is switched off, renewed or made up, without a difference', async () => {
    const firm = await newWorkspace({ workspaceName: 'Changing' });
    const { code: first } = await open(firm.token);
    const { code: second } = await open(firm.token, { open: true, renew: true });
    expect(second).not.toBe(first);
    expect((await host.post('/auth/application-page', { code: second }, visitor())).status).toBe(200);
    await open(firm.token, { open: false });

    const answers = await Promise.all(
      [first, second, 'x'.repeat(22)].flatMap((each) => [
        host.post('/auth/application-page', { code: each }, visitor()),
        apply(applicant({ code: each })),
      ]),
    );

    expect(answers.map(({ status, body }) => `${status} ${body.code}`)).toEqual(Array(6).fill('404 application.closed'));
    expect(host.mails()).toEqual([]);
    expect((await open(firm.token)).code).toBe(second);
  });

  it('is renewed once by one wish, and only by who may set the workspace up', async () => {
    const firm = await newWorkspace({ workspaceName: 'Wishes' });
    const { body: session } = await call('GET', '/session', firm.token);
    const path = `/workspaces/${(session['workspace'] as { id: string }).id}/applications`;
    const renew = () => call('POST', path, firm.token, { open: true, renew: true }, { 'idempotency-key': 'once' });

    expect((await renew()).body['applyCode']).toBe((await renew()).body['applyCode']);
    expect(await call('POST', path, staff.firm.token, { open: true })).toMatchObject({ status: 404 });
    expect(await call('POST', path, firm.token, { open: 'yes' })).toMatchObject({ status: 400, body: { issues: [{ field: 'open' }] } });
    const { token } = await colleague('salesManager');
    const own = `/workspaces/${((await call('GET', '/session', token)).body['workspace'] as { id: string }).id}/applications`;
    expect(await call('POST', own, token, { open: false })).toMatchObject({ status: 403 });
  });
});

describe('applying', () => {
  it('mails a link, and nobody hears of it before that is followed', async () => {
    const body = applicant({ remark: 'https://evil.test' });

    expect(await apply(body)).toMatchObject({ status: 202, body: {} });

    const [mail] = host.mails();
    expect(mail).toMatchObject({ to: { email: body.email }, mail: { subject: 'Confirm your application to 青山茶业' } });
    expect(mail!.mail.text).toContain(`${SITE}/apply/${code}#`);
    expect(mail!.mail.text).not.toMatch(/evil|Lucy/);
    expect((await list()).map(({ email }) => email)).not.toContain(body.email);
    expect((await confirm(tokenIn(mail!))).body).toEqual({ outcome: 'waiting', until: '2031-03-31T12:00:00.000Z' });
    expect((await list()).find(({ email }) => email === body.email)).toMatchObject({ name: 'Lucy', status: 'waiting', language: 'en' });
  });

  it('answers alike for a member, a stranger and too many tries, and leaves the difference to the mailbox', async () => {
    const { email } = await colleague('sales');
    host.forgetMails();
    const tries = [await apply(applicant({ email })), await apply(applicant())];
    for (let n = 0; n < 3; n += 1) tries.push(await apply(applicant({ email })));

    expect(tries.map(({ status, body }) => [status, body])).toEqual(Array(5).fill([202, {}]));
    expect(host.mails()).toHaveLength(4);
    expect((await confirm(tokenIn(host.mails()[0]!))).body).toEqual({ outcome: 'member' });
    expect((await list()).map((each) => each.email)).not.toContain(email);
  });

  it('is counted by the caller’s address', async () => {
    const from = visitor();
    for (let n = 0; n < 30; n += 1) expect((await apply({ ...applicant(), language: 'tlh' }, from)).status).toBe(400);
    for (let n = 0; n < 30; n += 1) await apply(applicant({ code: 'y'.repeat(22) }), from);

    expect(await apply(applicant(), from)).toMatchObject({ status: 429, body: { code: 'budget.spent' } });
  });

  it.each([
    ['no address', { email: 'lucy' }, 'email'],
    ['no name', { name: '' }, 'name'],
    ['a language nobody speaks', { language: 'tlh' }, 'language'],
    ['a remark without end', { remark: 'x'.repeat(501) }, 'remark'],
    ['a role of his choice', { roleId: 'rol_1' }, 'roleId'],
    ['a code that is none', { code: '../../x' }, 'code'],
  ])('is refused with %s', async (_what, more, field) => {
    expect(await apply(applicant(more))).toMatchObject({ status: 400, body: { issues: [{ field }] } });
    expect(host.mails()).toEqual([]);
  });

  it('is refused to pages of others', async () => {
    expect(await apply(applicant(), { ...visitor(), headers: { origin: 'https://evil.test' } })).toMatchObject({ status: 403 });
  });

  it('repeated with its key is one link and one mail', async () => {
    const body = applicant();
    const headers = { 'idempotency-key': 'k1' };
    await apply(body, { ...visitor(), headers });
    await apply(body, { ...visitor(), headers });

    const [first, second] = host.mails();
    expect([second!.key, second!.mail]).toEqual([first!.key, first!.mail]);
  });

  it('again corrects what was said, and stays one application', async () => {
    const { email, id } = await applied();
    await applied({ email, name: 'Lucy Li', department: 'Service' });

    expect((await list()).filter((each) => each.email === email)).toMatchObject([{ id, name: 'Lucy Li', department: 'Service' }]);
  });
});

describe('the mailed proof', () => {
  it('works once', async () => {
    await apply(applicant());
    const token = tokenIn(host.mails()[0]!);
    await confirm(token);

    expect(await confirm(token)).toMatchObject({ status: 400, body: { code: 'auth.token' } });
    expect(await confirm('A'.repeat(43))).toMatchObject({ status: 400, body: { code: 'auth.token' } });
  });

  it('is dead after a day, after the switch, and after the link was renewed', async () => {
    const firm = await newWorkspace({ workspaceName: 'Late' });
    const { code: theirs } = await open(firm.token);
    const tokens: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      await apply(applicant({ code: theirs }));
      tokens.push(tokenIn(host.mails().at(-1)!));
    }

    await open(firm.token, { open: false });
    expect((await confirm(tokens[0]!)).body.code).toBe('auth.token');
    await open(firm.token, { open: true });
    host.clock.shift(DAY);
    const token = await signIn(firm.email);
    expect((await confirm(tokens[1]!)).body.code).toBe('auth.token');
    await apply(applicant({ code: theirs }));
    await open(token, { open: true, renew: true });
    expect((await confirm(tokenIn(host.mails().at(-1)!))).body.code).toBe('auth.token');
    staff.firm = { ...staff.firm, token: await signIn(staff.firm.email) };
  });
});

describe('a decision', () => {
  it('invites, once, with the role that was chosen', async () => {
    const { id, email } = await applied();
    host.forgetMails();

    const reply = await approve(id);
    const again = await approve(id);

    expect(reply).toMatchObject({ status: 200, body: { status: 'approved', memberId: expect.stringMatching(/^mem_/) as unknown } });
    expect(again.body).toEqual(reply.body);
    expect(host.mails()).toHaveLength(1);
    expect(host.mails()[0]).toMatchObject({ to: { email }, mail: { subject: '韩梅梅 invites you to 青山茶业' } });
    const joined = await accept(tokenIn(host.mails()[0]!));
    expect((await call('GET', '/session', joined.body.accessToken)).body).toMatchObject({ member: { id: reply.body['memberId'], email } });
  });

  it('turns down with a sentence, and may be taken back', async () => {
    const { id, email } = await applied();
    host.forgetMails();

    expect(await decide(id, 'decline', { reply: 'No place before May.' })).toMatchObject({
      status: 200,
      body: { status: 'declined', reply: 'No place before May.' },
    });
    expect((await decide(id, 'decline')).body).toMatchObject({ status: 'declined', reply: 'No place before May.' });

    expect(host.mails()).toMatchObject([{ to: { email }, mail: { subject: 'Your application to 青山茶业' } }]);
    expect(host.mails()[0]!.mail.text).toContain('No place before May.');
    expect((await approve(id)).body).toMatchObject({ status: 'approved' });
    expect(await decide(id, 'decline')).toMatchObject({ status: 409, body: { code: 'application.decided' } });
  });

  it('leaves room for another try after a refusal', async () => {
    const { id, email } = await applied();
    await decide(id, 'decline');

    const second = await applied({ email });

    expect(
      (await list())
        .filter((each) => each.email === email)
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['declined', 'waiting']);
    expect((await list()).find((each) => each.id !== id && each.email === email)!.status).toBe('waiting');
    expect(second.email).toBe(email);
  });

  it('belongs to who decides about people, in his own workspace, and nobody is raised above him', async () => {
    const { id } = await applied();
    const [seller, admin, rival] = [
      (await colleague('salesManager')).token,
      (await colleague('administrator')).token,
      await newWorkspace(),
    ];

    expect(await list(seller).catch(() => undefined)).toBeUndefined();
    for (const decision of ['approve', 'decline']) {
      expect(await decide(id, decision, { roleId: staff.firm.roles.get('sales') }, seller)).toMatchObject({ status: 403 });
      expect(await decide(id, decision, decision === 'approve' ? { roleId: rival.roles.get('sales') } : {}, rival.token)).toMatchObject({
        status: 404,
      });
    }
    expect(await approve(id, { roleId: staff.firm.roles.get('owner') }, admin)).toMatchObject({
      status: 403,
      body: { code: 'member.role.above' },
    });
    expect(await approve(id, { roleId: rival.roles.get('sales') }, admin)).toMatchObject({ status: 400 });
    expect((await list()).find((each) => each.id === id)!.status).toBe('waiting');
    expect((await call('PATCH', `/applications/${id}`, admin, { status: 'approved' }, { 'if-match': '1' })).status).toBe(405);
  });

  it('of two at once is made one after the other, and mails what it comes to', async () => {
    const { id } = await applied();
    host.forgetMails();

    const replies = await Promise.all([approve(id), decide(id, 'decline')]);

    const done = replies.filter(({ status }) => status === 200);
    expect(replies.map(({ status }) => status).every((status) => [200, 409, 429].includes(status))).toBe(true);
    expect(done.length).toBeGreaterThan(0);
    expect(host.mails()).toHaveLength(done.length);
  });

  it('stands in the log', async () => {
    const { id } = await applied();
    const { body } = await approve(id);
    const { id: other } = await applied();
    await decide(other, 'decline');

    const log = (await call('GET', '/audit?kind=people', staff.firm.token)) as unknown as {
      body: { items: { event: string; on: object }[] };
    };

    expect(log.body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ event: 'approved', on: { type: 'member', id: body['memberId'] } }),
        expect.objectContaining({ event: 'declined', on: { type: 'application', id: other } }),
      ]),
    );
  });

  it('comes too late after thirty days', async () => {
    const { id } = await applied();
    host.clock.shift(30 * DAY);
    staff.firm = { ...staff.firm, token: await signIn(staff.firm.email) };

    for (const decision of [approve, (one: string) => decide(one, 'decline')])
      expect(await decision(id)).toMatchObject({ status: 409, body: { code: 'application.over' } });
    expect(host.mails().filter(({ key }) => !key.startsWith('apply-'))).toEqual([]);
  });
});
