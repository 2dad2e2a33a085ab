import { expect, it } from 'vitest';
import { useVisits } from '../support/visit.ts';

const visit = useVisits();

/** Signs in on one's own computer, where records would lie on the disk. */
async function signIn(): Promise<void> {
  if (!visit.api.records.all('customer').length) visit.api.records.add('customer', { name: 'Harbour Tea' });
  await visit.page.getByLabel('E-mail').fill('lin@tea.example');
  await visit.page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await visit.page.getByRole('button', { name: 'Sign in' }).click();
  await visit.page.getByText('Harbour Tea').waitFor();
}

/** The page hears of a colleague's work, and shows the records after a reload. */
async function goesOn(): Promise<void> {
  visit.api.records.add('customer', { name: 'Ocean Rice' });
  await visit.page.evaluate(() => dispatchEvent(new Event('focus')));
  await visit.page.getByText('Ocean Rice').waitFor();
  await visit.page.reload();
  await visit.page.getByText('Ocean Rice').waitFor();
}

const FAULTS: Readonly<Record<string, () => void>> = {
  'is full': () => {
    const full = (): never => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    IDBObjectStore.prototype.put = full;
    Storage.prototype.setItem = full;
  },
  'is forbidden': () => {
    for (const name of ['indexedDB', 'localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException('forbidden', 'SecurityError');
        },
      });
  },
};

it.each(Object.entries(FAULTS))('works where the storage %s', async (_name, spoil) => {
  visit.api.signedIn = false;
  await visit.open('/sign-in?next=/customers');
  await visit.page.context().addInitScript(spoil);
  await visit.page.reload();
  await signIn();

  await goesOn();
});

it('goes on where the storage is wiped while it is open', async () => {
  visit.api.signedIn = false;
  await visit.open('/sign-in?next=/customers');
  await signIn();
  const databases = () => visit.page.evaluate(async () => (await indexedDB.databases()).length);
  await expect.poll(databases).toBe(1);

  await visit.page.evaluate(async () => {
    localStorage.clear();
    for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name!);
  });
  await expect.poll(databases).toBe(0);

  await goesOn();
});

it('leaves nothing of one member to the next on the same computer', async () => {
  visit.api.signedIn = false;
  await visit.open('/sign-in?next=/customers');
  await signIn();
  const names = () => visit.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).join());
  await expect.poll(names).toContain('mem_1');

  // His cookie ran out, and a colleague sits down.
  visit.api.signedIn = false;
  await visit.page.goto(`${visit.site.url}/sign-in?next=/customers`);
  await visit.page.locator('h1').first().waitFor();
  visit.api.member = { id: 'mem_2', name: 'Maria Silva', email: 'maria@tea.example' };
  await signIn();

  await expect.poll(names).toMatch(/^[^,]*mem_2[^,]*$/);
  expect(JSON.parse((await visit.page.evaluate(() => localStorage.getItem('session')))!)).toMatchObject({
    data: { member: { id: 'mem_2' } },
  });
});
