import { beforeEach, describe, expect, it } from 'vitest';
import { findBarriers } from '../support/page.ts';
import { page, open, held, focused } from './galleryVisit.ts';

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
