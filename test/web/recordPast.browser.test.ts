import { describe, expect, it } from 'vitest';
import { findBarriers } from '../support/page.ts';
import { eventually, ME, open, page, path, sent, server, tea } from './customersVisit.ts';

const timeline = () => page.getByRole('tabpanel').locator('li li');

describe('the changes of a record', () => {
  it('show one field alone, from the field itself, and the address keeps it', async () => {
    server.change('customer', tea.id, { size: 'large' });
    server.change('customer', tea.id, { industry: 'services' });
    await open(`/customers/${tea.id}`);
    await page.getByRole('button', { name: 'History of Size' }).click();

    await eventually(() => page.getByRole('tabpanel').locator('dt').allTextContents()).toEqual(['Size', 'Size']);
    expect(path()).toBe(`/customers/${tea.id}?tab=history&field=size`);
    expect(await findBarriers(page)).toEqual([]);
  });

  it('are one press away under a finger too, once the field was touched', async () => {
    await open(`/customers/${tea.id}`, { phone: true });
    const history = page.getByRole('button', { name: 'History of Size' });
    expect(await history.count()).toBe(0);

    await page.getByRole('button', { name: 'Edit Size' }).tap();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await history.tap();

    await eventually(path).toBe(`/customers/${tea.id}?tab=history&field=size`);
  });

  it('give a value back with one press, which can be undone', async () => {
    server.change('customer', tea.id, { name: 'Qingshan Teahouses' });
    await open(`/customers/${tea.id}?tab=history`);
    await page.getByRole('button', { name: 'Set Name back to Qingshan Tea House' }).click();
    await page.getByRole('heading', { name: 'Qingshan Tea House', level: 1, exact: true }).waitFor();
    await eventually(() => server.get('customer', tea.id)?.['name']).toBe('Qingshan Tea House');
    expect(sent('PATCH').map(({ headers }) => headers['if-match'])).toEqual(['2']);

    await page.getByRole('button', { name: 'Undo' }).click();

    await eventually(() => server.get('customer', tea.id)?.['name']).toBe('Qingshan Teahouses');
  });
});

describe('the timeline of a record', () => {
  it('shows the kinds that are asked for, and the address keeps them', async () => {
    server.discussion.write('customer', tea.id, {
      id: 'not_1',
      at: '2026-03-03T02:00:00.000Z',
      params: { text: 'Called back', mentions: [] },
    });
    await open(`/customers/${tea.id}`);
    await eventually(() => timeline().count()).toBe(2);

    await page.getByRole('button', { name: 'Notes', exact: true }).click();
    await eventually(() => timeline().count()).toBe(1);
    expect(path()).toBe(`/customers/${tea.id}?show=notes`);

    await page.getByRole('button', { name: 'Files', exact: true }).click();
    await page.getByRole('button', { name: 'Notes', exact: true }).click();
    await page.getByText('Nothing of this kind.').waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });
});

it('a record prints as a light sheet without what surrounds it, with or without its past', async () => {
  await open(`/customers/${tea.id}`, { dark: true });
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', document.documentElement.dataset['sheet'] ?? 'all');
  });
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Print', exact: true }).click();
  await page.locator('body[data-printed="bare"]').waitFor();
  await page.emulateMedia({ media: 'print' });

  expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
  expect(await page.getByRole('tablist').isVisible()).toBe(false);
  expect(await page.getByRole('heading', { level: 1 }).evaluate((title) => getComputedStyle(title).color)).toMatch(/^okl\w+\(0\.2/);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  expect(await page.getByRole('tabpanel').isVisible()).toBe(true);
});

it('a number is copied as machines read it', async () => {
  await open(`/customers/${tea.id}`);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy +86 138 0013 8000' }).click();

  await page.getByText('+8613800138000 copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('+8613800138000');
});

it('whoever enters what is there already is told while he types', async () => {
  await open('/customers/new');
  await page.getByRole('textbox', { name: /^Name/ }).fill('qingshan tea house');

  await page.getByText('May already exist').waitFor();
  expect(await page.getByRole('link', { name: 'Qingshan Tea House' }).getAttribute('href')).toBe(`/customers/${tea.id}`);
  expect(sent('POST')).toEqual([]);
});

it('a note is pinned to the top, and taken from there', async () => {
  server.discussion.write('customer', tea.id, {
    id: 'not_1',
    at: '2026-03-03T02:00:00.000Z',
    by: ME,
    params: { text: 'Closed in August', mentions: [] },
  });
  await open(`/customers/${tea.id}`);
  await page.getByRole('button', { name: 'Pin to the top' }).click();
  const pinned = page.getByRole('region', { name: 'Pinned' });
  await pinned.getByText('Closed in August').waitFor();
  expect(await page.getByText('Closed in August').count()).toBe(2);
  expect(await findBarriers(page)).toEqual([]);

  await pinned.getByRole('button', { name: 'Unpin' }).click();

  await pinned.waitFor({ state: 'detached' });
  await page.getByText('Closed in August').waitFor();
});
