import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { findBarriers, openPage, type Look, type Watched } from '../support/page.ts';
import { PlayedApi } from '../support/playedApi.ts';
import { openSite, type Site } from '../support/site.ts';
import { builtFolder } from '../support/webBuild.ts';

let browser: Browser;
let api: PlayedApi;
let site: Site;
let watched: Watched;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  api = new PlayedApi();
  site = await openSite(builtFolder('app'), api.answer);
});
afterEach(async () => {
  await watched.context.close();
  await site.close();
  expect(watched.faults).toEqual([]);
});

async function open(path: string, look?: Look): Promise<void> {
  watched = await openPage(browser, look);
  page = watched.page;
  await page.goto(site.url + path);
  await page.locator('h1').first().waitFor();
}
const path = (): string => new URL(page.url()).pathname + new URL(page.url()).search;
const home = (of = page): Promise<void> => of.getByRole('heading', { name: /^Good / }).waitFor();
const asked = (route: string) => site.requests.filter((request) => request.path === route);

async function signIn(password = 'correct horse battery'): Promise<void> {
  await page.getByLabel('E-mail').fill('lin@tea.example');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

describe('every page of the shell', () => {
  const looks: [string, Look][] = [
    ['light', {}],
    ['dark, in Chinese', { dark: true, locale: 'zh-CN' }],
    ['on a phone', { phone: true }],
  ];
  const pages = [
    '/',
    '/whats-new',
    '/sign-in',
    '/sign-up',
    '/forgot',
    '/reset#good',
    '/reset',
    '/invite#good',
    '/apply/open',
    '/apply/open#good',
    '/apply/shut',
    '/nowhere',
  ];
  it.each(looks.flatMap(([name, look]) => pages.map((at) => [at, name, look] as const)))(
    '%s is without barriers, %s',
    async (at, _name, look) => {
      api.signedIn = ['/', '/whats-new', '/nowhere'].includes(at);
      await open(at, look);

      expect(await findBarriers(page)).toEqual([]);
    },
  );

  it.each(['/', '/whats-new', '/sign-in'])('%s fits 320 pixels without scrolling sideways', async (at) => {
    api.signedIn = at !== '/sign-in';
    await open(at);
    await page.setViewportSize({ width: 320, height: 640 });

    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
});

describe('signing in', () => {
  beforeEach(() => {
    api.signedIn = false;
  });

  it('is asked of a visitor, who then lands where he wanted to be', async () => {
    await open('/?view=mine');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(path()).toBe('/sign-in?next=%2F%3Fview%3Dmine');

    await signIn();
    await home();

    expect(path()).toBe('/?view=mine');
  });

  it('says what is wrong, at the field and as a whole', async () => {
    await open('/sign-in');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(
      await page.getByLabel('E-mail').evaluate((input) => [input === document.activeElement, input.getAttribute('aria-invalid')]),
    ).toEqual([true, 'true']);

    await signIn('wrong');

    await page.getByRole('alert').getByText('E-mail or password is wrong.').waitFor();
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('wrong');
  });

  it('keeps the token out of every storage', async () => {
    await open('/sign-in');
    await signIn();
    await home();

    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie);
    expect(kept).not.toContain(api.token);
  });

  it('remembers whose computer this is', async () => {
    await open('/sign-in');
    await page.getByLabel('This is my own computer').uncheck();
    await signIn();
    await home();

    expect(await page.evaluate(() => localStorage.getItem('private'))).toBeNull();
  });

  it('does not follow a foreign address', async () => {
    await open('/sign-in?next=//evil.example/');
    await signIn();
    await home();

    expect(path()).toBe('/');
  });

  it('is brought by the first sign-up', async () => {
    await open('/sign-up');
    await page.getByLabel('Company name').fill('Qingshan Tea');
    await page.getByLabel('Your name').fill('Lin Wang');
    await page.getByLabel('E-mail').fill('lin@tea.example');
    await page.getByLabel('Password', { exact: true }).fill('too short');
    await page.getByRole('button', { name: 'Create workspace' }).click();
    await page.getByText('too short or too easy').waitFor();
    expect(asked('auth/sign-up')).toEqual([]);

    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Create workspace' }).click();
    await home();

    expect(asked('auth/sign-up')[0]!.body).toEqual({
      email: 'lin@tea.example',
      password: 'correct horse battery',
      name: 'Lin Wang',
      workspaceName: 'Qingshan Tea',
      locale: 'en',
      zone: 'Asia/Shanghai',
    });
  });
});

describe('a forgotten password', () => {
  beforeEach(() => {
    api.signedIn = false;
  });

  it('gets the same answer for every address', async () => {
    await open('/forgot');
    await page.getByLabel('E-mail').fill('nobody@nowhere.example');
    await page.getByRole('button', { name: 'Send link' }).click();

    await page.getByText('If nobody@nowhere.example has an account here').waitFor();
  });

  it('is replaced by the link of the mail, whose token leaves the address at once', async () => {
    await open('/reset#good');
    expect(page.url()).toBe(`${site.url}/reset`);
    await page.getByLabel('New password').fill('correct horse battery');
    await page.getByRole('button', { name: 'Save password' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();

    expect(asked('auth/reset')[0]!.body).toEqual({ token: 'good', password: 'correct horse battery' });
  });

  it('says when the link is spent', async () => {
    await open('/reset#spent');
    await page.getByLabel('New password').fill('correct horse battery');
    await page.getByRole('button', { name: 'Save password' }).click();

    await page.getByText('expired or was already used').waitFor();
  });
});

describe('a session', () => {
  it('goes on after a reload, and renews its token without a word', async () => {
    await open('/');
    await home();
    await page.reload();
    await home();

    expect(path()).toBe('/');
  });

  it('that the server has ended leads to the sign-in page', async () => {
    await open('/');
    await home();
    api.signedIn = false;
    await page.reload();

    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  it('ends in all tabs at once', async () => {
    await open('/');
    const other = await watched.context.newPage();
    await other.goto(site.url);
    await home(other);

    await page.getByRole('button', { name: 'Account of Lin Wang' }).click();
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();

    await other.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  it('of another person takes the place of the one before, in all tabs', async () => {
    api.signedIn = false;
    await open('/sign-in');
    const other = await watched.context.newPage();
    await other.goto(`${site.url}/sign-in`);
    await other.locator('h1').waitFor();

    await signIn();
    await home();

    await home(other);
  });

  it('takes another workspace along', async () => {
    await open('/');
    await page.getByRole('button', { name: /Switch workspace/ }).click();
    await page.getByRole('menuitemradio', { name: 'Harbour Foods' }).click();
    await page.getByRole('button', { name: 'Switch workspace, now Harbour Foods' }).waitFor();

    expect(asked('session').at(-1)!.headers['x-workspace']).toBe('wsp_2');
  });

  it('says when the server cannot be reached, and tries again', async () => {
    watched = await openPage(browser);
    page = watched.page;
    await page.route('**/api/v1/**', (route) => route.abort());
    await page.goto(site.url);
    await page.getByText('No connection').waitFor();
    await page.unroute('**/api/v1/**');
    await page.getByRole('button', { name: 'Try again' }).click();

    await home();
  });
});

describe('the shell', () => {
  it('offers only what the rights allow', async () => {
    api.rights = { grants: { customers: { read: 'own' }, leads: { read: 'own' } } };
    await open('/');

    const links = await page.getByRole('navigation').getByRole('link').allTextContents();
    expect(links.map((link) => link.trim())).toEqual([
      'Home',
      'News',
      'Leads',
      'Customers',
      'Contacts',
      'Churn warnings',
      'Help',
      'Settings',
    ]);
    expect(await page.getByRole('button', { name: 'New' }).count()).toBe(0);
  });

  it('switches the language without a reload, down to dates and title', async () => {
    await open('/');
    await page.evaluate(() => void (document.body.dataset['mark'] = 'here'));
    await page.getByRole('button', { name: 'Account of Lin Wang' }).click();
    await page.getByRole('menuitemradio', { name: '简体中文' }).click();

    await page.getByRole('heading', { name: /好，Lin Wang/ }).waitFor();
    expect(await page.evaluate(() => [document.documentElement.lang, document.title, document.body.dataset['mark']])).toEqual([
      'zh-CN',
      '工作台 · Regulars',
      'here',
    ]);

    await page.reload();
    await page.getByRole('heading', { name: /好，Lin Wang/ }).waitFor();
  });

  it('keeps a theme that was chosen, from the first paint on', async () => {
    await open('/');
    await page.getByRole('button', { name: 'Account of Lin Wang' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');

    await page.reload({ waitUntil: 'commit' });
    await page.waitForFunction(() => document.documentElement.dataset['theme'] !== undefined);
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  });

  it('is searched with Ctrl-K, by keys alone', async () => {
    await open('/');
    await home();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search' }).waitFor();
    await page.keyboard.type('sett');
    expect(await page.getByRole('option').allTextContents()).toHaveLength(1);
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press('Enter');

    await expect.poll(() => path()).toBe('/settings');
  });

  it('opens the New menu with C, but not while somebody types', async () => {
    await open('/');
    await home();
    await page.keyboard.press('c');
    await page.getByRole('menuitem', { name: 'New customer' }).waitFor();
    await page.keyboard.press('Escape');

    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search' }).pressSequentially('c');
    expect(await page.getByRole('menu').count()).toBe(0);
  });

  it('goes with G and a letter, and lists its keys under ?', async () => {
    await open('/');
    await home();
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await expect.poll(() => path()).toBe('/customers');
    expect(await page.getByRole('menu').count()).toBe(0);

    await page.keyboard.press('Shift+?');
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await help.waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await help.getByRole('switch', { name: 'Single-key shortcuts' }).uncheck();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await page.keyboard.press('c');
    expect(await page.getByRole('menu').count()).toBe(0);
  });

  it('lets the keyboard skip to the content', async () => {
    await open('/');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');

    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
  });

  it('tells when it is offline', async () => {
    await open('/');
    await watched.context.setOffline(true);
    await page.getByText('You are offline').waitFor();
    await watched.context.setOffline(false);

    await page.getByText('You are offline').waitFor({ state: 'detached' });
  });

  it('tells a member of a new release once, and nobody on a first visit', async () => {
    api.signedIn = false;
    await open('/sign-in');
    await signIn();
    await home();
    const hint = page.getByText('Regulars has been updated.');
    const told = () => page.evaluate(() => localStorage.getItem('releases'));
    await expect.poll(told).toContain('mem_1');
    expect(await hint.count()).toBe(0);

    await page.evaluate(() => localStorage.setItem('releases', '{"mem_1":"2026.1.1"}'));
    await page.reload();
    await hint.waitFor();
    await page.getByRole('button', { name: 'See what’s new' }).click();
    await page.getByRole('heading', { level: 1, name: 'What’s new' }).waitFor();
    await hint.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'What’s new' }).waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Home' }).click();
    await home();

    expect(await hint.count()).toBe(0);
  });

  it('leads from the account to background jobs and to what is new', async () => {
    await open('/');
    await home();
    await page.getByRole('button', { name: 'Account of Lin Wang' }).click();
    await page.getByRole('menuitem', { name: 'What’s new' }).waitFor();
    await page.getByRole('menuitem', { name: 'Background jobs' }).click();

    await expect.poll(() => path()).toBe('/jobs');
  });

  it('hides its navigation in a drawer on phones', async () => {
    await open('/', { phone: true });
    expect(await page.getByRole('navigation').count()).toBe(0);
    await page.getByRole('button', { name: 'Navigation' }).click();
    await page.getByRole('dialog', { name: 'Navigation' }).getByRole('link', { name: 'Customers' }).click();

    await expect.poll(() => path()).toBe('/customers');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});
