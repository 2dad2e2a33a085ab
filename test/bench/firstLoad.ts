/**
 * `npm run bench firstLoad`: bytes, largest contentful paint and layout shift of a first visit in Chromium, as the machine
 * is, and as a slow phone has it (1.6 Mbit/s, 150 ms, a quarter of the processor). Bytes per route: `npm run web:sizes`.
 */
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { openPage } from '../support/page.ts';
import { PlayedApi } from '../support/playedApi.ts';
import { openSite } from '../support/site.ts';
import { buildWeb, builtFolder } from '../support/webBuild.ts';
import { firmOf } from './support/firms.ts';
import { quantile, rounded } from './support/quantiles.ts';
import { atMost, report } from './support/report.ts';

const VISITS = 5;
const MOST = { shift: 0.02, kb: 160, furtherKb: 40 };
const MACHINES = [
  { machine: 'this machine', mostMs: 1500, slow: false },
  { machine: 'slow 4G, processor ÷ 4', mostMs: 2300, slow: true },
];
const PAGES = [
  ['/sign-in', 'input[type="email"]'],
  ['/', 'h1'],
  ['/customers', '[role="row"] a'],
] as const;

/** Largest paint in milliseconds, sum of shifts nobody caused, bytes that came over the wire; read once the page is quiet. */
const READ = `(async () => {
  const read = (type) => new Promise((done) => {
    const found = [];
    new PerformanceObserver((list) => found.push(...list.getEntries())).observe({ type, buffered: true });
    setTimeout(() => done(found), 300);
  });
  const [paints, shifts] = [await read('largest-contentful-paint'), await read('layout-shift')];
  const files = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  return {
    paint: Math.max(...paints.map(({ startTime }) => startTime)),
    shift: shifts.filter(({ hadRecentInput }) => !hadRecentInput).reduce((sum, { value }) => sum + value, 0),
    bytes: files.filter(({ name }) => !name.includes('/api/')).reduce((sum, { transferSize }) => sum + transferSize, 0),
  };
})()`;

await buildWeb('app');
const api = new PlayedApi();
for (let n = 0; n < 150; n++) api.records.add('customer', firmOf(n));
const site = await openSite(builtFolder('app'), api.answer, { compress: true });
const browser = await launchBrowser();
try {
  const rows = [];
  for (const { machine, mostMs, slow } of MACHINES)
    for (const [path, sign] of PAGES) {
      api.signedIn = path !== '/sign-in';
      const visits = [];
      for (let visit = 0; visit < VISITS; visit++) visits.push(await visitOnce(browser, site.url + path, sign, slow));
      const paint = quantile(
        visits.map((each) => each.paint),
        0.5,
      );
      const shift = Math.max(...visits.map((each) => each.shift));
      const kb = Math.max(...visits.map((each) => each.bytes)) / 1000;
      const over = paint > mostMs || shift > MOST.shift || kb > MOST.kb + (path === '/sign-in' ? 0 : MOST.furtherKb);
      rows.push({
        machine,
        page: path,
        'LCP ms': rounded(paint, 0),
        most: mostMs,
        CLS: rounded(shift, 3),
        KB: rounded(kb, 0),
        verdict: over ? 'over' : '',
      });
    }
  console.log(
    `first visits, medians of ${VISITS}; layout shift at most ${MOST.shift}, a first load at most ${MOST.kb} KB, ${MOST.furtherKb} more with a route`,
  );
  console.table(rows);
  report(
    'firstLoad',
    rows.flatMap((row) => [
      atMost(`${row.page}, ${row.machine}: largest paint`, row['LCP ms'], row.most, 'ms'),
      atMost(`${row.page}, ${row.machine}: layout shift`, row.CLS, MOST.shift, 'share'),
      atMost(`${row.page}, ${row.machine}: bytes`, row.KB, MOST.kb + (row.page === '/sign-in' ? 0 : MOST.furtherKb), 'KB'),
    ]),
  );
} finally {
  await browser.close();
  await site.close();
}

async function visitOnce(
  browser: Browser,
  url: string,
  sign: string,
  slow: boolean,
): Promise<{ paint: number; shift: number; bytes: number }> {
  const { page, context } = await openPage(browser);
  if (slow) {
    const devTools = await context.newCDPSession(page);
    const bytesPerSecond = (1.6 * 1024 * 1024) / 8;
    await devTools.send('Network.emulateNetworkConditions', {
      ...{ offline: false, latency: 150 },
      ...{ downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond / 2 },
    });
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  }
  await page.goto(url);
  await page.locator(sign).first().waitFor();
  await page.waitForLoadState('networkidle');
  const visit = (await page.evaluate(READ)) as { paint: number; shift: number; bytes: number };
  await context.close();
  return visit;
}
