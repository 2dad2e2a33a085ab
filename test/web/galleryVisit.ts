/** At the gallery of all components, in a browser. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { openPage, type Look, type Watched } from '../support/page.ts';
import { openSite, type Site } from '../support/site.ts';
import { builtFolder } from '../support/webBuild.ts';

let browser: Browser;
let site: Site;
let watched: Watched;
export let page: Page;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), openSite(builtFolder('gallery'))]);
});
afterAll(async () => {
  await browser.close();
  await site.close();
});
afterEach(async () => {
  await watched.context.close();
  expect(watched.faults).toEqual([]);
});

export async function open(path: string, look?: Look): Promise<void> {
  watched = await openPage(browser, look);
  page = watched.page;
  await page.goto(site.url + path);
  await page.locator('h1').waitFor();
}

/** What a control of the gallery holds. */
export const held = (name: string): Promise<string | null> => page.getByTestId(name).textContent();
export const focused = (): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim() ?? null);
