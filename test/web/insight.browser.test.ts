import { beforeEach, describe, expect, it } from 'vitest';
import type { DigestContents } from '../../shared/insight/digest.ts';
import { countPeople, type PersonLine } from '../../shared/insight/digestFigures.ts';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { findBarriers } from '../support/page.ts';
import { LOOKS, useVisits } from '../support/visit.ts';

const visit = useVisits();
let leadId = '';
let saturday = '';
let sunday = '';

const line = (memberId: string, name: string, figures: Partial<PersonLine> = {}): PersonLine => ({
  ...countPeople([{ id: memberId, name, active: true }], [])[0]!,
  ...figures,
});
const NOTHING = { leads: [], customers: [], opportunities: [], orders: [], risks: [], amounts: {} };
function addDigest(day: string, contents: Partial<DigestContents>, { period = 'day', from = day } = {}): string {
  const times = { until: `${day}T23:59:59.999Z`, plannedAt: `${day}T23:59:59.999Z` };
  return visit.api.records.add('digest', { subject: day, period, from, to: day, ...times, contents: { ...NOTHING, ...contents } }).id;
}

beforeEach(() => {
  const { records } = visit.api;
  records.add('member', { name: 'Lin Wang', email: 'lin@tea.example', status: 'active' }, { id: 'mem_1' });
  leadId = records.add('lead', { name: 'Li Lei', company: 'Lotus', status: 'new' }).id;
  records.add('lead', { name: 'Of another', status: 'new' }, { ownerId: 'mem_2' });
  const customerId = records.add('customer', { name: 'Harbour Foods' }).id;
  saturday = addDigest('2026-02-28', {
    people: [line('mem_1', 'Lin Wang'), line('mem_2', 'Maria Silva')],
  });
  sunday = addDigest('2026-03-01', {
    people: [line('mem_2', 'Maria Silva', { newLeads: 3, newCustomers: 1 }), line('mem_1', 'Lin Wang', {})],
    leads: [{ id: leadId, event: 'new', name: 'Li Lei', company: 'Lotus', status: 'new', ownerId: 'mem_2' }],
    customers: [{ id: customerId, name: 'Harbour Foods', ownerId: 'mem_2' }],
  });
  const about = { recordType: 'lead', recordId: leadId };
  records.add(
    'notification',
    { code: 'leadMerged', params: { name: 'Li Lei' }, ...about, readAt: '2026-03-01T09:00:00.000Z' },
    { createdAt: '2026-03-01T08:00:00.000Z' },
  );
  records.add('notification', { code: 'leadAssigned', params: { name: '<i>Li Lei</i>' }, ...about });
  records.add('notification', { code: 'leadAssigned', params: { name: 'Han Mei' }, ...about });
});
const unread = () => visit.api.records.all('notification').filter((one) => one['readAt'] === undefined).length;

