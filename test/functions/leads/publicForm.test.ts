import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { NOW, openLeads, type Answered } from './leadsDesk.ts';

let firm: Awaited<ReturnType<typeof openLeads>>;
let form: string;
beforeAll(async () => {
  firm = await openLeads();
  form = await firm.addForm(1);
});
const leadsOf = async (name: string) => (await firm.all('lead')).filter((lead) => lead['name'] === name);
const leadOf = async (name: string) => (await leadsOf(name))[0];
const submissionsOf = async (leadId: string) => (await firm.all('submission')).filter((each) => each['leadId'] === leadId);
const receiptOf = ({ body }: Answered) => (body as { receipt: string }).receipt;
/** A visitor of his own address: budgets are another test's subject. */
const visitor = (() => {
  let n = 0;
  return () => ({ from: `10.${(n += 1) >> 8}.${n & 255}.1` });
})();

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

describe('a program that fills in everything', () => {
  it('is thanked, and its post is kept as refused without a lead', async () => {
    const answer = await firm.post(form, { name: 'Bot', email: 'bot@example.test', website_url: 'https://spam.example' }, visitor());

    expect(answer).toMatchObject({ status: 200, body: { status: 'received' } });
    expect(await leadsOf('Bot')).toEqual([]);
    expect((await firm.all('submission')).find(({ id }) => id === receiptOf(answer))).toMatchObject({ outcome: 'refused', reason: 'trap' });
  });

  it('is asked to wait once it has sent too much, by the page if it is a browser', async () => {
    const from = '192.0.2.77';
    const answers: Answered[] = [];
    for (let i = 0; i < 61; i++) answers.push(await firm.post(form, { name: 'x' }, { from }));

    expect(answers.filter(({ status }) => status === 400)).toHaveLength(60); // the e-mail is missing, and that is all
    expect(answers.at(-1)).toMatchObject({ status: 429, body: { code: 'budget.spent' }, headers: { 'retry-after': '600' } });
    const page = await firm.submit(form, 'name=x', { from, headers: { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' } });
    expect(page).toMatchObject({ status: 429, headers: { 'retry-after': '600', 'content-type': 'text/html; charset=utf-8' } });
    expect(page.text).toContain('请稍候');
    expect((await firm.post(form, { name: 'Free', email: 'free@example.test' }, { ...visitor() })).status).toBe(200);
  });
});

describe('a post that cannot be taken', () => {
  it.each([
    ['a required answer left blank', { name: ' ', email: 'a@example.test' }, [{ field: 'name', code: 'field.required' }]],
    ['no e-mail', { name: 'A', email: 'not one' }, [{ field: 'email', code: 'email.invalid' }]],
    ['no phone', { name: 'A', email: 'a@example.test', phone: 'call me' }, [{ field: 'phone', code: 'phone.invalid' }]],
    ['a list for a text', { name: ['A', 'B'], email: 'a@example.test' }, [{ field: 'name', code: 'text.expected' }]],
    ['an object for a text', { name: { first: 'A' }, email: 'a@example.test' }, [{ field: 'name', code: 'text.expected' }]],
    ['an endless name', { name: 'n'.repeat(5000), email: 'a@example.test' }, [{ field: 'name', code: 'text.tooLong' }]],
    ['an endless answer', { name: 'A', email: 'a@example.test', other: 'x'.repeat(10_001) }, [{ field: 'other', code: 'text.tooLong' }]],
    ['a direction override', { name: 'A\u202Egnp.exe', email: 'a@example.test' }, [{ field: 'name', code: 'text.characters' }]],
    ['a NUL', { name: 'A', email: 'a@example.test', other: '\u0000' + 'x' }, [{ field: 'other', code: 'text.characters' }]],
    ['half a character', { name: 'A', email: 'a@example.test', other: 'x\ud800' }, [{ field: 'other', code: 'text.characters' }]],
    ['a nameless answer', { name: 'A', email: 'a@example.test', '': 'x' }, [{ field: '', code: 'form.name' }]],
    ['the constructor', { name: 'A', email: 'a@example.test', constructor: 'x' }, [{ field: 'constructor', code: 'form.name' }]],
  ])('says so of %s, and writes nothing', async (_what, body, issues) => {
    const before = await firm.all('submission');

    const answer = await firm.post(form, body, visitor());

    expect(answer).toMatchObject({ status: 400, body: { code: 'input.invalid', issues } });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(await firm.all('submission')).toHaveLength(before.length);
  });

  it.each([
    ['a key of the prototype', '{"name":"A","email":"a@example.test","__proto__":"x"}', 400, 'input.invalid'],
    ['a list', '[]', 400, 'input.invalid'],
    ['no JSON', 'name=A', 400, 'body.json'],
    ['nesting without end', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`, 400, 'body.tooDeep'],
    ['a megabyte', JSON.stringify({ name: 'x'.repeat(1_000_001) }), 413, 'body.tooLarge'],
    [
      'a thousand answers',
      JSON.stringify(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`n${i}`, 'x']))),
      400,
      'input.invalid',
    ],
  ])('refuses %s', async (_what, raw, status, code) => {
    expect(await firm.call('POST', `/public/forms/${form}`, { raw, ...visitor() })).toMatchObject({ status, body: { code } });
  });

  it('refuses a body of nothing but pairs', async () => {
    const answer = await firm.submit(form, 'a=1&'.repeat(200_000), { ...visitor(), headers: { accept: 'application/json' } });

    expect(answer).toMatchObject({ status: 400, body: { issues: [{ field: '', code: 'form.tooMany', params: { limit: 60 } }] } });
  });

  it.each([
    ['multipart/form-data; boundary=x', 'form.multipart'],
    ['text/plain', 'form.contentType'],
    ['', 'form.contentType'],
  ])('refuses the type %s', async (type, code) => {
    const headers = { 'content-type': type, accept: 'application/json' };

    expect(await firm.call('POST', `/public/forms/${form}`, { raw: 'name=A', headers, ...visitor() })).toMatchObject({
      status: 415,
      body: { code, params: { accepted: ['application/x-www-form-urlencoded', 'application/json'] } },
    });
  });

  it('knows no form by a wrong id, a removed form or a shape that is none', async () => {
    const gone = await firm.addForm(7);
    await firm.call('DELETE', `/web-forms/${gone}`, { as: 'olga', headers: { 'if-match': '1' } });
    for (const id of [gone, form.replace(/.$/, 'Z'), 'frm_x', 'T%23firm', '..'])
      expect(await firm.post(id, { name: 'A', email: 'a@example.test' }, visitor())).toMatchObject({
        status: 404,
        body: { code: 'form.notFound' },
      });
  });

  it('takes nothing while the form is paused', async () => {
    const paused = await firm.addForm(8, { active: false });

    expect(await firm.post(paused, { name: 'A', email: 'a@example.test' }, visitor())).toMatchObject({
      status: 403,
      body: { code: 'form.paused' },
    });
  });

  it('wants the consent that the form asks for', async () => {
    const asking = await firm.addForm(9, { consentText: 'I agree.' });
    const sent = { name: 'Consent', email: 'consent@example.test' };

    expect(await firm.post(asking, sent, visitor())).toMatchObject({
      status: 400,
      body: { issues: [{ field: 'consent', code: 'form.consent' }] },
    });
    expect((await firm.post(asking, { ...sent, consent: 'yes' }, visitor())).status).toBe(200);
  });

  it('is told to a person in his language, with his words as words', async () => {
    const raw = 'name=&email=x&%3Cscript%3Ealert(1)%3C%2Fscript%3E=%00';

    const page = await firm.submit(form, raw, { ...visitor(), headers: { 'accept-language': 'de,zh;q=0.5' } });

    expect(page.status).toBe(400);
    expect(page.text).not.toContain('<script>');
    expect(page.text).toContain('&lt;script&gt;');
    expect(page.text).toMatch(/<html lang="zh-CN">/);
    const english = await firm.submit(form, 'name=&email=x', { ...visitor(), headers: { 'accept-language': 'en-GB' } });
    expect(english.text).toMatch(/Name: .*E-mail: This is not an e-mail address/s);
  });
});

describe('whatever is sent', () => {
  const types = fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/html');
  const names = fc.constantFrom('name', 'email', 'phone', 'company', 'message', 'website_url', 'consent', '_key', 'toString', '__proto__');
  const answers = fc.dictionary(fc.oneof(names, fc.string()), fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()), { maxKeys: 8 });
  const pairs = fc.array(fc.tuple(fc.oneof(names, fc.string()), fc.oneof(fc.webQueryParameters(), fc.string({ unit: 'binary' }))));
  const bodies = fc.oneof(
    answers.map((body) => JSON.stringify(body)),
    pairs.map((all) => all.map(([name, value]) => `${name}=${value}`).join('&')),
    fc.string({ unit: 'binary' }),
  );

  it('is answered, and never by a fault', async () => {
    await fc.assert(
      fc.asyncProperty(types, bodies, fc.constantFrom('application/json', 'text/html', '*/*'), async (type, raw, accept) => {
        const { status } = await firm.call('POST', `/public/forms/${form}`, {
          raw,
          headers: { 'content-type': type, accept },
          ...visitor(),
        });

        expect([200, 303, 400, 415]).toContain(status);
      }),
      { numRuns: 60 },
    );
  });

  it('that is taken stands whole in its submission', async () => {
    const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }).filter((text) => /\p{L}/u.test(text));
    const open = await firm.addForm(20, { fields: [{ to: 'name' }, { to: 'message' }] });

    await fc.assert(
      fc.asyncProperty(words, words, async (name, other) => {
        const sent = { name: `Li ${name}`.slice(0, 100), other };
        const answer = await firm.post(open, sent, visitor());

        if (answer.status !== 200) return expect(answer).toMatchObject({ status: 400, body: { code: 'input.invalid' } });
        const stored = await firm.itemOf(firm.system(), 'submission', receiptOf(answer));
        expect(stored).toMatchObject({ data: { payload: sent } });
      }),
      { numRuns: 20 },
    );
  });
});

describe('the page of thanks', () => {
  it('is a page under its own policy, without cookies, in the language of the visitor', async () => {
    const page = await firm.call('GET', `/f/${form}/thanks`, { headers: { 'accept-language': 'zh-TW' } });

    expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(page.text).toContain('谢谢');
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; .*frame-ancestors \*$/);
    expect(page.headers).not.toHaveProperty('set-cookie');
  });

  it('is there for forms alone', async () => {
    expect((await firm.call('GET', '/f/robots/thanks', { headers: { accept: 'text/html' } })).status).toBe(404);
  });
});
