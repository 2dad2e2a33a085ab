import { beforeEach, describe, expect, it } from 'vitest';
import { findBarriers } from '../support/page.ts';
import type { ApiAnswer, ApiRequest } from '../support/site.ts';
import { LOOKS, useVisits } from '../support/visit.ts';

const visit = useVisits();
const PASSWORD = 'correct horse battery';
const CODE = '493027';
const RECOVERY = ['K3F0-9QXT-M7W2', '7DVA-22MK-01XZ'];
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

/** The second step of the played account. */
let second: { on: boolean; codes: string[] };
const refuse = (status: number, code: string): ApiAnswer => ({ status, body: { code, requestId: 'req-1' } });

function play({ method, path, body }: ApiRequest): ApiAnswer | undefined {
  const { password, code, recoveryCode } = (body ?? {}) as { password?: string; code?: string; recoveryCode?: string };
  if (method !== 'POST') return undefined;
  if (path === 'auth/two-step/read') return { body: { on: second.on, recoveryCodes: second.codes.length } };
  if (path === 'auth/sign-in' && second.on && password === PASSWORD) {
    if (recoveryCode !== undefined) {
      if (!second.codes.includes(recoveryCode)) return refuse(401, 'auth.recoveryCode');
      second = { on: false, codes: [] };
    } else if (code === undefined) return refuse(401, 'auth.codeRequired');
    else if (code !== CODE) return refuse(401, 'auth.code');
    return undefined;
  }
  if (!path.startsWith('auth/two-step/')) return undefined;
  if (password !== undefined && password !== PASSWORD) return refuse(401, 'auth.credentials');
  if (path === 'auth/two-step/begin')
    return { body: { secret: SECRET, uri: `otpauth://totp/Regulars:lin?secret=${SECRET}&issuer=Regulars` } };
  if (code !== CODE) return refuse(401, 'auth.code');
  second = path === 'auth/two-step/end' ? { on: false, codes: [] } : { on: true, codes: RECOVERY };
  return path === 'auth/two-step/end' ? { status: 204 } : { body: { recoveryCodes: RECOVERY } };
}

beforeEach(() => {
  second = { on: false, codes: [] };
  visit.command = play;
});

const press = (name: string) => visit.page.getByRole('button', { name, exact: true }).click();
const fill = (label: string, text: string) => visit.page.getByLabel(label, { exact: true }).fill(text);
const heading = (name: string) => visit.page.getByRole('heading', { name, exact: true }).waitFor();

async function passwordStep(): Promise<void> {
  await fill('E-mail', 'lin@tea.example');
  await fill('Password', PASSWORD);
  await press('Sign in');
}

