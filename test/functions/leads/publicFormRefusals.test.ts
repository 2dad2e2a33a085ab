import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { openLeads, receiptOf, visitor, type Answered } from './leadsDesk.ts';

let firm: Awaited<ReturnType<typeof openLeads>>;
let form: string;
beforeAll(async () => {
  firm = await openLeads();
  form = await firm.addForm(1);
});
const leadsOf = async (name: string) => (await firm.all('lead')).filter((lead) => lead['name'] === name);

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
