import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { leftToBrowser, openPage, type Watched } from '../support/page.ts';
import { openSite, type Site } from '../support/site.ts';
import { builtFolder } from '../support/webBuild.ts';

let browser: Browser;
let site: Site;
let watched: Watched;
let page: Page;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), openSite(builtFolder('gallery'))]);
});
afterAll(async () => {
  await browser.close();
  await site.close();
});
beforeEach(async () => {
  watched = await openPage(browser);
  page = watched.page;
});
afterEach(() => watched.context.close());

async function open(path: string): Promise<void> {
  await page.goto(site.url + path);
  await page.locator('h1').waitFor();
}
const follow = (href: string): Promise<void> => page.getByRole('link', { name: href, exact: true }).click();
const heading = (name: string): Promise<void> => page.getByRole('heading', { name, exact: true }).waitFor();
const path = (): string => new URL(page.url()).pathname;
const scrollTop = (): Promise<number> => page.locator('[data-scroll]').evaluate((box) => box.scrollTop);
/** Marks the document, to see whether it was loaded anew. */
const mark = (): Promise<void> => page.evaluate(() => void (document.body.dataset['mark'] = 'here'));
const marked = (): Promise<boolean> => page.evaluate(() => document.body.dataset['mark'] === 'here');

describe('a link', () => {
  it('shows its page without loading the document anew, moves the focus and the title', async () => {
    await open('/');
    await mark();
    await follow('/leaf/1');
    await heading('Leaf 1');

    expect(await marked()).toBe(true);
    expect(await page.title()).toBe('Leaf 1');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Leaf 1');
  });

  it('is the browser’s with Ctrl', async () => {
    await open('/');
    const left = leftToBrowser(page);
    await page.getByRole('link', { name: '/leaf/1' }).click({ modifiers: ['ControlOrMeta'] });

    expect(await left).toBe('/leaf/1');
    expect(path()).toBe('/');
  });

  it('to a path without parameters beats one with', async () => {
    await open('/leaf/1');
    await follow('/leaf/new');

    await heading('A new leaf');
  });

  it('to another record makes the page anew', async () => {
    await open('/leaf/1');
    await page.getByRole('textbox', { name: 'Note' }).fill('about the first');
    await follow('/leaf/2');
    await heading('Leaf 2');

    expect(await page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('');
  });

  it('to nowhere is the server’s affair, and answered by the page', async () => {
    await open('/');
    await follow('/nowhere');

    await page.getByText('nothing here').waitFor();
  });
});

describe('Back', () => {
  it('returns to the page and to where it was scrolled', async () => {
    await open('/leaf/1');
    await page.locator('[data-scroll]').evaluate((box) => (box.scrollTop = 700));
    await follow('/leaf/2');
    await heading('Leaf 2');
    expect(await scrollTop()).toBe(0);

    await page.goBack();
    await heading('Leaf 1');

    await expect.poll(scrollTop).toBe(700);
  });

  it('knows the place after a reload too', async () => {
    await open('/leaf/1');
    await page.locator('[data-scroll]').evaluate((box) => (box.scrollTop = 500));
    await page.reload();
    await heading('Leaf 1');

    await expect.poll(scrollTop).toBe(500);
  });

  it('does not stop at changes of the view', async () => {
    await open('/');
    await follow('/leaf/1');
    await heading('Leaf 1');
    await page.locator('[data-scroll]').evaluate((box) => (box.scrollTop = 20));
    await page.getByRole('button', { name: 'Tall view' }).click();
    await page.getByText('view tall').waitFor();
    expect(page.url()).toContain('?view=tall');
    expect(await scrollTop()).toBe(20);

    await page.goBack();
    await heading('Controls');
  });
});

describe('unsaved changes', () => {
  const dialog = () => page.getByRole('dialog', { name: 'Leave the draft?' });

  beforeEach(async () => {
    await open('/');
    await follow('/draft');
    await heading('Draft');
    await page.getByLabel('Text').fill('half a thought');
  });

  it('hold a link until the user agrees', async () => {
    await follow('/states');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    expect(path()).toBe('/draft');
    expect(await page.getByLabel('Text').inputValue()).toBe('half a thought');

    await follow('/states');
    await dialog().getByRole('button', { name: 'Leave' }).click();
    await heading('States');
  });

  it('hold Back, and Back goes where it would have gone', async () => {
    await page.evaluate(() => history.back());
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    expect(path()).toBe('/draft');

    await page.evaluate(() => history.back());
    await dialog().getByRole('button', { name: 'Leave' }).click();
    await heading('Controls');
    expect(path()).toBe('/');
  });

  it('hold nobody once they are gone', async () => {
    await page.getByLabel('Text').fill('');
    await follow('/states');

    await heading('States');
  });
});

describe('a chunk that is gone after a release', () => {
  const chunk = /\/assets\/States-.*\.js$/;

  it('is fetched by one reload', async () => {
    await open('/');
    let failures = 1;
    await page.route(chunk, (route) => (failures-- > 0 ? route.fulfill({ status: 404 }) : route.continue()));
    await mark();
    await follow('/states');
    await heading('States');

    expect(await marked()).toBe(false);
  });

  it('that stays away is said, without reloading for ever', async () => {
    await open('/');
    let asked = 0;
    await page.route(chunk, (route) => {
      asked++;
      return route.fulfill({ status: 404 });
    });
    await follow('/states');
    await page.getByRole('alert').getByText('failed').waitFor();
    expect(asked).toBeLessThanOrEqual(3);

    // The rest of the site goes on.
    await follow('/leaf/1');
    await heading('Leaf 1');
  });
});
