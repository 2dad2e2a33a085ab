import { describe, expect, it } from 'vitest';
import { applyMail, declineMail, inviteMail, noticeMail, resetMail } from '../../functions/workspace/mailWords.ts';
import { localeOf } from '../../functions/workspace/mailLocale.ts';
import { LOCALES, type Locale } from '../../shared/kernel/types.ts';
import { notification } from '../../shared/workspace/notification.ts';
import { NO_SHAPE } from '../../shared/kernel/shape.ts';

const HOSTILE = `"><svg onload=alert(1)>'&\u2028 https://evil.test`;
const reset = (locale: Locale) => resetMail({ locale, email: 'lilei@shop.test', link: 'https://crm.test/reset#token' });
const from = (name: string, more = {}) => ({ workspace: { name, ...more }, site: 'https://crm.test' });
const invite = (locale: Locale, inviter = '韩梅梅', workspace = '青山茶业') =>
  inviteMail({ ...from(workspace), locale, inviter, email: 'lilei@shop.test', link: 'https://crm.test/invite#token' });
const apply = (locale: Locale, workspace = '青山茶业', more = {}) =>
  applyMail({ ...from(workspace, more), locale, email: 'lilei@shop.test', link: 'https://crm.test/apply/code#token' });
const decline = (locale: Locale, reply?: string) => declineMail({ ...from('青山茶业'), locale, reply });
const notice = (locale: Locale, code: string, name = '李雷', more: Readonly<Record<string, string>> = {}) =>
  noticeMail({
    locale,
    zone: 'Asia/Shanghai',
    code,
    params: { name, ...more },
    ...from('青山茶业'),
    shape: NO_SHAPE,
    link: 'https://crm.test/leads/lea_1',
  });

describe('mails', () => {
  it.each(LOCALES)('are worded in %s', (locale) => {
    const codes = notification.fields.code.options.map(({ key }) => key);
    const mails = [
      reset(locale),
      invite(locale),
      apply(locale),
      decline(locale, 'Try again in May.'),
      ...codes.map((code) => notice(locale, code)!),
    ];

    expect(mails.map(({ subject, text }) => `Subject: ${subject}\n\n${text}`).join('\n')).toMatchSnapshot();
  });

  it.each(LOCALES)('tell of an activity when and with whom it is, and what came of it, in %s', (locale) => {
    const reminder = { plannedAt: '2026-03-02T06:30:00.000Z', customer: '青山茶业' };
    const mails = [
      notice(locale, 'activityReminder', 'Call Li Lei', reminder)!,
      notice(locale, 'activityReminder', 'Trade fair', { plannedAt: '2026-03-01T16:00:00.000Z', allDay: 'true' })!,
      notice(locale, 'activityDone', 'Call Li Lei', { outcome: 'Wants samples' })!,
    ];

    expect(mails.map(({ subject, text }) => `Subject: ${subject}\n\n${text}`).join('\n')).toMatchSnapshot();
  });

  it('of an unknown code are not written', () => {
    expect(notice('en', 'constructor')).toBeUndefined();
  });

  it.each(LOCALES)('keep hostile names text in %s', (locale) => {
    for (const { subject, html } of [
      invite(locale, HOSTILE, HOSTILE),
      notice(locale, 'leadAssigned', HOSTILE)!,
      notice(locale, 'leadMerged', HOSTILE)!,
      apply(locale, HOSTILE),
      decline(locale, HOSTILE),
    ]) {
      expect(subject).not.toMatch(/[\r\n\u2028]/);
      expect(html).not.toContain('<svg');
      expect(html).toContain('&quot;&gt;&lt;svg onload=alert(1)&gt;&#39;&amp;');
    }
    for (const { text } of [invite(locale, HOSTILE), apply(locale, HOSTILE), decline(locale, HOSTILE)])
      expect(text).not.toContain('https://evil');
  });

  it('show the company’s logo, and its name where pictures are not shown', () => {
    const logo = { file: 'a'.repeat(40), width: 800, height: 160, ground: 'dark' };

    const { html, text } = apply('en', 'Tea & Co', { logo });

    expect(html).toContain(`<img src="https://crm.test/logos/${'a'.repeat(40)}" alt="Tea &amp; Co" width="200" height="40"`);
    expect(html).toContain('background:#1d2427');
    expect(text).not.toContain('/logos/');
    expect(apply('en').html).not.toContain('<img');
  });
});

describe('the language of a mail', () => {
  it.each([
    [{ language: 'en' }, 'zh-CN', 'en'],
    [{ language: 'zh-CN' }, 'en', 'zh-CN'],
    [{}, 'zh-TW,zh;q=0.9', 'zh-CN'],
    [{ language: 'tlh' }, 'de-DE', 'en'],
    [undefined, undefined, 'en'],
  ] as const)('of %o whose browser speaks %s is %s', (member, browser, locale) => {
    expect(localeOf(member, browser === undefined ? undefined : { headers: { 'accept-language': browser } })).toBe(locale);
  });
});
