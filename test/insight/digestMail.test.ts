import { describe, expect, it } from 'vitest';
import type { Digest, DigestContents } from '../../shared/insight/digest.ts';
import { countPeople, type PersonLine } from '../../shared/insight/digestFigures.ts';
import type { DigestPeriod } from '../../shared/insight/digestReaders.ts';
import { NO_SHAPE } from '../../shared/kernel/shape.ts';
import { digestMail } from '../../functions/insight/digestMail.ts';
import { subjectOf } from '../../functions/insight/digestWords.ts';

const person = (name: string, figures: Partial<PersonLine> = {}): PersonLine => ({
  ...countPeople([{ id: `mem_${name}`, name, active: true }], [])[0]!,
  ...figures,
});
const HOSTILE = '<img src=x onerror=alert(1)> "evil.test" & \'co\'';

const EUR = (minor: number) => ({ minor, currency: 'EUR' });
const NOTHING = { leads: [], customers: [], opportunities: [], orders: [], risks: [], amounts: {} };
/** A day of leads alone, as a business has them that has just begun. */
const CONTENTS: DigestContents = {
  ...NOTHING,
  people: [
    person('Mei', { newLeads: 2, workingLeads: 1, convertedLeads: 1, newCustomers: 1 }),
    person('Han', { newLeads: 1 }),
    person('Quiet Quinn'),
    person('Silent Sue'),
  ],
  leads: [
    { id: 'lea_1', event: 'converted', name: 'Ada', company: 'Engines', status: 'converted', ownerId: 'mem_Mei' },
    { id: 'lea_2', event: 'new', name: HOSTILE, company: 'https://evil.test', status: 'new', ownerId: 'mem_Han' },
  ],
  customers: [{ id: 'cus_1', name: 'Engines', ownerId: 'mem_Mei' }],
};
/** A day on which everything happened. */
const FULL: DigestContents = {
  ...CONTENTS,
  people: [
    person('Mei', {
      ...{ newLeads: 2, convertedLeads: 1, newCustomers: 1, newOpportunities: 2, movedOpportunities: 3, wonOpportunities: 1 },
      ...{ orders: 2, activitiesDone: 9, overdue: 1, risks: 3, newRisks: 1 },
    }),
    person('Han', { newLeads: 1, lostOpportunities: 1, activitiesDone: 4, overdue: 8, moreOverdue: true }),
    person('Quiet Quinn'),
  ],
  amounts: {
    newOpportunities: [EUR(1_250_000)],
    wonOpportunities: [{ minor: 1_280_000, currency: 'CNY' }, EUR(480_000)],
    lostOpportunities: [EUR(90_000)],
    orders: [EUR(129_900)],
  },
  opportunities: [
    { id: 'opp_1', event: 'won', name: 'Espresso machines', stage: 'signed', amount: EUR(480_000), ownerId: 'mem_Mei' },
    { id: 'opp_2', event: 'lost', name: 'Office coffee', stage: 'needs', amount: EUR(90_000), ownerId: 'mem_Han' },
    { id: 'opp_3', event: 'moved', name: 'Hotel bar', stage: 'demonstration', ownerId: 'mem_Mei' },
  ],
  orders: [{ id: 'ord_1', name: 'A-1042', customer: 'Harbour Foods', amount: EUR(99_900), ownerId: 'mem_Mei' }],
  risks: [
    { id: 'chw_1', customerId: 'cus_2', name: 'Café Blau', isNew: true, value: EUR(240_000), ownerId: 'mem_Mei' },
    { id: 'chw_2', customerId: 'cus_3', name: 'Harbour Foods', isNew: false, ownerId: 'mem_Mei' },
  ],
};
const reader = (locale: 'en' | 'zh-CN') => ({
  memberId: 'mem_boss',
  name: locale === 'en' ? 'Mona' : '王芳',
  locale,
  workspace: { name: 'Nordwind' },
  shape: NO_SHAPE,
  site: 'https://crm.test',
});
function mailOf(contents: DigestContents, locale: 'en' | 'zh-CN' = 'en', from = '2026-11-22', period: DigestPeriod = 'day') {
  const days = { from, to: '2026-11-22', period };
  const digest = { id: 'dig_1', ...days, contents, subject: subjectOf(days, contents.people, locale) } as unknown as Digest;
  return digestMail(digest, reader(locale));
}
const QUIET: DigestContents = { ...NOTHING, people: [person('Mei'), person('Han')] };

