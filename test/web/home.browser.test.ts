import { readFile } from 'node:fs/promises';
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

  it('says in words how the month goes beside the last one, each figure leading to its list', async () => {
    await visit.open('/?scope=me');
    const figures = region('This month');
    await figures.getByRole('link').first().waitFor();
    const texts = await figures.getByRole('link').allTextContents();

    expect(texts.map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
      expect.stringMatching(/^New leads ?24 ?33% more than in the same days of last month \(18\)$/),
      expect.stringMatching(/^Leads converted ?3 ?50% less than in the same days of last month \(6\)$/),
      expect.stringMatching(/^New opportunities ?5 ?the same as in the same days of last month \(5\)$/),
      expect.stringMatching(/^Won ?CN¥128.4K ?2 opportunities · \$400 ?43% more than .* \(CN¥90K\)$/),
      expect.stringMatching(/^Orders confirmed ?CN¥64.2K ?9 orders ?nothing in the same days of last month$/),
      expect.stringMatching(/^Activities done ?0 ?100% less/),
    ]);
    await figures.getByText(/^Counted at/).waitFor();
    await figures.getByRole('link', { name: /^Won/ }).click();
    await visit.page.getByRole('heading', { name: 'Opportunities', exact: true }).waitFor();
    // Days begin and end in the workspace's zone.
    expect(JSON.parse(new URLSearchParams(visit.at().split('?')[1]).get('f')!)).toEqual([
      { field: 'outcome', op: 'is', value: 'won' },
      { field: 'closedAt', op: 'gte', value: '2026-02-28T16:00:00.000Z' },
      { field: 'closedAt', op: 'lt', value: '2026-03-23T16:00:00.000Z' },
      { field: 'ownerId', op: 'is', value: 'me' },
    ]);
  });

  it('keeps its period in the address', async () => {
    await visit.open('/?scope=all&period=lastMonth');
    await region('Last month')
      .getByRole('link', { name: /33% more than in the month before/ })
      .waitFor();
    await visit.page.getByRole('combobox', { name: 'Period' }).click();
    await visit.page.getByRole('option', { name: 'This quarter' }).click();
    await region('This quarter')
      .getByRole('link', { name: /33% more than in the same days of last quarter/ })
      .waitFor();

    expect(visit.at()).toBe('/?scope=all&period=thisQuarter');
    expect(visit.asked('GET', 'figures').map(({ query }) => query.get('period'))).toEqual(['lastMonth', 'thisQuarter']);
  });

  it('says alone of the part that could not be had, which is asked for again', async () => {
    let down = true;
    visit.command = ({ path }) =>
      path === 'figures' && down ? { status: 500, body: { code: 'server.failed', requestId: 'req-1' } } : undefined;
    await visit.open('/');
    await region('This month').getByRole('alert').waitFor();
    await visit.page.getByText('Tea for three shops').waitFor();
    down = false;
    await region('This month').getByRole('button', { name: 'Try again' }).click();

    await region('This month')
      .getByRole('link', { name: /^New leads ?24/ })
      .waitFor();
    expect(await visit.page.getByRole('alert').count()).toBe(0);
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

describe('a chart', () => {
  const pace = () => region('Won, added up day by day');
  const win = (title: string, yuan: number) =>
    visit.api.records.add(
      'opportunity',
      { title, stage: 'signed', outcome: 'won', amount: cny(yuan), closedAt: new Date().toISOString() },
      { ownerId: 'mem_1' },
    );
  beforeEach(() => {
    win('Tea house', 48_000);
    win('Gift boxes', 2_000);
  });

  it('is walked through by arrows, tells each point, and leads to as many records', async () => {
    await visit.open('/?period=thisWeek');
    await pace().getByRole('listitem').first().waitFor();
    const today = pace().locator('[tabindex="0"]');
    await today.focus();
    const said = await today.getAttribute('aria-label');
    expect(said).toMatch(/: This week CN¥50,000.00, Last week CN¥0.00, 2 opportunities$/);
    await pace().locator('[data-tooltip]').getByText('CN¥50,000.00').waitFor();

    await visit.page.keyboard.press('Home');
    expect(await visit.page.evaluate(() => document.activeElement?.parentElement?.previousElementSibling)).toBe(null);
    await visit.page.keyboard.press('End');
    await visit.page.keyboard.press('Escape');
    expect(await pace().locator('[data-tooltip]').count()).toBe(0);
    await today.focus();
    await pace().getByRole('link', { name: said! }).focus();
    await visit.page.keyboard.press('Enter');
    await visit.page.getByRole('link', { name: 'Gift boxes' }).waitFor();

    expect(await visit.page.getByRole('grid').getAttribute('aria-rowcount')).toBe('3');
  });

  it('is had as a table and as a file', async () => {
    await visit.open('/?period=thisWeek');
    await region('Open opportunities').getByRole('button', { name: 'Open opportunities: table, file or picture' }).click();
    await visit.page.getByRole('menuitem', { name: 'Show as table' }).click();
    const dialog = visit.page.getByRole('dialog', { name: 'Open opportunities' });
    await dialog.getByRole('row', { name: /^Needs elicited CN¥138,000.00 2 opportunities$/ }).waitFor();
    expect(await findBarriers(visit.page)).toEqual([]);
    const saved = visit.page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save as CSV' }).click();

    const text = await readFile(await (await saved).path(), 'utf8');
    expect(text.split('\r\n').slice(0, 2)).toEqual([
      '\ufeffStage,"Amount, in CNY",Number of opportunities',
      'First contact,0.00,0 opportunities',
    ]);
    expect(text).toContain('Needs elicited,138000.00,2 opportunities');
  });

  it('is had as a picture on paper', async () => {
    await visit.open('/?period=thisWeek', { dark: true, locale: 'zh-CN' });
    const saved = visit.page.waitForEvent('download');
    await visit.page.getByRole('button', { name: '赢单金额逐日累计：表格、文件或图片' }).click();
    await visit.page.getByRole('menuitem', { name: '保存为图片 (PNG)' }).click();
    const bytes = await readFile(await (await saved).path());

    expect((await saved).suggestedFilename()).toMatch(/^赢单金额逐日累计 \d{4}-\d\d-\d\d\.png$/);
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1600, 888]);
    // White in the corner whatever the theme, and more than white in the middle.
    const seen = await visit.page.evaluate(async (data) => {
      const file = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([file], { type: 'image/png' }));
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
      context.drawImage(image, 0, 0);
      const { data: pixels } = context.getImageData(0, 0, image.width, image.height);
      const colours = new Set<number>();
      for (let i = 0; i < pixels.length; i += 4) colours.add((pixels[i]! << 16) | (pixels[i + 1]! << 8) | pixels[i + 2]!);
      return { corner: [...pixels.slice(0, 4)], colours: colours.size };
    }, bytes.toString('base64'));
    expect(seen.corner).toEqual([255, 255, 255, 255]);
    expect(seen.colours).toBeGreaterThan(20);
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
