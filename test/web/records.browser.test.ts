import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { launchBrowser } from '../support/browser.ts';
import { findBarriers, leftToBrowser, openPage, type Look, type Watched } from '../support/page.ts';
import { PlayedApi } from '../support/playedApi.ts';
import type { PlayedRecords } from '../support/playedRecords.ts';
import { openSite, type Site } from '../support/site.ts';
import { builtFolder } from '../support/webBuild.ts';

const ME = 'mem_00000000000000000000000001';
const MARIA = 'mem_00000000000000000000000002';
/** Two cores may be busy with something else, and a limit is not a measurement. */
const PATIENCE = { timeout: 15_000, interval: 20 };

let browser: Browser;
let api: PlayedApi;
let server: PlayedRecords;
let site: Site;
let watched: Watched;
let page: Page;
let tea: AnyRecord;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  api = new PlayedApi();
  api.customFields = [
    {
      id: 'fld_1',
      on: 'customer',
      key: 'grade',
      label: { en: 'Tea grade', zh: '茶叶等级' },
      fieldKind: 'choice',
      options: [
        { key: 'first', label: { en: 'First', zh: '一级' } },
        { key: 'second', label: { en: 'Second', zh: '二级' } },
      ],
    },
  ];
  api.member.id = ME;
  api.members = [
    { id: ME, name: 'Lin Wang', active: true },
    { id: MARIA, name: 'Maria Silva', active: true },
  ];
  server = api.records;
  server.me = ME;
  server.colleague = MARIA;
  server.customFields = api.customFields;
  const at = (day: number) => ({ createdAt: `2026-03-0${day}T02:00:00.000Z` });
  server.add('customer', { name: 'Ångström & Søn', industry: 'retail' }, { ...at(1), ownerId: MARIA });
  server.add('customer', { name: '杭州云栖科技有限公司', industry: 'technology', x_grade: 'first' }, at(2));
  tea = server.add(
    'customer',
    { name: 'Qingshan Tea House', industry: 'retail', size: 'small', phones: ['+86 138 0013 8000'], emails: ['info@tea.example'] },
    at(3),
  );
  server.add('contact', { name: 'Li Lei', customerId: tea.id, position: 'Buyer' });
  site = await openSite(builtFolder('app'), api.answer);
});
afterEach(async () => {
  await watched.context.close();
  await site.close();
  expect(watched.faults).toEqual([]);
});

async function open(at: string, look?: Look): Promise<void> {
  watched = await openPage(browser, look);
  page = watched.page;
  page.setDefaultTimeout(PATIENCE.timeout);
  await page.goto(site.url + at);
  await page.locator('h1').first().waitFor();
}
const path = (): string => decodeURIComponent(new URL(page.url()).pathname + new URL(page.url()).search);
const sent = (method: string) => site.requests.filter((request) => request.method === method && !request.path.startsWith('auth'));
const rows = (): Promise<string[]> => page.locator('[role="row"] a').evaluateAll((links) => links.map((link) => link.textContent.trim()));
const eventually = <T>(read: () => T) => expect.poll(read, PATIENCE);
const names = () => eventually(rows);
const row = (name: string) => page.getByRole('row').filter({ hasText: name });
/** The page comes to the front, and asks for what has changed. */
const focus = (): Promise<void> => page.evaluate(() => void dispatchEvent(new Event('focus')));

describe('every generic page', () => {
  const looks: [string, Look][] = [
    ['light', {}],
    ['dark, in Chinese', { dark: true, locale: 'zh-CN' }],
    ['on a phone', { phone: true }],
  ];
  const pages: [string, () => string][] = [
    ['a list', () => '/customers'],
    ['a list without hits', () => '/customers?q=zzzz'],
    ['an empty list', () => '/leads'],
    ['a peek', () => `/customers?peek=${tea.id}`],
    ['a record', () => `/customers/${tea.id}`],
    ['a record that is not there', () => '/customers/cus_00000000000000000000000000'],
    ['a new record', () => '/customers/new'],
    ['a form of a record', () => `/customers/${tea.id}/edit`],
  ];
  it.each(looks.flatMap(([look, options]) => pages.map(([name, at]) => [name, look, at, options] as const)))(
    '%s is without barriers, %s',
    async (_name, _look, at, options) => {
      await open(at(), options);
      await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });

      expect(await findBarriers(page)).toEqual([]);
    },
  );

  it.each(pages)('%s fits 320 pixels without scrolling sideways', async (_name, at) => {
    await open(at());
    await page.setViewportSize({ width: 320, height: 640 });

    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });

  it('speaks Chinese down to fields and options', async () => {
    await open(`/customers/${tea.id}`, { locale: 'zh-CN' });

    await page.getByText('行业', { exact: true }).waitFor();
    await page.getByText('零售业', { exact: true }).waitFor();
    await page.getByText('茶叶等级', { exact: true }).waitFor();
    expect(await page.title()).toBe('Qingshan Tea House · Regulars');
  });
});

