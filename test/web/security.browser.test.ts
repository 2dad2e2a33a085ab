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
    await visit.page.getByRole('alert').getByText('E-mail or password is not right.').waitFor();
    await fill('Password', PASSWORD);
    await press('Continue');
    await fill('Code', '12');
    await press('Turn on');
    await visit.page.getByText('Six digits, please.').waitFor();
    expect(visit.asked('POST', 'auth/two-step/confirm')).toEqual([]);
    await fill('Code', '000000');
    await press('Turn on');

    await visit.page.getByRole('alert').getByText('This code is not right.').waitFor();
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
    await visit.page.getByRole('alert').getByText('This code is not right.').waitFor();

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
    await visit.page.getByText('You came in with a recovery code').waitFor();
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
    await press('Make new codes');
    await prove('Make new codes');

    const shown = visit.page.getByRole('dialog', { name: 'Recovery codes' });
    expect(await shown.getByRole('listitem').allTextContents()).toEqual(RECOVERY);
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
