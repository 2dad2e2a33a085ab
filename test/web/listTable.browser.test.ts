import { describe, expect, it } from 'vitest';
import { findBarriers } from '../support/page.ts';
import { eventually, names, open, page, path, row, sent, server, tea } from './customersVisit.ts';

const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const headings = () =>
  eventually(() =>
    page
      .getByRole('columnheader')
      .allTextContents()
      .then((all) => all.map((text) => text.trim())),
  );
const listMenu = async (entry: string): Promise<void> => {
  await page.getByRole('button', { name: 'More list actions' }).click();
  await page.locator('[role^="menuitem"]').filter({ hasText: entry }).click();
};
/** Puts a text on the clipboard of the page, as a spreadsheet would, where the focus is. */
const paste = (text: string): Promise<void> =>
  page.evaluate((given) => {
    const data = new DataTransfer();
    data.setData('text/plain', given);
    document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
const patches = () => sent('PATCH').map(({ body }) => body);

describe('a cell of a list', () => {
  it('is written in by keys: Enter keeps, Tab goes on, Escape leaves it, and it can be taken back', async () => {
    await open('/customers');
    await names().toHaveLength(3);
    await press('j');
    await page.getByRole('grid').focus();
    await press('ArrowRight', 'Enter');
    const name = page.getByRole('grid').getByRole('textbox', { name: 'Name' });
    await name.fill('Qingshan Tea');
    expect(await findBarriers(page)).toEqual([]);
    await press('Tab');
    await eventually(patches).toEqual([{ name: 'Qingshan Tea' }]);
    await names().toContain('Qingshan Tea');
    await press('Escape', 'F2');
    await name.waitFor({ state: 'detached' });
    await press('Escape', 'Escape');
    await page.getByRole('button', { name: 'Undo' }).click();

    await names().toContain('Qingshan Tea House');
    expect(patches()).toHaveLength(2);
  });

  it('is opened by a double click, says what is wrong, and opens the record where one may not write', async () => {
    await open('/customers');
    await row('Qingshan').getByText('info@tea.example').dblclick();
    const box = page.getByRole('grid').getByRole('textbox').first();
    await box.waitFor();
    await press('Escape');
    await page.getByRole('grid').getByRole('textbox').waitFor({ state: 'detached' });

    expect(patches()).toEqual([]);
    expect(path()).toContain('/customers');
  });

  it('takes a column from a spreadsheet, after showing what it takes and what not', async () => {
    await open('/customers');
    await names().toHaveLength(3);
    await press('j');
    await page.getByRole('grid').focus();
    await press('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
    await paste('Health\r\nNothing such\r\n零售\r\n');
    const dialog = page.getByRole('dialog', { name: 'Paste into the list' });
    await dialog.getByText('Cells that change: 1').waitFor();
    await dialog.getByText('Nothing such').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Change 1 cell' }).click();

    await row('Qingshan').getByText('Health').waitFor();
    expect(patches()).toEqual([{ industry: 'health' }]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await eventually(() => server.get('customer', tea.id)?.['industry']).toBe('retail');
  });
});

describe('columns of a list', () => {
  it('are moved by keys, kept in sight and hidden, and stay so', async () => {
    await open('/customers');
    await headings().toEqual(['Selection', 'Name', 'Phones', 'E-mails', 'Industry', 'Size', 'Tea grade']);
    await listMenu('Columns');
    const dialog = page.getByRole('dialog', { name: 'Columns' });
    await dialog.getByRole('button', { name: 'Industry: place 3' }).focus();
    await press('ArrowUp', 'ArrowUp');
    await headings().toEqual(['Selection', 'Name', 'Industry', 'Phones', 'E-mails', 'Size', 'Tea grade']);
    await dialog.getByRole('button', { name: 'Pin Tea grade' }).click();
    await dialog.getByRole('checkbox', { name: 'Size' }).click();
    await dialog.getByRole('checkbox', { name: 'Size' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.reload();

    await headings().toEqual(['Selection', 'Name', 'Tea grade', 'Industry', 'Phones', 'E-mails']);
  });

  it('are made wider by their edge, and keep it', async () => {
    await open('/customers');
    const heading = page.getByRole('columnheader', { name: 'Phones' });
    const before = (await heading.boundingBox())!;
    await page.mouse.move(before.x + before.width + 5, before.y + before.height / 2);
    await page.mouse.down();
    await page.mouse.move(before.x + before.width + 65, before.y + before.height / 2, { steps: 4 });
    await page.mouse.up();
    const after = (await heading.boundingBox())!;
    expect(Math.round(after.width - before.width)).toBe(60);

    await page.reload();

    await eventually(async () => Math.round((await heading.boundingBox())?.width ?? 0)).toBe(Math.round(after.width));
  });

  it('stand closer or wider apart, and are summed up', async () => {
    server.add('opportunity', {
      title: 'Tins',
      customerId: tea.id,
      stage: 'needs',
      amount: { minor: 150_000, currency: 'CNY' },
      closeDate: '2026-12-01',
    });
    server.add('opportunity', {
      title: 'Beans',
      customerId: tea.id,
      stage: 'needs',
      amount: { minor: 50_000, currency: 'CNY' },
      closeDate: '2026-12-01',
    });
    await open('/opportunities');
    await row('Tins').waitFor();
    const height = async (): Promise<number> => (await row('Tins').boundingBox())?.height ?? 0;
    await eventually(height).toBe(40);
    await listMenu('Compact');
    await eventually(height).toBe(32);
    await listMenu('Show totals');

    await page.getByRole('row', { name: 'Total (2)' }).getByText('2,000').waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });
});

describe('many records', () => {
  it('are given one value after a look at what that changes, and get the old ones back', async () => {
    await open('/customers');
    await names().toHaveLength(3);
    await press('j', 'x');
    await page.getByRole('button', { name: 'Select all 3' }).click();
    await page.getByRole('toolbar', { name: '3 selected' }).getByRole('button', { name: 'Edit field' }).waitFor();
    await press('e');
    const dialog = page.getByRole('dialog', { name: 'Edit 3 records' });
    await dialog.getByRole('combobox', { name: 'Field' }).click();
    await page.getByRole('option', { name: 'Industry' }).click();
    await dialog.getByRole('combobox', { name: 'Industry' }).click();
    await page.getByRole('option', { name: 'Retail' }).click();
    await dialog.getByText('1 record will change').waitFor();
    await dialog.getByText('2 records have this value already.').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await press('Control+Enter');
    await eventually(patches).toEqual([{ industry: 'retail' }]);

    await page.getByRole('button', { name: 'Undo' }).click();

    await eventually(patches).toEqual([{ industry: 'retail' }, { industry: 'technology' }]);
  });
});

describe('the next record of a list', () => {
  it('is a press away in the panel and on its page, in the order of the list', async () => {
    await open('/customers?sort=name');
    await names().toEqual(['Ångström & Søn', 'Qingshan Tea House', '杭州云栖科技有限公司']);
    await press('j', 'Enter');
    const peek = page.getByRole('complementary', { name: 'Customer' });
    await peek.getByText('1 of 3').waitFor();
    await peek.getByRole('button', { name: 'Next record' }).click();
    await peek.getByRole('heading', { name: 'Qingshan Tea House' }).waitFor();
    await press('o');
    await page.getByRole('heading', { level: 1, name: 'Qingshan Tea House' }).waitFor();
    await press('j');
    await page.getByRole('heading', { level: 1, name: '杭州云栖科技有限公司' }).waitFor();
    expect(await page.getByRole('button', { name: 'Next record' }).isDisabled()).toBe(true);
    await press('k', 'k');

    await page.getByRole('heading', { level: 1, name: 'Ångström & Søn' }).waitFor();
  });
});
