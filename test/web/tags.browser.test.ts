import { beforeEach, describe, expect, it } from 'vitest';
import { findBarriers } from '../support/page.ts';
import { eventually, names, open, page, server } from './customersVisit.ts';

beforeEach(() => {
  const [first, second] = server.all('customer');
  server.change('customer', first!.id, { tags: ['重点', 'Fair 2026'] });
  server.change('customer', second!.id, { tags: ['重点'] });
});
const tags = (): unknown[] => server.all('customer').map((record) => record['tags']);

describe('tags', () => {
  it('in use are offered where one is written', async () => {
    await open(`/customers/${server.all('customer')[0]!.id}`);
    await page.getByRole('button', { name: 'Edit Tags' }).click();
    const list = await page.getByRole('combobox', { name: 'Tags' }).getAttribute('list');

    const offered = page.locator(`datalist[id="${list}"] option`);
    await expect
      .poll(() => offered.evaluateAll((options) => options.map((option) => option.getAttribute('value'))))
      .toEqual(['重点', 'Fair 2026']);
  });

  it('are put on all rows that are ticked, and taken off, and given back', async () => {
    await open('/customers');
    await names().toHaveLength(3);
    for (const key of ['j', 'x', 'j', 'x', 'j', 'x']) await page.keyboard.press(key);
    const bar = page.getByRole('toolbar', { name: '3 selected' });
    await bar.getByRole('button', { name: 'Tags' }).click();
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.type('fair 2026');
    await page.keyboard.press('Enter');
    await eventually(tags).toEqual([['重点', 'Fair 2026'], ['重点', 'fair 2026'], ['fair 2026']]);

    await page.getByRole('button', { name: 'Remove 重点' }).click();
    await eventually(tags).toEqual([['Fair 2026'], ['fair 2026'], ['fair 2026']]);
    await page.keyboard.press('Escape');
    await page.getByText('2 records changed').last().waitFor();
    await page.keyboard.press('Control+z');

    await eventually(tags).toEqual([['重点', 'Fair 2026'], ['重点', 'fair 2026'], ['fair 2026']]);
  });
});
