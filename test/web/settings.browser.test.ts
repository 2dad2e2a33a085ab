import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { findBarriers } from '../support/page.ts';
import { LOOKS, useVisits } from '../support/visit.ts';

const visit = useVisits();
const roleIds: Record<string, string> = {};
let north = '';
let maria = '';

beforeEach(() => {
  const { records } = visit.api;
  for (const { key, label, rights } of DEFAULT_ROLES) roleIds[key] = records.add('role', { key, name: label.en, rights }).id;
  const sales = records.add('department', { name: 'Sales' }).id;
  north = records.add('department', { name: 'Sales North', parentId: sales }).id;
  const person = { roleId: roleIds['sales'], status: 'active', departmentId: north };
  records.add(
    'member',
    { ...person, name: 'Lin Wang', email: 'lin@tea.example', roleId: roleIds['owner'], language: 'en' },
    { id: 'mem_1' },
  );
  maria = records.add('member', { ...person, name: 'Maria Silva', email: 'maria@tea.example' }).id;
  records.add('member', { ...person, name: 'Peter Long', email: 'peter@tea.example', status: 'invited' });
  records.add('customField', {
    on: 'customer',
    key: 'grade',
    nameEn: 'Grade',
    nameZh: '等级',
    fieldKind: 'choice',
    order: 1,
    options: [{ key: 'gold', label: { en: 'Gold', zh: '金卡' } }],
  });
  records.add('customField', { on: 'customer', key: 'number', nameEn: 'Member number', nameZh: '会员号', fieldKind: 'text', order: 2 });
  records.add('workspace', { name: 'Qingshan Tea', zone: 'Asia/Shanghai', currency: 'CNY', language: 'en' }, { id: 'wsp_1' });
});

const role = (key: string) => DEFAULT_ROLES.find((each) => each.key === key)!.rights;
const menu = async (of: string, entry: string): Promise<void> => {
  await visit.page.getByRole('button', { name: `Actions for ${of}`, exact: true }).click();
  await visit.page.getByRole('menuitem', { name: entry, exact: true }).click();
};

describe('every page of the settings', () => {
  const pages = ['', '/profile', '/members', '/departments', '/roles', '/fields', '/fields?on=lead', '/workspace'].map(
    (at) => `/settings${at}`,
  );
  it.each(LOOKS.flatMap(([name, look]) => pages.map((at) => [at, name, look] as const)))(
    '%s is without barriers and as wide as the screen, %s',
    async (at, _name, look) => {
      await visit.open(at, look);
      await visit.page.locator('[role="status"][aria-label]').waitFor({ state: 'detached' });

      expect(await findBarriers(visit.page)).toEqual([]);
    },
  );

  it('says when it could not be had, and tries again', async () => {
    visit.command = ({ path }) => (path === 'members' ? { status: 500, body: { code: 'internal', requestId: 'req-7' } } : undefined);
    await visit.open('/settings/members');
    await visit.page.getByText('quote req-7').waitFor();
    visit.command = () => undefined;

    await visit.page.getByRole('button', { name: 'Try again' }).click();

    await visit.page.getByText('maria@tea.example').waitFor();
  });
});

describe('who sets nothing up', () => {
  beforeEach(() => {
    visit.api.rights = role('sales');
  });

  it('finds his profile and nothing else', async () => {
    await visit.open('/settings');

    const items = visit.page.getByRole('main').getByRole('listitem');
    await expect.poll(() => items.allTextContents()).toEqual([expect.stringContaining('Profile')]);
  });

  it('is told so where a link leads him to what is not his', async () => {
    await visit.open('/settings/fields');

    await visit.page.getByText('This page is not open to you').waitFor();
    expect(visit.asked('GET', 'custom-fields')).toEqual([]);
  });

  it('reads as a manager whom he leads, and changes nobody', async () => {
    visit.api.rights = role('salesManager');
    await visit.open('/settings/members');
    await visit.page.getByText('maria@tea.example').waitFor();

    expect(await visit.page.getByRole('button', { name: /Invite|Actions for/ }).count()).toBe(0);
  });
});

