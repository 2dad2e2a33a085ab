import { describe, expect, it } from 'vitest';
import { type Block, layOutMail, type MailContent, withoutLinks } from '../../../functions/services/mailLayout.ts';

const mail = (blocks: Block[], more: Partial<MailContent> = {}) =>
  layOutMail({ locale: 'en', subject: 'Subject', title: 'Title', blocks, foot: ['Why you get this.'], ...more });

const HOSTILE = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>&amp;`;

describe('a laid out mail', () => {
  it('says everything in text and in HTML', () => {
    const { text, html } = mail([
      { kind: 'text', text: 'Hello\nthere' },
      { kind: 'heading', text: 'Yesterday' },
      { kind: 'button', title: 'Open', url: 'https://crm.test/leads/1?a=1&b=2' },
      { kind: 'facts', rows: [['Name', '李雷']] },
      { kind: 'table', head: ['Person', 'New', 'Won'], rows: [['Han', '3', '1']], total: ['All', '3', '1'] },
    ]);

    expect(text).toMatchInlineSnapshot(`
      "Title

      Hello
      there

      # Yesterday

      Open:
      https://crm.test/leads/1?a=1&b=2

      Name: 李雷

      Han: New 3, Won 1
      All: New 3, Won 1

      --
      Why you get this.
      "
    `);
    for (const part of ['Hello<br>there', 'href="https://crm.test/leads/1?a=1&amp;b=2"', '李雷', '>Won<', 'Why you get this.'])
      expect(html).toContain(part);
  });

  it.each<[string, Block]>([
    ['text', { kind: 'text', text: HOSTILE }],
    ['heading', { kind: 'heading', text: HOSTILE }],
    ['button', { kind: 'button', title: HOSTILE, url: `https://x.test/${HOSTILE}` }],
    ['facts', { kind: 'facts', rows: [[HOSTILE, HOSTILE]] }],
    ['table', { kind: 'table', head: [HOSTILE], rows: [[HOSTILE]], total: [HOSTILE] }],
  ])('keeps a hostile %s text', (_kind, block) => {
    const { html } = mail([block], { title: HOSTILE, subject: HOSTILE, foot: [HOSTILE] });

    expect(html).not.toMatch(/<script|<img/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&gt;');
    // No attribute was left: every tag of the mail is one of the layout's own.
    expect(new Set([...html.matchAll(/<([a-z0-9]+)/g)].map(([, tag]) => tag))).toEqual(
      new Set([...mail([block]).html.matchAll(/<([a-z0-9]+)/g)].map(([, tag]) => tag)),
    );
  });

  it('has a subject of one line and no endless length', () => {
    expect(mail([], { subject: 'a\r\nBcc: x@y.test\u2028z' }).subject).toBe('a Bcc: x@y.test z');
    expect(mail([], { subject: '常'.repeat(400) }).subject).toHaveLength(150);
  });

  it('uses hex colours alone, which every mail program knows', () => {
    expect(mail([{ kind: 'text', text: 'x' }]).html).not.toMatch(/oklch|rgb|var\(|hsl/);
  });

  it('speaks the language it is written in', () => {
    expect(mail([], { locale: 'zh-CN' }).html).toContain('<html lang="zh-CN">');
    expect(mail([], { locale: 'zh-CN' }).html).toContain('>常客<');
  });

  it('takes an outsider’s words out of the reach of link finders', () => {
    expect(withoutLinks('Visit https://evil.test now. Or me@evil.test')).not.toMatch(/\w\.\w|:\/|@\w/);
    expect(withoutLinks('Ltd. Smith')).toBe('Ltd. Smith');
  });
});
