import { describe, expect, it } from 'vitest';
import { withCustomFields, type CustomField } from '../../shared/kernel/customFields.ts';
import { formSnippet } from '../../shared/leads/formSnippet.ts';
import { definitionOf } from '../../shared/registry.ts';

const FORM = { id: 'frm_01J00000000000000000000000', name: 'Contact' };
const URL = 'https://regulars.example';
const own = (key: string, more: Partial<CustomField>): CustomField => ({
  id: `cfd_${key}`,
  on: 'lead',
  key,
  label: { en: key, zh: key },
  fieldKind: 'text',
  ...more,
});

describe('the HTML of a form', () => {
  it('is a form that works by itself, with a label around every input', () => {
    expect(formSnippet(FORM, URL, 'en')).toBe(
      [
        '<form action="https://regulars.example/api/v1/public/forms/frm_01J00000000000000000000000" method="post" accept-charset="utf-8">',
        '  <p><label>Name<br><input type="text" name="name" autocomplete="name" maxlength="120" required></label></p>',
        '  <p><label>E-mail<br><input type="email" name="email" autocomplete="email" required></label></p>',
        '  <p><label>Phone (optional)<br><input type="tel" name="phone" autocomplete="tel"></label></p>',
        '  <p><label>Company (optional)<br><input type="text" name="company" autocomplete="organization" maxlength="160"></label></p>',
        '  <p><label>Message (optional)<br><textarea name="message" maxlength="4000" rows="4"></textarea></label></p>',
        '  <p style="position:absolute;left:-9999px" aria-hidden="true"><label>Leave this empty <input name="website_url" tabindex="-1" autocomplete="off"></label></p>',
        '  <p><button type="submit">Send</button></p>',
        '</form>',
        '',
      ].join('\n'),
    );
  });

  it('speaks Chinese, and asks for consent in the words of the form', () => {
    const html = formSnippet({ ...FORM, consentText: '我同意 <b>隐私政策</b>\n第二行' }, URL, 'zh-CN');

    expect(html).toContain('<label>公司 （选填）<br>');
    expect(html).toContain(
      '<input type="checkbox" name="consent" value="yes" required> 我同意 &lt;b&gt;隐私政策&lt;/b&gt;<br>第二行</label>',
    );
    expect(html).toContain('<button type="submit">提交</button>');
  });

  it('has the inputs of the workspace’s own fields, without those retired', () => {
    const options = [{ key: 's', label: { en: 'S "small"', zh: '小' } }];
    const lead = withCustomFields(definitionOf('lead'), [
      own('size', { fieldKind: 'choice', options }),
      own('news', { fieldKind: 'boolean' }),
      own('when', { fieldKind: 'date' }),
      own('old', { retired: true }),
    ]);
    const fields = [{ to: 'x_size', name: 'a"b' }, { to: 'x_news' }, { to: 'x_when', required: true }, { to: 'x_old' }, { to: 'x_never' }];

    const html = formSnippet({ ...FORM, fields }, URL, 'en', lead);

    expect(html).toContain('<select name="a&quot;b"><option value=""></option><option value="s">S &quot;small&quot;</option></select>');
    expect(html).toContain('<label><input type="checkbox" name="x_news" value="true"> news</label>');
    expect(html).toContain('<input type="date" name="x_when" required>');
    expect(html.match(/name="/g)).toHaveLength(4);
  });
});
