import { beforeEach, describe, expect, it } from 'vitest';
import { maria, menu, roleIds, visit } from './settingsVisit.ts';

describe('what a member holds', () => {
  let ana: string;
  let asked: { path: string; body: Record<string, unknown> }[];
  const held = [
    { type: 'customer', field: 'ownerId', count: 38 },
    { type: 'opportunity', field: 'ownerId', count: 14, open: 12 },
    { type: 'department', field: 'headId', count: 1 },
  ];
  const past = [{ id: 'job_1', by: 'mem_1', to: 'mem_1', at: '2026-03-01T09:00:00.000Z', count: 7, state: 'ended', takenBack: false }];
  beforeEach(() => {
    asked = [];
    ana = visit.api.records.add('member', { name: 'Ana Reis', email: 'ana@tea.example', roleId: roleIds['sales'], status: 'active' }).id;
    visit.command = ({ method, path, body }) => {
      if (!path.startsWith(`members/${maria}/`)) return undefined;
      if (method === 'GET') return { body: { held, past } };
      asked.push({ path, body: body as Record<string, unknown> });
      return { status: 202, body: visit.api.records.add('job', { kind: 'handover', state: 'queued', fileName: 'Maria Silva' }) };
    };
  });
  const choose = async (label: string): Promise<void> => {
    await visit.page.getByRole('dialog').getByLabel(label).click();
    await visit.page.getByRole('option', { name: /Ana Reis/ }).click();
  };

  it('is counted by type and handed over, some of it to somebody else, before he is disabled', async () => {
    await visit.open('/settings/members');
    await menu('Maria Silva', 'Disable');
    const dialog = visit.page.getByRole('dialog');
    await dialog.getByRole('listitem').first().waitFor();
    const rows = (await dialog.getByRole('list').first().getByRole('listitem').allTextContents()).map((text) =>
      text.replace(/\s+/g, ' ').trim(),
    );
    expect(rows).toEqual(['Customers 38', 'Opportunities 14, 12 open', 'Departments: Head 1']);
    await dialog.getByRole('button', { name: 'Disable only' }).waitFor();
    await dialog.getByLabel(/^To/).click();
    await visit.page.getByRole('option', { name: /Lin Wang/ }).click();
    await dialog.getByLabel('Choose somebody else for single types').check();
    await choose('Customers go to');
    await dialog.getByRole('button', { name: 'Hand over and disable' }).click();
    await visit.page.getByText('53 records are being handed over.').waitFor();

    expect(asked).toMatchObject([{ path: `members/${maria}/hand-over`, body: { to: 'mem_1', types: { customer: ana }, disable: true } }]);
  });

  it('is taken back with one press', async () => {
    await visit.open('/settings/members');
    await menu('Maria Silva', 'Hand over records');
    await visit.page.getByRole('button', { name: 'Take back' }).click();
    await visit.page.getByText('The records are going back.').waitFor();

    expect(asked).toMatchObject([{ path: `members/${maria}/hand-over/take-back`, body: { handover: 'job_1' } }]);
  });
});

it('members are found by role and status', async () => {
  for (let n = 0; n < 8; n++)
    visit.api.records.add('member', { name: `Seller ${n}`, email: `s${n}@tea.example`, roleId: roleIds['sales'], status: 'active' });
  await visit.open('/settings/members');
  await visit.page.getByText('Lin Wang').first().waitFor();
  await visit.page.getByRole('combobox', { name: 'Status' }).click();
  await visit.page.getByRole('option', { name: 'Invited' }).click();
  await expect.poll(() => visit.page.getByRole('button', { name: /^Actions for/ }).count()).toBe(1);
  expect(visit.at()).toContain('status=invited');

  await visit.page.getByRole('combobox', { name: 'Role' }).click();
  await visit.page.getByRole('option', { name: 'Owner' }).click();
  await visit.page.getByRole('button', { name: 'Show all' }).click();
  await expect.poll(() => visit.page.getByRole('button', { name: /^Actions for/ }).count()).toBe(11);
});

it('settings are found by what they are about', async () => {
  await visit.open('/settings');
  expect(await visit.page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
    'Personal',
    'Company',
    'People and rights',
    'Records and processes',
  ]);
  await visit.page.getByRole('searchbox', { name: 'Search settings' }).fill('what each role');
  await expect.poll(() => visit.page.getByRole('main').getByRole('listitem').count()).toBe(1);
  await visit.page.getByRole('searchbox', { name: 'Search settings' }).fill('xyz');
  await visit.page.getByText('Nothing found').waitFor();
});
