import { expect, it } from 'vitest';
import { useVisits } from '../support/visit.ts';

const visit = useVisits();

/** Signs in, on a computer of one's own or not, and waits until the browser has kept the release. */
async function workHere(isOwn = true): Promise<void> {
  visit.api.signedIn = false;
  visit.api.records.add('customer', { name: 'Harbour Tea' });
  await visit.open('/sign-in?next=/customers', { kept: true });
  await visit.page.getByLabel('E-mail').fill('lin@tea.example');
  await visit.page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  if (!isOwn) await visit.page.getByLabel('This is my own computer').uncheck();
  await visit.page.getByRole('button', { name: 'Sign in' }).click();
  await visit.page.getByText('Harbour Tea').waitFor();
  await visit.page.evaluate(() => navigator.serviceWorker.ready);
  // Of the disk too: what the feed has told lies there.
  await expect.poll(() => visit.page.evaluate(async () => (await indexedDB.databases()).length)).toBe(isOwn ? 1 : 0);
}

const kept = (): Promise<string[]> =>
  visit.page.evaluate(async () => {
    const opened = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const requests = await Promise.all(opened.map((cache) => cache.keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });

it('opens without a network onto the records that are here, and hears of news when it is back', async () => {
  await workHere();

  await visit.page.context().setOffline(true);
  await visit.page.reload();
  await visit.page.getByText('Harbour Tea').waitFor();
  await visit.page.getByText('You are offline.').waitFor();

  visit.api.records.add('customer', { name: 'Ocean Rice' });
  await visit.page.context().setOffline(false);
  await visit.page.getByText('Ocean Rice').waitFor();
  await visit.page.getByText('You are offline.').waitFor({ state: 'detached' });
});

it('keeps files of the release alone, which are the same for everybody', async () => {
  await workHere();

  const files = await kept();
  expect(files).toContain('/');
  expect(files.filter((file) => !/^\/(?:$|boot\.js$|favicon\.svg$|assets\/)/.test(file))).toEqual([]);
});

it('shows nobody’s records without a network after signing out', async () => {
  await workHere();
  await visit.page.getByRole('button', { name: 'Account of Lin Wang' }).click();
  await visit.page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
  await visit.page.getByRole('heading', { name: 'Sign in' }).waitFor();

  await visit.page.context().setOffline(true);
  await visit.page.goto(`${visit.site.url}/customers`);
  await visit.page.getByRole('button', { name: 'Try again' }).waitFor();

  expect(await visit.page.getByText('Harbour Tea').count()).toBe(0);
  expect(await visit.page.evaluate(() => localStorage.getItem('session'))).toBeNull();
});

it('keeps no session on a computer of others', async () => {
  await workHere(false);

  expect(await visit.page.evaluate(() => localStorage.getItem('session'))).toBeNull();
});
