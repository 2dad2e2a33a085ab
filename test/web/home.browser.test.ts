import { beforeEach, describe, expect, it } from 'vitest';
import { addDays, localDay } from '../../shared/kernel/dates.ts';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { findBarriers } from '../support/page.ts';
import { LOOKS, useVisits } from '../support/visit.ts';

const visit = useVisits();
const cny = (yuan: number) => ({ minor: yuan * 100, currency: 'CNY' });
const figure = (now: number, before: number) => ({ now: { count: now }, before: { count: before } });
/** From today as the page’s zone has it. */
const daysOn = (days: number): string => addDays(localDay(new Date().toISOString(), 'Asia/Shanghai'), days);

let lateId = '';
beforeEach(() => {
  const { records } = visit.api;
  records.add('member', { name: 'Lin Wang', email: 'lin@tea.example', status: 'active' }, { id: 'mem_1' });
  const customerId = records.add('customer', { name: 'Harbour Foods' }).id;
  const deal = (title: string, values: object, ownerId = 'mem_1') =>
    records.add('opportunity', { title, customerId, stage: 'needs', successRate: 40, outcome: 'open', ...values }, { ownerId }).id;
  lateId = deal('Tea for three shops', { amount: cny(48_000), expectedEndOn: daysOn(-3) });
  deal('Office coffee', { stage: 'negotiation', successRate: 90, amount: cny(12_500), expectedEndOn: daysOn(4) });
  deal('Hotel minibar', { amount: cny(90_000), expectedEndOn: daysOn(200) }, 'mem_2');
  deal('Export', { stage: 'interest', successRate: 15, amount: { minor: 900_000, currency: 'USD' } }, 'mem_2');
  deal('Lost one', { outcome: 'lost', amount: cny(1) });
  const risk = { customerId, status: 'open', silentDays: 62, lastOrderOn: daysOn(-62) };
  records.add(
    'churnWarning',
    { ...risk, name: 'Harbour Foods', reason: 'rhythm', medianGapDays: 30.5, valueAtRisk: cny(36_000) },
    { ownerId: 'mem_2' },
  );
  records.add('churnWarning', { ...risk, name: 'Quiet Café', reason: 'silence' }, { ownerId: 'mem_1' });
  records.add('churnWarning', { ...risk, name: 'Cared for', reason: 'silence', status: 'acknowledged' }, { ownerId: 'mem_1' });
  visit.api.figures = {
    ...{ from: '2026-03-01', to: '2026-03-23', before: { from: '2026-02-01', to: '2026-02-23' } },
    figures: {
      newLeads: figure(24, 18),
      convertedLeads: figure(3, 6),
      newOpportunities: figure(5, 5),
      wonOpportunities: {
        now: { count: 2, amounts: [cny(128_400), { minor: 40_000, currency: 'USD' }] },
        before: { count: 1, amounts: [cny(90_000)] },
      },
      orders: { now: { count: 9, amounts: [cny(64_210)] }, before: { count: 0, amounts: [] } },
      activitiesDone: figure(0, 31),
    },
  };
});
const region = (name: string | RegExp) => visit.page.getByRole('region', { name });