describe('a list', () => {
  it('shows the newest first, with the fields of the type and the workspace’s own', async () => {
    await open('/customers');

    await names().toEqual(['Qingshan Tea House', '杭州云栖科技有限公司', 'Ångström & Søn']);
    const headings = await page.getByRole('columnheader').allTextContents();
    expect(headings.map((heading) => heading.trim())).toEqual(['Selection', 'Name', 'Phones', 'E-mails', 'Industry', 'Size', 'Tea grade']);
    expect(await row('云栖').textContent()).toContain('First');
  });

  it('sorts by a heading, up, down and back, and keeps it in the address', async () => {
    await open('/customers');
    const heading = page.getByRole('columnheader', { name: 'Name' }).getByRole('button');
    await heading.click();
    await names().toEqual(['Ångström & Søn', 'Qingshan Tea House', '杭州云栖科技有限公司']);
    await heading.click();
    await names().toEqual(['杭州云栖科技有限公司', 'Qingshan Tea House', 'Ångström & Søn']);
    expect(path()).toBe('/customers?sort=-name');

    await page.reload();

    await names().toEqual(['杭州云栖科技有限公司', 'Qingshan Tea House', 'Ångström & Søn']);
  });

  it('is searched while typing: without accents, inside Chinese words, by a piece of a phone number', async () => {
    await open('/customers');
    const search = page.getByRole('searchbox', { name: 'Search customers' });
    for (const [text, found] of [
      ['angstrom', 'Ångström & Søn'],
      ['云栖', '杭州云栖科技有限公司'],
      ['138 0013', 'Qingshan Tea House'],
    ] as const) {
      await search.fill(text);
      await names().toEqual([found]);
    }
    await page.getByText('1 of 3').waitFor();
    await eventually(path).toBe('/customers?q=138+0013');
  });

  it('joins what only the server finds, such as names by their pinyin', async () => {
    const cloud = server.all('customer').find(({ name }) => String(name).includes('云栖'))!;
    const whole = server.answer.bind(server);
    server.answer = (request) =>
      request.path === 'search' && request.query.get('q') === 'hzyq'
        ? { body: { items: [{ type: 'customer', id: cloud.id, summary: {} }] } }
        : whole(request);
    await open('/customers');
    await page.getByRole('searchbox', { name: 'Search customers' }).fill('hzyq');
    await names().toEqual(['杭州云栖科技有限公司']);

    await page.reload();

    await names().toEqual(['杭州云栖科技有限公司']);
  });

  it('is filtered by conditions that a copied address keeps', async () => {
    await open('/customers');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('menuitem', { name: 'Tea grade' }).click();
    await page.getByRole('dialog', { name: 'Filter by Tea grade' }).getByLabel('First').check();
    await names().toEqual(['杭州云栖科技有限公司']);
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press('Escape');

    await page.reload();
    await names().toEqual(['杭州云栖科技有限公司']);
    await page.getByRole('button', { name: 'Tea grade is any of First', exact: true }).click();
    await page.getByRole('combobox', { name: 'Condition' }).click();
    await page.getByRole('option', { name: 'is empty' }).click();
    await names().toEqual(['Qingshan Tea House', 'Ångström & Søn']);
    await page.getByRole('button', { name: 'Remove this filter' }).click();

    await names().toHaveLength(3);
  });

  it('narrows to one’s own', async () => {
    await open('/customers');
    await page.getByRole('button', { name: 'Mine' }).click();

    await names().toEqual(['Qingshan Tea House', '杭州云栖科技有限公司']);
    expect(await page.getByRole('button', { name: 'Mine' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('ignores an address that asks for nonsense', async () => {
    await open(`/customers?sort=__proto__&f=${encodeURIComponent('[{"field":"constructor","op":"is","value":1},7,null]')}&peek=nobody`);

    await names().toHaveLength(3);
  });

  it('tells nothing yet from nothing found', async () => {
    await open('/leads');
    await page.getByText('No leads yet').waitFor();
    await page.goto(`${site.url}/customers?q=zzzz`);
    await page.getByText('Nothing fits').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();

    await names().toHaveLength(3);
  });

  it('says why it could not be loaded, and tries again', async () => {
    let broken = true;
    const whole = server.answer.bind(server);
    server.answer = (request) =>
      broken && request.path === 'customers' ? { status: 500, body: { code: 'internal', requestId: 'r-9' } } : whole(request);
    await open('/customers');
    await page.getByRole('alert').getByText('r-9').waitFor();
    broken = false;
    await page.getByRole('button', { name: 'Try again' }).click();

    await names().toHaveLength(3);
  });

  it('shows what others do when the page comes to the front, without a reload', async () => {
    await open('/customers');
    await names().toHaveLength(3);
    server.add('customer', { name: 'Salt' }, { createdAt: '2026-03-09T02:00:00.000Z' });
    server.change('customer', tea.id, { industry: 'health' });
    await focus();

    await names().toEqual(['Salt', 'Qingshan Tea House', '杭州云栖科技有限公司', 'Ångström & Søn']);
    await row('Qingshan').getByText('Health').waitFor();
  });

  it('is walked by keys: down, peek, follow, open', async () => {
    await open('/customers');
    await names().toHaveLength(3);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const peek = page.getByRole('complementary', { name: 'Customer' });
    await peek.getByRole('heading', { name: 'Qingshan Tea House' }).waitFor();
    await page.keyboard.press('j');
    await peek.getByRole('heading', { name: '杭州云栖科技有限公司' }).waitFor();
    await page.keyboard.press('Escape');
    await peek.waitFor({ state: 'detached' });
    await page.keyboard.press('o');

    await page.getByRole('heading', { level: 1, name: '杭州云栖科技有限公司' }).waitFor();
  });

  it('assigns the rows that are ticked, and takes it back', async () => {
    await open('/customers');
    await names().toHaveLength(3);
    for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key);
    const bar = page.getByRole('toolbar', { name: '2 selected' });
    expect(await findBarriers(page)).toEqual([]);
    await bar.getByRole('button', { name: 'Assign' }).click();
    await page.getByRole('menuitem', { name: 'Maria Silva' }).click();
    await page.getByText('2 records changed').waitFor();
    expect(server.all('customer').map(({ ownerId }) => ownerId)).toEqual([MARIA, MARIA, MARIA]);
    await page.keyboard.press('Control+z');

    await eventually(() => server.all('customer').map(({ ownerId }) => ownerId)).toEqual([MARIA, ME, ME]);
  });

  it('deletes with eight seconds to change one’s mind', async () => {
    await open('/customers');
    await names().toHaveLength(3);
    for (const key of ['j', 'x']) await page.keyboard.press(key);
    await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click();
    await names().toHaveLength(2);
    await page.getByText('Qingshan Tea House deleted').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await names().toHaveLength(3);

    expect(sent('DELETE')).toEqual([]);
  });

  it('tells the server of a deletion at the latest when the page is left', async () => {
    await open('/customers');
    await names().toHaveLength(3);
    for (const key of ['j', 'x']) await page.keyboard.press(key);
    await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click();
    await names().toHaveLength(2);
    await page.goto('about:blank');

    await eventually(() => server.get('customer', tea.id)).toBeUndefined();
  });

  it('leaves as a file: as it stands, or with all fields', async () => {
    await open('/customers?sort=name&q=a');
    await names().toEqual(['Ångström & Søn', 'Qingshan Tea House']);
    const take = async (entry: string): Promise<string> => {
      await page.getByRole('button', { name: 'More for this list' }).click();
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: entry }).click()]);
      expect(download.suggestedFilename()).toMatch(/^Customers \d{4}-\d\d-\d\d\.csv$/);
      return readFile(await download.path(), 'utf8');
    };

    const list = (await take('Export this list')).split('\r\n');
    expect(list[0]).toBe('\ufeffName,Phones,E-mails,Industry,Size,Tea grade,Owner,Last changed');
    expect(list[1]).toMatch(/^Ångström & Søn,,,Retail,,,Maria Silva,/);
    expect(list).toHaveLength(4);
    const all = (await take('Export all fields')).split('\r\n');
    expect(all[0]).toContain('Tea grade');
    expect(all[2]).toContain("'+86 138 0013 8000");
  });

  it('offers no export and no deletion to whom they are not allowed', async () => {
    api.rights = { grants: { customers: { read: 'all', update: 'own' } } };
    await open('/customers');
    await names().toHaveLength(3);
    expect(await page.getByRole('link', { name: 'New customer' }).count()).toBe(0);
    await page.getByRole('button', { name: 'More for this list' }).click();
    expect((await page.getByRole('menuitem').allTextContents()).map((text) => text.trim())).toEqual(['Columns']);
    await page.keyboard.press('Escape');
    for (const key of ['j', 'x']) await page.keyboard.press(key);

    expect(await page.getByRole('toolbar').getByRole('button').count()).toBe(1);
  });

  it('remembers the columns that were chosen', async () => {
    await open('/customers');
    await page.getByRole('button', { name: 'More for this list' }).click();
    await page.getByRole('menuitem', { name: 'Columns' }).click();
    await page.getByRole('dialog', { name: 'Columns' }).getByLabel('Phones').uncheck();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.reload();
    await names().toHaveLength(3);

    expect(await page.getByRole('columnheader', { name: 'Phones' }).count()).toBe(0);
  });

  it('leaves Ctrl-clicks on a name to the browser', async () => {
    await open('/customers');
    const left = leftToBrowser(page);
    await page.getByRole('link', { name: 'Qingshan Tea House' }).click({ modifiers: ['Control'] });

    expect(await left).toBe(`/customers/${tea.id}`);
  });

  it('shows hostile names as text', async () => {
    server.add('customer', { name: '<img src=x onerror=alert(1)>' }, { createdAt: '2026-03-09T02:00:00.000Z' });
    await open('/customers');
    await names().toContain('<img src=x onerror=alert(1)>');

    expect(await page.locator('img').count()).toBe(0);
  });
});

