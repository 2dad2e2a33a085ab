import { beforeEach, describe, expect, it } from 'vitest';
import { findBarriers } from '../support/page.ts';
import { LOOKS } from '../support/visit.ts';
import { visit, role } from './settingsVisit.ts';

describe('every page of the settings', () => {
  const pages = ['', '/profile', '/security', '/audit', '/members', '/departments', '/roles', '/fields', '/fields?on=lead', '/workspace']
    .map((at) => `/settings${at}`)
    .concat('/applications');
  it.each(LOOKS.flatMap(([name, look]) => pages.map((at) => [at, name, look] as const)))(
    '%s is without barriers and as wide as the screen, %s',
    async (at, _name, look) => {
      await visit.open(at, look);
      await expect.poll(() => visit.page.locator('[role="status"][aria-label]').count()).toBe(0);

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

  it('finds what is his own and nothing else', async () => {
    await visit.open('/settings');

    const items = visit.page.getByRole('main').getByRole('listitem');
    await expect
      .poll(async () => (await items.allTextContents()).map((text) => text.trim().split(' ')[0]))
      .toEqual(expect.arrayContaining(['Profile', 'Signing']));
    expect((await items.allTextContents()).join()).not.toMatch(/Members|Roles|Log|Company/);
  });

  it('is told so where a link leads him to what is not his', async () => {
    await visit.open('/settings/fields');

    await visit.page.getByText('You have no access to this page').waitFor();
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
    await visit.open('/settings/security');
    await visit.page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await visit.page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await visit.page.getByRole('heading', { name: 'Sign in' }).waitFor();

    expect(visit.asked('POST', 'auth/sign-out-everywhere')).toHaveLength(1);
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

  it('says what another currency does, and when its year begins', async () => {
    await visit.open('/settings/workspace');
    await visit.page.getByLabel('Fiscal year begins in').click();
    await visit.page.getByRole('option', { name: 'April' }).click();
    await visit.page.getByText(/This one runs from .*1 Apr.* to .*31 Mar/).waitFor();
    await visit.page.getByLabel('Base currency').fill('EUR');
    await visit.page.getByRole('option').first().click();
    await visit.page.getByText('Amounts already written keep their currency and are not converted.').waitFor();
    await visit.page.getByRole('button', { name: 'Save', exact: true }).click();
    await visit.page.getByText('Saved').waitFor();

    expect(visit.api.records.get('workspace', 'wsp_1')).toMatchObject({ fiscalYearStart: '04', currency: 'EUR' });
  });

  it('that somebody else has changed meanwhile is read again', async () => {
    await visit.open('/settings/workspace');
    await visit.page.getByLabel('Company name').fill('Mine');
    visit.api.records.change('workspace', 'wsp_1', { name: 'Theirs' });
    await visit.page.getByRole('button', { name: 'Save', exact: true }).click();

    await expect.poll(() => visit.page.getByLabel('Company name').inputValue()).toBe('Theirs');
  });
});