describe('pages that report', () => {
  const pages = ['/', '/digests', 'digest', '/notifications'];
  it.each(LOOKS.flatMap(([name, look]) => pages.map((at) => [at, name, look] as const)))(
    '%s is without barriers and as wide as the screen, %s',
    async (at, _name, look) => {
      await visit.open(at === 'digest' ? `/digests/${sunday}` : at, look);
      await visit.page
        .getByText(at === '/' || at === '/notifications' ? 'Li Lei' : /3 月 1 日|3月1日|1 March/)
        .first()
        .waitFor();

      expect(await findBarriers(visit.page)).toEqual([]);
      if (!look.phone) return;
      await visit.page.setViewportSize({ width: 320, height: 640 });
      expect(await visit.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    },
  );
});

describe('past digests', () => {
  it('are listed by month, the latest first, each in a line', async () => {
    await visit.open('/digests');
    await visit.page.getByRole('heading', { name: 'March 2026' }).waitFor();

    expect(await visit.page.getByRole('main').getByRole('link').allTextContents()).toEqual([
      expect.stringMatching(/Sunday 1 March\s*3 new leads, 1 new customer/),
      expect.stringMatching(/Saturday 28 February\s*Nothing new was counted/),
    ]);
  });

  it('tell person by person, and lead to the records', async () => {
    await visit.open(`/digests/${sunday}`);
    await visit.page.getByText('Nothing counted for Lin Wang.').waitFor();

    expect(await visit.page.getByRole('row').allTextContents()).toEqual([
      expect.stringContaining('Person'),
      expect.stringMatching(/Maria Silva\s*3\s*1/),
      expect.stringMatching(/Total\s*3\s*1/),
    ]);
    await visit.page.getByText('and 2 more').waitFor();
    await visit.page.getByRole('link', { name: 'Li Lei' }).click();
    await visit.page.getByRole('heading', { name: 'Li Lei' }).waitFor();
    expect(visit.at()).toBe(`/leads/${leadId}`);
  });

  it('of a week tell of deals, orders, work and customers at risk, and lead to them', async () => {
    const { records } = visit.api;
    const customerId = records.add('customer', { name: 'Café Blau' }).id;
    const opportunityId = records.add('opportunity', { title: 'Espresso bar', customerId, stage: 'signed', outcome: 'won' }).id;
    const EUR = (minor: number) => ({ minor, currency: 'EUR' });
    const week = addDigest(
      '2026-03-08',
      {
        people: [
          line('mem_2', 'Maria Silva', {
            wonOpportunities: 1,
            orders: 2,
            activitiesDone: 9,
            overdue: 8,
            moreOverdue: true,
            risks: 1,
            newRisks: 1,
          }),
          line('mem_1', 'Lin Wang', { activitiesDone: 1 }),
        ],
        amounts: { wonOpportunities: [EUR(480_000)], orders: [EUR(129_900), { minor: 500, currency: 'CNY' }] },
        opportunities: [{ id: opportunityId, event: 'won', name: 'Espresso bar', stage: 'signed', amount: EUR(480_000), ownerId: 'mem_2' }],
        risks: [{ id: 'chw_1', customerId, name: 'Café Blau', isNew: true, value: EUR(90_000), ownerId: 'mem_2' }],
      },
      { period: 'week', from: '2026-03-02' },
    );
    await visit.open(`/digests/${week}`);

    const work = visit.page.getByRole('region', { name: 'Orders and work' });
    expect((await work.textContent())?.replace(/\s+/g, ' ')).toMatch(
      /Orders 2 €1,299\.00 \+ CN¥5\.00.*Activities done 10.*Overdue 8\+.*at risk 1 1 new/,
    );
    expect(await visit.page.getByRole('columnheader').allTextContents()).toEqual(['Person', 'Won', 'Orders', 'Done', 'Overdue', 'At risk']);
    expect(await visit.page.getByRole('row').nth(1).textContent()).toMatch(/Maria Silva\s*1\s*2\s*9\s*8\+\s*1/);
    await visit.page.getByRole('heading', { name: /^Week of 2 Mar( 2026)? to 8 Mar( 2026)?$/ }).waitFor();
    expect(await visit.page.getByRole('link', { name: 'Café Blau' }).getAttribute('href')).toBe(`/customers/${customerId}`);
    expect(await findBarriers(visit.page)).toEqual([]);
    await visit.page.getByRole('link', { name: 'Espresso bar' }).click();
    await visit.page.getByRole('heading', { name: 'Espresso bar' }).waitFor();
  });

  it('are turned like pages, by keys too', async () => {
    await visit.open(`/digests/${sunday}`);
    await visit.page.getByRole('link', { name: 'Older digest' }).waitFor();
    await visit.page.keyboard.press('j');
    await visit.page.getByText('Nothing new was counted in your team').waitFor();
    expect(visit.at()).toBe(`/digests/${saturday}`);
    await visit.page.keyboard.press('k');

    await visit.page.getByText('Nothing counted for Lin Wang.').waitFor();
  });

  it('say when the first will come', async () => {
    visit.api.records.remove('digest', saturday);
    visit.api.records.remove('digest', sunday);
    await visit.open('/digests');

    await visit.page.getByText('The first one comes tomorrow at 08:00').waitFor();
  });

  it('are not promised to who gets none', async () => {
    visit.api.rights = DEFAULT_ROLES.find(({ key }) => key === 'sales')!.rights;
    visit.api.records.remove('digest', saturday);
    visit.api.records.remove('digest', sunday);
    await visit.open('/digests');

    await visit.page.getByText('You do not get the daily digest.').waitFor();
  });

  it('that are not there lead back to the others', async () => {
    await visit.open('/digests/dig_gone');
    await visit.page.getByText('This digest was not found').waitFor();
    await visit.page.getByRole('main').getByRole('link', { name: 'Digests' }).last().click();

    await visit.page.getByRole('heading', { name: 'March 2026' }).waitFor();
  });
});

describe('notifications', () => {
  it('are counted by the bell, and one that is followed is read', async () => {
    await visit.open('/');
    await visit.page.getByRole('button', { name: 'Notifications, 2 new' }).click();
    const told = visit.page.getByRole('dialog').getByRole('link', { name: 'New lead for you: <i>Li Lei</i>' });
    await told.waitFor();
    expect(await findBarriers(visit.page)).toEqual([]);
    await told.click();
    await visit.page.getByRole('heading', { name: 'Li Lei' }).waitFor();

    expect(visit.at()).toBe(`/leads/${leadId}`);
    await visit.page.getByRole('button', { name: 'Notifications, 1 new' }).waitFor();
    await expect.poll(unread).toBe(1);
  });

  it('come while the page is open', async () => {
    await visit.open('/');
    await visit.page.getByRole('button', { name: 'Notifications, 2 new' }).waitFor();
    visit.api.records.add('notification', { code: 'leadAssigned', params: { name: 'Late' }, recordType: 'lead', recordId: leadId });
    await visit.page.evaluate(() => dispatchEvent(new Event('focus')));

    await visit.page.getByRole('button', { name: 'Notifications, 3 new' }).waitFor();
  });

  it('are all read at once', async () => {
    await visit.open('/notifications');
    await visit.page.getByRole('button', { name: 'Mark all as read' }).click();
    await expect.poll(unread).toBe(0);

    await visit.page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
  });

  it('open and close by keys, and give the focus back', async () => {
    await visit.open('/');
    const bell = visit.page.getByRole('button', { name: /^Notifications/ });
    await bell.focus();
    await visit.page.keyboard.press('Enter');
    await expect.poll(() => visit.page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('dialog');
    await visit.page.getByRole('button', { name: 'Mark all as read' }).waitFor();
    await visit.page.keyboard.press('Tab');
    expect(await visit.page.evaluate(() => document.activeElement?.textContent)).toContain('Mark all as read');
    await visit.page.keyboard.press('Escape');

    await visit.page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => bell.evaluate((button) => button === document.activeElement)).toBe(true);
  });

  it('of nobody say what they will tell of', async () => {
    for (const { id } of visit.api.records.all('notification')) visit.api.records.remove('notification', id);
    await visit.open('/notifications');

    await visit.page.getByText('Work assigned to you, reminders').waitFor();
  });
});

describe('the home page', () => {
  it('shows the leads that wait for me and the last digest', async () => {
    await visit.open('/');
    const waiting = visit.page.getByRole('region', { name: 'New leads for you' });
    await waiting.getByRole('link', { name: /Li Lei/ }).waitFor();

    expect(await waiting.getByText('Of another').count()).toBe(0);
    await expect.poll(() => visit.page.getByRole('region', { name: 'Last digest' }).textContent()).toMatch(/Sunday 1 March/);
    await waiting.getByRole('link', { name: 'All new leads' }).click();
    await visit.page.getByRole('heading', { name: 'Leads', exact: true }).waitFor();
    await visit.page.getByText('1 of 2').waitFor();
  });
});

describe('a new release', () => {
  const elevenMinutes = (): Promise<void> => visit.page.clock.runFor('11:00');

  it('is hinted at, and brought by a press', async () => {
    await visit.open('/');
    await visit.page.clock.install();
    await visit.page.reload();
    await visit.page.getByRole('heading', { name: /^Good / }).waitFor();
    // A look may be on its way at any moment, so the route stays and says no more of a new release in the end.
    const next = (await (await fetch(visit.site.url)).text()).replace(/assets\/index-[\w-]+\.js/, 'assets/index-next.js');
    let isNewer = true;
    await visit.page.route(`${visit.site.url}/`, (route) =>
      isNewer ? route.fulfill({ contentType: 'text/html', body: next }) : route.continue(),
    );
    const hint = visit.page.getByText('A new version is ready.');
    // The hint comes after the page, and looks only from then on.
    await expect.poll(() => elevenMinutes().then(() => hint.count())).toBe(1);
    isNewer = false;

    await visit.page.getByRole('button', { name: 'Refresh' }).click();
    await hint.waitFor({ state: 'detached' });

    await visit.page.getByRole('heading', { name: /^Good / }).waitFor();
  });

  it('is not seen in the page of a network’s sign-in', async () => {
    await visit.open('/');
    await visit.page.clock.install();
    await visit.page.reload();
    await visit.page.getByRole('heading', { name: /^Good / }).waitFor();
    let looks = 0;
    await visit.page.route(`${visit.site.url}/`, (route) => {
      looks++;
      return route.fulfill({ contentType: 'text/html', body: '<h1>Welcome to the hotel</h1>' });
    });
    await expect.poll(() => elevenMinutes().then(() => looks)).toBeGreaterThan(0);
    // Whoever has seen a new release looks no more.
    const again = visit.page.waitForResponse(`${visit.site.url}/`);
    await elevenMinutes();
    await again;

    expect(await visit.page.getByText('A new version is ready.').count()).toBe(0);
  });
});