describe('a list of more than is kept here', () => {
  const MORE_THAN_KEPT = 50_000;
  const banner = () => page.getByText('There are more customers than can be kept here');
  const counted = (text: string) => page.locator('[aria-live="polite"]').getByText(text, { exact: true }).waitFor();

  beforeEach(() => {
    for (let i = 1; i <= 300; i++) server.add('customer', { name: `Shop ${i}`, industry: i % 100 ? 'retail' : 'finance' });
    // As many rows as a page holds, and more behind them; one record again and again, for the browser has enough with that.
    const { id, version, ownerId, createdAt, updatedAt, name } = tea;
    const kept = Array.from({ length: MORE_THAN_KEPT }, () => ({ id, version, ownerId, createdAt, updatedAt, name }));
    const whole = server.answer.bind(server);
    server.answer = (request) =>
      request.method === 'GET' && request.path === 'customers' ? { body: { items: kept, cursor: 'more' } } : whole(request);
  });

  it('reads the server, and says so', async () => {
    await open('/customers?sort=name');
    await banner().waitFor();

    await counted('200 so far');
    expect((await rows()).slice(0, 4)).toEqual(['Ångström & Søn', '杭州云栖科技有限公司', 'Qingshan Tea House', 'Shop 1']);
    expect(await page.getByRole('columnheader').getByRole('button').count()).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('grid').focus();
    await page.keyboard.press('End');
    await page.getByRole('button', { name: 'Load more' }).click();

    await counted('303');
    expect(await page.getByRole('button', { name: 'Load more' }).count()).toBe(0);
  });

  it('is asked for what fits, and follows what others and the user do', async () => {
    await open(
      `/customers?f=${encodeURIComponent('[{"field":"industry","op":"in","value":["finance"]},{"field":"ownerId","op":"is","value":"me"}]')}`,
    );
    await names().toEqual(['Shop 100', 'Shop 200', 'Shop 300']);
    const filter = { all: [{ field: 'industry', op: 'in', value: ['finance'] }] };
    expect(sent('POST').map(({ body }) => body)).toEqual([{ owner: ME, filter, limit: 200 }]);

    const [hundredth] = server.all('customer').filter((record) => record['name'] === 'Shop 100');
    server.change('customer', hundredth!.id, { name: 'Hundredth shop' });
    server.add('customer', { name: 'New bank', industry: 'finance' });
    await focus();
    await names().toEqual(['Hundredth shop', 'Shop 200', 'Shop 300', 'New bank']);
    await row('Shop 200').getByRole('checkbox').click();
    await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click();

    await names().toEqual(['Hundredth shop', 'Shop 300', 'New bank']);
  });

  it('finds by words what was never loaded', async () => {
    await open('/customers?q=shop+299');
    await banner().waitFor();

    await names().toEqual(['Shop 299']);
  });
});