describe('the profile', () => {
  it('is saved on the server, so that mails follow', async () => {
    await visit.open('/settings/profile');
    await visit.page.getByLabel('Your name').fill('Lin W.');
    await visit.page.getByLabel('Language').click();
    await visit.page.getByRole('option', { name: '简体中文' }).click();
    await visit.page.getByRole('button', { name: 'Save', exact: true }).click();
    await visit.page.getByText('已保存').waitFor();

    expect(visit.api.records.get('member', 'mem_1')).toMatchObject({ name: 'Lin W.', language: 'zh-CN', zone: 'Asia/Shanghai' });
    await visit.page.getByRole('heading', { name: '个人资料' }).waitFor();
  });

  it('finds a time zone by a word of it', async () => {
    await visit.open('/settings/profile');
    await visit.page.getByLabel('Time zone').fill('Lisbon');
    await visit.page.getByRole('option', { name: /Lisbon/ }).click();
    await visit.page.getByRole('button', { name: 'Save', exact: true }).click();
    await visit.page.getByText('Saved').waitFor();

    expect(visit.api.records.get('member', 'mem_1')).toMatchObject({ zone: 'Europe/Lisbon' });
  });

  it('shows what the server refuses at its field', async () => {
    await visit.open('/settings/profile');
    await visit.page.getByLabel('Phone').fill('not a number');
    await visit.page.getByRole('button', { name: 'Save', exact: true }).click();

    await visit.page.getByText('This is not a phone number').waitFor();
  });

  it('takes the language chosen in the menu along', async () => {
    await visit.open('/');
    await visit.page.getByRole('button', { name: 'Account of Lin Wang' }).click();
    await visit.page.getByRole('menuitemradio', { name: '简体中文' }).click();

    await expect.poll(() => visit.api.records.get('member', 'mem_1')!['language']).toBe('zh-CN');
  });

  it('ends the sessions of all devices, when that is meant', async () => {
    await visit.open('/settings/profile');
    await visit.page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await visit.page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await visit.page.getByRole('heading', { name: 'Sign in' }).waitFor();

    expect(visit.asked('POST', 'auth/sign-out-everywhere')).toHaveLength(1);
  });
});

describe('members', () => {
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

    await visit.page.getByText('This is in use already').waitFor();
  });

  it('who have not joined get another link', async () => {
    visit.command = ({ path }) => (path.endsWith('/invite-again') ? { body: visit.api.records.all('member').at(-1) } : undefined);
    await visit.open('/settings/members');
    await menu('Peter Long', 'Send invitation again');

    await visit.page.getByText('Invitation sent to peter@tea.example.').waitFor();
  });

  it('are disabled at once, which can be taken back', async () => {
    visit.command = ({ method, path }) => {
      const [, id, command] = path.split('/');
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

    await visit.page.getByRole('alert').getByText('Somebody must stay owner.').waitFor();
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
    await page.getByText('Maria Silva is saved.').waitFor();

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
    await visit.page.getByText('City is saved.').waitFor();

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
    await visit.page.getByText('Sales North is saved.').waitFor();

    expect(visit.api.records.get('department', north)!['parentId']).toBeUndefined();
  });

  it('are removed when they are empty, after a question', async () => {
    await visit.open('/settings/departments');
    await visit.page.getByRole('button', { name: 'Actions for Sales North' }).click();
    await visit.page.getByRole('menuitem', { name: 'Edit department' }).waitFor();
    expect(await visit.page.getByRole('menuitem', { name: 'Remove' }).count()).toBe(0);
    await visit.page.keyboard.press('Escape');
    const empty = visit.api.records.add('department', { name: 'Empty' }).id;
    await visit.page.reload();

    await menu('Empty', 'Remove');
    await visit.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await visit.page.getByText('Empty is removed.').waitFor();

    expect(visit.api.records.get('department', empty)).toBeUndefined();
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
      'No',
      'No',
      'No',
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

    await visit.page.getByText('only these fields can be edited: Phones and Notes.').waitFor();
  });
});

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
    await visit.page.getByText('Grade is saved.').waitFor();

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

    await visit.page.getByText('No fields of your own yet').waitFor();
  });
});

describe('the workspace', () => {
  it('gets another name and currency', async () => {
    await visit.open('/settings/workspace');
    await visit.page.getByLabel('Company name').fill('Qingshan Tea & Co.');
    await visit.page.getByLabel('Base currency').fill('euro');
    await visit.page.getByRole('option', { name: /EUR/ }).click();
    await visit.page.getByRole('button', { name: 'Save', exact: true }).click();
    await visit.page.getByText('Saved').waitFor();

    expect(visit.api.records.get('workspace', 'wsp_1')).toMatchObject({ name: 'Qingshan Tea & Co.', currency: 'EUR', version: 2 });
  });

  it('that somebody else has changed meanwhile is read again', async () => {
    await visit.open('/settings/workspace');
    await visit.page.getByLabel('Company name').fill('Mine');
    visit.api.records.change('workspace', 'wsp_1', { name: 'Theirs' });
    await visit.page.getByRole('button', { name: 'Save', exact: true }).click();

    await expect.poll(() => visit.page.getByLabel('Company name').inputValue()).toBe('Theirs');
  });
});
