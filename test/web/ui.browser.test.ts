import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { findBarriers, openPage, type Look, type Watched } from '../support/page.ts';
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

async function open(path: string, look?: Look): Promise<void> {
  watched = await openPage(browser, look);
  page = watched.page;
  await page.goto(site.url + path);
  await page.locator('h1').waitFor();
}

/** What a control of the gallery holds. */
const held = (name: string): Promise<string | null> => page.getByTestId(name).textContent();
const focused = (): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim() ?? null);

describe('every component', () => {
  const looks: [string, Look][] = [
    ['light', {}],
    ['dark', { dark: true }],
    ['on a phone', { phone: true }],
  ];
  const pages = ['/', '/states', '/table'];
  it.each(looks.flatMap(([name, look]) => pages.map((path) => [path, name, look] as const)))(
    'of %s is without barriers, %s',
    async (path, _name, look) => {
      await open(path, look);
      await page.getByText('Tall view').or(page.locator('[role=tabpanel], [role=grid], dl')).first().waitFor();

      expect(await findBarriers(page)).toEqual([]);
    },
  );

  it('gives a finger 44 pixels', async () => {
    await open('/', { phone: true });

    const low = await page.locator('main :is(button, input:not([type=checkbox]), select, textarea):visible').evaluateAll((elements) =>
      elements
        // A radio that is drawn as its label is pressed there.
        .map((element) => element.closest('label:has(> [type=radio])') ?? element)
        .filter((element) => !element.closest('[role="group"], [data-small]') && element.getBoundingClientRect().height < 36)
        .map((element) => element.outerHTML.slice(0, 120)),
    );

    expect(low).toEqual([]);
  });
});

describe('a menu', () => {
  beforeEach(() => open('/'));
  const trigger = () => page.getByRole('button', { name: 'More' });

  it('is worked by keys alone and gives the focus back', async () => {
    await trigger().focus();
    await page.keyboard.press('Enter');
    expect(await focused()).toContain('Open');

    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown'); // past the one that is impossible
    expect(await focused()).toBe('Erase');
    await page.keyboard.press('Enter');

    expect(await held('done')).toBe('10');
    expect(await page.getByRole('menu').count()).toBe(0);
    expect(await focused()).toBe('More');
  });

  it('finds an entry by its first letters', async () => {
    await trigger().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.type('la');
    expect(await focused()).toBe('Large 大型');
    await page.keyboard.press('Enter');

    expect(await held('size')).toBe('large');
  });

  it('closes with Escape and with a press elsewhere', async () => {
    await trigger().click();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('menu').count()).toBe(0);
    expect(await focused()).toBe('More');

    await trigger().click();
    await page.getByRole('heading', { name: 'Controls' }).click();
    expect(await page.getByRole('menu').count()).toBe(0);
  });

  it('is without barriers while open', async () => {
    await trigger().click();

    expect(await findBarriers(page)).toEqual([]);
  });

  it('holds links that are links', async () => {
    await trigger().click();
    await page.getByRole('menuitem', { name: 'Elsewhere' }).click();

    await page.getByRole('heading', { name: 'States' }).waitFor();
  });
});

describe('a select', () => {
  beforeEach(() => open('/'));
  const select = () => page.getByRole('combobox', { name: 'Size' });

  it('is worked by keys alone', async () => {
    await select().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');

    expect(await held('size')).toBe('large');
    expect(await focused()).toContain('Large');
  });

  it('skips what cannot be taken, and can be cleared', async () => {
    await select().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    expect(
      await page
        .getByRole('option', { name: 'Large' })
        .evaluate((option) => document.activeElement?.getAttribute('aria-activedescendant') === option.id),
    ).toBe(true);
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');

    expect(await held('size')).toBe('none');
  });

  it('keeps its choice on Escape and tells the options to screen readers', async () => {
    await select().click();
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');

    expect(await held('size')).toBe('medium');
    expect(await page.getByRole('listbox').count()).toBe(0);
  });
});

