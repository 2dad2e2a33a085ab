import { beforeEach, describe, expect, it } from 'vitest';
import { findBarriers, type Look } from '../support/page.ts';
import { page, open, held, focused } from './galleryVisit.ts';

describe('every component', () => {
  const looks: [string, Look][] = [
    ['light', {}],
    ['dark', { dark: true }],
    ['on a phone', { phone: true }],
  ];
  const pages = ['/', '/states', '/charts', '/table'];
  it.each(looks.flatMap(([name, look]) => pages.map((path) => [path, name, look] as const)))(
    'of %s is without barriers, %s',
    async (path, _name, look) => {
      await open(path, look);
      await page.getByText('Tall view').or(page.locator('[role=tabpanel], [role=grid], figure, dl')).first().waitFor();

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

describe('charts', () => {
  it('fit a screen of 320 pixels', async () => {
    await open('/charts', { phone: true });
    await page.setViewportSize({ width: 320, height: 640 });
    await page.locator('[data-chart]').first().waitFor();

    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
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