describe('the home page', () => {
  it.each(LOOKS)('is without barriers and as wide as the screen, %s', async (_name, look) => {
    await visit.open('/', look);
    await visit.page.getByText('Tea for three shops').waitFor();
    await visit.page.getByText('Quiet Café').waitFor();
    await visit.page.getByRole('link', { name: /24/ }).first().waitFor();

    expect(await findBarriers(visit.page)).toEqual([]);
    expect(await visit.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });

  it('says how the month goes beside the last one, each figure leading to its list', async () => {
    await visit.open('/?scope=me');
    const figures = region('March 2026 so far');
    await figures.getByRole('link').first().waitFor();
    const texts = await figures.getByRole('link').allTextContents();

    expect(texts.map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
      expect.stringMatching(/^New leads ?24 ?\+33% ?was 18 by 23 Feb$/),
      expect.stringMatching(/^Leads converted ?3 ?−50% ?was 6/),
      expect.stringMatching(/^New opportunities ?5 ?no change/),
      expect.stringMatching(/^Won ?CN¥128.4K ?2 opportunities · \$400 ?\+43% ?was CN¥90K/),
      expect.stringMatching(/^Orders confirmed ?CN¥64.2K ?9 orders ?new ?was CN¥0/),
      expect.stringMatching(/^Activities done ?0 ?−100%/),
    ]);
    await figures.getByRole('link', { name: /^Won/ }).click();
    await visit.page.getByRole('heading', { name: 'Opportunities', exact: true }).waitFor();
    // The month begins in the workspace's zone.
    expect(JSON.parse(new URLSearchParams(visit.at().split('?')[1]).get('f')!)).toEqual([
      { field: 'outcome', op: 'is', value: 'won' },
      { field: 'closedAt', op: 'gte', value: '2026-02-28T16:00:00.000Z' },
      { field: 'ownerId', op: 'is', value: 'me' },
    ]);
  });

  it('looks at one’s own work, a colleague’s or everybody’s, as the address says', async () => {
    await visit.open('/');
    await region('Open opportunities')
      .getByRole('link', { name: /^Needs elicited ?2 ?opportunities ?CN¥138K/ })
      .waitFor();
    await visit.page.getByRole('combobox', { name: 'Whose work' }).click();
    await visit.page.getByRole('option', { name: 'Maria Silva' }).click();
    await region('Open opportunities')
      .getByRole('link', { name: /^Needs elicited ?1 ?opportunity ?CN¥90K/ })
      .waitFor();

    expect(visit.at()).toBe('/?scope=mem_2');
    await expect.poll(() => visit.asked('GET', 'figures').map(({ query }) => query.get('scope'))).toEqual(['all', 'mem_2']);
    expect(await visit.page.getByText('Tea for three shops').count()).toBe(0);
    expect(await visit.page.getByText('Quiet Café').count()).toBe(0);
    await region('Open opportunities')
      .getByRole('link', { name: /^Needs elicited/ })
      .click();
    await visit.page.getByRole('link', { name: 'Hotel minibar' }).waitFor();
    expect(await visit.page.getByRole('link', { name: 'Tea for three shops' }).count()).toBe(0);
    await visit.page.goBack();
    await region('Open opportunities')
      .getByRole('link', { name: /^Needs elicited ?1/ })
      .waitFor();
  });

  it('tells what should come in, what is late, and who may leave', async () => {
    await visit.open('/?scope=all');

    await region('Forecast')
      .getByRole('row', { name: /^Day has passed 1 CN¥19.2K/ })
      .waitFor();
    expect(await region('Closing soon').getByRole('link').allTextContents()).toEqual([
      expect.stringContaining('All within two weeks'),
      expect.stringMatching(/Tea for three shops.*due 3 days ago/s),
      expect.stringMatching(/Office coffee.*in 4 days/s),
    ]);
    expect(
      await region(/^Customers at risk/)
        .getByRole('link')
        .allTextContents(),
    ).toEqual([
      expect.stringContaining('All warnings'),
      expect.stringMatching(/Harbour Foods.*Silent for 62 days, usually buys every 31 days.*CN¥36K/s),
      expect.stringMatching(/Quiet Café.*Silent for 62 days/s),
    ]);
    await region('Forecast').getByRole('link', { name: 'Day has passed' }).click();
    await visit.page.getByRole('heading', { name: 'Opportunities', exact: true }).waitFor();
    await visit.page.getByRole('link', { name: 'Tea for three shops' }).waitFor();
    expect(await visit.page.getByRole('link', { name: 'Office coffee' }).count()).toBe(0);
  });

  it('follows a deal that moves', async () => {
    await visit.open('/');
    await region('Open opportunities')
      .getByRole('link', { name: /^Verbal yes ?0/ })
      .waitFor();
    visit.api.records.change('opportunity', lateId, { stage: 'verbalYes' });
    await visit.page.evaluate(() => dispatchEvent(new Event('focus')));

    await region('Open opportunities')
      .getByRole('link', { name: /^Verbal yes ?1/ })
      .waitFor();
  });

  it('asks nobody whose work it is who reads his own alone', async () => {
    visit.api.rights = DEFAULT_ROLES.find(({ key }) => key === 'sales')!.rights;
    await visit.open('/?scope=mem_2');
    await visit.page.getByText('Tea for three shops').waitFor();

    expect(await visit.page.getByRole('combobox', { name: 'Whose work' }).count()).toBe(0);
    expect(visit.asked('GET', 'figures').map(({ query }) => query.get('scope'))).toEqual(['me']);
  });

  it('has no figures for whoever reads no reports', async () => {
    visit.api.rights = DEFAULT_ROLES.find(({ key }) => key === 'marketing')!.rights;
    await visit.open('/');
    await visit.page.getByText('Quiet Café').waitFor();

    expect(visit.asked('GET', 'figures')).toEqual([]);
    expect(await region('Open opportunities').count()).toBe(0);
  });
});

describe('a demo', () => {
  const path = 'workspaces/wsp_1/clear-demo';
  it('says that it is one, and is taken away once asked twice', async () => {
    visit.api.demo = true;
    const answers = [
      { state: 'running', removed: 0 },
      { state: 'running', removed: 120 },
      { state: 'done', removed: 431 },
    ];
    let asked = 0;
    visit.command = ({ method, path: at }) => {
      if (at !== path) return undefined;
      if (method === 'GET' && !visit.asked('POST', path).length) return { body: { state: 'none', removed: 0 } };
      const body = answers[Math.min(asked++, answers.length - 1)]!;
      if (body.state === 'done') visit.api.demo = false;
      return { body };
    };
    await visit.open('/');
    await visit.page.getByText('This is a demo:').waitFor();
    await visit.page.getByRole('button', { name: 'Start with an empty workspace' }).click();
    await visit.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(visit.asked('POST', path)).toEqual([]);

    await visit.page.getByRole('button', { name: 'Start with an empty workspace' }).click();
    expect(await findBarriers(visit.page)).toEqual([]);
    await visit.page.getByRole('dialog').getByRole('button', { name: 'Start with an empty workspace' }).click();

    await visit.page.getByText('Removing the demo: 120 records are gone.').waitFor();
    await visit.page.getByText('The demo is gone.').waitFor();
    await visit.page.getByText('This is a demo:').waitFor({ state: 'detached' });
    await visit.page.getByText('Removing the demo').waitFor({ state: 'detached' });
  });

  it('that somebody takes away already is watched', async () => {
    visit.api.demo = true;
    visit.command = ({ path: at }) => (at === path ? { body: { state: 'running', removed: 7 } } : undefined);
    await visit.open('/');

    await visit.page.getByText('Removing the demo: 7 records are gone.').waitFor();
    expect(visit.asked('POST', path)).toEqual([]);
  });

  it('is nobody’s to take away who may not set up the workspace', async () => {
    visit.api.demo = true;
    visit.api.rights = DEFAULT_ROLES.find(({ key }) => key === 'salesManager')!.rights;
    await visit.open('/');
    await visit.page.getByText('Quiet Café').waitFor();

    expect(await visit.page.getByText('This is a demo:').count()).toBe(0);
  });
});