describe('a combobox', () => {
  beforeEach(() => open('/'));
  const city = () => page.getByRole('combobox', { name: 'City' });

  it('finds while typing, takes with Enter, shows the label', async () => {
    await city().click();
    await page.keyboard.type('ham');
    await page.keyboard.press('Enter');

    expect(await held('city')).toBe('c1');
    expect(await city().inputValue()).toBe('Hamburg');
  });

  it('takes the best of what comes from far away', async () => {
    const far = page.getByRole('combobox', { name: 'Far away' });
    await far.click();
    await page.keyboard.type('xyz');
    await page.getByRole('option', { name: 'Found xyz' }).waitFor();
    await page.keyboard.press('Enter');

    expect(await held('far')).toBe('xyz');
  });

  it('gives back its choice when left without another', async () => {
    await city().click();
    await page.keyboard.type('ham');
    await page.keyboard.press('Enter');
    await city().click();
    await page.keyboard.type('zzz');
    await page.keyboard.press('Tab');

    expect(await held('city')).toBe('c1');
    expect(await city().inputValue()).toBe('Hamburg');
  });

  it('offers to make what is not there', async () => {
    await city().click();
    await page.keyboard.type('Oslo');
    await page.getByRole('option', { name: 'Create “Oslo”' }).click();

    expect(await held('made')).toBe('Oslo');
  });

  it('does not search for the letters of a composition', async () => {
    const keyboard = await page.context().newCDPSession(page);
    await city().click();
    const list = page.getByRole('listbox');
    await keyboard.send('Input.imeSetComposition', { text: 'hang', selectionStart: 4, selectionEnd: 4 });
    expect(await list.getByRole('option').count()).toBe(6);

    await keyboard.send('Input.insertText', { text: '杭' });

    await expect
      .poll(() => list.getByRole('option').allTextContents())
      .toEqual([expect.stringContaining('杭州'), expect.stringContaining('杭')]);
  });
});

describe('other fields', () => {
  it('a date is typed in the order of the language', async () => {
    await open('/', { locale: 'en-GB' });
    const day = page
      .getByRole('group', { name: 'Day' })
      .or(page.locator('[aria-labelledby$="label"]').filter({ hasText: '2026' }))
      .first();
    await day.getByRole('spinbutton').first().click();
    await page.keyboard.type('05032027');

    await expect.poll(() => held('day')).toBe('2027-03-05');
  });

  it('a date is picked from the calendar', async () => {
    await open('/');
    await page.getByRole('button', { name: 'Open the calendar' }).first().click();
    expect(await findBarriers(page)).toEqual([]);
    await page
      .getByRole('button', { name: /24 November 2026/ })
      .or(page.getByRole('gridcell', { name: '24' }))
      .first()
      .click();

    await expect.poll(() => held('day')).toBe('2026-11-24');
  });

  it('a moment is a day and a time on the wall', async () => {
    await open('/');
    const time = page.getByLabel('Time', { exact: true });
    expect(await time.inputValue()).toBe('09:30'); // in Shanghai

    await time.fill('18:05');

    await expect.poll(() => held('moment')).toBe('2026-11-23T10:05:00.000Z');
  });

  it('one of a few that lie open is chosen by a press or by arrows', async () => {
    await open('/');
    const kinds = page.getByRole('radiogroup', { name: 'Kind' });
    await kinds.getByText('Medium').click();
    await expect.poll(() => held('kind')).toBe('medium');

    await page.keyboard.press('ArrowRight');

    await expect.poll(() => held('kind')).toBe('large');
  });

  it('an amount keeps every digit, takes full-width ones, and knows its currency', async () => {
    await open('/');
    const amount = page.getByLabel('Amount');
    await amount.fill('９８７.６');
    await amount.blur();
    expect(await held('amount')).toBe('98760 CNY');
    expect(await amount.inputValue()).toBe('987.60');

    await page.getByLabel('Currency').selectOption('JPY');
    expect(await held('amount')).toBe('987 JPY');

    await amount.fill('12.5');
    expect(await amount.getAttribute('aria-invalid')).toBe('true');
  });

  it('tags are parted by Latin and Chinese signs, and taken away with Backspace', async () => {
    await open('/');
    const tags = page.getByLabel('Tags');
    await tags.click();
    await page.keyboard.type('a，b、');
    await page.keyboard.type('c');
    await page.keyboard.press('Enter');
    expect(await held('tags')).toBe('tea|老客户|a|b|c');

    await page.keyboard.press('Backspace');
    expect(await held('tags')).toBe('tea|老客户|a|b');
  });
});

