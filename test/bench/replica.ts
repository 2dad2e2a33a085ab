/**
 * `npm run bench replica [-- --records 50000]`: the records of a large workspace in Chromium: how long the first load
 * takes and whether it tells how far it is, how soon a later visit has its list off the disk, and what all of it weighs
 * in memory. Seconds are this machine's, server and browser together.
 */
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { openPage } from '../support/page.ts';
import { PlayedApi } from '../support/playedApi.ts';
import { openSite } from '../support/site.ts';
import { buildWeb, builtFolder } from '../support/webBuild.ts';
import { firmOf } from './support/firms.ts';
import { timed } from './support/paints.ts';
import { quantile, rounded } from './support/quantiles.ts';
import { atLeast, atMost, report } from './support/report.ts';

const MOST = { firstSeconds: 20, laterSeconds: 1.5, memoryMb: 250 };
/** How many counts somebody who watches the first load must have seen. */
const LEAST_STEPS = 10;
const VISITS = 5;
const { values } = parseArgs({ options: { records: { type: 'string', default: '50000' } } });
const records = Number(values.records);

const COUNT = `document.querySelector('[aria-live="polite"].tabular-nums')?.textContent.trim()`;
const USABLE = `document.querySelector('[role="row"] a') && ${COUNT} === ${JSON.stringify(records.toLocaleString('en-GB'))}`;
/** Whether the disk has all customers. */
const KEPT = `(async () => {
  const [{ name }] = await indexedDB.databases();
  const done = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = reject; });
  const db = await done(indexedDB.open(name));
  const state = await done(db.transaction('state').objectStore('state').get('here'));
  db.close();
  return state?.types.includes('customer') ?? false;
})()`;

await buildWeb('app');
const api = new PlayedApi();
for (let n = 0; n < records; n++) {
  const createdAt = new Date(1_700_000_000_000 + n * 60_000).toISOString();
  api.records.add('customer', firmOf((n * 7919) % records), { createdAt });
}
const site = await openSite(builtFolder('app'), api.answer, { compress: true });
const browser = await launchBrowser();
try {
  const { page, context } = await openPage(browser);
  // A computer of one's own keeps the records on its disk.
  await page.addInitScript(`localStorage.setItem('private', 'yes')`);
  await page.addInitScript(`
    globalThis.counts_ = new Set();
    setInterval(() => { const count = ${COUNT}; if (count) globalThis.counts_.add(count); }, 50);`);
  await page.goto(`${site.url}/customers`);
  await timed(page, '', USABLE, 600_000);
  const firstSeconds = (await sinceStart(page)) / 1000;
  const steps = await page.evaluate<number>('globalThis.counts_.size');
  while (!(await page.evaluate<boolean>(KEPT))) await page.waitForTimeout(200);

  const later = [];
  for (let visit = 0; visit < VISITS; visit++) {
    await page.goto(`${site.url}/customers`);
    await timed(page, '', USABLE, 60_000);
    later.push((await sinceStart(page)) / 1000);
  }
  // What a list learns in idle time is part of what it weighs.
  await page.waitForTimeout(8_000);
  const memoryMb = await heapMb(page);
  await context.close();

  console.table([
    { what: 'first load of all records', seconds: rounded(firstSeconds, 1), 'counts shown meanwhile': steps },
    { what: 'later visit, usable list', seconds: rounded(quantile(later, 0.5)), worst: rounded(Math.max(...later)) },
    { what: 'memory after it', MB: rounded(memoryMb, 0) },
  ]);
  report('replica', [
    atMost(`${records} customers loaded for the first time`, firstSeconds, MOST.firstSeconds, 's'),
    atLeast('counts shown while they load', steps, LEAST_STEPS, 'different ones'),
    atMost(`list of ${records} customers in a later visit`, quantile(later, 0.5), MOST.laterSeconds, 's'),
    atMost(`memory with ${records} customers`, memoryMb, MOST.memoryMb, 'MB'),
  ]);
} finally {
  await browser.close();
  await site.close();
}

/** Milliseconds since the visit began. */
function sinceStart(page: Page): Promise<number> {
  return page.evaluate<number>('performance.now()');
}

/** What scripts hold once the rubbish is out. */
async function heapMb(page: Page): Promise<number> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devTools.send('Runtime.getHeapUsage');
  return usedSize / 1_000_000;
}
