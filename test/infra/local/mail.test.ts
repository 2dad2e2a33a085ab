import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { GetAccountCommand, SendEmailCommand, type SendEmailCommandInput, SESv2Client } from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock, type ShiftableClock } from '../../../infra/local/clock.ts';
import type { Feedback } from '../../../infra/local/mail/feedback.ts';
import { listPage, mailPage } from '../../../infra/local/mail/inboxPage.ts';
import { type Mail, openMailbox } from '../../../infra/local/mail/mailbox.ts';
import { type MailServer, startMailServer } from '../../../infra/local/mail/mailServer.ts';

const mail = (more: Partial<SendEmailCommandInput> = {}): SendEmailCommandInput => ({
  FromEmailAddress: 'Regulars <no-reply@shop.test>',
  Destination: { ToAddresses: ['mei@example.test'] },
  Content: { Simple: { Subject: { Data: '你好' }, Body: { Text: { Data: 'text' }, Html: { Data: '<p>html</p>' } } } },
  ...more,
});

describe('the local SES', () => {
  let server: MailServer;
  let client: SESv2Client;
  let clock: ShiftableClock;
  let feedback: [Feedback, string | undefined][];

  beforeEach(async () => {
    clock = createClock();
    feedback = [];
    server = await startMailServer({
      clock,
      identities: ['shop.test', 'owner@home.test'],
      configurationSets: ['set'],
      onFeedback: (event, set) => feedback.push([event, set]),
    });
    client = new SESv2Client({
      endpoint: server.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    });
  });
  afterEach(() => server.close());

  it('keeps what is sent, dated by the clock, under the id it answers with', async () => {
    clock.shift(86_400_000);

    const { MessageId } = await client.send(
      new SendEmailCommand(
        mail({ ConfigurationSetName: 'set', EmailTags: [{ Name: 'tenant', Value: 't1' }], ReplyToAddresses: ['r@shop.test'] }),
      ),
    );

    const [kept] = server.mailbox.list();
    expect(kept).toMatchObject({
      id: MessageId,
      from: 'Regulars <no-reply@shop.test>',
      to: ['mei@example.test'],
      replyTo: ['r@shop.test'],
      subject: '你好',
      text: 'text',
      html: '<p>html</p>',
      configurationSet: 'set',
      tags: { tenant: 't1' },
    });
    expect(Math.abs(Date.parse(kept!.at) - clock.now())).toBeLessThan(60_000);
  });

  it('reads MIME messages with their headers', async () => {
    const raw = [
      'From: no-reply@shop.test',
      'To: mei@example.test',
      'Subject: =?UTF-8?B?5L2g5aW9?=',
      'List-Unsubscribe: <https://shop.test/u>,',
      ' <mailto:u@shop.test>',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'hello',
    ].join('\r\n');

    await client.send(new SendEmailCommand({ Content: { Raw: { Data: Buffer.from(raw) } } }));

    const [kept] = server.mailbox.list();
    expect(kept).toMatchObject({ from: 'no-reply@shop.test', to: ['mei@example.test'], subject: '你好' });
    expect(kept!.text?.trim()).toBe('hello');
    expect(kept!.headers).toContainEqual({ name: 'List-Unsubscribe', value: '<https://shop.test/u>, <mailto:u@shop.test>' });
  });

  it('keeps mails apart that are sent at once', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];

    await Promise.all(
      names.map((name) => client.send(new SendEmailCommand(mail({ Destination: { ToAddresses: [`${name}@example.test`] } })))),
    );

    expect(
      server.mailbox
        .list()
        .map(({ to }) => to[0])
        .sort(),
    ).toEqual(names.map((name) => `${name}@example.test`));
  });

  const many = (count: number) => Array.from({ length: count }, (_, i) => `a${i}@example.test`);
  it.each<[string, Partial<SendEmailCommandInput>, string, RegExp]>([
    ['51 recipients', { Destination: { ToAddresses: many(30), CcAddresses: many(21) } }, 'BadRequestException', /50/],
    ['no recipient', { Destination: {} }, 'BadRequestException', /Destination/],
    ['an address without a domain', { Destination: { ToAddresses: ['mei'] } }, 'BadRequestException', /@domain/],
    ['an address with a space', { Destination: { ToAddresses: ['m ei@example.test'] } }, 'BadRequestException', /Local address/],
    ['a name beyond ASCII', { FromEmailAddress: '常客 <no-reply@shop.test>' }, 'BadRequestException', /ASCII/],
    ['a line break in an address', { ReplyToAddresses: ['a@b.test\r\nBcc: c@d.test'] }, 'BadRequestException', /ASCII/],
    ['an unverified sender', { FromEmailAddress: 'x@other.test' }, 'MessageRejected', /not verified/],
    ['a neighbour of a verified address', { FromEmailAddress: 'x@home.test' }, 'MessageRejected', /not verified/],
    ['an unknown configuration set', { ConfigurationSetName: 'other' }, 'NotFoundException', /other/],
    ['a tag beyond its alphabet', { EmailTags: [{ Name: 'a', Value: 'b c' }] }, 'BadRequestException', /Tag/],
    [
      'a header beyond ASCII',
      { Content: { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } }, Headers: [{ Name: 'X-A', Value: '常' }] } } },
      'BadRequestException',
      /Header/,
    ],
    ['an empty body', { Content: { Simple: { Subject: { Data: 's' }, Body: {} } } }, 'BadRequestException', /body/],
  ])('refuses %s', async (_, change, name, message) => {
    await expect(client.send(new SendEmailCommand(mail(change)))).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message) as string,
    });
    expect(server.mailbox.list()).toEqual([]);
  });

  it.each([
    ['bounce@simulator.amazonses.com', 'Bounce', 'bounce'],
    ['bounce+case1@simulator.amazonses.com', 'Bounce', 'bounce'],
    ['complaint@simulator.amazonses.com', 'Complaint', 'complaint'],
  ])('answers for %s of the mailbox simulator', async (address, eventType, detail) => {
    const { MessageId } = await client.send(
      new SendEmailCommand(
        mail({ Destination: { ToAddresses: [address] }, ConfigurationSetName: 'set', EmailTags: [{ Name: 't', Value: '1' }] }),
      ),
    );

    await expect.poll(() => feedback).toHaveLength(1);
    const [event, set] = feedback[0]!;
    expect(set).toBe('set');
    expect(event).toMatchObject({ eventType, mail: { messageId: MessageId, tags: { 'ses:configuration-set': ['set'], t: ['1'] } } });
    expect(JSON.stringify(event[detail])).toContain(address);
  });

  it('says how much may be sent, and was', async () => {
    await client.send(new SendEmailCommand(mail()));

    expect((await client.send(new GetAccountCommand({}))).SendQuota).toEqual({
      Max24HourSend: 50_000,
      MaxSendRate: 14,
      SentLast24Hours: 1,
    });
  });
});

