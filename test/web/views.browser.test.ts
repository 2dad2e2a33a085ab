import { beforeEach, describe, expect, it } from 'vitest';
import { findBarriers } from '../support/page.ts';
import { api, eventually, ME, names, open, origin, page, path, sent, server } from './customersVisit.ts';

const RETAIL = { all: [{ field: 'industry', op: 'in', value: ['retail'] }] };
const tab = (name: string) => page.getByRole('tab', { name });
const tabs = () =>
  eventually(() =>
    page
      .getByRole('tab')
      .allTextContents()
      .then((all) => all.map((text) => text.trim())),
  );
const isOpen = (name: string) => eventually(() => tab(name).getAttribute('aria-selected'));
const button = (name: string) => page.getByRole('button', { name, exact: true });
const menu = async (entry: string): Promise<void> => {
  await button('View options').click();
  await page.getByRole('menuitem', { name: entry }).click();
};

describe('a view of a list', () => {
  it('keeps what the list shows under a name, and is there again at the next visit', async () => {
    await open(`/customers?f=${encodeURIComponent(JSON.stringify(RETAIL.all))}&sort=name`);
    await names().toEqual(['Ångström & Søn', 'Qingshan Tea House']);
    await button('Save as view').click();
    await page.getByRole('dialog').getByLabel('Name').fill('Shops');
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await tabs().toEqual(['All customers', 'Shops']);
    await isOpen('Shops').toBe('true');
    expect(sent('POST').map(({ path, body }) => [path, body])).toEqual([
      ['saved-views', expect.objectContaining({ name: 'Shops', on: 'customer', filter: RETAIL, sort: 'name', pinned: true })],
    ]);

    await page.goto(`${origin()}/customers`);
    await names().toHaveLength(3);
    await tab('Shops').click();

    await names().toEqual(['Ångström & Søn', 'Qingshan Tea House']);
    expect(await findBarriers(page)).toEqual([]);
  });

  it('says when it is shown otherwise, and is updated or reset', async () => {
    const view = server.add('savedView', { name: 'Shops', on: 'customer', filter: RETAIL, pinned: true }, { ownerId: ME });
    await open(`/customers?view=${view.id}`);
    await names().toEqual(['Qingshan Tea House', 'Ångström & Søn']);
    expect(await page.getByText('Modified, not saved').count()).toBe(0);
    const heading = page.getByRole('columnheader', { name: 'Name' }).getByRole('button');
    await heading.click();
    await names().toEqual(['Ångström & Søn', 'Qingshan Tea House']);
    await page.getByText('Modified, not saved').waitFor();

    await button('Reset').click();
    await names().toEqual(['Qingshan Tea House', 'Ångström & Søn']);
    await heading.click();
    await button('Update view').click();

    await page.getByText('Modified, not saved').waitFor({ state: 'detached' });
    await eventually(() => server.all('savedView')[0]?.['sort']).toBe('name');
    await names().toEqual(['Ångström & Søn', 'Qingshan Tea House']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await eventually(() => server.all('savedView')[0]?.['sort']).toBe(undefined);
    // The list shows what the view is again, and nothing of what was taken back.
    await names().toEqual(['Qingshan Tea House', 'Ångström & Søn']);
    expect(await page.getByText('Modified, not saved').count()).toBe(0);
  });

  it('that all share is what the list opens with for whoever wants that', async () => {
    const view = server.add('sharedView', { name: 'Shops', on: 'customer', filter: RETAIL, pinned: true });
    const own = server.add('savedView', { name: 'Mine', on: 'customer', isDefault: true, pinned: true }, { ownerId: ME });
    await open(`/customers?view=${view.id}`);
    await menu('Make it my default view');
    await eventually(() => server.get('savedView', own.id)?.['isDefault']).toBe(false);

    await page.goto(`${origin()}/customers`);
    await isOpen('Shops').toBe('true');
    await tabs().toEqual(['All customers', 'Shared: Shops', 'Mine']);
    await menu('Remove as default view');
    await eventually(() => server.all('savedView').map(({ id }) => id)).toEqual([own.id]);
  });

  it('shows a colleague the same by its address, though it is not his to read', async () => {
    const view = server.add('savedView', { name: 'Shops', on: 'customer', filter: RETAIL, sort: '-name', pinned: true }, { ownerId: ME });
    await open('/customers');
    await tab('Shops').click();
    await names().toEqual(['Qingshan Tea House', 'Ångström & Søn']);
    const address = path();
    expect(address).toContain(`view=${view.id}`);
    server.remove('savedView', view.id);

    await page.goto(origin() + address);

    await names().toEqual(['Qingshan Tea House', 'Ångström & Søn']);
    await isOpen('All customers').toBe('true');
  });

  it('opens the list where it is the default, and leaves it by the first tab and by an address with conditions', async () => {
    server.add('sharedView', { name: 'Everybody', on: 'customer', filter: RETAIL, pinned: true, isDefault: true });
    await open('/customers');
    await names().toHaveLength(2);
    await tab('All customers').click();
    await names().toHaveLength(3);
    expect(path()).toBe('/customers?view=all');
    await page.reload();
    await names().toHaveLength(3);

    await page.goto(`${origin()}/customers?f=${encodeURIComponent('[{"field":"size","op":"notEmpty"}]')}`);

    await names().toEqual(['Qingshan Tea House']);
    await isOpen('All customers').toBe('true');
  });

  it('is renamed, moved, taken off the tabs, made the default, shared and deleted', async () => {
    const [first, second] = ['First', 'Second'].map((name, place) =>
      server.add('savedView', { name, on: 'customer', pinned: true, place }, { ownerId: ME }),
    );
    await open(`/customers?view=${second!.id}`);
    await tabs().toEqual(['All customers', 'First', 'Second']);
    await menu('Move left');
    await tabs().toEqual(['All customers', 'Second', 'First']);
    await menu('Rename');
    await page.getByRole('dialog').getByLabel('Name').fill('Mine');
    await page.keyboard.press('Enter');
    await tabs().toEqual(['All customers', 'Mine', 'First']);
    await menu('Make it my default view');
    await eventually(() => server.get('savedView', second!.id)?.['isDefault']).toBe(true);
    await menu('Share with everyone');
    await tabs().toEqual(['All customers', 'Shared: Mine', 'Mine', 'First']);
    await tab('First').click();
    await menu('Move to “More views”');
    await tab('All customers').click();
    await tabs().toEqual(['All customers', 'Shared: Mine', 'Mine']);
    await button('1 more').click();
    await page.getByRole('menuitem', { name: 'First' }).click();
    await isOpen('First').toBe('true');
    await menu('Delete view');
    await tabs().toEqual(['All customers', 'Shared: Mine', 'Mine']);
    await page.getByRole('button', { name: 'Undo' }).last().click();

    await button('1 more').waitFor();
    expect(server.get('savedView', first!.id)).toBeDefined();
  });

  it('that all share is left as it is by whoever may not keep it, who takes a copy', async () => {
    const { structure: _closed, ...grants } = api.rights.grants;
    api.rights = { ...api.rights, grants: { ...grants, structure: { read: 'all' } } };
    server.add('sharedView', { name: 'Everybody', on: 'customer', filter: RETAIL, pinned: true });
    await open('/customers');
    await tab('Everybody').click();
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
    await button('Save as new view').waitFor();
    expect(await button('Update view').count()).toBe(0);
    await menu('Copy to my views');

    await tabs().toEqual(['All customers', 'Shared: Everybody', 'Everybody']);
    expect(sent('POST').map(({ path }) => path)).toEqual(['saved-views']);
  });

  it('is walked by arrow keys', async () => {
    server.add('savedView', { name: 'Shops', on: 'customer', filter: RETAIL, pinned: true }, { ownerId: ME });
    await open('/customers');
    await tab('Shops').waitFor();
    await tab('All customers').focus();
    await page.keyboard.press('ArrowRight');

    await names().toHaveLength(2);
    await isOpen('Shops').toBe('true');
  });
});

describe('conditions of a list', () => {
  beforeEach(async () => {
    server.add('customer', { name: 'Fresh', industry: 'retail' }, { createdAt: new Date().toISOString() });
    await open('/customers');
    await names().toHaveLength(4);
  });
  const filterBy = async (field: string): Promise<void> => {
    await button('Filter').click();
    await page.getByRole('menuitem', { name: field, exact: true }).click();
  };

  it('ask for days by today, and keep that form in the address', async () => {
    await filterBy('Created');
    await page.getByRole('combobox', { name: 'Period' }).click();
    await page.getByRole('option', { name: 'this week' }).click();
    await names().toEqual(['Fresh']);
    expect(path()).toContain('"value":"thisWeek"');
    await page.getByRole('combobox', { name: 'Period' }).click();
    await page.getByRole('option', { name: 'more than … days ago' }).click();
    await page.getByRole('spinbutton', { name: 'Days' }).fill('3');
    await names().toHaveLength(3);
    await page.keyboard.press('Escape');

    await button('Created: more than 3 days ago').waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });

  it('stand beside each other by or, as a group among others', async () => {
    await filterBy('Industry');
    await page.getByRole('dialog').getByLabel('Technology').check();
    await names().toEqual(['杭州云栖科技有限公司']);
    await button('Or …').click();
    await page.getByRole('dialog').getByLabel('Retail').check();
    await names().toHaveLength(4);
    await page.keyboard.press('Escape');
    await filterBy('Size');
    await page.getByRole('combobox', { name: 'Condition' }).click();
    await page.getByRole('option', { name: 'is filled in' }).click();
    await names().toEqual(['Qingshan Tea House']);
    await page.keyboard.press('Escape');
    expect(await findBarriers(page)).toEqual([]);

    await button('and').click();

    await names().toEqual(['Qingshan Tea House']);
    expect(path()).toContain('{"any":[{"all":[');
  });
});
