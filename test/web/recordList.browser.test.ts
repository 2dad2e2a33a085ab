import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { findBarriers, leftToBrowser } from '../support/page.ts';
import {
  api,
  eventually,
  focus,
  MARIA,
  ME,
  names,
  open,
  origin,
  page,
  path,
  requests,
  row,
  rows,
  sent,
  server,
  tea,
} from './customersVisit.ts';

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
    await page.goto(`${origin()}/customers?q=zzzz`);
    await page.getByText('No matches').waitFor();
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

  it('acts by keys on the row one is on: A gives it to a colleague, N writes a note, E edits', async () => {
    await open('/customers');
    await names().toHaveLength(3);
    await page.keyboard.press('j');
    await page.keyboard.press('a');
    await page.getByRole('combobox', { name: 'Assign' }).fill('mar');
    await page.keyboard.press('Enter');
    await eventually(() => server.get('customer', tea.id)?.ownerId).toBe(MARIA);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');

    await page.keyboard.press('n');
    const note = page.getByRole('dialog', { name: 'Note on Qingshan Tea House' });
    await note.waitFor();
    await page.keyboard.type('Wants samples');
    await page.keyboard.press('Control+Enter');
    await note.waitFor({ state: 'detached' });
    expect(sent('POST').find(({ path }) => path === `customers/${tea.id}/notes`)?.body).toMatchObject({ text: 'Wants samples' });

    await page.keyboard.press('e');
    await eventually(path).toBe(`/customers/${tea.id}/edit`);
  });

  it('gives the keys to the rows that are ticked, and to the record beside it as well', async () => {
    await open('/customers');
    await names().toHaveLength(3);
    for (const key of ['j', 'x', 'j', 'x', 'Enter']) await page.keyboard.press(key);
    await page.getByRole('complementary', { name: 'Customer' }).waitFor();
    await page.keyboard.press('a');
    await page.getByRole('combobox', { name: 'Assign' }).fill('mar');
    await page.keyboard.press('Enter');
    await page.getByText('2 records changed').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('toolbar').waitFor({ state: 'detached' });
    await page.keyboard.press('n');

    await page.getByRole('dialog', { name: 'Note on 杭州云栖科技有限公司' }).waitFor();
  });

  it('tells its keys under ?, and heeds that single keys are off', async () => {
    await open('/customers');
    await names().toHaveLength(3);
    await page.keyboard.press('j');
    await page.keyboard.press('Shift+?');
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    for (const key of [
      'Next record',
      'Select a range',
      'Look at it beside the list',
      'Assign',
      'Edit',
      'Write a note',
      'Save the form',
      'Undo',
    ])
      await help.getByText(key, { exact: true }).waitFor();
    await help.getByRole('switch', { name: 'Single-key shortcuts' }).uncheck();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    for (const key of ['x', 'a', 'o', 'j']) await page.keyboard.press(key);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');

    await page.getByRole('toolbar', { name: '1 selected' }).waitFor();
    expect(path()).toBe('/customers');
    expect(await row('云栖').getAttribute('aria-selected')).toBe('true');
  });

  it('leads on from record to record, also after a reload and on the way back', async () => {
    await open('/customers?sort=name');
    await names().toHaveLength(3);
    for (const key of ['j', 'j', 'o']) await page.keyboard.press(key);
    await page.getByText('2 of 3').waitFor();
    await page.reload();
    await page.getByText('2 of 3').waitFor();
    await page.keyboard.press('j');
    await page.getByRole('heading', { level: 1, name: '杭州云栖科技有限公司' }).waitFor();
    await page.getByText('3 of 3').waitFor();
    await page.goBack();

    await page.getByText('2 of 3').waitFor();
    await page.getByRole('button', { name: 'Previous record' }).click();
    await page.getByRole('heading', { level: 1, name: 'Ångström & Søn' }).waitFor();
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

  it('deletes at once, and brings back what was deleted', async () => {
    await open('/customers');
    await names().toHaveLength(3);
    for (const key of ['j', 'x']) await page.keyboard.press(key);
    await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click();
    await names().toHaveLength(2);
    await page.getByText('Qingshan Tea House deleted').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await names().toHaveLength(3);

    await eventually(() => server.get('customer', tea.id)?.version).toBe(3);
  });

  it('tells the server of a deletion also when the page is left at once', async () => {
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
      await page.getByRole('button', { name: 'More list actions' }).click();
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: entry }).click()]);
      expect(download.suggestedFilename()).toMatch(/^Customers \d{4}-\d\d-\d\d\.csv$/);
      return readFile(await download.path(), 'utf8');
    };

    const list = (await take('Export this list (CSV)')).split('\r\n');
    expect(list[0]).toBe('\ufeffName,Phones,E-mails,Industry,Size,Tea grade,Owner,Last changed');
    expect(list[1]).toMatch(/^Ångström & Søn,,,Retail,,,Maria Silva,/);
    expect(list).toHaveLength(4);
    const all = (await take('Export all fields (CSV)')).split('\r\n');
    expect(all[0]).toContain('Tea grade');
    expect(all[2]).toContain("'+86 138 0013 8000");
    const told = requests().filter((request) => request.path === 'audit/exports');
    expect(told.map(({ body }) => body)).toMatchObject([
      { recordType: 'customer', count: 2 },
      { recordType: 'customer', count: 2 },
    ]);
  });

  it('offers no export and no deletion to whom they are not allowed', async () => {
    api.rights = { grants: { customers: { read: 'all', update: 'own' } } };
    await open('/customers');
    await names().toHaveLength(3);
    expect(await page.getByRole('link', { name: 'New customer' }).count()).toBe(0);
    await page.getByRole('button', { name: 'More list actions' }).click();
    expect((await page.getByRole('menuitem').allTextContents()).map((text) => text.trim())).toEqual(['Columns', 'Show totals']);
    await page.keyboard.press('Escape');
    for (const key of ['j', 'x']) await page.keyboard.press(key);

    await page.getByRole('toolbar').getByRole('button', { name: 'Select all 3' }).waitFor();
    expect(
      await page
        .getByRole('toolbar')
        .getByRole('button', { name: /Export|Delete|Assign|Edit/ })
        .count(),
    ).toBe(0);
  });

  it('remembers the columns that were chosen', async () => {
    await open('/customers');
    await page.getByRole('button', { name: 'More list actions' }).click();
    await page.getByRole('menuitem', { name: 'Columns' }).click();
    await page.getByRole('dialog', { name: 'Columns' }).getByRole('checkbox', { name: 'Phones' }).click();
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
  const banner = () => page.getByText('There are more customers than this browser can keep');
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
