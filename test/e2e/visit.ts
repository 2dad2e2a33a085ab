import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';

export interface ForeignSite {
  /** Another origin than the product's. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Somebody's own site, with forms pasted into its pages.
 * @param pages  by path: what stands in the page
 */
export async function openForeignSite(pages: Readonly<Record<string, string>>): Promise<ForeignSite> {
  const server = createServer(({ url = '/' }, reply) => {
    const page = pages[url];
    reply.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    reply.end(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title></head><body>${page ?? ''}</body></html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A button or link of exactly that name. */
export const named = (name: string): string => `:is(button, a):is([aria-label="${name}"], :not([aria-label]):text-is("${name}"))`;

const MOST_STOPS = 80;

/**
 * Presses Tab until the keyboard is where the selector says: what is named so is reached without a mouse.
 * @throws Error with the stops on the way
 */
export async function tabTo(page: Page, selector: string): Promise<void> {
  const stops: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab');
    if (await page.locator(selector).and(page.locator(':focus')).count()) return;
    stops.push(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 80) ?? ''));
  }
  throw new Error(`Tab does not reach ${selector}:\n${stops.join('\n')}`);
}