describe('a dialog', () => {
  beforeEach(() => open('/'));

  it('holds the focus, begins at its first field and gives the focus back', async () => {
    await page.getByRole('button', { name: 'Dialog' }).click();
    const dialog = page.getByRole('dialog', { name: 'A dialog' });
    await dialog.waitFor();
    await expect.poll(() => dialog.getByLabel('Name').evaluate((input) => input === document.activeElement)).toBe(true);
    for (let i = 0; i < 8; i++) await page.keyboard.press('Tab');
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    expect(await findBarriers(page)).toEqual([]);

    await page.keyboard.press('Escape');

    await dialog.waitFor({ state: 'detached' });
    expect(await focused()).toBe('Dialog');
  });

  it('stays when a list in it is closed with Escape', async () => {
    await page.getByRole('button', { name: 'Dialog' }).click();
    await page.getByRole('combobox', { name: 'Size in it' }).click();
    await page.keyboard.press('Escape');

    expect(await page.getByRole('listbox').count()).toBe(0);
    expect(await page.getByRole('dialog').count()).toBe(1);
  });

  it('of a list in it takes a click', async () => {
    await page.getByRole('button', { name: 'Dialog' }).click();
    const select = page.getByRole('combobox', { name: 'Size in it' });
    await select.click();
    await page.getByRole('option', { name: 'Large' }).click();

    expect(await select.textContent()).toContain('Large');
    expect(await page.getByRole('dialog').count()).toBe(1);
  });

  it('asks, and takes Escape for no', async () => {
    await page.getByRole('button', { name: 'Danger' }).click();
    await page.getByRole('dialog', { name: 'Erase it?' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => held('answer')).toBe('kept');

    await page.getByRole('button', { name: 'Danger' }).click();
    await page.getByRole('button', { name: 'Erase', exact: true }).click();
    await expect.poll(() => held('answer')).toBe('erased');
  });
});

describe('a toast', () => {
  beforeEach(() => open('/'));

  it('undoes by its button', async () => {
    await page.getByRole('button', { name: 'Toast', exact: true }).click();
    await page.getByRole('button', { name: 'Undo' }).click();

    expect(await held('done')).toBe('-1');
    expect(await page.getByText('Moved to').count()).toBe(0);
  });

  it('undoes by Ctrl-Z, unless somebody types', async () => {
    await page.getByRole('button', { name: 'Toast', exact: true }).click();
    await page.getByLabel('Text').focus();
    await page.keyboard.press('Control+z');
    expect(await held('done')).toBe('0');

    await page.getByRole('button', { name: 'Secondary' }).focus();
    await page.keyboard.press('Control+z');
    expect(await held('done')).toBe('-1');
  });

  it('goes by itself, but not while it is being read', async () => {
    await page.clock.install();
    await page.getByRole('button', { name: 'Toast', exact: true }).click();
    await page.getByText('Moved to').hover();
    await page.clock.runFor(60_000);
    expect(await page.getByText('Moved to').count()).toBe(1);

    await page.mouse.move(0, 0);
    await page.clock.runFor(9_000);
    expect(await page.getByText('Moved to').count()).toBe(0);
  });

  it('that tells of a failure is announced at once', async () => {
    await page.getByRole('button', { name: 'Bad toast' }).click();

    expect(await page.getByRole('alert').textContent()).toContain('It could not be saved');
  });
});

describe('tabs', () => {
  it('move with the arrow keys', async () => {
    await open('/states');
    await page.getByRole('tab', { name: 'Timeline' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('tabpanel').textContent()).toContain('Panel two');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');

    expect(await page.getByRole('tabpanel').textContent()).toContain('Panel one');
    expect(await focused()).toContain('Timeline');
  });
});

describe('a tooltip', () => {
  it('comes with the focus of the keyboard and shows the shortcut', async () => {
    await open('/');
    await page.clock.install();
    await page.getByRole('link', { name: 'Link' }).focus();
    await page.keyboard.press('Tab');
    await page.clock.runFor(1_000);

    expect(await page.locator('[data-tooltip]').textContent()).toMatch(/Search.*K/s);
  });
});
