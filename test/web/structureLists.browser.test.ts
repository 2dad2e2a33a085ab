import { describe, expect, it } from 'vitest';
import { findBarriers } from '../support/page.ts';
import { LOOKS } from '../support/visit.ts';
import { visit } from './settingsVisit.ts';

const dialog = () => visit.page.getByRole('dialog');
const words = (language: 'English' | 'Chinese') =>
  dialog()
    .getByRole('textbox', { name: `in ${language}` })
    .evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value));
const save = () => dialog().getByRole('button', { name: 'Save', exact: true }).click();

describe('lists of values', () => {
  it.each(LOOKS)('are without barriers and as wide as the screen, %s', async (_name, look) => {
    await visit.open('/settings/lists?list=customer.size', look);
    await dialog().getByRole('textbox').first().waitFor();

    expect(await findBarriers(visit.page)).toEqual([]);
  });

  it('are renamed, ordered by the keyboard, shortened and grown, and forms follow', async () => {
    await visit.open('/settings/lists');
    await visit.page.getByRole('button', { name: 'Size' }).click();
    await expect.poll(() => words('English')).toEqual(['Large', 'Medium', 'Small', 'Sole trader']);
    await dialog().getByRole('textbox', { name: 'Choice 1 in Chinese' }).fill('巨型');
    await dialog().getByRole('button', { name: 'Move Large, 1 of 4' }).press('ArrowDown');
    await expect.poll(() => words('Chinese')).toEqual(['中型', '巨型', '小型', '个体工商户']);
    expect(
      await dialog()
        .getByRole('button', { name: 'Move Large, 2 of 4' })
        .evaluate((handle) => handle === document.activeElement),
    ).toBe(true);
    await dialog().getByRole('button', { name: 'Take choice 4 off the list' }).click();
    await dialog().getByText('Off the list: older').waitFor();
    await dialog().getByRole('button', { name: 'Add choice' }).click();
    await visit.page.keyboard.type('Family');
    await save();
    await visit.page.getByText('“Size” saved.').waitFor();

    expect(visit.api.records.all('valueList')).toMatchObject([
      {
        list: 'customer.size',
        options: [
          { key: 'medium', label: { en: 'Medium', zh: '中型' } },
          { key: 'large', label: { en: 'Large', zh: '巨型' } },
          { key: 'small', label: { en: 'Small', zh: '小型' } },
          { key: 'soleTrader', retired: true },
          { key: 'Family', label: { en: 'Family', zh: 'Family' } },
        ],
      },
    ]);
    await visit.open('/customers/new');
    await visit.page.getByRole('combobox', { name: 'Size' }).click();
    await expect
      .poll(() => visit.page.getByRole('option').allTextContents())
      .toEqual(['None', 'Medium', 'Large', 'Small', 'Family'].map((word) => expect.stringContaining(word)));
  });

  it('are ordered by dragging', async () => {
    await visit.open('/settings/lists?list=customer.size');
    const handle = dialog().getByRole('button', { name: 'Move Large, 1 of 4' });
    const from = (await handle.boundingBox())!;
    const to = (await dialog().getByRole('button', { name: 'Move Small, 3 of 4' }).boundingBox())!;
    await visit.page.mouse.move(from.x + 8, from.y + 8);
    await visit.page.mouse.down();
    await visit.page.mouse.move(from.x + 8, to.y + 12, { steps: 6 });
    await visit.page.mouse.up();

    await expect.poll(() => words('English')).toEqual(['Medium', 'Small', 'Large', 'Sole trader']);
  });

  it('do not lose every choice, nor the words of one', async () => {
    await visit.open('/settings/lists?list=customer.size');
    await dialog().getByRole('textbox', { name: 'Choice 1 in English' }).fill('');
    await dialog().getByRole('textbox', { name: 'Choice 1 in Chinese' }).fill('');
    await save();

    await dialog().getByText('Please fill this in').waitFor();
    expect(visit.asked('POST', 'value-lists')).toEqual([]);
  });

  it('say why, and keep what was written, when a choice has left the list meanwhile', async () => {
    visit.api.member.id = 'mem_00000000000000000000000001';
    await visit.open('/customers/new');
    await visit.page.getByRole('textbox', { name: 'Name', exact: false }).first().fill('Harbour Foods');
    await visit.page.getByRole('combobox', { name: 'Size' }).click();
    await visit.page.getByRole('option', { name: 'Large' }).click();
    visit.command = ({ method, path }) =>
      method === 'POST' && path === 'customers'
        ? { status: 400, body: { code: 'input.invalid', issues: [{ field: 'size', code: 'choice.retired' }], requestId: 'req-9' } }
        : undefined;
    await visit.page.getByRole('button', { name: 'Create', exact: true }).click();

    await visit.page.getByText('This choice is no longer on the list. Please choose another.').waitFor();
    expect(await visit.page.getByRole('textbox', { name: 'Name', exact: false }).first().inputValue()).toBe('Harbour Foods');
  });
});
