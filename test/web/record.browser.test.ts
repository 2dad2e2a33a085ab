import { describe, expect, it } from 'vitest';
import { findBarriers } from '../support/page.ts';
import { api, eventually, focus, MARIA, names, open, origin, page, requests, row, sent, server, tea } from './customersVisit.ts';

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
    const dialog = page.getByRole('dialog', { name: 'Qingshan Tea House was changed in the meantime' });
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
    await eventually(() => requests().filter(({ path }) => path === 'changes').length).toBeGreaterThan(0);
    server.add('customer', { name: 'Salt' }, { createdAt: '2026-03-09T02:00:00.000Z' });
    requests().length = 0;
    await page.reload();
    await names().toEqual(['Salt', 'Qingshan Tea House', '杭州云栖科技有限公司', 'Ångström & Søn']);

    expect(requests().filter(({ path }) => path === 'customers')).toEqual([]);
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
    const other = await page.context().newPage();
    await other.goto(`${origin()}/customers/${tea.id}`);
    await other.getByRole('heading', { level: 1, name: 'Qingshan Tea House' }).waitFor();
    await other.getByRole('button', { name: 'Edit Industry' }).click();
    await other.getByRole('option', { name: 'Health' }).click();

    await row('Qingshan').getByText('Health').waitFor();
  });
});
