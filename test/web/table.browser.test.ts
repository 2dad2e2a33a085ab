import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { leftToBrowser, openPage, type Look, type Watched } from '../support/page.ts';
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
afterEach(async () => {
  await watched.context.close();
  expect(watched.faults).toEqual([]);
});

async function open(look?: Look): Promise<void> {
  watched = await openPage(browser, look);
  page = watched.page;
  await page.goto(`${site.url}/table`);
  await page.getByRole('row', { name: /Oak 0/ }).waitFor();
}

const grid = () => page.getByRole('grid', { name: 'Trees' });
const facts = (): Promise<string | null> => page.locator('output').textContent();
const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
/** Name in the row that the grid says is active. */
const active = (): Promise<string | null> =>
  grid().evaluate(
    (element) => document.getElementById(element.getAttribute('aria-activedescendant') ?? '')?.querySelector('a')?.textContent ?? null,
  );

describe('a table of 50,000 rows', () => {
  it('mounts only those near the window, and says how many there are', async () => {
    await open();

    expect(await grid().getAttribute('aria-rowcount')).toBe('50001');
    expect(await grid().getByRole('row').count()).toBeLessThan(60);
  });

  it('goes by J, K and arrows without a click before', async () => {
    await open();
    await press('j', 'j', 'j', 'k');
    expect(await active()).toBe('梧桐 1');

    await press('ArrowDown');
    expect(await active()).toBe('Beech 2');
  });

  it('keeps the active row in view, to the very end', async () => {
    await open();
    await press('j', 'End');
    await expect.poll(active).toBe('银杏 49999');
    await page.getByRole('row', { name: /银杏 49999/ }).waitFor();

    await press('Home');
    await expect.poll(active).toBe('Oak 0');
    const below = async (): Promise<boolean> => {
      const [row, head] = await Promise.all([
        page.getByRole('row', { name: /Oak 0/ }).boundingBox(),
        page.getByRole('row').first().boundingBox(),
      ]);
      return row !== null && head !== null && row.y >= head.y + head.height - 1;
    };
    await expect.poll(below).toBe(true);
  });

  it('does not take letters from a field', async () => {
    await open();
    await page.getByLabel('Filter').fill('Oak');
    await page.getByLabel('Filter').press('j');

    expect(await grid().getAttribute('aria-activedescendant')).toBeNull();
  });

  it('peeks with Enter, follows J, and Escape steps back one layer', async () => {
    await open();
    await press('j', 'j', 'Enter');
    expect(await facts()).toContain('peek tree1 ');
    await press('j');
    expect(await facts()).toContain('peek tree2 ');

    await press('x', 'Escape');
    expect(await facts()).toContain('0 selected · peek tree2');
    await press('Escape');
    expect(await facts()).toContain('peek -');
  });

  it('opens with O', async () => {
    await open();
    await press('j', 'o');

    expect(await facts()).toContain('opened tree0');
  });

  it('selects with X, stretches with Shift, and takes all with Ctrl-A', async () => {
    await open();
    await press('j', 'j', 'x', 'Shift+J', 'Shift+J', 'Shift+K');
    expect(await facts()).toContain('2 selected');

    await press('Control+a');
    expect(await facts()).toContain('50000 selected');
    expect(await page.getByLabel('Select all').isChecked()).toBe(true);
  });

  it('selects a range with Shift and the mouse', async () => {
    await open();
    await page.getByLabel('Select Oak 0').click({ force: true });
    await page.getByLabel('Select Linden 4').click({ modifiers: ['Shift'], force: true });

    expect(await facts()).toContain('5 selected');
    expect(await page.getByRole('row', { name: /Beech 2/ }).getAttribute('aria-selected')).toBe('true');
  });

  it('sorts by its headings and says so', async () => {
    await open();
    const heading = page.getByRole('columnheader', { name: 'Height' });
    await heading.getByRole('button').click();
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    await heading.getByRole('button').click();

    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    await expect.poll(() => page.getByRole('row').nth(1).textContent()).toContain('39.99 m');
    expect(await page.getByRole('columnheader', { name: 'State' }).getByRole('button').count()).toBe(0);
  });

  it('keeps its active row through sorting and filtering', async () => {
    await open();
    await press('j', 'j');
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();

    await expect.poll(active).toBe('梧桐 1');
  });

  it('says when nothing fits, and offers the way back', async () => {
    await open();
    await page.getByLabel('Filter').fill('no such tree');
    await page.getByText('No tree fits').waitFor();
    await page.getByRole('button', { name: 'Clear the filter' }).click();

    await page.getByRole('row', { name: /Oak 0/ }).waitFor();
  });

  it('leaves a click with Ctrl to the browser, which opens a tab', async () => {
    await open();
    const left = leftToBrowser(page);
    await page.getByRole('link', { name: 'Oak 0' }).click({ modifiers: ['ControlOrMeta'] });

    expect(await left).toBe('/leaf/tree0');
    expect(await facts()).toContain('peek -');
  });

  it('folds columns when the peek panel takes room', async () => {
    await open();
    await page.setViewportSize({ width: 1030, height: 800 });
    expect(await page.getByRole('columnheader').count()).toBe(6);
    await press('j', 'Enter');

    await expect.poll(() => page.getByRole('columnheader').count()).toBeLessThan(6);
  });

  it('has two lines and no columns on a phone, and selects by a long press', async () => {
    await open({ phone: true });
    const row = page.getByRole('row', { name: /Oak 0/ });
    expect(await page.getByRole('columnheader').count()).toBe(0);
    expect(await row.textContent()).toMatch(/Oak 0.*0\.00 m.*West garden · young · 1950-01-10/s);

    await page.clock.install();
    await row.dispatchEvent('pointerdown', { pointerType: 'touch' });
    await page.clock.runFor(600);

    expect(await facts()).toContain('1 selected');
  });
});
