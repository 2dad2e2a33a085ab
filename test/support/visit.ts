import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launchBrowser } from './browser.ts';
import { openPage, type Look, type Watched } from './page.ts';
import { PlayedApi } from './playedApi.ts';
import { openSite, type ApiAnswer, type ApiRequest, type Site } from './site.ts';
import { builtFolder } from './webBuild.ts';

/** A member at a page of the built product, in front of a played server. */
export interface Visit {
  readonly api: PlayedApi;
  readonly site: Site;
  readonly page: Page;
  /** What the server says before the played one is asked; undefined leaves it to that. */
  command: (request: ApiRequest) => ApiAnswer | undefined;
  open(path: string, look?: Look): Promise<void>;
  /** Requests to this path, oldest first. */
  asked(method: string, path: string): ApiRequest[];
  /** Path and query of the page. */
  at(): string;
}

export const LOOKS: readonly (readonly [string, Look])[] = [
  ['light', {}],
  ['dark, in Chinese', { dark: true, locale: 'zh-CN' }],
  ['on a phone', { phone: true }],
];

/** Sets up a fresh visit for every test of the file. A page that complained, in the console or by its policy, fails its test. */
export function useVisits(): Visit {
  let browser: Browser;
  let watched: Watched | undefined;
  let now: { api: PlayedApi; site: Site };
  const visit: Visit = {
    get api() {
      return now.api;
    },
    get site() {
      return now.site;
    },
    get page() {
      return watched!.page;
    },
    command: () => undefined,
    open: async (path, look) => {
      watched = await openPage(browser, look);
      await watched.page.goto(now.site.url + path);
      await watched.page.locator('h1').first().waitFor();
    },
    asked: (method, path) => now.site.requests.filter((request) => request.method === method && request.path === path),
    at: () => {
      const { pathname, search } = new URL(watched!.page.url());
      return pathname + search;
    },
  };
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    const api = new PlayedApi();
    visit.command = () => undefined;
    now = { api, site: await openSite(builtFolder('app'), (request) => visit.command(request) ?? api.answer(request)) };
  });
  afterEach(async () => {
    const faults = watched?.faults ?? [];
    await watched?.context.close();
    watched = undefined;
    await now.site.close();
    expect(faults).toEqual([]);
  });
  return visit;
}
