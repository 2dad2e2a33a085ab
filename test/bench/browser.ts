/**
 * `npm run bench browser [-- --records 49900]`: how soon the built product paints in Chromium with nearly as many
 * records in its list as it keeps, the network cut: each column sorted, words typed, a filter set, a field edited.
 * Milliseconds from the event to the frame that shows its result, a wait for the next frame (16 ms) included; and the
 * page's own work by the processor's clock, which other work on the machine does not lengthen and which is judged.
 */
import { parseArgs } from 'node:util';
import { launchBrowser } from '../support/browser.ts';
import { openPage } from '../support/page.ts';
import { PlayedApi } from '../support/playedApi.ts';
import { openSite } from '../support/site.ts';
import { buildWeb, builtFolder } from '../support/webBuild.ts';
import { firmOf } from './support/firms.ts';
import { Paints, timed } from './support/paints.ts';
import { rounded } from './support/quantiles.ts';
import { report } from './support/report.ts';

const MOST_MS = 50;
const ROUNDS = 7;
const { values } = parseArgs({ options: { records: { type: 'string', default: '49900' } } });
const records = Number(values.records);

const typing = (text: string): string => `
  const input = document.querySelector('input[type="search"]');
  input.value = ${JSON.stringify(text)};
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));`;
/** The count beside the heading: all, or found of all. */
const COUNT = `document.querySelector('[aria-live="polite"].tabular-nums')?.textContent.trim()`;

const ALL = JSON.stringify(records.toLocaleString('en-GB'));

await buildWeb('app');
const api = new PlayedApi();
const INDUSTRIES = ['manufacturing', 'services', 'retail', 'construction', 'technology', 'education', 'health'];
for (let n = 0; n < records; n++) {
  const createdAt = new Date(1_700_000_000_000 + n * 60_000).toISOString();
  api.records.add('customer', { ...firmOf((n * 7919) % records), industry: INDUSTRIES[n % 7]! }, { createdAt });
}
const site = await openSite(builtFolder('app'), api.answer);
const browser = await launchBrowser();
try {
  const { page, context } = await openPage(browser);
  await page.goto(`${site.url}/customers`);
  const loaded = await timed(page, '', `${COUNT} === ${ALL}`, 600_000);
  console.log(`${records} records loaded in ${rounded(loaded / 1000, 1)} s, 200 to a page`);
  await context.setOffline(true);
  // Somebody looks at the list before he presses anything; meanwhile it learns the orders of its columns.
  await page.waitForTimeout(5_000);

  const paints = await Paints.of(page);
  const columns = await page.locator('[role="columnheader"][aria-sort] button').allTextContents();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, column] of columns.entries()) {
      const heading = `document.querySelectorAll('[role="columnheader"][aria-sort]')[${i}]`;
      for (const order of ['ascending', 'descending'])
        await paints.note(
          `sort by ${column.trim()}`,
          `${heading}.querySelector('button').click()`,
          `${heading}.getAttribute('aria-sort') === '${order}'`,
        );
    }
    for (const text of ['h', 'ha', '杭州', 'q1', '13910', 'nothing like it']) {
      await paints.note(`type “${text}”`, typing(text), `${COUNT}.includes(' of ')`);
      await paints.note('clear what was typed', typing(''), `${COUNT} === ${ALL}`);
    }
  }

  console.log(`at most ${MOST_MS} ms; ${ROUNDS} rounds`);
  console.table(paints.rows(MOST_MS));
  report('browser', paints.figures(MOST_MS));
} finally {
  await browser.close();
  await site.close();
}
