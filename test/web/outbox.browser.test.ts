import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { findBarriers } from '../support/page.ts';
import { useVisits } from '../support/visit.ts';

const visit = useVisits();
/** A real id: a form names him as the owner. */
const ME = 'mem_0000000000000000000000000A';
const network = (isThere: boolean): Promise<void> => visit.page.context().setOffline(!isThere);

/** Signs in where records may be kept, and waits until the browser can do without the network. */
async function workHere(page = visit.page, isOwn = true): Promise<void> {
  await page.getByLabel('E-mail').fill('lin@tea.example');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  if (!isOwn) await page.getByLabel('This is my own computer').uncheck();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Harbour Tea').first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
}

async function begin(path: string, isOwn = true): Promise<string> {
  visit.api.signedIn = false;
  visit.api.member.id = visit.api.records.me = ME;
  const { id } = visit.api.records.add('customer', { name: 'Harbour Tea', website: 'https://old.example/' });
  await visit.open(`/sign-in?next=${encodeURIComponent(path.replace(':id', id))}`, { kept: true });
  await workHere(visit.page, isOwn);
  return id;
}

/** Writes a field on a record's page. */
async function write(page: Page, label: string, value: string): Promise<void> {
  await page.getByRole('button', { name: `Edit ${label}` }).click();
  await page.getByRole('textbox', { name: label }).fill(value);
  await page.keyboard.press('Enter');
}
const banner = (page = visit.page) => page.getByRole('status').filter({ hasText: 'Changes' });
const writes = () => visit.site.requests.filter(({ method, path }) => method !== 'GET' && path.startsWith('customers'));