describe('the mail of a digest', () => {
  it.each([
    {
      locale: 'en' as const,
      subject: 'Sunday 22 November: 1 lead converted, 3 new leads, 1 new customer, 1 lead taken up',
      figures: ['New leads: 3', 'Taken up: 1', 'Converted: 1', 'New customers: 1'],
      headings: ['# Person by person', '# Became customers', '# New customers', '# New leads'],
    },
    {
      locale: 'zh-CN' as const,
      subject: '日报 11月22日（周日）：线索转化 1 条，新线索 3 条，新客户 1 个，开始跟进 1 条',
      figures: ['新线索：3', '开始跟进：1', '线索转化：1', '新客户：1'],
      headings: ['# 成员明细', '# 转化为客户', '# 新客户', '# 新线索'],
    },
  ])('of a business that has just begun tells of its leads alone: $locale', ({ locale, subject, figures, headings }) => {
    const mail = mailOf(CONTENTS, locale);
    const [before = ''] = mail.text.split('\n\n# ');

    expect(mail.subject).toBe(subject);
    expect(before.split('\n\n').slice(2)).toEqual([figures.join('\n')]);
    expect(mail.text.split('\n').filter((line) => line.startsWith('# '))).toEqual(headings);
  });

  it('tells of deals, orders, work and customers at risk, with what they come to', () => {
    const { subject, text } = mailOf(FULL);
    expect(subject).toBe('Sunday 22 November: 1 opportunity won, 2 orders, 2 new opportunities, 1 lead converted');
    expect(text).toMatchInlineSnapshot(`
      "Sunday 22 November

      Good morning, Mona. Here is what your team did.

      New leads: 3
      Taken up: 0
      Converted: 1
      New customers: 1

      New opportunities: 2 (€12,500)
      Moved on: 3
      Won: 1 (CN¥12,800 + €4,800)
      Lost: 1 (€900)

      Orders: 2 (€1,299)
      Activities done: 13
      Overdue: 9+
      Customers at risk: 3 (1 new)

      # Person by person

      Mei: Won 1 · Orders 2 · Opened 2 · Converted 1 · Leads 2 · Customers 1 · Done 9 · Overdue 1 · At risk 3 · Moved 3
      Han: Leads 1 · Lost 1 · Done 4 · Overdue 8+

      Nothing counted for Quiet Quinn.

      # Won
      - Espresso machines (€4,800.00 · Mei)
        https://crm.test/opportunities/opp_1

      # Orders
      - A-1042 (Harbour Foods · €999.00 · Mei)
        https://crm.test/orders/ord_1
      and 1 more

      # Customers at risk
      - Café Blau (new · €2,400.00 · Mei)
        https://crm.test/customers/cus_2
      - Harbour Foods (Mei)
        https://crm.test/customers/cus_3
      and 1 more

      # Lost
      - Office coffee (€900.00 · Han)
        https://crm.test/opportunities/opp_2

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

      # Moved on
      - Hotel bar (Demonstration · Mei)
        https://crm.test/opportunities/opp_3
      and 2 more

      Open in Regulars:
      https://crm.test/digests/dig_1

      --
      You get this every morning at 8:00 because you lead people in Nordwind, or asked for it.
      To stop these mails, switch off the daily digest in your profile: https://crm.test/settings/profile
      "
    `);
  });

  it('tells the same in Chinese', () => {
    const { subject, text } = mailOf(FULL, 'zh-CN');
    expect(subject).toBe('日报 11月22日（周日）：赢单 1 个，订单 2 笔，新机会 2 个，线索转化 1 条');
    expect(text).toMatchInlineSnapshot(`
      "11月22日（周日）工作日报

      王芳，早上好！以下是你团队的工作情况。

      新线索：3
      开始跟进：0
      线索转化：1
      新客户：1

      新机会：2 (€12,500)
      推进：3
      赢单：1 (¥12,800 + €4,800)
      输单：1 (€900)

      订单：2 (€1,299)
      完成活动：13
      逾期活动：9+
      流失风险客户：3 (新增 1)

      # 成员明细

      Mei：赢单 1 · 订单 2 · 新机会 2 · 转化 1 · 新线索 2 · 新客户 1 · 完成 9 · 逾期 1 · 流失风险 3 · 推进 3
      Han：新线索 1 · 输单 1 · 完成 4 · 逾期 8+

      无新增记录：Quiet Quinn。

      # 赢单
      - Espresso machines (€4,800.00 · Mei)
        https://crm.test/opportunities/opp_1

      # 订单
      - A-1042 (Harbour Foods · €999.00 · Mei)
        https://crm.test/orders/ord_1
      另有 1 条

      # 流失风险客户
      - Café Blau (新增 · €2,400.00 · Mei)
        https://crm.test/customers/cus_2
      - Harbour Foods (Mei)
        https://crm.test/customers/cus_3
      另有 1 条

      # 输单
      - Office coffee (€900.00 · Han)
        https://crm.test/opportunities/opp_2

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

      # 推进中的机会
      - Hotel bar (演示 · Mei)
        https://crm.test/opportunities/opp_3
      另有 2 条

      在常客中打开：
      https://crm.test/digests/dig_1

      --
      你在 Nordwind 带领团队或订阅了日报，因此每天早上 8:00 会收到这封邮件。
      如不想再收到，请在个人资料中关闭日报：https://crm.test/settings/profile
      "
    `);
  });

  it('tells of a week as of a week', () => {
    const english = mailOf(FULL, 'en', '2026-11-16', 'week');
    expect(english.subject).toMatch(/^Week of 16\s–\s22 November: 1 opportunity won, 2 orders/);
    expect(english.text).toContain('Here is what your team did last week.');
    expect(english.text).toContain('every Monday at 8:00');
    expect(english.text).toContain('switch off the weekly digest');
    expect(mailOf(FULL, 'en', '2026-10-26', 'week').subject).toMatch(/^Week of 26 October\s–\s22 November: /);
    const chinese = mailOf(FULL, 'zh-CN', '2026-11-16', 'week');
    expect(chinese.subject).toMatch(/^周报 11月16日至11月22日：赢单 1 个/);
    expect(chinese.text).toContain('以下是你团队上周的工作情况。');
    expect(mailOf(QUIET, 'en', '2026-11-16', 'week').subject).toMatch(/^Week of 16\s–\s22 November: a quiet week$/);
  });

  it('says an empty day kindly, without a table of zeros', () => {
    const english = mailOf(QUIET);
    expect(english.subject).toBe('Sunday 22 November: a quiet day');
    expect(english.text).toContain('There are days like that');
    expect(english.text).not.toContain('New leads');
    expect(mailOf(QUIET, 'zh-CN').text).toContain('祝今天顺利');
  });

  it('names the days it covers after mornings that were missed', () => {
    expect(mailOf(CONTENTS, 'en', '2026-11-20').subject).toMatch(/^Friday 20 November to Sunday 22 November: 1 lead converted/);
    expect(mailOf(CONTENTS, 'en', '2026-11-20').text).toContain('everything since the last one');
    expect(mailOf(CONTENTS, 'zh-CN', '2026-11-20').subject).toMatch(/^日报 11月20日（周五）至11月22日（周日）：/);
    expect(mailOf(CONTENTS, 'zh-CN', '2026-11-20').text).toContain('自上一封以来');
  });

  it('leaves out the list of people for who reads about himself alone', () => {
    const own: DigestContents = { ...NOTHING, people: [{ ...person('Mona', { newLeads: 1 }), memberId: 'mem_boss' }] };
    expect(mailOf(own).text).toContain('Here is what you did');
    expect(mailOf(own).text).not.toContain('Person by person');
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
