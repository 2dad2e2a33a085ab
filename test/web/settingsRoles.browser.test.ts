import { describe, expect, it } from 'vitest';
import type { Rights } from '../../shared/kernel/access.ts';
import { findBarriers } from '../support/page.ts';
import { LOOKS } from '../support/visit.ts';
import { maria, menu, role, roleIds, visit } from './settingsVisit.ts';

const rightsOf = (id: string): Rights => visit.api.records.get('role', id)!['rights'] as Rights;
const choose = async (right: string, reach: string): Promise<void> => {
  await visit.page.getByRole('combobox', { name: right, exact: true }).click();
  await visit.page.getByRole('option', { name: reach, exact: true }).click();
};
const openEditor = async (key: string): Promise<void> => {
  await visit.open(`/settings/roles?role=${roleIds[key]}`);
  await visit.page.getByRole('button', { name: 'Edit rights' }).click();
  await visit.page.getByRole('heading', { name: /^Rights of/ }).waitFor();
};

describe('the rights of a role', () => {
  it('are changed after a look at what changes for whom, and taken back', async () => {
    await openEditor('sales');
    await choose('Leads: Edit', 'All');
    expect(await visit.page.getByRole('combobox', { name: 'Leads: See', exact: true }).textContent()).toContain('All');
    await choose('Opportunities and orders: See', 'None');
    await visit.page.getByRole('button', { name: 'Review changes' }).click();

    const dialog = visit.page.getByRole('dialog');
    await dialog.getByText('This applies to Maria Silva and Peter Long at once.').waitFor();
    expect(await dialog.getByRole('region', { name: 'They may do more' }).getByRole('listitem').allTextContents()).toEqual([
      expect.stringContaining('Leads: See – Team → All'),
      expect.stringContaining('Leads: Edit – Own → All'),
    ]);
    expect(await dialog.getByRole('region', { name: 'They may do less' }).getByRole('listitem').allTextContents()).toEqual([
      expect.stringContaining('Opportunities and orders: See – Team → No'),
      expect.stringContaining('Opportunities and orders: Edit – Own → No'),
    ]);
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await visit.page.getByText('“Sales” saved.').waitFor();
    expect(rightsOf(roleIds['sales']!).grants.leads).toEqual({ create: 'own', read: 'all', update: 'all' });

    await visit.page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => rightsOf(roleIds['sales']!)).toEqual(role('sales'));
  });

  it('hide data and leave only some fields to edit', async () => {
    await openEditor('sales');
    await visit.page.getByLabel('Personal data').check();
    await visit.page.getByLabel('Leads: only some fields').check();
    await visit.page.getByRole('group', { name: 'Leads: only some fields' }).getByLabel('Notes').check();
    await visit.page.getByRole('button', { name: 'Review changes' }).click();
    await visit.page.getByText('Leads: only Notes can be edited').waitFor();
    await visit.page.getByRole('button', { name: 'Save', exact: true }).click();
    await visit.page.getByText('Leads: only these fields can be edited: Notes.').waitFor();

    expect(rightsOf(roleIds['sales']!)).toMatchObject({ masks: ['personal'], onlyFields: { leads: ['notes'] } });
  });

  it('are chosen by the keyboard alone, and kept from being left by mistake', async () => {
    await visit.open(`/settings/roles?role=${roleIds['sales']}`);
    const { page } = visit;
    await page.getByRole('button', { name: 'Edit rights' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('h2:focus').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByText('1 change', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).focus();
    await page.keyboard.press('Enter');

    await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('button', { name: 'Edit rights' }).waitFor();
    expect(rightsOf(roleIds['sales']!)).toEqual(role('sales'));
  });

  it('of the owner are nobody’s to change', async () => {
    visit.api.member = { ...visit.api.member, roleId: roleIds['owner']! } as typeof visit.api.member;
    await visit.open(`/settings/roles?role=${roleIds['owner']}`);
    await visit.page.getByText('Owners may do everything.').waitFor();
    await visit.page.getByRole('button', { name: 'Actions for Owner' }).click();

    expect(await visit.page.getByRole('menuitem').allTextContents()).toEqual([
      expect.stringContaining('Rename role'),
      expect.stringContaining('Copy role'),
    ]);
    expect(await visit.page.getByRole('button', { name: 'Edit rights' }).count()).toBe(0);
  });

  it('that would lock oneself out are refused in words', async () => {
    visit.command = ({ method, path }) =>
      method === 'PATCH' && path.startsWith('roles/') ? { status: 409, body: { code: 'role.self' } } : undefined;
    await openEditor('administrator');
    await choose('Set-up of the workspace: Edit', 'None');
    await visit.page.getByRole('button', { name: 'Review changes' }).click();
    await visit.page.getByRole('button', { name: 'Save', exact: true }).click();

    await visit.page.getByRole('alert').getByText('You would lose your own right to change roles.').waitFor();
  });

  it.each(LOOKS)('are without barriers and as wide as the screen, %s', async (_name, look) => {
    await visit.open(`/settings/roles?role=${roleIds['service']}`, look);
    await visit.page.getByRole('button', { name: /^(Edit rights|编辑权限)$/ }).click();
    await visit.page.locator('h2:focus').waitFor();

    expect(await findBarriers(visit.page)).toEqual([]);
  });
});

describe('a role', () => {
  it('begins as a copy of another, under a name of its own', async () => {
    await visit.open(`/settings/roles?role=${roleIds['sales']}`);
    await menu('Sales', 'Copy role');
    await visit.page.getByLabel('Name of the role').fill('Interns');
    await visit.page.getByRole('button', { name: 'Create role' }).click();
    await visit.page.getByRole('heading', { name: 'Interns' }).waitFor();

    const made = visit.api.records.all('role').at(-1)!;
    expect(made).toMatchObject({ name: 'Interns', rights: role('sales') });
    expect(made['key']).toBeUndefined();
  });

  it('begins with next to nothing, and gets another name', async () => {
    await visit.open('/settings/roles');
    await visit.page.getByRole('button', { name: 'New role' }).click();
    await visit.page.getByLabel('Name of the role').fill('Temps');
    await visit.page.getByRole('button', { name: 'Create role' }).click();
    await visit.page.getByRole('heading', { name: 'Temps' }).waitFor();
    await menu('Temps', 'Rename role');
    await visit.page.getByLabel('Name of the role').fill('Helpers');
    await visit.page.getByRole('button', { name: 'Save', exact: true }).click();
    await visit.page.getByRole('heading', { name: 'Helpers' }).waitFor();

    const made = visit.api.records.all('role').at(-1)!;
    expect((made['rights'] as Rights).grants.customers).toBeUndefined();
    expect((made['rights'] as Rights).grants.structure).toEqual({ read: 'all' });
  });

  it('is removed with one command, after which its holders have another, and both come back', async () => {
    const { records } = visit.api;
    const [sales, other] = [roleIds['sales']!, roleIds['marketing']!];
    visit.command = ({ method, path, body, headers }) => {
      if (path === `roles/${sales}/bring-back`) {
        expect(body).toEqual({ moved: [maria], movedTo: other });
        records.change('member', maria, { roleId: sales });
        return { body: records.add('role', { name: 'Sales', key: 'sales', rights: { grants: {} } }, { id: sales }) };
      }
      if (path !== `roles/${sales}/remove`) return undefined;
      if (method === 'GET') return { body: { members: 1, active: 1, below: 0 } };
      expect([body, headers['if-match']]).toEqual([{ movesTo: other }, '1']);
      records.change('member', maria, { roleId: other });
      records.remove('role', sales);
      return { body: { moved: [maria] } };
    };
    await visit.open(`/settings/roles?role=${sales}`);
    await menu('Sales', 'Remove role');
    await visit.page.getByLabel('Role they get instead').click();
    await visit.page.getByRole('option', { name: 'Marketing', exact: true }).click();
    await visit.page.getByRole('button', { name: 'Remove role' }).click();
    await visit.page.getByText('“Sales” removed.').waitFor();
    await visit.page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => records.get('member', maria)!['roleId']).toBe(sales);
  });
});