describe('edits without a network', () => {
  it('are kept over a reload, shown and counted, and sent when it is back', async () => {
    const id = await begin('/customers/:id');
    await network(false);
    await write(visit.page, 'Website', 'https://harbour.example');
    await visit.page.getByText('Changes waiting to be sent: 1').waitFor();

    await visit.page.goto(`${visit.site.url}/customers`);
    await visit.page.getByRole('row').filter({ hasText: 'Harbour Tea' }).getByText('Waiting to be sent').waitFor();
    await visit.page.getByRole('button', { name: 'Show', exact: true }).click();
    const list = visit.page.getByRole('dialog', { name: 'Changes waiting to be sent' });
    await list.getByText('Changed: Website').waitFor();
    expect(await findBarriers(visit.page)).toEqual([]);
    expect(writes()).toEqual([]);

    await network(true);
    await list.getByText('Nothing is waiting').waitFor();
    expect(visit.api.records.get('customer', id)).toMatchObject({ website: 'https://harbour.example/', version: 2 });
    await banner().waitFor({ state: 'detached' });
  });

  it('make records that are there at once, with a page of their own', async () => {
    await begin('/customers');
    await network(false);
    await visit.page.goto(`${visit.site.url}/customers/new`);
    await visit.page.getByLabel('Name').first().fill('Ocean Rice');
    await visit.page.getByRole('button', { name: 'Create', exact: true }).click();
    await visit.page.getByRole('heading', { name: 'Ocean Rice' }).waitFor();
    await visit.page.getByText('Waiting to be sent', { exact: true }).waitFor();

    await network(true);
    await visit.page.getByText('Waiting to be sent', { exact: true }).waitFor({ state: 'detached' });
    expect(visit.api.records.all('customer').map(({ name }) => name)).toEqual(['Harbour Tea', 'Ocean Rice']);
    expect(visit.at()).toBe(`/customers/${visit.api.records.all('customer')[1]!.id}`);
  });

  it('that the server refuses are set aside with the reason, and corrected in their form', async () => {
    const id = await begin('/customers/:id');
    await network(false);
    await write(visit.page, 'Website', 'https://harbour.example');
    await visit.page.getByText('Changes waiting to be sent: 1').waitFor();
    const refusal = { code: 'input.invalid', issues: [{ field: 'website', code: 'url.invalid' }] };
    visit.command = ({ method }) => (method === 'PATCH' ? { status: 400, body: refusal } : undefined);
    await network(true);
    await visit.page.getByText('Changes that need your decision: 1').waitFor();
    visit.command = () => undefined;

    await visit.page.getByRole('button', { name: 'Show', exact: true }).click();
    await visit.page.getByText('Website: This is not a web address').waitFor();
    await visit.page.getByRole('link', { name: 'Correct' }).click();
    const website = visit.page.getByLabel('Website');
    expect(await website.inputValue()).toMatch(/^https:\/\/harbour\.example/);
    await website.fill('https://tea.example');
    await visit.page.getByRole('button', { name: 'Save' }).click();

    await expect.poll(() => visit.api.records.get('customer', id)).toMatchObject({ website: 'https://tea.example/', version: 2 });
    await banner().waitFor({ state: 'detached' });
  });

  it('of what a colleague has changed meanwhile wait for the answer whose value counts', async () => {
    const id = await begin('/customers/:id');
    await network(false);
    await write(visit.page, 'Website', 'https://mine.example');
    await visit.page.getByText('Changes waiting to be sent: 1').waitFor();
    visit.api.records.change('customer', id, { website: 'https://theirs.example/' });
    await network(true);

    const question = visit.page.getByRole('dialog', { name: 'Harbour Tea' });
    await question.getByText('theirs.example').waitFor();
    await visit.page.keyboard.press('Escape');
    await visit.page.getByText('Changes that need your decision: 1').waitFor();
    await visit.page.getByRole('button', { name: 'Show', exact: true }).click();
    await visit.page.getByRole('button', { name: 'Decide' }).click();
    await question.getByRole('button', { name: 'Keep mine' }).click();

    await expect.poll(() => visit.api.records.get('customer', id)).toMatchObject({ website: 'https://mine.example/', version: 3 });
  });

  it('are asked about before signing out, and gone when they are given up', async () => {
    await begin('/customers/:id');
    await network(false);
    await write(visit.page, 'Website', 'https://harbour.example');
    await visit.page.getByText('Changes waiting to be sent: 1').waitFor();
    // The network is back, and the server too busy to take anything.
    visit.command = ({ method }) => (method === 'PATCH' ? { status: 503, headers: { 'retry-after': '60' }, body: {} } : undefined);
    await network(true);
    await visit.page.getByText('You are offline').waitFor({ state: 'detached' });

    await visit.page.getByRole('button', { name: 'Account of Lin Wang' }).click();
    await visit.page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    const question = visit.page.getByRole('dialog', { name: 'Give up what was not sent?' });
    await question.getByRole('button', { name: 'Discard' }).click();

    await visit.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await expect.poll(() => visit.page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  });

  it('are nobody else’s on the same computer, and sent when their own member is back', async () => {
    const id = await begin('/customers/:id');
    await network(false);
    await write(visit.page, 'Website', 'https://harbour.example');
    await visit.page.getByText('Changes waiting to be sent: 1').waitFor();
    visit.api.signedIn = false;
    visit.api.token = 'token-2';
    await network(true);
    await visit.page.getByRole('heading', { name: 'Sign in' }).waitFor();

    const lin = visit.api.member;
    visit.api.member = { id: 'mem_2', name: 'Maria Silva', email: 'maria@tea.example' };
    await workHere();
    expect(await banner().count()).toBe(0);
    expect(writes().filter(({ headers }) => headers.authorization === 'Bearer token-2')).toEqual([]);
    await visit.page.getByRole('button', { name: 'Account of Maria Silva' }).click();
    await visit.page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await visit.page.getByRole('heading', { name: 'Sign in' }).waitFor();

    visit.api.member = lin;
    await workHere();
    await expect.poll(() => visit.api.records.get('customer', id)).toMatchObject({ website: 'https://harbour.example/', version: 2 });
  });

  it('on a computer of others live as long as the tab, which is said', async () => {
    const id = await begin('/customers/:id', false);
    await network(false);
    await visit.page.getByText('only as long as this tab stays open').waitFor();
    await write(visit.page, 'Website', 'https://harbour.example');
    await visit.page.getByText('Changes waiting to be sent, in this tab only: 1').waitFor();
    expect(await visit.page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);

    await network(true);
    await expect.poll(() => visit.api.records.get('customer', id)).toMatchObject({ website: 'https://harbour.example/' });
  });
});

describe('two tabs', () => {
  async function beside(path: string): Promise<Page> {
    const page = await visit.page.context().newPage();
    await page.goto(visit.site.url + path);
    await page.getByText('Harbour Tea').first().waitFor();
    return page;
  }

  it('show what either has written, with a network and without, and send it once', async () => {
    const id = await begin('/customers/:id');
    const other = await beside(`/customers/${id}`);
    await write(visit.page, 'Website', 'https://harbour.example');
    await other.getByText('harbour.example').waitFor();

    await network(false);
    await write(visit.page, 'Website', 'https://first.example');
    await other.getByText('first.example').waitFor();
    await write(other, 'Website', 'https://second.example');
    await visit.page.getByText('second.example').waitFor();
    await visit.page.getByText('Changes waiting to be sent: 1').waitFor();
    await network(true);

    await expect.poll(() => visit.api.records.get('customer', id)).toMatchObject({ website: 'https://second.example/', version: 3 });
    await banner().waitFor({ state: 'detached' });
    await banner(other).waitFor({ state: 'detached' });
    expect(writes()).toHaveLength(2);
  });

  it('end together when one signs out', async () => {
    const id = await begin('/customers/:id');
    const other = await beside(`/customers/${id}`);

    await visit.page.getByRole('button', { name: 'Account of Lin Wang' }).click();
    await visit.page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();

    await other.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await other.getByText('Harbour Tea').count()).toBe(0);
  });
});
