import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

export interface Look {
  dark?: boolean;
  phone?: boolean;
  locale?: 'en-GB' | 'zh-CN';
  /** Lets the browser keep the release; else every page comes from the site. */
  kept?: boolean;
}

export interface Watched {
  page: Page;
  context: BrowserContext;
  /** Errors of scripts, of the console and of the policy; a good page has none. */
  faults: string[];
}

/** A page of a new person: own cookies, own storage, fixed zone. */
export async function openPage(
  browser: Browser,
  { dark = false, phone = false, locale = 'en-GB', kept = false }: Look = {},
): Promise<Watched> {
  const context = await browser.newContext({
    viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
    isMobile: phone,
    hasTouch: phone,
    colorScheme: dark ? 'dark' : 'light',
    locale,
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    serviceWorkers: kept ? 'allow' : 'block',
  });
  const faults: string[] = [];
  context.on('weberror', (error) => faults.push(String(error.error())));
  context.on('console', (message) => {
    // An answer that says no is the test's own doing.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text());
  });
  return { page: await context.newPage(), context, faults };
}

/**
 * Path of the next link whose click nobody on the page takes, so that the browser would follow it. It is stopped here:
 * the headless browser loses one new tab in ten.
 */
export function leftToBrowser(page: Page): Promise<string | null> {
  return page.evaluate(
    () =>
      new Promise<string | null>((resolve) => {
        // On the window and last: after every listener of the page.
        addEventListener(
          'click',
          (event) => {
            const link = (event.target as Element).closest('a');
            resolve(event.defaultPrevented ? null : (link?.pathname ?? null));
            event.preventDefault();
          },
          { once: true },
        );
      }),
  );
}

/** What axe finds wrong with the page as it stands: `rule: element`, best practices included. */
export async function findBarriers(page: Page): Promise<string[]> {
  // Evaluated by the debugger, which the page's policy does not bind.
  await page.evaluate(axe.source);
  const found = await runAxe(page);
  // What is drawn anew while axe looks is told of wrongly: only what it finds again is there.
  return found.length ? runAxe(page) : found;
}

async function runAxe(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  );
}
