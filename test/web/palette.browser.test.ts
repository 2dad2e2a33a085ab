import { describe, expect, it } from 'vitest';
import { findBarriers } from '../support/page.ts';
import { api, eventually, MARIA, ME, names, open, page, path, sent, server, tea } from './customersVisit.ts';

const field = (name = 'Search') => page.getByRole('combobox', { name });
const option = (name: string | RegExp) => page.getByRole('option', { name });
const group = (name: string) => page.getByRole('group', { name });
const titles = (of: string): Promise<string[]> =>
  group(of)
    .getByRole('option')
    .evaluateAll((options) => options.map((each) => each.querySelector('span')!.textContent.trim()));

async function openPalette(text = ''): Promise<void> {
  await page.keyboard.press('Control+k');
  await field().waitFor();
  if (text) await field().fill(text);
}
const openTea = async (): Promise<void> => {
  await open(`/customers/${tea.id}`);
  await page.getByRole('heading', { level: 1, name: 'Qingshan Tea House' }).waitFor();
};

describe('the palette', () => {
  it('finds records that are here, and joins what only the server finds', async () => {
    await open('/');
    await page.getByRole('heading', { name: /^Good / }).waitFor();
    await openPalette('qingshan');
    await option(/Qingshan Tea House/).waitFor();
    expect(await option(/Qingshan Tea House/).count()).toBe(1);
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { level: 1, name: 'Qingshan Tea House' }).waitFor();
  });

  it('finds a name by its pinyin and its initials, and a phone by its tail', async () => {
    const cloud = server.all('customer').find(({ name }) => String(name).includes('云栖'))!;
    const whole = server.answer.bind(server);
    server.answer = (request) =>
      request.path === 'search' && ['yunqi', 'hzyq'].includes(request.query.get('q')!)
        ? { body: { items: [{ type: 'customer', id: cloud.id, summary: { title: cloud['name'] } }] } }
        : whole(request);
    await open('/customers');
    await names().toHaveLength(3);
    await openPalette();
    for (const text of ['yunqi', 'hzyq']) {
      await field().fill(text);
      await option(/杭州云栖/).waitFor();
    }
    await field().fill('8000');
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { level: 1, name: 'Qingshan Tea House' }).waitFor();
  });

  it('acts on the record that is open, and shows the keys', async () => {
    await openTea();
    await openPalette();
    const offered = await titles('Qingshan Tea House');
    expect(offered).toEqual(expect.arrayContaining(['Log', 'Plan', 'Edit', 'Write a note', 'Assign', 'Copy link', 'Print', 'Delete']));
    expect(await option('Edit').locator('kbd').textContent()).toBe('E');
    await field().fill('assi');
    await page.keyboard.press('Enter');
    await field('Assign').waitFor();
    expect(await option('Lin Wang now').getAttribute('aria-selected')).toBe('true');
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Back' }).click();
    await field().fill('assi');
    await page.keyboard.press('Enter');
    await field('Assign').waitFor();
    await page.keyboard.press('Escape');
    await field().fill('assi');
    await page.keyboard.press('Enter');
    await page.keyboard.type('mar');
    await page.keyboard.press('Enter');

    await eventually(() => server.get('customer', tea.id)?.ownerId).toBe(MARIA);
    await page.getByRole('button', { name: 'Undo' }).waitFor();
  });

  it('gives the focus to what an action opens', async () => {
    await openTea();
    await openPalette('write');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Called back');

    await eventually(() => page.getByRole('textbox', { name: 'Note', exact: true }).inputValue()).toBe('Called back');
  });

  it('offers no more than the rights allow', async () => {
    api.rights = { grants: { customers: { read: 'all' } } };
    await openTea();
    await openPalette();

    expect(await titles('Qingshan Tea House')).toEqual(['Copy link', 'Print', 'Print with timeline']);
  });

  it('acts on the rows that are ticked', async () => {
    await open('/customers');
    await names().toHaveLength(3);
    for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key);
    await page.getByRole('toolbar', { name: '2 selected' }).waitFor();
    await openPalette();
    expect(await titles('2 selected')).toEqual(['Assign', 'Edit field', 'Tags', 'Export', 'Delete']);
    await field().fill('delete');
    await page.keyboard.press('Enter');

    await names().toEqual(['Ångström & Søn']);
    await eventually(() => sent('DELETE').length).toBe(2);
  });

  it('has on top what was opened last, until the session ends', async () => {
    api.signedIn = false;
    await open(`/sign-in?next=/customers/${tea.id}`);
    await page.getByLabel('E-mail').fill('lin@tea.example');
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Qingshan Tea House' }).waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Customers' }).click();
    await page.getByRole('link', { name: 'Ångström & Søn' }).click();
    await page.getByRole('heading', { level: 1, name: 'Ångström & Søn' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Ångström & Søn' }).waitFor();
    await openPalette();
    await eventually(() => titles('Recent')).toEqual(['Qingshan Tea House']);
    expect(await option(/Qingshan/).getAttribute('aria-selected')).toBe('true');
    const kept = () => page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('recent:')));
    expect(JSON.stringify(await kept())).toContain(ME);
    expect(JSON.stringify(await kept())).not.toContain('Qingshan');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Account of Lin Wang' }).click();
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();

    expect(await kept()).toEqual([]);
  });

  it('leads to the pages of the settings', async () => {
    await open('/');
    await page.getByRole('heading', { name: /^Good / }).waitFor();
    await openPalette('pipelines');
    await group('Settings').getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');

    await eventually(path).toBe('/settings/pipelines');
  });
});
