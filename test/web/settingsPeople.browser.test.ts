import { describe, expect, it } from 'vitest';
import { visit, roleIds, north, maria, menu } from './settingsVisit.ts';

describe('members', () => {
  it('are shown with their last sign-in, and who signs in by two steps can be helped', async () => {
    visit.api.records.change('member', maria, { twoStepSince: '2026-02-01T08:00:00.000Z' });
    const reset: string[] = [];
    visit.command = ({ method, path }) => {
      if (path === 'members/sign-ins')
        return { body: { items: [{ id: maria, at: '2026-01-05T08:00:00.000Z', times: 12, address: '192.0.2.9' }] } };
      if (method !== 'POST' || !path.endsWith('/reset-two-step')) return undefined;
      reset.push(path);
      visit.api.records.change('member', maria, { twoStepSince: null });
      return { body: visit.api.records.get('member', maria) };
    };
    await visit.open('/settings/members');
    await visit.page.getByText('12 sign-ins, last from 192.0.2.9').waitFor();
    await visit.page.getByText('Two-step', { exact: true }).waitFor();

    await menu('Maria Silva', 'Turn two-step sign-in off');
    await visit.page.getByRole('dialog').getByRole('button', { name: 'Turn off' }).click();

    await visit.page.getByText('Maria Silva signs in with the password alone now').waitFor();
    expect(reset).toEqual([`members/${maria}/reset-two-step`]);
    await visit.page.getByText('Two-step', { exact: true }).waitFor({ state: 'detached' });
  });

  it('are invited by mail, with role, department and language', async () => {
    visit.command = ({ method, path, body }) =>
      method === 'POST' && path === 'members/invite'
        ? { status: 201, body: visit.api.records.add('member', { ...(body as object), status: 'invited' }) }
        : undefined;
    await visit.open('/settings/members');
    await visit.page.getByRole('button', { name: 'Invite', exact: true }).click();
    await visit.page.getByRole('button', { name: 'Send invitation' }).click();
    await expect.poll(() => visit.page.getByLabel('E-mail').evaluate((input) => input === document.activeElement)).toBe(true);

    await visit.page.getByLabel('E-mail').fill('ana@tea.example');
    await visit.page.getByLabel('Name').fill('Ana Reis');
    await visit.page.getByLabel('Department').click();
    await visit.page.getByRole('option', { name: 'Sales North' }).click();
    await visit.page.getByRole('button', { name: 'Send invitation' }).click();
    await visit.page.getByText('Invitation sent to ana@tea.example.').waitFor();

    expect(visit.asked('POST', 'members/invite').map(({ body }) => body)).toEqual([
      { email: 'ana@tea.example', name: 'Ana Reis', roleId: roleIds['sales'], departmentId: north, language: 'en' },
    ]);
    await visit.page.getByText('Ana Reis').waitFor();
  });

  it('of an address that is known are refused at its field', async () => {
    visit.command = ({ path }) =>
      path === 'members/invite'
        ? { status: 409, body: { code: 'unique.taken', issues: [{ field: 'email', code: 'unique.taken' }] } }
        : undefined;
    await visit.open('/settings/members');
    await visit.page.getByRole('button', { name: 'Invite', exact: true }).click();
    await visit.page.getByLabel('E-mail').fill('maria@tea.example');
    await visit.page.getByLabel('Name').fill('Maria');
    await visit.page.getByRole('button', { name: 'Send invitation' }).click();

    await visit.page.getByText('This is already in use').waitFor();
  });

  it('who have not joined get another link', async () => {
    visit.command = ({ path }) => (path.endsWith('/invite-again') ? { body: visit.api.records.all('member').at(-1) } : undefined);
    await visit.open('/settings/members');
    await menu('Peter Long', 'Send invitation again');

    await visit.page.getByText('Invitation sent to peter@tea.example.').waitFor();
  });

  it('are disabled at once where they hold nothing, which can be taken back', async () => {
    visit.command = ({ method, path }) => {
      const [, id, command] = path.split('/');
      if (command === 'hand-over') return { body: { held: [], past: [] } };
      if (method !== 'POST' || (command !== 'disable' && command !== 'enable')) return undefined;
      return { body: visit.api.records.change('member', id!, { status: command === 'disable' ? 'disabled' : 'active' }) };
    };
    await visit.open('/settings/members');
    await menu('Maria Silva', 'Disable');
    await visit.page.getByText('Maria Silva can no longer sign in.').waitFor();
    expect(visit.api.records.get('member', maria)!['status']).toBe('disabled');

    await visit.page.getByRole('button', { name: 'Undo' }).click();
    await visit.page.getByText('Maria Silva can sign in again.').waitFor();

    expect(visit.api.records.get('member', maria)!['status']).toBe('active');
  });

  it('cannot leave the workspace without an owner', async () => {
    visit.command = ({ method, path }) =>
      method === 'PATCH' && path === 'members/mem_1' ? { status: 409, body: { code: 'member.lastOwner' } } : undefined;
    await visit.open('/settings/members');
    await menu('Lin Wang', 'Edit');
    await visit.page.getByLabel('Role').click();
    await visit.page.getByRole('option', { name: 'Sales', exact: true }).click();
    await visit.page.getByRole('button', { name: 'Save', exact: true }).click();

    await visit.page.getByRole('alert').getByText('There must be at least one owner.').waitFor();
  });

  it('are given another role and department by the keyboard alone', async () => {
    await visit.open('/settings/members');
    const { page } = visit;
    await page.getByRole('button', { name: 'Actions for Maria Silva' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('[role="menuitem"]:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[role="dialog"]:focus-within').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('Mark');
    await page.keyboard.press('Enter');
    await page.getByLabel('Takes new leads').focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Save', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Changes to Maria Silva saved.').waitFor();

    expect(visit.api.records.get('member', maria)).toMatchObject({ roleId: roleIds['marketing'], takesLeads: true, version: 2 });
  });
});

describe('departments', () => {
  it('are made below another, with a head', async () => {
    await visit.open('/settings/departments');
    await menu('Sales North', 'Add one below');
    await visit.page.getByLabel('Name').fill('City');
    await visit.page.getByLabel('Head').click();
    await visit.page.getByRole('option', { name: /Maria Silva/ }).click();
    await visit.page.getByRole('button', { name: 'Save', exact: true }).click();
    await visit.page.getByText('“City” saved.').waitFor();

    expect(visit.api.records.all('department').at(-1)).toMatchObject({ name: 'City', parentId: north, headId: maria });
    await visit.page.getByText('Headed by Maria Silva').waitFor();
  });

  it('are moved, but not below themselves', async () => {
    await visit.open('/settings/departments');
    await menu('Sales', 'Edit department');
    await visit.page.getByLabel('Part of').click();
    await visit.page.getByRole('option').first().waitFor();
    expect((await visit.page.getByRole('option').allTextContents()).map((text) => text.trim())).toEqual(['None']);
    await visit.page.keyboard.press('Escape');
    await visit.page.getByRole('button', { name: 'Cancel' }).click();

    await menu('Sales North', 'Edit department');
    await visit.page.getByLabel('Part of').click();
    await visit.page.getByRole('option', { name: 'None' }).click();
    await visit.page.getByRole('button', { name: 'Save', exact: true }).click();
    await visit.page.getByText('“Sales North” saved.').waitFor();

    expect(visit.api.records.get('department', north)!['parentId']).toBeUndefined();
  });

  it('are moved a level by keys, and back', async () => {
    await visit.open('/settings/departments');
    const { page } = visit;
    await page.getByRole('button', { name: 'Actions for Sales North' }).focus();
    await page.keyboard.press('Alt+Shift+ArrowLeft');
    await page.getByText('“Sales North” moved.').waitFor();
    expect(visit.api.records.get('department', north)!['parentId']).toBeUndefined();

    await page.getByRole('button', { name: 'Actions for Sales North' }).focus();
    await page.keyboard.press('Alt+Shift+ArrowRight');
    await expect.poll(() => visit.api.records.get('department', north)!['parentId']).toBeDefined();
  });

  it('are removed with one command, after which their people are elsewhere, and all come back', async () => {
    const { records } = visit.api;
    const parent = records.get('department', north)!['parentId'] as string;
    const asked: unknown[] = [];
    visit.command = ({ method, path, body }) => {
      if (!path.startsWith(`departments/${north}/`)) return undefined;
      if (method === 'GET') return { body: { members: 3, active: 3, below: 1 } };
      asked.push([path, body]);
      if (path.endsWith('/bring-back'))
        return { body: records.add('department', { name: 'Sales North', parentId: parent }, { id: north }) };
      records.remove('department', north);
      return { body: { moved: [maria] } };
    };
    await visit.open('/settings/departments');
    await menu('Sales North', 'Remove');
    const dialog = visit.page.getByRole('dialog');
    await dialog.getByText('3 people are in it.').waitFor();
    await dialog.getByText('1 department below it moves up to Sales.').waitFor();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await visit.page.getByText('“Sales North” removed.').waitFor();
    await visit.page.getByRole('button', { name: 'Undo' }).click();
    await expect
      .poll(() => asked)
      .toEqual([
        [`departments/${north}/remove`, { movesTo: parent }],
        [`departments/${north}/bring-back`, { moved: [maria], movedTo: parent }],
      ]);
  });
});

describe('roles', () => {
  it('tell in words what each may do', async () => {
    await visit.open('/settings/roles');
    await visit.page.getByRole('button', { name: /^Sales \d/ }).click();
    const row = visit.page.getByRole('row', { name: /Customers and contacts/ });
    await visit.page.getByRole('heading', { name: 'Sales', exact: true }).waitFor();

    expect((await row.getByRole('cell').allTextContents()).map((text) => text.replace('–', '').trim())).toEqual([
      'Team',
      'Own',
      'Own',
      'None',
      'None',
      'None',
    ]);
    expect(visit.at()).toContain(`role=${roleIds['sales']}`);
  });

  it('stand from the widest rights to the narrowest, and one’s own is open', async () => {
    const own = visit.api.records.add('role', { name: 'Interns', rights: { grants: {} } });
    visit.api.member = { ...visit.api.member, roleId: own.id } as typeof visit.api.member;
    await visit.open('/settings/roles');
    const names = visit.page.getByRole('list', { name: 'Roles' }).getByRole('listitem');

    expect(await names.first().textContent()).toContain('Owner');
    expect(await names.last().textContent()).toContain('Interns');
    await visit.page.getByRole('heading', { name: 'Interns' }).waitFor();
  });

  it('name the fields that are all somebody may change', async () => {
    await visit.open(`/settings/roles?role=${roleIds['service']}`);

    await visit.page.getByText('Leads: only these fields can be edited: Phones and Notes.').waitFor();
  });
});
