import { beforeAll, describe, expect, it } from 'vitest';
import { NOW, openLeads, receiptOf, visitor } from './leadsDesk.ts';

let firm: Awaited<ReturnType<typeof openLeads>>;
let form: string;
beforeAll(async () => {
  firm = await openLeads();
  form = await firm.addForm(1);
});
const leadsOf = async (name: string) => (await firm.all('lead')).filter((lead) => lead['name'] === name);
const leadOf = async (name: string) => (await leadsOf(name))[0];
const submissionsOf = async (leadId: string) => (await firm.all('submission')).filter((each) => each['leadId'] === leadId);
describe('a form of any site', () => {
  it('becomes a lead when a script sends it', async () => {
    const answer = await firm.post(form, { name: '李雷', email: 'LiLei@Example.test', phone: '138 0013 8000', message: '想了解价格' });

    expect(answer).toMatchObject({ status: 200, body: { receipt: expect.stringMatching(/^sub_/), status: 'received' } });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    const lead = await leadOf('李雷');
    expect(lead).toMatchObject({
      emails: ['lilei@example.test'],
      phones: ['138 0013 8000'],
      message: '想了解价格',
      status: 'new',
      source: 'webForm',
      webFormId: form,
    });
    expect(await submissionsOf(lead!.id)).toMatchObject([
      {
        outcome: 'created',
        who: '李雷',
        webFormId: form,
        webFormVersion: 1,
        ownerId: lead!.ownerId,
        payload: { email: 'LiLei@Example.test' },
      },
    ]);
  });

  it('becomes a lead when a browser sends it without a script, and leads to the page of thanks', async () => {
    const raw = 'name=Anna+B%C3%A4r&email=anna%40example.test&phone=&message=Hello%0D%0Athere&website_url=';

    const answer = await firm.submit(form, raw, { headers: { referer: 'https://shop.example/contact?token=secret' } });

    expect(answer).toMatchObject({ status: 303, headers: { location: `/f/${form}/thanks` } });
    const lead = await leadOf('Anna Bär');
    expect(lead).toMatchObject({ emails: ['anna@example.test'], message: 'Hello\nthere' });
    expect(lead).not.toHaveProperty('phones');
    expect(await submissionsOf(lead!.id)).toMatchObject([{ page: 'https://shop.example/contact' }]);
  });

  it('leads to the page its owner named, and to none that the visitor names', async () => {
    const elsewhere = await firm.addForm(2, { redirectUrl: 'https://shop.example/thanks' });

    const answer = await firm.submit(elsewhere, 'name=Rita&email=rita%40example.test&redirectUrl=https%3A%2F%2Fevil.example', visitor());

    expect(answer.headers['location']).toBe('https://shop.example/thanks');
  });

  it('is read as the bytes it was sent in: UTF-8, GBK of older sites, letters left unescaped', async () => {
    await firm.submit(form, 'name=%D5%C5%C8%FD&email=gbk%40example.test', visitor());
    await firm.submit(form, 'name=李四&email=plain%40example.test', visitor());

    expect(await leadOf('张三')).toMatchObject({ emails: ['gbk@example.test'] });
    expect(await leadOf('李四')).toMatchObject({ emails: ['plain@example.test'] });
  });

  it('keeps what no field takes in the submission, as it was written', async () => {
    const own = await firm.addForm(3, { fields: [{ to: 'name', name: 'your-name', required: true }, { to: 'phones' }] });

    await firm.submit(own, 'your-name=Uma&phone=13700137000&colour=red&size=S&size=M&name=ignored', visitor());

    const lead = await leadOf('Uma');
    const [submission] = await submissionsOf(lead!.id);
    expect(submission!['payload']).toEqual({ 'your-name': 'Uma', phone: '13700137000', colour: 'red', size: 'S; M', name: 'ignored' });
  });

  it('may be called from a page anywhere, never with credentials', async () => {
    const preflight = await firm.call('OPTIONS', `/public/forms/${form}`, {
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });

    expect(preflight).toMatchObject({
      status: 204,
      headers: { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type, idempotency-key' },
    });
    expect(preflight.headers).not.toHaveProperty('access-control-allow-credentials');
    const closed = await firm.call('OPTIONS', '/leads', { headers: { 'access-control-request-method': 'POST' } });
    expect(closed.status).toBe(405);
    expect(closed.headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('somebody who is known already', () => {
  it('is added to his open lead, which keeps what it says and learns what it did not know', async () => {
    await firm.post(form, { name: 'Wang Fang', email: 'fang@example.test', message: 'First' }, visitor());
    const [first] = await leadsOf('Wang Fang');

    await firm.post(form, { name: 'W. Fang', email: 'FANG@example.test', phone: '13600136000', message: 'Second' }, visitor());

    const again = await firm.itemOf(firm.system(), 'lead', first!.id);
    expect(again).toMatchObject({ version: 2, data: { name: 'Wang Fang', message: 'First', phones: ['13600136000'] } });
    expect(await leadsOf('W. Fang')).toEqual([]);
    expect((await submissionsOf(first!.id)).map(({ outcome }) => outcome).sort()).toEqual(['created', 'merged']);
    const timeline = await firm.call('GET', `/leads/${first!.id}/timeline`, { as: 'olga' });
    expect(timeline.body).toMatchObject({
      items: [{ code: 'lead.submitted', params: { form: 'Form 1', message: 'Second', said: { name: 'W. Fang' } } }],
    });
  });

  it('is known by his phone, however it is written', async () => {
    await firm.post(form, { name: 'Zhao', email: 'zhao@example.test', phone: '+86 135-0013-5000' }, visitor());

    await firm.post(form, { name: 'Zhao Lei', email: 'zhao.lei@example.test', phone: '135 0013 5000' }, visitor());

    const [lead] = await leadsOf('Zhao');
    expect(await leadsOf('Zhao Lei')).toEqual([]);
    expect(lead).toMatchObject({ version: 1, emails: ['zhao@example.test'] });
    expect(await submissionsOf(lead!.id)).toHaveLength(2);
  });

  it('is a new lead when his old one is closed, and is known by the new one from then on', async () => {
    await firm.post(form, { name: 'Closed', email: 'closed@example.test' }, visitor());
    const [old] = await leadsOf('Closed');
    await firm.change('lead', old!.id, { status: 'unqualified' });

    await firm.post(form, { name: 'Closed', email: 'closed@example.test', message: 'again' }, visitor());
    await firm.post(form, { name: 'Closed', email: 'closed@example.test', message: 'and again' }, visitor());

    const [next, ...more] = (await leadsOf('Closed')).filter(({ id }) => id !== old!.id);
    expect(more).toEqual([]);
    expect(next).toMatchObject({ status: 'new' });
    expect(await submissionsOf(next!.id)).toHaveLength(2);
  });

  it('does not learn that he is', async () => {
    const sent = { name: 'Known', email: 'known@example.test' };
    const first = await firm.post(form, sent, visitor());
    const second = await firm.post(form, { ...sent, message: 'again' }, visitor());

    expect({ ...first, body: undefined, text: undefined }).toEqual({ ...second, body: undefined, text: undefined });
    expect(Object.keys(second.body)).toEqual(Object.keys(first.body));
  });
});

describe('the same post, sent again', () => {
  const sent = { name: 'Twice', email: 'twice@example.test' };

  it('is one submission with one receipt, also over the hour', async () => {
    const late = NOW + 59 * 60_000 + 59_000;

    const receipts = [
      await firm.post(form, sent, { at: late }),
      await firm.post(form, sent, { at: late + 500 }),
      await firm.post(form, sent, { at: late + 30_000 }),
    ].map(receiptOf);

    expect(new Set(receipts).size).toBe(1);
    const [lead, ...more] = await leadsOf('Twice');
    expect(more).toEqual([]);
    expect(await submissionsOf(lead!.id)).toHaveLength(1);
  });

  it('is one submission when the server that takes the repeat has an earlier time, also over the hour', async () => {
    const body = { name: 'Skewed', email: 'skewed@example.test' };
    const hour = NOW + 60 * 60_000;

    const ahead = receiptOf(await firm.post(form, body, { at: hour + 10 * 60_000 }));
    const behind = receiptOf(await firm.post(form, body, { at: hour - 10 * 60_000 }));

    expect(behind).toBe(ahead);
  });

  it('is one by its own key from whatever address, and another one under the same key is another', async () => {
    const headers = { 'idempotency-key': 'k-1' };
    const first = receiptOf(await firm.post(form, { name: 'Key', email: 'key@example.test' }, { headers, ...visitor() }));
    const again = receiptOf(await firm.post(form, { name: 'Key', email: 'key@example.test', _key: 'k-1' }, visitor()));
    const other = receiptOf(await firm.post(form, { name: 'Key', email: 'other@example.test' }, { headers, ...visitor() }));

    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('by twenty at once is one lead, and every one of different words a submission', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        firm.post(form, { name: 'Race', email: 'race@example.test', phone: '13900139000', message: `no. ${i % 10}` }),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const leads = await leadsOf('Race');
    expect(leads).toHaveLength(1);
    const submissions = await submissionsOf(leads[0]!.id);
    expect(submissions).toHaveLength(10);
    expect(submissions.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
    expect(new Set(submissions.map(({ id }) => id))).toEqual(new Set(answers.map(receiptOf)));
  });
});

describe('who takes a lead', () => {
  it('is each of those who sell in turn, also when all leads come at once', async () => {
    const other = await openLeads();
    const own = await other.addForm(1);

    await Promise.all(Array.from({ length: 20 }, (_, i) => other.post(own, { name: `N${i}`, email: `n${i}@example.test` })));

    const owners = (await other.all('lead')).map(({ ownerId }) => ownerId);
    const shares = ['sam', 'sue', 'sid'].map((name) => owners.filter((id) => id === other.memberId(name as 'sam')).length);
    expect(shares.sort()).toEqual([6, 7, 7]);
  });

  it('is the stand-in the form names when nobody sells', async () => {
    const other = await openLeads();
    for (const name of ['sam', 'sue', 'sid'] as const) await other.change('member', other.memberId(name), { takesLeads: false });
    const named = await other.addForm(1, { fallbackOwnerId: other.memberId('max') });
    const silent = await other.addForm(2);

    await other.post(named, { name: 'To Max', email: 'a@example.test' });
    await other.post(silent, { name: 'To Olga', email: 'b@example.test' });

    const leads = await other.all('lead');
    expect(leads.map(({ name, ownerId }) => [name, ownerId]).sort()).toEqual([
      ['To Max', other.memberId('max')],
      ['To Olga', other.memberId('olga')],
    ]);
  });
});

describe('the page of thanks', () => {
  it('is a page under its own policy, without cookies, in the language of the visitor', async () => {
    const page = await firm.call('GET', `/f/${form}/thanks`, { headers: { 'accept-language': 'zh-TW' } });

    expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(page.text).toContain('谢谢');
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; img-src 'self'; style-src 'sha256-[^']+'; .*frame-ancestors \*$/,
    );
    expect(page.headers).not.toHaveProperty('set-cookie');
  });

  it('is there for forms alone', async () => {
    expect((await firm.call('GET', '/f/robots/thanks', { headers: { accept: 'text/html' } })).status).toBe(404);
  });
});