describe('a record', () => {
  it('shows its fields, its past and what belongs to it', async () => {
    await open(`/customers/${tea.id}`);
    await page.getByRole('link', { name: '+86 138 0013 8000' }).waitFor();
    await page.getByText('Customer created').waitFor();
    await page
      .getByRole('region', { name: 'Contacts' })
      .getByRole('link', { name: /Li Lei/ })
      .click();
    await page.getByRole('heading', { level: 1, name: 'Li Lei' }).waitFor();

    await page.getByRole('link', { name: 'Qingshan Tea House' }).click();

    await page.getByRole('heading', { level: 1, name: 'Qingshan Tea House' }).waitFor();
  });

  it('is changed where it stands, by keys alone, and back again', async () => {
    await open(`/customers/${tea.id}`);
    await page.getByRole('button', { name: 'Edit Website' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('tea.example');
    await page.keyboard.press('Enter');
    await page.getByText('Website changed').waitFor();
    await page.getByRole('link', { name: 'tea.example', exact: true }).waitFor();
    expect(sent('PATCH')[0]).toMatchObject({ body: { website: 'tea.example' }, headers: { 'if-match': '1' } });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Edit Website');
    await page.keyboard.press('Control+z');

    await eventually(() => server.get('customer', tea.id)?.['website']).toBeUndefined();
  });

  it('takes a choice with one press more', async () => {
    await open(`/customers/${tea.id}`);
    await page.getByRole('button', { name: 'Edit Industry' }).click();
    await page.getByRole('option', { name: 'Health' }).click();

    await eventually(() => server.get('customer', tea.id)?.['industry']).toBe('health');
    await page.getByRole('button', { name: 'Edit Industry' }).waitFor();
  });

  it('takes a colleague as owner, found by typing', async () => {
    await open(`/customers/${tea.id}`);
    await page.getByRole('button', { name: 'Edit Owner' }).click();
    await page.keyboard.type('mar');
    await page.keyboard.press('Enter');

    await eventually(() => server.get('customer', tea.id)?.ownerId).toBe(MARIA);
  });

  it('keeps the old value on Escape, and says what is wrong with a new one', async () => {
    await open(`/customers/${tea.id}`);
    await page.getByRole('button', { name: 'Edit E-mails' }).press('Enter');
    await page.keyboard.type('nonsense');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByText('This is not an e-mail address').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press('Escape');

    await page.getByRole('link', { name: 'info@tea.example' }).waitFor();
    expect(sent('PATCH')).toEqual([]);
  });

  it('that somebody else changed in another field takes both changes', async () => {
    await open(`/customers/${tea.id}`);
    await page.getByRole('heading', { level: 1, name: 'Qingshan Tea House' }).waitFor();
    server.change('customer', tea.id, { size: 'large' });
    await page.getByRole('button', { name: 'Edit Industry' }).click();
    await page.getByRole('option', { name: 'Health' }).click();

    await eventually(() => server.get('customer', tea.id)).toMatchObject({ industry: 'health', size: 'large' });
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it.each([
    ['Keep mine', 'health'],
    ['Keep theirs', 'services'],
  ])('that somebody else changed in the same field asks: %s', async (answer, stands) => {
    await open(`/customers/${tea.id}`);
    const whole = server.answer.bind(server);
    server.answer = (request) => {
      // In the last moment, so that the page cannot have heard of it.
      if (sent('PATCH').length === 1 && request.method === 'PATCH') server.change('customer', tea.id, { industry: 'services' });
      return whole(request);
    };
    await page.getByRole('button', { name: 'Edit Industry' }).click();
    await page.getByRole('option', { name: 'Health' }).click();
    const dialog = page.getByRole('dialog', { name: 'Qingshan Tea House was changed meanwhile' });
    await dialog.getByText('Services').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: answer }).click();
    await dialog.waitFor({ state: 'detached' });

    await eventually(() => server.get('customer', tea.id)?.['industry']).toBe(stands);
    await page.getByText(stands === 'health' ? 'Health' : 'Services', { exact: true }).waitFor();
  });

  it('tells who changed what', async () => {
    server.change('customer', tea.id, { industry: 'services' });
    await open(`/customers/${tea.id}`);
    await page.getByRole('tab', { name: 'Changes' }).click();
    const change = page.getByRole('listitem').filter({ hasText: 'Maria Silva' });

    expect(await change.textContent()).toMatch(/Industry\s*Retail\s*Services/);
    expect(await findBarriers(page)).toEqual([]);
  });

  it('follows what others do', async () => {
    await open(`/customers/${tea.id}`);
    await page.getByRole('heading', { level: 1, name: 'Qingshan Tea House' }).waitFor();
    server.change('customer', tea.id, { name: 'Green Mountain Tea' });
    await focus();

    await page.getByRole('heading', { level: 1, name: 'Green Mountain Tea' }).waitFor();
  });

  it('shows to a reader without a way to change it', async () => {
    api.rights = { grants: { customers: { read: 'all' } } };
    await open(`/customers/${tea.id}`);
    await page.getByRole('link', { name: 'info@tea.example' }).waitFor();

    expect(await page.getByRole('button', { name: /^Edit/ }).count()).toBe(0);
  });
});

describe('a form', () => {
  it('makes a record with its own fields, by keys alone', async () => {
    await open('/customers/new');
    await page.getByLabel('Name').focus();
    await page.keyboard.type('Harbour Foods');
    await page.keyboard.press('Tab');
    await page.keyboard.type('+49 40 123456');
    await page.keyboard.press('Tab');
    await page.getByLabel('Tea grade').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { level: 1, name: 'Harbour Foods' }).waitFor();

    expect(sent('POST')[0]!.body).toMatchObject({ name: 'Harbour Foods', phones: ['+49 40 123456'], x_grade: 'first', ownerId: ME });
    await page.goBack();
    expect(path()).not.toBe('/customers/new');
  });

  it('says all that is wrong at once, each at its field, and goes to the first', async () => {
    await open('/customers/new');
    await page.getByLabel('E-mails').fill('nonsense');
    await page.getByLabel('Website').fill('javascript:alert(1)');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('Please fill this in').waitFor();
    await page.getByText('This is not an e-mail address').waitFor();
    await page.getByText('This is not a web address').waitFor();

    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).labels?.[0]?.textContent)).toContain('Name');
    expect(await findBarriers(page)).toEqual([]);
    expect(sent('POST')).toEqual([]);
  });

  it('warns of a possible duplicate, leads to it, and creates anyway', async () => {
    await open('/customers/new');
    await page.getByLabel('Name').fill('Tea House Two');
    await page.getByLabel('Phones').fill('+86 138 0013 8000');
    await page.getByRole('button', { name: 'Create' }).click();
    const twin = page.getByRole('link', { name: 'Qingshan Tea House' });
    await twin.waitFor();
    expect(await twin.getAttribute('href')).toBe(`/customers/${tea.id}`);
    await page.getByRole('button', { name: 'Create anyway' }).click();
    await page.getByRole('heading', { level: 1, name: 'Tea House Two' }).waitFor();

    const [first, second] = sent('POST');
    expect(second!.query.get('allowDuplicate')).toBe('true');
    expect((second!.body as AnyRecord).id).toBe((first!.body as AnyRecord).id);
  });

  it('of a record that belongs to another starts with it', async () => {
    await open(`/customers/${tea.id}`);
    await page.getByRole('link', { name: 'New contact' }).click();
    await page.getByRole('heading', { level: 1, name: 'New contact' }).waitFor();
    expect(await page.getByRole('combobox', { name: 'Customer' }).inputValue()).toBe('Qingshan Tea House');
    await page.getByLabel('Name').fill('Han Meimei');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { level: 1, name: 'Han Meimei' }).waitFor();

    expect(sent('POST')[0]!.body).toMatchObject({ name: 'Han Meimei', customerId: tea.id });
  });

  it('that was open while somebody else changed the same field asks whose value counts', async () => {
    await open(`/customers/${tea.id}/edit`);
    await page.getByLabel('Name').fill('Green Mountain Tea');
    server.change('customer', tea.id, { name: 'Black Mountain Tea', size: 'large' });
    await focus();
    await page.getByRole('heading', { level: 1, name: 'Black Mountain Tea' }).waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('dialog', { name: 'Black Mountain Tea was changed meanwhile' });
    await dialog.getByRole('button', { name: 'Keep mine' }).click();
    await page.getByRole('heading', { level: 1, name: 'Green Mountain Tea' }).waitFor();

    expect(server.get('customer', tea.id)).toMatchObject({ name: 'Green Mountain Tea', size: 'large' });
  });

  it('of a change sends what was changed and nothing else', async () => {
    await open(`/customers/${tea.id}/edit`);
    await page.getByLabel('Name').fill('Green Mountain Tea');
    await page.getByRole('button', { name: 'Remove info@tea.example' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Green Mountain Tea' }).waitFor();

    expect(sent('PATCH')[0]!.body).toEqual({ name: 'Green Mountain Tea', emails: null });
  });

  it('asks before what was typed is lost', async () => {
    await open('/customers/new');
    await page.getByLabel('Name').fill('Harbour Foods');
    await page.getByRole('button', { name: 'Cancel' }).click();
    const question = page.getByRole('alertdialog').or(page.getByRole('dialog'));
    await question.getByText('Leave without saving?').waitFor();
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    expect(path()).toBe('/customers/new');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await question.getByRole('button', { name: 'Leave' }).click();

    await eventually(path).toBe('/customers');
  });
});

