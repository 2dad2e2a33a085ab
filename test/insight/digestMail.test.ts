import { describe, expect, it } from 'vitest';
import type { Digest, DigestContents } from '../../shared/insight/digest.ts';
import { digestMail, subjectOf } from '../../functions/insight/digestMail.ts';

const person = (name: string, ...[newLeads = 0, workingLeads = 0, convertedLeads = 0, newCustomers = 0]: number[]) => ({
  memberId: `mem_${name}`,
  name,
  newLeads,
  workingLeads,
  convertedLeads,
  newCustomers,
});
const HOSTILE = '<img src=x onerror=alert(1)> "evil.test" & \'co\'';

const CONTENTS: DigestContents = {
  people: [person('Mei', 2, 1, 1, 1), person('Han', 1), person('Quiet Quinn'), person('Silent Sue')],
  leads: [
    { id: 'lea_1', event: 'converted', name: 'Ada', company: 'Engines', status: 'converted', ownerId: 'mem_Mei' },
    { id: 'lea_2', event: 'new', name: HOSTILE, company: 'https://evil.test', status: 'new', ownerId: 'mem_Han' },
  ],
  customers: [{ id: 'cus_1', name: 'Engines', ownerId: 'mem_Mei' }],
};
const reader = (locale: 'en' | 'zh-CN') => ({
  memberId: 'mem_boss',
  name: locale === 'en' ? 'Mona' : '王芳',
  locale,
  workspaceName: 'Nordwind',
  site: 'https://crm.test',
});
function mailOf(contents: DigestContents, locale: 'en' | 'zh-CN' = 'en', from = '2026-11-22') {
  const days = { from, to: '2026-11-22' };
  const digest = { id: 'dig_1', ...days, contents, subject: subjectOf(days, contents.people, locale) } as unknown as Digest;
  return digestMail(digest, reader(locale));
}
const QUIET: DigestContents = { people: [person('Mei'), person('Han')], leads: [], customers: [] };

describe('the mail of a digest', () => {
  it('reads well in English', () => {
    const { subject, text } = mailOf(CONTENTS);
    expect(subject).toBe('Sunday 22 November: 3 new leads, 1 lead taken up, 1 lead converted, 1 new customer');
    expect(text).toMatchInlineSnapshot(`
      "Sunday 22 November

      Good morning, Mona. Here is what your team did.

      New leads: 3
      Taken up: 1
      Converted: 1
      New customers: 1

      Mei: New 2, Taken up 1, Converted 1, Customers 1
      Han: New 1, Taken up –, Converted –, Customers –
      Total: New 3, Taken up 1, Converted 1, Customers 1

      Nothing counted for Quiet Quinn and Silent Sue.

      # Became customers
      - Ada (Engines · Mei)
        https://crm.test/leads/lea_1

      # New customers
      - Engines (Mei)
        https://crm.test/customers/cus_1

      # New leads
      - <img src=x onerror=alert(1)> "evil.⁠test" & 'co' (https:⁠/⁠/⁠evil.⁠test · Han)
        https://crm.test/leads/lea_2
      and 2 more

      Open in Regulars:
      https://crm.test/digests/dig_1

      --
      You get this every morning at 8:00 because you lead people in Nordwind, or asked for it.
      To stop it, switch off the daily digest in your profile: https://crm.test/settings/profile
      "
    `);
  });

  it('reads well in Chinese', () => {
    const { subject, text } = mailOf(CONTENTS, 'zh-CN');
    expect(subject).toBe('日报 11月22日（周日）：新线索 3 条，开始跟进 1 条，线索转化 1 条，新客户 1 个');
    expect(text).toMatchInlineSnapshot(`
      "11月22日（周日）工作日报

      王芳，早上好！以下是你团队的工作情况。

      新线索：3
      开始跟进：1
      线索转化：1
      新客户：1

      Mei：新线索 2，跟进 1，转化 1，新客户 1
      Han：新线索 1，跟进 –，转化 –，新客户 –
      合计：新线索 3，跟进 1，转化 1，新客户 1

      无新增记录：Quiet Quinn和Silent Sue。

      # 转化为客户
      - Ada (Engines · Mei)
        https://crm.test/leads/lea_1

      # 新客户
      - Engines (Mei)
        https://crm.test/customers/cus_1

      # 新线索
      - <img src=x onerror=alert(1)> "evil.⁠test" & 'co' (https:⁠/⁠/⁠evil.⁠test · Han)
        https://crm.test/leads/lea_2
      另有 2 条

      在常客中打开：
      https://crm.test/digests/dig_1

      --
      你在 Nordwind 带领团队或订阅了日报，因此每天早上 8:00 会收到这封邮件。
      如不想再收到，请在个人资料中关闭日报：https://crm.test/settings/profile
      "
    `);
  });

  it('says an empty day kindly, without a table of zeros', () => {
    const english = mailOf(QUIET);
    expect(english.subject).toBe('Sunday 22 November: a quiet day');
    expect(english.text).toContain('Such days happen');
    expect(english.html).not.toContain('scope="col"');
    expect(mailOf(QUIET, 'zh-CN').text).toContain('祝今天顺利');
  });

  it('names the days it covers after mornings that were missed', () => {
    expect(mailOf(CONTENTS, 'en', '2026-11-20').subject).toMatch(/^Friday 20 November to Sunday 22 November: 3 new leads/);
    expect(mailOf(CONTENTS, 'en', '2026-11-20').text).toContain('everything since the last one');
    expect(mailOf(CONTENTS, 'zh-CN', '2026-11-20').subject).toMatch(/^日报 11月20日（周五）至11月22日（周日）：/);
    expect(mailOf(CONTENTS, 'zh-CN', '2026-11-20').text).toContain('自上一封以来');
  });

  it('leaves out the table for who reads about himself alone', () => {
    const own: DigestContents = { people: [{ ...person('Mona', 1), memberId: 'mem_boss' }], leads: [], customers: [] };
    expect(mailOf(own).text).toContain('Here is what you did');
    expect(mailOf(own).html).not.toContain('scope="col"');
  });

  it('shows hostile names as text, and makes no link of them', () => {
    const { html, text } = mailOf(CONTENTS);
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    const targets = [...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1]!);
    expect(targets.length).toBeGreaterThan(3);
    for (const target of targets) expect(target).toMatch(/^https:\/\/crm\.test\//);
    expect(text).not.toContain('https://evil.test');
  });
});