describe('setting up two-step sign-in', () => {
  it('goes from the settings over password, app and recovery codes back to the settings', async () => {
    await visit.open('/settings/security');
    await visit.page.getByRole('link', { name: 'Set up' }).click();
    await heading('Two-step sign-in');
    await fill('Password', PASSWORD);
    await press('Continue');

    await heading('Your authenticator app');
    await visit.page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
    expect((await visit.page.locator('code').textContent())?.replaceAll(' ', '')).toBe(SECRET);
    await fill('Code', '493 027');
    await press('Turn on');

    await heading('Recovery codes');
    expect(await visit.page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allTextContents()).toEqual(RECOVERY);
    const done = visit.page.getByRole('button', { name: 'Done', exact: true });
    expect(await done.isDisabled()).toBe(true);
    await visit.page.getByLabel('I have put them in a safe place').check();
    await done.click();

    await visit.page.getByText('It is on').waitFor();
    expect(visit.at()).toBe('/settings/security');
    expect(visit.asked('POST', 'auth/two-step/confirm').map(({ body }) => body)).toEqual([{ code: CODE }]);
  });

  it('says at its place what is not right', async () => {
    await visit.open('/two-step');
    await fill('Password', 'wrong');
    await press('Continue');
    await visit.page.getByRole('alert').getByText('E-mail or password is wrong.').waitFor();
    await fill('Password', PASSWORD);
    await press('Continue');
    await fill('Code', '12');
    await press('Turn on');
    await visit.page.getByText('Six digits, please.').waitFor();
    expect(visit.asked('POST', 'auth/two-step/confirm')).toEqual([]);
    await fill('Code', '000000');
    await press('Turn on');

    await visit.page.getByRole('alert').getByText('This code is not correct.').waitFor();
    expect(second.on).toBe(false);
  });

  it('does not let go of codes that nobody has kept', async () => {
    await visit.open('/settings/security');
    await visit.page.getByRole('link', { name: 'Set up' }).click();
    await fill('Password', PASSWORD);
    await press('Continue');
    await fill('Code', CODE);
    await press('Turn on');
    await heading('Recovery codes');

    await visit.page.goBack();

    const question = visit.page.getByRole('dialog', { name: 'Leave without the codes?' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    await visit.page.getByText(RECOVERY[0]!).waitFor();
  });

  it('asks who is not signed in to do that first', async () => {
    visit.api.signedIn = false;
    await visit.open('/two-step');

    await heading('Sign in');
    expect(visit.at()).toBe('/sign-in?next=%2Ftwo-step');
  });
});

describe('signing in', () => {
  beforeEach(() => {
    visit.api.signedIn = false;
    second = { on: true, codes: RECOVERY };
  });

  it('takes the code after the password', async () => {
    await visit.open('/sign-in');
    await passwordStep();
    await heading('Second step');
    expect(await visit.page.getByLabel('Code', { exact: true }).evaluate((input) => input === document.activeElement)).toBe(true);
    await fill('Code', '000000');
    await press('Sign in');
    await visit.page.getByRole('alert').getByText('This code is not correct.').waitFor();

    await fill('Code', CODE);
    await visit.page.keyboard.press('Enter');

    await visit.page.getByRole('heading', { name: /^Good/ }).waitFor();
    expect(visit.asked('POST', 'auth/sign-in').at(-1)!.body).toEqual({
      email: 'lin@tea.example',
      password: PASSWORD,
      code: CODE,
      keep: true,
    });
  });

  it('goes back to the password', async () => {
    await visit.open('/sign-in');
    await passwordStep();
    await heading('Second step');

    await press('Back');

    await heading('Sign in');
    expect(await visit.page.getByLabel('Password', { exact: true }).inputValue()).toBe('');
    expect(await visit.page.getByLabel('E-mail').inputValue()).toBe('lin@tea.example');
  });

  it('by a recovery code leads to setting up anew', async () => {
    await visit.open('/sign-in');
    await passwordStep();
    await press('I don’t have my app');
    await fill('Recovery code', 'not a code');
    await press('Sign in');
    await visit.page.getByRole('alert').getByText('no longer works').waitFor();
    await fill('Recovery code', RECOVERY[0]!);
    await press('Sign in');

    await heading('Two-step sign-in');
    await visit.page.getByText('You signed in with a recovery code').waitFor();
    await visit.page.getByRole('link', { name: 'Not now' }).click();
    await visit.page.getByRole('heading', { name: /^Good/ }).waitFor();
  });

  it('asks for the code where somebody with an account accepts an invitation', async () => {
    let tries = 0;
    visit.command = ({ path }) =>
      path === 'auth/accept-invite' && tries++ === 0
        ? refuse(401, 'auth.codeRequired')
        : path === 'auth/accept-invite'
          ? { body: { accessToken: visit.api.token, expiresIn: 900 } }
          : undefined;
    await visit.open('/invite#good');
    await fill('Your name', 'Lin');
    await fill('Password', PASSWORD);
    await press('Join');
    await visit.page.getByRole('alert').getByText('Your account has a second step.').waitFor();
    await fill('Code', CODE);
    await press('Join');

    await visit.page.getByRole('heading', { name: /^Good/ }).waitFor();
    expect(visit.asked('POST', 'auth/accept-invite')[1]!.body).toMatchObject({ token: 'good', password: PASSWORD, code: CODE });
  });
});

describe('where two-step sign-in is on', () => {
  beforeEach(() => {
    second = { on: true, codes: RECOVERY };
  });
  const prove = async (dialog: string): Promise<void> => {
    const box = visit.page.getByRole('dialog', { name: dialog });
    await box.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await box.getByLabel('Code', { exact: true }).fill(CODE);
    await box.getByRole('button', { name: dialog, exact: true }).click();
  };

  it('is turned off with password and code', async () => {
    await visit.open('/settings/security');
    await visit.page.getByText('Only 2 recovery codes are left').waitFor();
    await press('Turn off');
    await prove('Turn off');

    await visit.page.getByRole('link', { name: 'Set up' }).waitFor();
    expect(visit.asked('POST', 'auth/two-step/end')[0]!.body).toEqual({ password: PASSWORD, code: CODE });
  });

  it('gives new recovery codes', async () => {
    await visit.open('/settings/security');
    await press('Create new codes');
    await prove('Create new codes');

    const shown = visit.page.getByRole('dialog', { name: 'Recovery codes' });
    expect(await shown.getByRole('listitem').allTextContents()).toEqual(RECOVERY);
  });
});

describe('the sessions', () => {
  const ROWS = [
    ['ses_1', 'Firefox', 'Linux', '203.0.113.7', true],
    ['ses_2', 'Safari', 'iPhone', '192.0.2.9', false],
    ['ses_3', 'Edge', 'Windows', '192.0.2.10', false],
  ] as const;
  let left: readonly string[];
  beforeEach(() => {
    left = ROWS.map(([id]) => id);
    visit.command = (request) => {
      if (request.path === 'auth/sessions/end') left = left.filter((id) => id !== (request.body as { id: string }).id);
      if (request.path === 'auth/sessions/end-others') left = ['ses_1'];
      if (request.path.startsWith('auth/sessions/end')) return { status: 204 };
      if (request.path !== 'auth/sessions/list') return play(request);
      const times = { startedAt: '2026-03-01T08:00:00.000Z', usedAt: '2026-03-02T08:00:00.000Z' };
      const items = ROWS.filter(([id]) => left.includes(id)).map(([id, browser, system, address, current]) => ({
        ...times,
        ...{ id, address, current, device: { browser, system } },
      }));
      return { body: { items } };
    };
  });

  it('are ended one by one, or all others at once', async () => {
    await visit.open('/settings/security');
    await visit.page.getByText('Firefox on Linux').waitFor();
    expect(await visit.page.getByText('This device').count()).toBe(1);
    expect(await visit.page.getByRole('button', { name: /^Sign out Firefox/ }).count()).toBe(0);

    await press('Sign out Safari on iPhone');
    await visit.page.getByText('Safari on iPhone').waitFor({ state: 'detached' });
    expect(visit.asked('POST', 'auth/sessions/end').map(({ body }) => body)).toEqual([{ id: 'ses_2' }]);

    await press('Sign out all other devices');
    await visit.page.getByText('Edge on Windows').waitFor({ state: 'detached' });
    expect(await visit.page.getByRole('button', { name: 'Sign out all other devices' }).count()).toBe(0);
  });
});

describe('what a workspace asks of everybody', () => {
  it('is set by who may set it up, after a question', async () => {
    visit.api.records.add('workspace', { name: 'Tea', zone: 'UTC', currency: 'CNY', language: 'en' }, { id: 'wsp_1' });
    await visit.open('/settings/security');
    await visit.page.getByRole('switch', { name: 'Everyone signs in with two steps' }).click();
    await visit.page.getByRole('dialog').getByRole('button', { name: 'Require it' }).click();

    await expect.poll(() => visit.api.records.get('workspace', 'wsp_1')!['twoStepRequired']).toBe(true);
  });

  it('leads who has no second step to setting it up before anything else', async () => {
    let since: string | undefined;
    visit.command = (request) => {
      const answer = play(request);
      if (request.path === 'auth/two-step/confirm') since = '2026-03-02T08:00:00.000Z';
      if (request.path !== 'session') return answer;
      const { body } = visit.api.answer(request) as { body: { member: object; workspace: object } };
      const member = { ...body.member, ...(since ? { twoStepSince: since } : {}) };
      return { body: { ...body, member, workspace: { ...body.workspace, twoStepRequired: true } } };
    };
    await visit.open('/settings/profile');
    await visit.page.getByText('This workspace asks for two-step sign-in.').waitFor();
    expect(await visit.page.getByRole('link', { name: 'Not now' }).count()).toBe(0);

    await fill('Password', PASSWORD);
    await press('Continue');
    await fill('Code', CODE);
    await press('Turn on');
    await visit.page.getByLabel('I have put them in a safe place').check();
    await press('Done');

    await heading('Profile');
    expect(visit.at()).toBe('/settings/profile');
  });
});

describe('the log', () => {
  const ROW = { at: '2026-03-02T08:00:00.000Z', by: 'mem_1' };
  const PAGES: Readonly<Record<string, unknown>> = {
    '': {
      items: [
        { ...ROW, id: 'aud_1', kind: 'signIn', event: 'refused', address: '192.0.2.66', device: { browser: 'Chrome', system: 'Windows' } },
        { ...ROW, id: 'aud_2', kind: 'people', event: 'updated', on: { type: 'member', id: 'mem_2' }, fields: ['roleId', 'post'] },
      ],
      cursor: 'next',
    },
    next: { items: [{ ...ROW, id: 'aud_3', kind: 'twoStep', event: 'reset', by: 'mem_9', on: { type: 'member', id: 'mem_2' } }] },
  };
  const log = () => visit.page.getByRole('list', { name: 'Log' }).getByRole('listitem');
  beforeEach(() => {
    visit.command = ({ path, query }) => {
      if (path !== 'audit') return undefined;
      return { body: query.get('kind') === 'export' ? { items: [] } : PAGES[query.get('cursor') ?? ''] };
    };
  });

  it('says who did what when and from where, page by page', async () => {
    await visit.open('/settings/audit');
    await log().first().waitFor();
    expect((await log().allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
      expect.stringMatching(/Lin Wang ?Refused: wrong password or code ?192\.0\.2\.66 ?Chrome on Windows/),
      expect.stringMatching(/Lin Wang ?Changed Member Maria Silva: Role and Post/),
    ]);
    await press('Show more');

    await visit.page.getByText('Turned two-step sign-in off for Maria Silva').waitFor();
    await visit.page.getByText('Former member').waitFor();
    expect(await visit.page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
  });

  it('is asked for a kind, a person and a period, which the address keeps', async () => {
    await visit.open('/settings/audit');
    await log().first().waitFor();
    await visit.page.getByLabel('Who').click();
    await visit.page.getByRole('option', { name: 'Maria Silva' }).click();
    await visit.page.getByLabel('Period').click();
    await visit.page.getByRole('option', { name: 'Last 7 days' }).click();
    await visit.page.getByLabel('Kind').click();
    await visit.page.getByRole('option', { name: 'Exports' }).click();

    await visit.page.getByText('Nothing of this kind happened in this period.').waitFor();
    const { query } = visit.asked('GET', 'audit').at(-1)!;
    expect([query.get('kind'), query.get('by'), query.get('from')]).toEqual(['export', 'mem_2', expect.stringMatching(/^\d{4}-.*Z$/)]);
    expect(visit.at()).toContain('kind=export');
  });

  it('is saved whole', async () => {
    await visit.open('/settings/audit');
    await log().first().waitFor();
    const [file] = await Promise.all([visit.page.waitForEvent('download'), press('Save as CSV')]);

    const text = await (await file.createReadStream()).toArray().then((parts) => Buffer.concat(parts as Buffer[]).toString());
    expect(file.suggestedFilename()).toMatch(/^Log \d{4}-\d\d-\d\d\.csv$/);
    expect(text.trim().split('\n')).toHaveLength(4);
    expect(text).toContain('192.0.2.66');
  });

  it('is not open to who sets nothing up', async () => {
    visit.api.rights = { grants: { structure: { read: 'all' } } };
    await visit.open('/settings/audit');

    await visit.page.getByText('You have no access to this page').waitFor();
    expect(visit.asked('GET', 'audit')).toEqual([]);
  });
});

describe('every step is without barriers,', () => {
  it.each(LOOKS)('%s', async (_name, look) => {
    const said = look.locale === 'zh-CN' ? { password: '密码', code: '验证码' } : { password: 'Password', code: 'Code' };
    await visit.open('/two-step', look);
    expect(await findBarriers(visit.page)).toEqual([]);
    await fill(said.password, PASSWORD);
    await visit.page.keyboard.press('Enter');
    await visit.page.locator('code').waitFor();
    expect(await findBarriers(visit.page)).toEqual([]);
    await fill(said.code, CODE);
    await visit.page.keyboard.press('Enter');
    await visit.page.getByText(RECOVERY[0]!).waitFor();
    expect(await findBarriers(visit.page)).toEqual([]);
  });
});
