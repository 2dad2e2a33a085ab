import { describe, expect, it } from 'vitest';
import { useVisits } from '../support/visit.ts';

const visit = useVisits();
/** A real id: a form names him as the owner. */
const ME = 'mem_0000000000000000000000000A';
const page = () => visit.page;
const customer = () => visit.api.records.all('customer')[0];

/** Signs in on one's own computer, where drafts may be kept. */
async function open(path: string, look?: { kept?: boolean }): Promise<void> {
  visit.api.signedIn = false;
  visit.api.member.id = visit.api.records.me = ME;
  await visit.open(`/sign-in?next=${encodeURIComponent(path)}`, look);
  await page().getByLabel('E-mail').fill('lin@tea.example');
  await page().getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page().getByRole('button', { name: 'Sign in' }).click();
  await page().getByLabel('Name').first().waitFor();
}
const grade = { id: 'fld_1', on: 'customer', key: 'grade', fieldKind: 'text', label: { en: 'Grade', zh: '等级' } } as const;

describe('a form', () => {
  it('keeps what was typed while its language is switched, and says the rest in the new one', async () => {
    await open('/customers/new');
    await page().getByLabel('Name').first().fill('Ocean Rice');

    await page().getByRole('button', { name: 'Account of Lin Wang' }).click();
    await page().getByRole('menuitemradio', { name: '简体中文' }).click();
    await page().getByRole('button', { name: '创建' }).waitFor();
    expect(await page().getByLabel('名称').first().inputValue()).toBe('Ocean Rice');
    await page().getByRole('button', { name: '创建' }).click();

    await expect.poll(customer).toMatchObject({ name: 'Ocean Rice' });
  });

  it('whose field an administrator has removed meanwhile saves the rest, and gives back what was typed there', async () => {
    visit.api.customFields = [grade];
    const { id } = visit.api.records.add('customer', { name: 'Harbour Tea' });
    await open(`/customers/${id}/edit`);
    await page().getByLabel('Name').first().fill('Harbour Tea House');
    await page().getByLabel('Grade').fill('First flush');

    visit.api.customFields = [];
    await page().getByRole('button', { name: 'Save' }).click();

    await page().getByText('You had entered: First flush').waitFor();
    expect(customer()).toMatchObject({ name: 'Harbour Tea House' });
    expect(customer()).not.toHaveProperty('x_grade');
  });

  it('is as it was after its page was lost, and begins anew when asked to', async () => {
    await open('/customers/new');
    await page().getByLabel('Name').first().fill('Ocean Rice');
    page().on('dialog', (leave) => void leave.accept());

    await page().reload();
    await page().getByText('What you had entered here before is back.').waitFor();
    expect(await page().getByLabel('Name').first().inputValue()).toBe('Ocean Rice');
    await page().getByRole('button', { name: 'Start over' }).click();
    expect(await page().getByLabel('Name').first().inputValue()).toBe('');
    await page().reload();

    await page().getByLabel('Name').first().waitFor();
    expect(await page().getByText('What you had entered').count()).toBe(0);
  });
});

it('a field that is removed while it is being written gives back what was typed', async () => {
  visit.api.customFields = [grade];
  const { id } = visit.api.records.add('customer', { name: 'Harbour Tea', x_grade: 'Second flush' });
  await visit.open(`/customers/${id}`);
  await page().getByRole('button', { name: 'Edit Grade' }).click();
  await page().getByRole('textbox', { name: 'Grade' }).fill('First flush');

  visit.api.customFields = [];
  visit.api.records.epoch = 2;
  await page().evaluate(() => dispatchEvent(new Event('focus')));

  await page().getByText('You had entered: First flush').waitFor();
});

it('an old tab goes on with the files of its release, of which the one before this one is kept', async () => {
  visit.api.signedIn = false;
  await visit.open('/sign-in', { kept: true });
  await page().evaluate(() => navigator.serviceWorker.getRegistrations().then((all) => Promise.all(all.map((one) => one.unregister()))));
  await page().evaluate(async () => {
    for (const release of ['release:older', 'release:before']) {
      const cache = await caches.open(release);
      await cache.put(`/assets/${release.slice(8)}.js`, new Response('the script', { headers: { 'content-type': 'text/javascript' } }));
    }
  });
  visit.api.signedIn = true;
  await page().goto(`${visit.site.url}/customers`);
  await page().evaluate(() => navigator.serviceWorker.ready);
  await expect.poll(() => page().evaluate(async () => (await caches.keys()).includes('release:older'))).toBe(false);

  await page().reload();
  const got = (name: string) => page().evaluate((url) => fetch(url).then(({ ok }) => ok), `/assets/${name}.js`);

  expect([await got('before'), await got('older')]).toEqual([true, false]);
});

it('a clock that is a day ahead makes nothing overdue', async () => {
  await visit.open('/');
  const soon = new Date(Date.now() + 3 * 3_600_000).toISOString();
  const past = new Date(Date.now() - 3 * 3_600_000).toISOString();
  visit.api.records.add('activity', { subject: 'Call Ann', type: 'call', status: 'planned', plannedStart: soon });
  visit.api.records.add('activity', { subject: 'Call Bob', type: 'call', status: 'planned', plannedStart: past });
  await page().addInitScript(() => {
    const real = Date.now;
    Date.now = () => real() + 86_400_000;
  });
  await page().goto(`${visit.site.url}/activities`);

  await page().getByRole('row').filter({ hasText: 'Call Bob' }).getByText('Overdue').first().waitFor();
  expect(await page().getByRole('row').filter({ hasText: 'Call Ann' }).getByText('Overdue').count()).toBe(0);
});