describe('the palette', () => {
  it('finds records that are here, and joins what only the server finds', async () => {
    await open('/');
    await page.getByRole('heading', { name: /^Good / }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search' }).fill('qingshan');
    await page.getByRole('option', { name: /Qingshan Tea House/ }).waitFor();
    expect(await page.getByRole('option', { name: /Qingshan Tea House/ }).count()).toBe(1);
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { level: 1, name: 'Qingshan Tea House' }).waitFor();
  });
});

describe('records on a computer', () => {
  const databases = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));

  async function visit(own: boolean): Promise<void> {
    api.signedIn = false;
    await open('/sign-in?next=/customers');
    await page.getByLabel('This is my own computer').setChecked(own);
    await page.getByLabel('E-mail').fill('lin@tea.example');
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await names().toHaveLength(3);
  }

  it('of one’s own are kept for the next visit, which then fetches changes alone', async () => {
    await visit(true);
    await eventually(databases).toHaveLength(1);
    await eventually(() => site.requests.filter(({ path }) => path === 'changes').length).toBeGreaterThan(0);
    server.add('customer', { name: 'Salt' }, { createdAt: '2026-03-09T02:00:00.000Z' });
    site.requests.length = 0;
    await page.reload();
    await names().toEqual(['Salt', 'Qingshan Tea House', '杭州云栖科技有限公司', 'Ångström & Søn']);

    expect(site.requests.filter(({ path }) => path === 'customers')).toEqual([]);
  });

  it('of others are kept nowhere', async () => {
    await visit(false);

    expect(await databases()).toEqual([]);
  });

  it('go when the user signs out', async () => {
    await visit(true);
    await eventually(databases).toHaveLength(1);
    await page.getByRole('button', { name: 'Account of Lin Wang' }).click();
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();

    await eventually(databases).toEqual([]);
  });

  it('are the same in two tabs at once', async () => {
    await visit(true);
    const other = await watched.context.newPage();
    await other.goto(`${site.url}/customers/${tea.id}`);
    await other.getByRole('heading', { level: 1, name: 'Qingshan Tea House' }).waitFor();
    await other.getByRole('button', { name: 'Edit Industry' }).click();
    await other.getByRole('option', { name: 'Health' }).click();

    await row('Qingshan').getByText('Health').waitFor();
  });
});
