import { beforeEach, describe, expect, it } from 'vitest';
import { maria, menu, roleIds, visit } from './settingsVisit.ts';

describe('what a member owns', () => {
  let mine: string[];
  let ana: string;
  beforeEach(() => {
    const { records } = visit.api;
    const owned = { ownerId: maria };
    ana = records.add('member', { name: 'Ana Reis', email: 'ana@tea.example', roleId: roleIds['sales'], status: 'active' }).id;
    mine = [records.add('lead', { name: 'Han', status: 'new' }, owned).id, records.add('lead', { name: 'Li', status: 'new' }, owned).id];
    records.add('activity', { type: 'call', subject: 'Past call', status: 'done' }, owned);
    mine.push(records.add('activity', { type: 'call', subject: 'Next call', status: 'planned' }, owned).id);
    records.add('lead', { name: 'Of another', status: 'new' });
  });
  const ownerOf = (id: string) => visit.api.records.get(id.startsWith('lea') ? 'lead' : 'activity', id)?.ownerId;

  it('is counted by type and handed to another, after which he is disabled', async () => {
    visit.command = ({ method, path }) =>
      method === 'POST' && path === `members/${maria}/disable`
        ? { body: visit.api.records.change('member', maria, { status: 'disabled' }) }
        : undefined;
    await visit.open('/settings/members');
    await menu('Maria Silva', 'Hand over records');
    const dialog = visit.page.getByRole('dialog');
    await dialog.getByRole('listitem').first().waitFor();
    expect((await dialog.getByRole('listitem').allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
      'Leads 2',
      'Activities 1',
    ]);
    await dialog.getByLabel('To').click();
    await visit.page.getByRole('option', { name: /Ana Reis/ }).click();
    await dialog.getByLabel('Disable Maria Silva afterwards').check();
    await dialog.getByRole('button', { name: 'Hand over', exact: true }).click();
    await visit.page.getByText('3 records now belong to Ana Reis.').waitFor();

    expect(mine.map(ownerOf)).toEqual([ana, ana, ana]);
    await expect.poll(() => visit.api.records.get('member', maria)!['status']).toBe('disabled');
  });

  it('stays where it could not be handed over, and is offered again', async () => {
    visit.command = ({ method, path }) =>
      method === 'PATCH' && path.endsWith(mine[0]!) ? { status: 403, body: { code: 'access.denied' } } : undefined;
    await visit.open('/settings/members');
    await menu('Maria Silva', 'Hand over records');
    const dialog = visit.page.getByRole('dialog');
    await dialog.getByLabel('To').click();
    await visit.page.getByRole('option', { name: /Ana Reis/ }).click();
    await dialog.getByRole('button', { name: 'Hand over', exact: true }).click();
    await visit.page.getByText('1 record could not be handed over. Try again.').waitFor();

    expect(mine.map(ownerOf)).toEqual([maria, ana, ana]);
    await expect.poll(() => dialog.getByRole('listitem').count()).toBe(1);
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
