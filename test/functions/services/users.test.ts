import {
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { confirmAuthenticator, newAuthenticatorSecret, setSecondStep } from '../../../functions/services/authenticator.ts';
import {
  answerChallenge,
  createUser,
  deleteUser,
  disableUser,
  enableUser,
  findUser,
  refresh,
  setPassword,
  signIn,
  signOut,
  signOutEverywhere,
} from '../../../functions/services/users.ts';
import { createClock, type ShiftableClock } from '../../../infra/local/clock.ts';
import { startUserPool, type UserPool } from '../../../infra/local/userPool/server.ts';
import { codeAt } from '../../../infra/local/userPool/totp.ts';
import { cognitoClient, poolSettings } from '../../infra/local/userPoolClient.ts';
import { awsError, stubAwsEnvironment } from './awsEnvironment.ts';

const NOW = Date.parse('2031-03-01T12:00:00Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const PASSWORD = 'correct horse battery';
const REFUSED = { outcome: 'refused' };
const { poolId: UserPoolId } = poolSettings;
let clock: ShiftableClock;
let pool: UserPool;
let operator: CognitoIdentityProviderClient;
let made = 0;

beforeAll(async () => {
  clock = createClock(() => NOW);
  pool = await startUserPool({ clock, pool: poolSettings });
  operator = cognitoClient(pool.url);
  stubAwsEnvironment({
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: pool.url,
    USER_POOL_ID: UserPoolId,
    USER_POOL_CLIENT_ID: poolSettings.clientId,
    USER_POOL_CLIENT_SECRET: poolSettings.clientSecret,
  });
});
beforeEach(() => clock.set(NOW));
afterAll(async () => {
  operator.destroy();
  await pool.close();
});

async function person(): Promise<{ email: string; subject: string }> {
  const email = `person${++made}@shop.test`;
  const { subject } = await createUser(email);
  expect(await setPassword(subject, PASSWORD)).toBe('set');
  return { email, subject };
}

async function signedIn(email: string) {
  const result = await signIn(email, PASSWORD);
  if (result.outcome !== 'signedIn') throw new Error(`expected to be signed in, was ${result.outcome}`);
  return result;
}

describe('an account', () => {
  it('is made once for an address, and found when the request is repeated', async () => {
    const first = await createUser('once@shop.test');

    expect(first).toEqual({ outcome: 'created', subject: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(await createUser('once@shop.test')).toEqual({ outcome: 'unfinished', subject: first.subject });
    await setPassword(first.subject, PASSWORD);
    expect(await createUser('Once@shop.test')).toEqual({ outcome: 'exists', subject: first.subject });
  });

  it('is found by its address or its subject', async () => {
    const { subject } = await createUser('find@shop.test');

    expect(await findUser('find@shop.test')).toEqual({ subject, email: 'find@shop.test', twoStep: false });
    expect(await findUser(subject)).toEqual({ subject, email: 'find@shop.test', twoStep: false });
    expect(await findUser('nobody@shop.test')).toBeUndefined();
  });

  it('cannot be entered before a password is set', async () => {
    const { subject } = await createUser('early@shop.test');

    expect(await signIn('early@shop.test', '')).toEqual(REFUSED);
    expect(await signIn('early@shop.test', subject)).toEqual(REFUSED);
  });

  it('takes a password that fits the policy', async () => {
    const { subject } = await createUser('weak@shop.test');

    expect(await setPassword(subject, 'short')).toBe('weak');
    expect(await setPassword(subject, ` ${PASSWORD}`)).toBe('weak');
    expect(await setPassword('nobody', PASSWORD)).toBe('unknown');
    expect(await setPassword(subject, PASSWORD)).toBe('set');
  });

  it('is closed while disabled, for sign-in and for running sessions, and gone when deleted', async () => {
    const { email, subject } = await person();
    const { refreshToken } = await signedIn(email);

    await disableUser(subject);
    expect(await signIn(email, PASSWORD)).toEqual(REFUSED);
    expect(await refresh(refreshToken)).toEqual(REFUSED);

    await enableUser(subject);
    expect(await refresh(refreshToken)).toMatchObject({ outcome: 'refreshed' });

    await deleteUser(subject);
    expect(await signIn(email, PASSWORD)).toEqual(REFUSED);
    expect(await refresh(refreshToken)).toEqual(REFUSED);
    await Promise.all([deleteUser(subject), disableUser(subject), signOutEverywhere(subject)]); // each may be repeated
  });
});

describe('signing in', () => {
  it('gives tokens in the name of the subject', async () => {
    const { email, subject } = await person();

    expect(await signIn(email, PASSWORD)).toEqual({
      outcome: 'signedIn',
      subject,
      accessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      refreshToken: expect.any(String),
      expiresIn: 900,
      sessionId: expect.any(String),
      signedInAt: NOW / 1000,
    });
  });

  it('is refused alike for a wrong password, no account, a disabled one, a locked one and an expired temporary password', async () => {
    const [{ email }, disabled, locked, invited] = [await person(), await person(), await person(), await person()];
    await disableUser(disabled.subject);
    for (let n = 0; n < 5; n += 1) await signIn(locked.email, 'wrong password');
    const temporary = { UserPoolId, Username: invited.subject, Password: PASSWORD, Permanent: false };
    await operator.send(new AdminSetUserPasswordCommand(temporary));

    expect(await signIn(email, 'wrong password')).toEqual(REFUSED);
    expect(await signIn('nobody@shop.test', PASSWORD)).toEqual(REFUSED);
    expect(await signIn(disabled.email, PASSWORD)).toEqual(REFUSED);
    expect(await signIn(locked.email, PASSWORD)).toEqual(REFUSED);
    clock.shift(7 * DAY + 1);
    expect(await signIn(invited.email, PASSWORD)).toEqual(REFUSED);
  });

  it('asks for a password of one’s own where the operator gave one', async () => {
    const { email, subject } = await person();
    await operator.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username: subject, Password: 'from the operator', Permanent: false }),
    );

    const asked = await signIn(email, 'from the operator');

    expect(asked).toEqual({ outcome: 'challenge', challenge: 'newPassword', session: expect.any(String), subject });
    if (asked.outcome !== 'challenge') return;
    expect(await answerChallenge(asked, 'short')).toEqual({ outcome: 'weak' });
    expect(await answerChallenge({ ...asked, session: 'a session that nobody gave' }, PASSWORD)).toEqual(REFUSED);
    expect(await answerChallenge(asked, PASSWORD)).toMatchObject({ outcome: 'signedIn', subject });
    expect(await answerChallenge(asked, PASSWORD)).toEqual(REFUSED);
  });

  it('asks for a code where an authenticator app was set up', async () => {
    const { email, subject } = await person();
    const { accessToken } = await signedIn(email);
    const secret = (await newAuthenticatorSecret(accessToken))!;
    expect(await confirmAuthenticator(accessToken, codeAt(secret, NOW))).toBe('confirmed');
    await setSecondStep(subject, true);
    expect(await findUser(subject)).toMatchObject({ twoStep: true });
    clock.shift(MINUTE);

    const asked = await signIn(email, PASSWORD);

    expect(asked).toMatchObject({ outcome: 'challenge', challenge: 'code' });
    if (asked.outcome !== 'challenge') return;
    expect(await answerChallenge(asked, codeAt(secret, NOW - MINUTE))).toEqual({ outcome: 'wrongCode' });
    expect(await answerChallenge(asked, codeAt(secret, clock.now()))).toMatchObject({ outcome: 'signedIn', subject });
    await setSecondStep(subject, false);
    expect(await signIn(email, PASSWORD)).toMatchObject({ outcome: 'signedIn' });
  });

  it('believes an authenticator app by a right code of the secret that it was given', async () => {
    const { email, subject } = await person();
    const { accessToken } = await signedIn(email);
    expect(await confirmAuthenticator(accessToken, '123456')).toBe('notBegun');
    const secret = (await newAuthenticatorSecret(accessToken))!;
    const right = codeAt(secret, NOW);

    expect(await confirmAuthenticator(accessToken, right === '000000' ? '000001' : '000000')).toBe('wrongCode');
    expect(await confirmAuthenticator(accessToken, right)).toBe('confirmed');

    await signOutEverywhere(subject);
    expect(await newAuthenticatorSecret(accessToken)).toBeUndefined();
    expect(await confirmAuthenticator(accessToken, right)).toBe('notBegun');
    await setSecondStep('nobody', false);
  });
});

describe('a session', () => {
  it('is renewed until it is ended, alone or with all others', async () => {
    const { email, subject } = await person();
    const [phone, laptop] = [await signedIn(email), await signedIn(email)];

    expect(await refresh(phone.refreshToken)).toMatchObject({
      outcome: 'refreshed',
      subject,
      accessToken: expect.any(String),
      expiresIn: 900,
      signedInAt: NOW / 1000,
    });
    await signOut(phone.refreshToken);
    await signOut(phone.refreshToken);
    expect(await refresh(phone.refreshToken)).toEqual(REFUSED);
    expect(await refresh(laptop.refreshToken)).toMatchObject({ outcome: 'refreshed' });

    await signOutEverywhere(subject);
    expect(await refresh(laptop.refreshToken)).toEqual(REFUSED);
  });

  it('is not renewed by anything but its refresh token', async () => {
    const { accessToken } = await signedIn((await person()).email);

    expect(await refresh(accessToken)).toEqual(REFUSED);
    expect(await refresh('made up')).toEqual(REFUSED);
    await signOut(accessToken);
  });
});

describe('faults of the pool', () => {
  const failing = async (error: Error, work: () => Promise<unknown>) => {
    const mock = mockClient(CognitoIdentityProviderClient).rejects(error);
    try {
      return await work().then(
        () => 'no error',
        (thrown: Error & { code?: string; status?: number }) => [thrown.code ?? thrown.message, thrown.status],
      );
    } finally {
      mock.restore();
    }
  };
  const attempt = () => signIn('a@shop.test', PASSWORD);

  it.each([
    ['too many requests', awsError('TooManyRequestsException', 400)],
    ['an internal error', awsError('InternalErrorException', 500)],
    ['a time-out', awsError('TimeoutError')],
    ['a broken connection', awsError('Error', undefined, { code: 'ECONNRESET' })],
  ])('are an unavailability, never a refusal: %s', async (_what, error) => {
    expect(await failing(error, attempt)).toEqual(['users.unavailable', 503]);
    expect(await failing(error, () => refresh('token'))).toEqual(['users.unavailable', 503]);
    expect(await failing(error, () => disableUser('subject'))).toEqual(['users.unavailable', 503]);
  });

  it('of our own making are told, and not taken for wrong passwords', async () => {
    const wrongSecret = Object.assign(awsError('NotAuthorizedException', 400), { message: 'Unable to verify secret hash for client 1' });

    expect(await failing(wrongSecret, attempt)).toEqual([expect.stringContaining('USER_POOL_CLIENT_SECRET'), undefined]);
    const noFlow = Object.assign(awsError('InvalidParameterException', 400), { message: 'Auth flow not enabled for this client' });
    expect(await failing(noFlow, attempt)).toEqual([noFlow.message, undefined]);
    expect(await failing(awsError('ResourceNotFoundException', 400), attempt)).toEqual(['ResourceNotFoundException', undefined]);
    expect(await failing(awsError('AccessDeniedException', 400), () => disableUser('subject'))).toEqual([
      'AccessDeniedException',
      undefined,
    ]);
  });

  it('leave an unknown challenge unanswered', async () => {
    const mock = mockClient(CognitoIdentityProviderClient);
    mock.on(AdminInitiateAuthCommand).resolves({ ChallengeName: 'SMS_MFA', Session: 's' });

    await expect(attempt()).rejects.toThrow('SMS_MFA');

    mock.restore();
  });
});
