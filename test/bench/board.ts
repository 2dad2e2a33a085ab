/**
 * `npm run bench board [-- --deals 2000]`: how soon the board of the built product paints with so many open deals, the
 * network cut: out of memory and off the disk, a card put elsewhere by keyboard, and frames per second while the mouse
 * carries a card back and forth over the columns. The page's own work is judged, by the processor's clock; frames and
 * seconds tell what this machine showed meanwhile.
 */
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { STAGES } from '../../shared/sales/stages.ts';
import { launchBrowser } from '../support/browser.ts';
import { openPage } from '../support/page.ts';
import { PlayedApi } from '../support/playedApi.ts';
import { openSite } from '../support/site.ts';
import { buildWeb, builtFolder } from '../support/webBuild.ts';
import { firmOf } from './support/firms.ts';
import { Paints, timed } from './support/paints.ts';
import { quantile, rounded } from './support/quantiles.ts';
import { atLeast, atMost, report } from './support/report.ts';

const MOST = { firstMs: 1000, moveMs: 50, leastFps: 55 };
const ROUNDS = 9;
const DRAG_MS = 5_000;
const { values } = parseArgs({ options: { deals: { type: 'string', default: '2000' } } });
const deals = Number(values.deals);

const OPEN = STAGES.filter(({ means }) => means === 'open');
const cardsIn = (stage: string): string => `document.querySelectorAll('[data-stage="${stage}"] li[aria-posinset]').length`;
/** All columns have drawn their cards. */
const DRAWN = OPEN.map(({ key }) => `${cardsIn(key)} > 0`).join(' && ');
const press = (key: string): string =>
  `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '${key}', bubbles: true }))`;

await buildWeb('app');
const api = new PlayedApi();
const firms = Array.from({ length: 300 }, (_, n) => api.records.add('customer', firmOf(n)).id);
for (let n = 0; n < deals; n++)
  api.records.add('opportunity', {
    ...{ title: `Deal ${n}`, customerId: firms[(n * 7) % firms.length]!, stage: OPEN[n % OPEN.length]!.key, outcome: 'open' },
    ...{ amount: { minor: 100_000 + n * 700, currency: n % 9 ? 'CNY' : 'USD' }, expectedEndOn: `2027-0${1 + (n % 9)}-1${n % 10}` },
  });
const site = await openSite(builtFolder('app'), api.answer);
const browser = await launchBrowser();
try {
  const { page, context } = await openPage(browser);
  // A computer of one's own keeps the records on its disk.
  await page.addInitScript(`localStorage.setItem('private', 'yes')`);
  await page.goto(`${site.url}/opportunities`);
  const count = JSON.stringify(deals.toLocaleString('en-GB'));
  await timed(page, '', `document.querySelector('[aria-live="polite"].tabular-nums')?.textContent.trim() === ${count}`, 120_000);
  await page.waitForTimeout(3_000); // it goes to the disk behind what is seen

  const paints = await Paints.of(page);
  const view = (name: string): string => `document.querySelector('button[aria-label="${name}"]').click()`;
  for (let round = 0; round < ROUNDS; round++) {
    await paints.note('open the board', view('Board'), DRAWN);
    if (round < ROUNDS - 1) await timed(page, view('List'), `document.querySelector('[role="row"] a')`);
  }
  const fromDisk = [];
  for (let round = 0; round < 3; round++) {
    await page.goto(`${site.url}/opportunities?layout=board`);
    await timed(page, '', DRAWN);
    fromDisk.push(await page.evaluate<number>('performance.now()'));
  }
  await context.setOffline(true);
  const moving = await Paints.of(page);
  for (let round = 0; round < ROUNDS; round++) {
    const [from, to] = [OPEN[round % 4]!.key, OPEN[(round % 4) + 1]!.key];
    await page.locator(`[data-stage="${from}"] li[aria-posinset="1"] a`).focus();
    await timed(page, press(' '), `document.querySelector('[data-carrying]')`);
    await moving.note('carry a card to the next column', press('ArrowRight'), `document.activeElement.closest('[data-stage="${to}"]')`);
    await moving.note('put it down', press(' '), `!document.querySelector('[data-carrying]')`);
  }
  const { fps, slowest, worked } = await drag(page, moving);

  const rows = [...paints.rows(MOST.firstMs), ...moving.rows(MOST.moveMs)];
  const disk = quantile(fromDisk, 0.5);
  console.log(`${deals} deals; at most ${MOST.firstMs} ms to open the board, ${MOST.moveMs} ms of work for a move, ${ROUNDS} rounds`);
  console.table(rows);
  console.log(`the whole page with its records off the disk: ${rounded(disk, 0)} ms (median of 3)`);
  console.log(
    `drag: ${rounded(fps, 1)} frames per second (at least ${MOST.leastFps}), slowest ${rounded(slowest, 0)} ms, work ${rounded(worked, 1)} ms a frame`,
  );
  report('board', [
    ...paints.figures(MOST.firstMs),
    atMost('the whole page off the disk', disk, MOST.firstMs, 'ms'),
    ...moving.figures(MOST.moveMs),
    // By its work: a loaded machine shows fewer frames than the page could give.
    atLeast('drag, frames that its work leaves room for', 1000 / worked, MOST.leastFps, 'a second'),
  ]);
} finally {
  await browser.close();
  await site.close();
}

/** Carries a card by mouse back and forth over the columns in sight, a move per frame. */
async function drag(page: Page, paints: Paints): Promise<{ fps: number; slowest: number; worked: number }> {
  const { x, y } = (await page.locator('[data-stage="interest"] li[aria-posinset="2"]').boundingBox())!;
  await page.mouse.move(x + 40, y + 20);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 30, { steps: 4 });
  await page.locator('[data-carrying]').waitFor();
  const before = await paints.workedMs();
  await page.evaluate(`(() => {
    globalThis.frames_ = [];
    const tick = (at) => { globalThis.frames_.push(at); requestAnimationFrame(tick); };
    requestAnimationFrame(tick);
  })()`);
  const end = performance.now() + DRAG_MS;
  for (let n = 0; performance.now() < end; n++) {
    await page.mouse.move(x + 40 + 260 * Math.sin(n / 20), y + 180 + 160 * Math.cos(n / 33));
    await new Promise((next) => setTimeout(next, 12));
  }
  const frames = await page.evaluate<number[]>('globalThis.frames_');
  const worked = (await paints.workedMs()) - before;
  await page.keyboard.press('Escape');
  await page.mouse.up();
  const gaps = frames.slice(1).map((at, i) => at - frames[i]!);
  const ms = frames.at(-1)! - frames[0]!;
  return { fps: (1000 * gaps.length) / ms, slowest: Math.max(...gaps), worked: worked / gaps.length };
}
