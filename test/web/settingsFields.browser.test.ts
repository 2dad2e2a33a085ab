import { describe, expect, it } from 'vitest';
import { visit, menu } from './settingsVisit.ts';

describe('custom fields', () => {
  it('of a list are made with their choices, under a key of their own', async () => {
    await visit.open('/settings/fields');
    await visit.page.getByRole('button', { name: 'New field' }).click();
    await visit.page.getByLabel('Name in English').fill('Grade');
    await visit.page.getByLabel('Kind').click();
    await visit.page.getByRole('option', { name: 'One of a list' }).click();
    await visit.page.getByRole('button', { name: 'Save', exact: true }).click();
    await visit.page.getByText('Please fill this in').waitFor();

    await visit.page.getByRole('button', { name: 'Add choice' }).click();
    await visit.page.keyboard.type('Big');
    await visit.page.keyboard.press('Enter');
    await visit.page.keyboard.type('Small');
    await visit.page.getByLabel('Must be filled in').check();
    await visit.page.getByRole('button', { name: 'Save', exact: true }).click();
    await visit.page.getByText('“Grade” saved.').waitFor();

    expect(visit.api.records.all('customField').at(-1)).toMatchObject({
      on: 'customer',
      key: 'grade2',
      nameEn: 'Grade',
      nameZh: 'Grade',
      fieldKind: 'choice',
      required: true,
      order: 3,
      options: [
        { key: 'Big', label: { en: 'Big', zh: 'Big' } },
        { key: 'Small', label: { en: 'Small', zh: 'Small' } },
      ],
    });
  });

  it('are moved and hidden, with their values kept', async () => {
    await visit.open('/settings/fields');
    await visit.page.getByRole('button', { name: 'Move Member number up' }).click();
    await expect.poll(() => visit.page.getByRole('tabpanel').getByRole('listitem').first().textContent()).toContain('Member number');

    await menu('Grade', 'Hide');
    await visit.page.getByText('Grade is hidden. Its values are kept.').waitFor();

    expect(visit.api.records.all('customField').map(({ key, order, retired }) => [key, order, retired])).toEqual([
      ['grade', 2, true],
      ['number', 1, undefined],
    ]);
  });

  it('that must be filled in are asked for in forms', async () => {
    visit.api.member.id = 'mem_00000000000000000000000001';
    visit.api.customFields = [
      { id: 'fld_1', on: 'customer', key: 'number', label: { en: 'Member number', zh: '会员号' }, fieldKind: 'text', required: true },
    ];
    await visit.open('/customers/new');
    await visit.page.getByRole('textbox', { name: 'Name', exact: false }).first().fill('Harbour Foods');
    await visit.page.getByRole('button', { name: 'Create', exact: true }).click();
    await visit.page.getByText('Please fill this in').waitFor();
    expect(visit.asked('POST', 'customers')).toEqual([]);

    await visit.page.getByLabel('Member number').fill('A-7');
    await visit.page.getByRole('button', { name: 'Create', exact: true }).click();
    await visit.page.getByRole('heading', { name: 'Harbour Foods' }).waitFor();

    expect(visit.asked('POST', 'customers')[0]!.body).toMatchObject({ x_number: 'A-7' });
  });

  it('keep their kind', async () => {
    await visit.open('/settings/fields');
    await menu('Grade', 'Edit field');

    expect(await visit.page.getByLabel('Kind').isDisabled()).toBe(true);
  });

  it('of a type without any say what they are for', async () => {
    await visit.open('/settings/fields?on=contact');

    await visit.page.getByText('No custom fields yet').waitFor();
  });
});
