import { GetAccountCommand, SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mail, sendMail, sendRate } from '../../../functions/services/mail.ts';
import { createClock } from '../../../infra/local/clock.ts';
import { type MailServer, startMailServer } from '../../../infra/local/mail/mailServer.ts';
import { awsError, stubAwsEnvironment } from './awsEnvironment.ts';

let server: MailServer;
beforeAll(async () => {
  server = await startMailServer({
    clock: createClock(() => Date.parse('2031-03-01T08:00:00Z')),
    identities: ['shop.test'],
    configurationSets: ['regulars'],
    onFeedback: () => {},
  });
  stubAwsEnvironment({ AWS_ENDPOINT_URL_SESV2: server.url, MAIL_FROM: 'no-reply@shop.test', MAIL_CONFIGURATION_SET: 'regulars' });
});
afterAll(() => server.close());

const digest: Mail = {
  to: 'wang@example.com',
  subject: '昨日新增线索 3 条 · 常客',
  text: '王芳：2 条\n李伟：1 条',
  html: '<p>王芳：2 条</p>',
};
const send = (change: Partial<Mail> = {}) => sendMail({ ...digest, ...change });

describe('a mail', () => {
  it('reaches SES with its texts, sender, headers, tags and configuration set', async () => {
    const result = await send({
      fromName: '常客 "一号店"',
      replyTo: 'li@shop.test',
      unsubscribeUrl: 'https://crm.example/u/abc?x=1',
      tags: { tenant: 'ten_01J', mail: 'mail_01J' },
    });

    const [mail] = server.mailbox.list();
    expect(result).toEqual({ outcome: 'sent', messageId: mail!.id });
    expect(mail).toMatchObject({
      to: ['wang@example.com'],
      replyTo: ['li@shop.test'],
      subject: digest.subject,
      configurationSet: 'regulars',
      tags: { tenant: 'ten_01J', mail: 'mail_01J' },
    });
    expect(mail!.text).toContain('李伟：1 条');
    expect(mail!.html).toContain('王芳：2 条');
    expect(mail!.headers).toEqual(
      expect.arrayContaining([
        { name: 'List-Unsubscribe', value: '<https://crm.example/u/abc?x=1>' },
        { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
      ]),
    );
    expect(mail!.from).toMatch(/^=\?UTF-8\?B\?[\w+/=]+\?= <no-reply@shop\.test>$/);
  });

  it('shows a plain sender’s name as it is, and a long one in words of 75 characters', async () => {
    const from = async (fromName: string) => {
      const mock = mockClient(SESv2Client).on(SendEmailCommand).resolves({ MessageId: '1' });
      await send({ fromName });
      const address = mock.commandCalls(SendEmailCommand)[0]!.args[0].input.FromEmailAddress!;
      mock.restore();
      return address;
    };

    expect(await from('Tea "House", <Ltd> \\')).toBe('"Tea \\"House\\", <Ltd> \\\\" <no-reply@shop.test>');
    const words = (await from('常客'.repeat(30))).replace(' <no-reply@shop.test>', '').split(' ');
    expect(words.every((word) => word.length <= 75)).toBe(true);
    const decoded = words.map((word) => Buffer.from(word.slice('=?UTF-8?B?'.length, -2), 'base64').toString());
    expect(decoded.join('')).toBe('常客'.repeat(30));
  });

  it('goes to a domain of any script by its ASCII name', async () => {
    expect(await send({ to: 'wang@例子.测试' })).toMatchObject({ outcome: 'sent' });

    expect(server.mailbox.list().flatMap(({ to }) => to)).toContain('wang@xn--fsqu00a.xn--0zwm56d');
  });
});

describe('a hostile or broken mail', () => {
  it.each([
    ['two addresses', { to: 'a@example.com,b@example.com' }, 'address.invalid'],
    ['a name before the address', { to: 'Wang <wang@example.com>' }, 'address.invalid'],
    ['a quoted local part', { to: '"a b"@example.com' }, 'address.invalid'],
    ['a comment', { to: 'a(b)@example.com' }, 'address.invalid'],
    ['a line break in the address', { to: 'a@example.com\r\nBcc: b@example.com' }, 'address.invalid'],
    ['a NUL in the address', { to: 'a@example.com\0' }, 'address.invalid'],
    ['a host without a dot', { to: 'root@localhost' }, 'address.invalid'],
    ['an address of a literal', { to: 'a@[127.0.0.1]' }, 'address.invalid'],
    ['a local part SES cannot deliver', { to: '王@example.com' }, 'address.invalid'],
    ['a foreign answer address', { replyTo: 'x@example.com\nTo: y@example.com' }, 'address.invalid'],
    ['a line break in the subject', { subject: 'Hello\r\nBcc: b@example.com' }, 'header.invalid'],
    ['a NUL in the subject', { subject: 'Hello\0' }, 'header.invalid'],
    ['half a character in the subject', { subject: 'Hello \ud800' }, 'header.invalid'],
    ['a line separator in the sender’s name', { fromName: 'Shop\u2028Bcc: b@example.com' }, 'header.invalid'],
    ['a line break in the unsubscribe address', { unsubscribeUrl: 'https://crm.example/\r\nX: y' }, 'unsubscribe.invalid'],
    ['an unsubscribe address that ends its header', { unsubscribeUrl: 'https://crm.example/>,<mailto:x@y.z' }, 'unsubscribe.invalid'],
    ['an unsubscribe address without TLS', { unsubscribeUrl: 'http://crm.example/u' }, 'unsubscribe.invalid'],
    ['a tag SES would refuse', { tags: { tenant: 'a b' } }, 'tag.invalid'],
  ])('is rejected before SES is asked: %s', async (_what, change: Partial<Mail>, reason) => {
    const mock = mockClient(SESv2Client);

    const result = await send(change);

    expect(result).toEqual({ outcome: 'rejected', reason });
    expect(mock.calls()).toHaveLength(0);
    mock.restore();
  });
});

describe('what SES answers', () => {
  it.each([
    ['throttled', 'TooManyRequestsException', awsError('TooManyRequestsException', 429)],
    ['throttled', 'ThrottlingException', awsError('ThrottlingException', 400)],
    ['throttled', 'LimitExceededException', awsError('LimitExceededException', 400)],
    ['throttled', 'SendingPausedException', awsError('SendingPausedException', 400)],
    ['throttled', 'AccessDeniedException', awsError('AccessDeniedException', 403)],
    ['throttled', 'ECONNREFUSED', awsError('Error', undefined, { code: 'ECONNREFUSED' })],
    ['rejected', 'MessageRejected', awsError('MessageRejected', 400)],
    ['rejected', 'BadRequestException', awsError('BadRequestException', 400)],
    ['ambiguous', 'InternalFailure', awsError('InternalFailure', 500)],
    ['ambiguous', 'ServiceUnavailable', awsError('ServiceUnavailable', 503)],
    ['ambiguous', 'TimeoutError', awsError('TimeoutError')],
    ['ambiguous', 'ECONNRESET', awsError('Error', undefined, { code: 'ECONNRESET' })],
  ])('is %s for %s', async (outcome, reason, error) => {
    const mock = mockClient(SESv2Client).rejects(error);

    expect(await send()).toEqual({ outcome, reason });
    mock.restore();
  });

  it('is asked for once: a second try could be a second mail', async () => {
    const add = server.mailbox.add;
    const before = server.mailbox.list().length;
    server.mailbox.add = (mail) => {
      add(mail);
      throw new Error('taken, but the answer is lost');
    };

    const result = await send();

    server.mailbox.add = add;
    expect(result).toEqual({ outcome: 'ambiguous', reason: 'InternalServiceErrorException' });
    expect(server.mailbox.list()).toHaveLength(before + 1);
  });
});

describe('the rate', () => {
  it('is the account’s own, asked once; the least while it cannot be asked', async () => {
    const failing = mockClient(SESv2Client).on(GetAccountCommand).rejects(awsError('TimeoutError'));
    expect(await sendRate()).toBe(1);
    failing.restore();

    expect(await sendRate()).toBe(14);

    const asked = mockClient(SESv2Client).on(GetAccountCommand).rejects(awsError('TimeoutError'));
    expect(await sendRate()).toBe(14);
    expect(asked.commandCalls(GetAccountCommand)).toEqual([]);
    asked.restore();
  });
});
