import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { openPage } from '../support/page.ts';
import { PlayedApi } from '../support/playedApi.ts';
import { openSite, type ApiAnswer } from '../support/site.ts';
import { builtFolder } from '../support/webBuild.ts';

const ME = 'mem_00000000000000000000000001';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const rowAt = (n: number) => ({ id: `row-${n}`, at: `2026-03-0${n}T02:00:00.000Z`, code: 'record.created', by: ME });

it('a timeline goes on page by page, and keeps what it has when a page cannot be had', async () => {
  const api = new PlayedApi();
  api.member.id = ME;
  api.members = [{ id: ME, name: 'Lin Wang', active: true }];
  const tea = api.records.add('customer', { name: 'Qingshan Tea House' });
  let reachable = false;
  const timeline = (cursor: string | null): ApiAnswer => {
    if (cursor === null) return { body: { items: [rowAt(3)], cursor: 'older' } };
    return reachable ? { body: { items: [rowAt(2)] } } : { status: 503, body: { code: 'table.unavailable', status: 503 } };
  };
  const site = await openSite(builtFolder('app'), (request) =>
    request.path === `customers/${tea.id}/timeline` ? timeline(request.query.get('cursor')) : api.answer(request),
  );
  const { page, context, faults } = await openPage(browser);
  const rows = page.getByText('Customer created');
  try {
    await page.goto(`${site.url}/customers/${tea.id}`);
    await page.getByRole('button', { name: 'Older' }).click();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await rows.count()).toBe(1);

    reachable = true;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: 'Older' }).click();

    await expect.poll(() => rows.count(), { timeout: 15_000, interval: 20 }).toBe(2);
    await page.getByRole('button', { name: 'Older' }).waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
  } finally {
    await context.close();
    await site.close();
  }
});