const stored = (more: Partial<Mail> = {}): Mail => ({
  id: 'id-1',
  at: '2026-11-22T08:00:00.000Z',
  from: 'a@b.test',
  to: ['c@d.test'],
  cc: [],
  bcc: [],
  replyTo: [],
  subject: 'subject',
  headers: [],
  attachments: [],
  tags: {},
  ...more,
});

describe('the mailbox', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'mail-'));
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('keeps the newest thousand over a restart, newest first, and finds them by recipient', () => {
    const before = openMailbox(path.join(dir, 'mail.db'));
    for (let n = 0; n < 1002; n += 1) before.add(stored({ id: `id-${n}`, to: [n === 1000 ? 'Mei@example.test' : 'c@d.test'] }));
    before.close();

    const after = openMailbox(path.join(dir, 'mail.db'));

    expect(after.list()).toHaveLength(1000);
    expect(after.list()[0]!.id).toBe('id-1001');
    expect(after.find('id-0')).toBeUndefined();
    expect(after.list({ to: 'mei@' }).map(({ id }) => id)).toEqual(['id-1000']);
    after.clear();
    expect(after.list()).toEqual([]);
    after.close();
  });
});

describe('the inbox page', () => {
  it('shows hostile mails as text', () => {
    const hostile = stored({
      subject: '<script>1</script>',
      from: '"<img>" <a@b.test>',
      text: '<b> https://x.test/?a="><script>',
      html: '<p>',
    });

    for (const page of [listPage([hostile], '/mail'), mailPage(hostile, '/mail')]) expect(page).not.toMatch(/<script|<img|<b>/);
  });

  it('makes links of the text clickable and encoded names readable', () => {
    const page = mailPage(stored({ text: 'go to https://x.test/a?b=1&c=2 now', from: '=?UTF-8?B?5bi45a6i?= <a@b.test>' }), '/mail');

    expect(page).toContain('<a href="https://x.test/a?b=1&amp;c=2" target="_blank" rel="noreferrer">');
    expect(page).toContain('常客');
  });
});
