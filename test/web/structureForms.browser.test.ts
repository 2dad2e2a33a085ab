import { describe, expect, it } from 'vitest';
import { findBarriers } from '../support/page.ts';
import { LOOKS } from '../support/visit.ts';
import { visit } from './settingsVisit.ts';

const button = (name: string) => visit.page.getByRole('button', { name, exact: true });
const menu = async (of: string, entry: string, role: 'menuitem' | 'menuitemradio' = 'menuitem'): Promise<void> => {
  await button(`Actions for ${of}`).click();
  await visit.page.getByRole(role, { name: entry, exact: true }).click();
};
const preview = () => visit.page.getByRole('region', { name: 'Preview' }).getByRole('heading', { level: 3 }).allTextContents();

describe('forms of records', () => {
  it.each(LOOKS)('are without barriers and as wide as the screen, %s', async (_name, look) => {
    await visit.open('/settings/forms?on=contact', look);
    await visit.page.getByRole('textbox').first().waitFor();

    expect(await findBarriers(visit.page)).toEqual([]);
  });

  it('are put together by keys, and shown as they will be; pages of records follow', async () => {
    const { records } = visit.api;
    const customerId = records.add('customer', { name: 'Lotus' }).id;
    const { id } = records.add('contact', { name: 'Li Lei', customerId, position: 'Buyer', tags: ['vip'] });
    await visit.open('/settings/forms?on=contact');
    await button('Add section').click();
    await visit.page.keyboard.type('At work');
    await menu('Position', 'At work', 'menuitemradio');
    await menu('Department', 'At work', 'menuitemradio');
    await button('Move Department, 2 of 2').press('ArrowUp');
    await visit.page.getByRole('button', { name: /^Move section At work, / }).press('Home');
    await menu('Tags', 'Hide');
    await expect.poll(async () => (await preview())[0]).toBe('At work');
    await button('Save').click();
    await visit.page.getByText('Form saved.').waitFor();

    const [form] = records.all('recordForm');
    expect(form).toMatchObject({ on: 'contact', hidden: ['tags'] });
    expect((form!['sections'] as unknown[])[0]).toEqual({ label: { en: 'At work', zh: 'At work' }, fields: ['department', 'position'] });

    await visit.open(`/contacts/${id}`);
    await visit.page.getByRole('heading', { name: 'At work' }).waitFor();
    expect(await visit.page.getByRole('heading', { level: 2 }).allTextContents()).toContain('At work');
    expect(await visit.page.getByText('Tags', { exact: true }).count()).toBe(0);
  });

  it('hide nothing that is required, and are as delivered again at a press', async () => {
    visit.api.records.add('recordForm', {
      on: 'contact',
      sections: [{ label: { en: 'All', zh: '全部' }, fields: ['customerId'] }],
      hidden: ['notes'],
    });
    await visit.open('/settings/forms?on=contact');
    await button('Actions for Customer').click();
    await visit.page.getByRole('menuitemradio').first().waitFor();
    expect(await visit.page.getByRole('menuitem', { name: 'Hide' }).count()).toBe(0);
    await visit.page.keyboard.press('Escape');
    await button('Show Notes').click();
    await visit.page.getByText('Every field is shown.').waitFor();

    await button('Reset to default').click();
    await visit.page.getByText('The form is reset to its default.').waitFor();
    expect(visit.api.records.all('recordForm')).toEqual([]);
  });

  it('do not lose a section’s name', async () => {
    await visit.open('/settings/forms?on=contact');
    await visit.page.getByRole('textbox', { name: 'Section 1 in English' }).fill('');
    await visit.page.getByRole('textbox', { name: 'Section 1 in Chinese' }).fill('');
    await button('Save').click();

    await visit.page.getByText('Every section needs a name.').waitFor();
    expect(visit.asked('POST', 'record-forms')).toEqual([]);
  });
});
