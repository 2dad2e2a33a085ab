import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  AssociateSoftwareTokenCommand,
  type ChallengeNameType,
  type CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  RevokeTokenCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClock, type ShiftableClock } from '../../../infra/local/clock.ts';
import { startUserPool, type UserPool } from '../../../infra/local/userPool/server.ts';
import { codeAt } from '../../../infra/local/userPool/totp.ts';
import { cognitoClient, poolSettings, secretHash } from './userPoolClient.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const NOW = Date.parse('2031-03-01T12:00:00Z');
const PASSWORD = 'correct horse battery';
const WRONG = 'incorrect horse battery';
const { poolId, clientId, clientSecret } = poolSettings;

const dir = mkdtempSync(path.join(os.tmpdir(), 'users-'));
let clock: ShiftableClock;
let pool: UserPool;
let cognito: CognitoIdentityProviderClient;
let made = 0;

beforeAll(async () => {
  clock = createClock(() => NOW);
  pool = await startUserPool({ clock, pool: poolSettings });
  cognito = cognitoClient(pool.url);
});
beforeEach(() => clock.set(NOW));
afterAll(async () => {
  cognito.destroy();
  await pool.close();
  rmSync(dir, { recursive: true, force: true });
});

/** A user with a temporary password. */
async function invite(TemporaryPassword = PASSWORD, email = `person${++made}@shop.test`): Promise<{ email: string; username: string }> {
  const { User } = await cognito.send(
    new AdminCreateUserCommand({
      UserPoolId: poolId,
      Username: email,
      TemporaryPassword,
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
      ],
    }),
  );
  return { email, username: User!.Username! };
}

/** A user who has chosen his password. */
async function member(): Promise<{ email: string; username: string }> {
  const user = await invite();
  await setPassword(user.username, PASSWORD);
  return user;
}

const setPassword = (Username: string, Password: string, Permanent = true) =>
  cognito.send(new AdminSetUserPasswordCommand({ UserPoolId: poolId, Username, Password, Permanent }));

const signIn = (name: string, PASSWORD_ = PASSWORD, parameters: Record<string, string> = {}) =>
  cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId: poolId,
      ClientId: clientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: name, PASSWORD: PASSWORD_, SECRET_HASH: secretHash(name), ...parameters },
    }),
  );

const tokensOf = async (name: string, password = PASSWORD) => (await signIn(name, password)).AuthenticationResult!;

const respond = (challenge: ChallengeNameType, session: string, username: string, answers: Record<string, string>) =>
  cognito.send(
    new AdminRespondToAuthChallengeCommand({
      UserPoolId: poolId,
      ClientId: clientId,
      ChallengeName: challenge,
      Session: session,
      ChallengeResponses: { USERNAME: username, SECRET_HASH: secretHash(username), ...answers },
    }),
  );

const refresh = (RefreshToken: string, ClientSecret = clientSecret) =>
  cognito.send(new GetTokensFromRefreshTokenCommand({ ClientId: clientId, ClientSecret, RefreshToken }));

const refreshByFlow = (REFRESH_TOKEN: string, username: string) =>
  cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId: poolId,
      ClientId: clientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN, SECRET_HASH: secretHash(username) },
    }),
  );

const named = (Username: string) => ({ UserPoolId: poolId, Username });

/** `Name: message` of a call that must fail. */
async function failure(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (reason: Error) => reason,
  );
  if (!error) throw new Error('the call was expected to fail');
  return `${error.name}: ${error.message}`;
}

const WRONG_PASSWORD = 'NotAuthorizedException: Incorrect username or password.';

describe('users', () => {
  it('are created with a temporary password and a name of their own', async () => {
    const { email, username } = await invite();

    const user = await cognito.send(new AdminGetUserCommand(named(email)));

    expect(user).toMatchObject({
      Username: username,
      Enabled: true,
      UserStatus: 'FORCE_CHANGE_PASSWORD',
      UserCreateDate: new Date(NOW),
      UserLastModifiedDate: new Date(NOW),
    });
    expect(user.UserAttributes).toEqual(
      expect.arrayContaining([
        { Name: 'sub', Value: username },
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
      ]),
    );
    expect(username).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('are one per address, whatever its case', async () => {
    const { email } = await invite();

    expect(await failure(invite(PASSWORD, email.toUpperCase()))).toMatch(/^UsernameExistsException/);
    const racers = await Promise.allSettled(Array.from({ length: 5 }, () => invite(PASSWORD, 'race@shop.test')));
    expect(racers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it.each([
    [
      'a weak temporary password',
      { TemporaryPassword: 'short' },
      'InvalidPasswordException: Password did not conform with policy: Password not long enough',
    ],
    ['a password that begins with a space', { TemporaryPassword: ` ${PASSWORD}` }, 'InvalidParameterException'],
    ['a name that is no address', { Username: 'somebody' }, 'InvalidParameterException: Username should be an email.'],
    ['an attribute nobody declared', { UserAttributes: [{ Name: 'role', Value: 'owner' }] }, 'InvalidParameterException: role'],
    ['a subject of the caller’s choice', { UserAttributes: [{ Name: 'sub', Value: 'x' }] }, 'InvalidParameterException: Cannot modify'],
    ['a mail by the pool', { MessageAction: undefined }, 'UnsupportedOperationException'],
    ['another pool', { UserPoolId: 'us-east-1_Other' }, 'ResourceNotFoundException: User pool us-east-1_Other does not exist.'],
  ])('are not created with %s', async (_what, change, expected) => {
    const input = { ...named('new@shop.test'), TemporaryPassword: PASSWORD, MessageAction: 'SUPPRESS' as const, ...change };

    expect(await failure(cognito.send(new AdminCreateUserCommand(input)))).toContain(expected);
    expect(await failure(cognito.send(new AdminGetUserCommand(named('new@shop.test'))))).toMatch(/^UserNotFoundException/);
  });

  it('are unknown to every Admin operation once deleted, and their tokens end', async () => {
    const { email, username } = await member();
    const { RefreshToken } = await tokensOf(email);

    await cognito.send(new AdminDeleteUserCommand(named(username)));

    const absent = 'UserNotFoundException: User does not exist.';
    expect(await failure(cognito.send(new AdminDeleteUserCommand(named(username))))).toBe(absent);
    expect(await failure(setPassword(username, PASSWORD))).toBe(absent);
    expect(await failure(cognito.send(new AdminDisableUserCommand(named(email))))).toBe(absent);
    expect(await failure(cognito.send(new AdminUserGlobalSignOutCommand(named(email))))).toBe(absent);
    expect(await failure(signIn(email))).toBe(WRONG_PASSWORD);
    expect(await failure(refresh(RefreshToken!))).toMatch(/^NotAuthorizedException/);
  });

  it('move to another address, unproven unless said otherwise, but not to one that is taken', async () => {
    const [first, second] = [await member(), await member()];
    const move = (Value: string) =>
      cognito.send(new AdminUpdateUserAttributesCommand({ ...named(first.username), UserAttributes: [{ Name: 'email', Value }] }));

    expect(await failure(move(second.email))).toMatch(/^AliasExistsException/);
    expect(await failure(move('nowhere'))).toMatch(/^InvalidParameterException/);
    await move('moved@shop.test');

    expect(await failure(signIn(first.email))).toBe(WRONG_PASSWORD);
    const { UserAttributes } = await cognito.send(new AdminGetUserCommand(named('moved@shop.test')));
    expect(UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'false' });
    expect(await tokensOf('moved@shop.test')).toHaveProperty('AccessToken');
  });
});

describe('signing in by password', () => {
  it('gives tokens that verify against the published key, with the claims of Cognito', async () => {
    const { email, username } = await member();

    const { AccessToken, IdToken, RefreshToken, ExpiresIn, TokenType } = await tokensOf(email);

    const keys = createRemoteJWKSet(new URL(pool.jwksUrl));
    const check = {
      issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Local0001',
      algorithms: ['RS256'],
      currentDate: new Date(NOW),
    };
    const { payload, protectedHeader } = await jwtVerify(AccessToken!, keys, check);
    expect(pool.issuer).toBe(check.issuer);
    expect(payload).toEqual({
      sub: username,
      username,
      iss: check.issuer,
      client_id: clientId,
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      auth_time: NOW / SECOND,
      iat: NOW / SECOND,
      exp: (NOW + 15 * MINUTE) / SECOND,
      jti: expect.any(String),
      origin_jti: expect.any(String),
      event_id: expect.any(String),
    });
    expect(protectedHeader).toEqual({ alg: 'RS256', kid: expect.any(String) });
    expect((await jwtVerify(IdToken!, keys, { ...check, audience: clientId })).payload).toMatchObject({
      sub: username,
      token_use: 'id',
      email,
      email_verified: true,
      'cognito:username': username,
    });
    expect([ExpiresIn, TokenType]).toEqual([900, 'Bearer']);
    // A browser keeps 4,096 bytes per cookie
    expect(RefreshToken!.length).toBeGreaterThan(1500);
    expect(RefreshToken!.length).toBeLessThan(2500);
  });

  it('works by address in any case and by user name', async () => {
    const { email, username } = await member();

    expect(await tokensOf(email.toUpperCase())).toHaveProperty('AccessToken');
    expect(await tokensOf(username)).toHaveProperty('AccessToken');
  });

  it('answers a wrong password and an unknown user alike', async () => {
    const { email } = await member();

    expect(await failure(signIn(email, WRONG))).toBe(WRONG_PASSWORD);
    expect(await failure(signIn('nobody@shop.test'))).toBe(WRONG_PASSWORD);
  });

  it('demands the proof that the caller knows the client’s secret', async () => {
    const { email } = await member();
    const flow = (input: object) =>
      failure(
        cognito.send(
          new AdminInitiateAuthCommand({ UserPoolId: poolId, ClientId: clientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', ...input }),
        ),
      );

    expect(await failure(signIn(email, PASSWORD, { SECRET_HASH: secretHash('other@shop.test') }))).toMatch(
      /^NotAuthorizedException: Unable to verify secret hash/,
    );
    expect(await flow({ AuthParameters: { USERNAME: email, PASSWORD } })).toMatch(
      /^NotAuthorizedException: .* SECRET_HASH was not received$/,
    );
    expect(await flow({ AuthParameters: { USERNAME: email } })).toMatch(/^InvalidParameterException: Missing required parameter PASSWORD/);
    expect(await flow({ ClientId: 'other' })).toMatch(/^ResourceNotFoundException/);
    expect(await flow({ AuthFlow: 'USER_PASSWORD_AUTH' })).toMatch(/^InvalidParameterException: Auth flow not enabled/);
  });

  it('is closed to a disabled user, and open again once enabled', async () => {
    const { email, username } = await member();
    const { RefreshToken } = await tokensOf(email);

    await cognito.send(new AdminDisableUserCommand(named(username)));
    expect(await failure(signIn(email))).toBe('NotAuthorizedException: User is disabled.');
    expect(await failure(refresh(RefreshToken!))).toBe('NotAuthorizedException: User is disabled.');

    await cognito.send(new AdminEnableUserCommand(named(username)));
    expect(await tokensOf(email)).toHaveProperty('AccessToken');
  });

  it('locks after five failures for 1 s, 2 s, 4 s …, the right password included', async () => {
    const { email } = await member();
    const fail = () => failure(signIn(email, WRONG));
    const LOCKED = 'NotAuthorizedException: Password attempts exceeded';

    for (let n = 0; n < 5; n += 1) expect(await fail()).toBe(WRONG_PASSWORD);
    expect(await failure(signIn(email))).toBe(LOCKED);
    clock.shift(SECOND);
    expect(await fail()).toBe(WRONG_PASSWORD); // the sixth: locked for 2 s
    clock.shift(SECOND);
    expect(await fail()).toBe(LOCKED);
    clock.shift(SECOND);
    expect(await tokensOf(email)).toHaveProperty('AccessToken');
    expect(await fail()).toBe(WRONG_PASSWORD); // and counting starts anew
    expect(await tokensOf(email)).toHaveProperty('AccessToken');
  });

  it('counts failures that arrive all at once', async () => {
    const { email } = await member();

    const outcomes = await Promise.all(Array.from({ length: 12 }, () => failure(signIn(email, WRONG))));

    expect(outcomes.filter((outcome) => outcome === WRONG_PASSWORD)).toHaveLength(5);
  });

  it('forgets failures after a quarter of an hour without any', async () => {
    const { email } = await member();
    for (let n = 0; n < 4; n += 1) await failure(signIn(email, WRONG));

    clock.shift(15 * MINUTE + 1);

    expect(await failure(signIn(email, WRONG))).toBe(WRONG_PASSWORD);
    expect(await tokensOf(email)).toHaveProperty('AccessToken');
  });
});

describe('temporary passwords', () => {
  it('must be replaced by one that fits the policy before tokens are given', async () => {
    const { email, username } = await invite();

    const asked = await signIn(email);
    expect(asked.AuthenticationResult).toBeUndefined();
    expect(asked.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    expect(asked.ChallengeParameters).toMatchObject({ USER_ID_FOR_SRP: username, requiredAttributes: '[]' });
    const choose = (NEW_PASSWORD: string) => respond('NEW_PASSWORD_REQUIRED', asked.Session!, username, { NEW_PASSWORD });

    expect(await failure(choose('short'))).toMatch(/^InvalidPasswordException/);
    expect((await choose('my own long password')).AuthenticationResult).toHaveProperty('AccessToken');
    expect(await failure(choose('another long password'))).toBe('NotAuthorizedException: Invalid session for the user.');
    expect(await failure(signIn(email))).toBe(WRONG_PASSWORD);
    expect(await tokensOf(email, 'my own long password')).toHaveProperty('AccessToken');
    expect(await cognito.send(new AdminGetUserCommand(named(email)))).toMatchObject({ UserStatus: 'CONFIRMED' });
  });

  it('are refused when wrong', async () => {
    const { email } = await invite();

    expect(await failure(signIn(email, WRONG))).toBe(WRONG_PASSWORD);
  });

  it('expire after their days, and live again when set anew', async () => {
    const { email, username } = await invite();

    clock.shift(7 * DAY + 1);
    expect(await failure(signIn(email))).toMatch(/^NotAuthorizedException: Temporary password has expired/);

    await setPassword(username, 'a second temporary one', false);
    expect(await signIn(email, 'a second temporary one')).toMatchObject({ ChallengeName: 'NEW_PASSWORD_REQUIRED' });
  });

  it('end challenges that are made up, another user’s, of another kind, too late or by alias', async () => {
    const [first, second] = [await invite(), await invite()];
    const session = (await signIn(first.email)).Session!;
    const answer = { NEW_PASSWORD: 'my own long password' };
    const INVALID = 'NotAuthorizedException: Invalid session for the user.';

    expect(await failure(respond('NEW_PASSWORD_REQUIRED', 'made-up-session-of-some-length', first.username, answer))).toBe(INVALID);
    expect(await failure(respond('NEW_PASSWORD_REQUIRED', session, second.username, answer))).toBe(INVALID);
    expect(await failure(respond('NEW_PASSWORD_REQUIRED', session, first.email, answer))).toBe(INVALID);
    expect(await failure(respond('SOFTWARE_TOKEN_MFA', session, first.username, { SOFTWARE_TOKEN_MFA_CODE: '123456' }))).toBe(INVALID);
    expect(await failure(respond('NEW_PASSWORD_REQUIRED', session, first.username, { ...answer, SECRET_HASH: 'x' }))).toMatch(
      /secret hash/,
    );
    clock.shift(3 * MINUTE + 1);
    expect(await failure(respond('NEW_PASSWORD_REQUIRED', session, first.username, answer))).toMatch(/session is expired/);
  });
});

describe('refresh tokens', () => {
  it('give new access tokens of the same sign-in, by either operation, until they expire', async () => {
    const { email, username } = await member();
    const { AccessToken, RefreshToken } = await tokensOf(email);
    const signedIn = decodeJwt(AccessToken!);

    clock.shift(29 * DAY);
    const { AuthenticationResult } = await refresh(RefreshToken!);

    const claims = decodeJwt(AuthenticationResult!.AccessToken!);
    expect(AuthenticationResult!.RefreshToken).toBeUndefined();
    expect(claims).toMatchObject({
      auth_time: signedIn['auth_time'],
      origin_jti: signedIn['origin_jti'],
      exp: (NOW + 29 * DAY + 15 * MINUTE) / SECOND,
    });
    expect(claims.jti).not.toBe(signedIn.jti);
    expect((await refreshByFlow(RefreshToken!, username)).AuthenticationResult).toHaveProperty('AccessToken');
    clock.shift(DAY);
    expect(await failure(refresh(RefreshToken!))).toBe('NotAuthorizedException: Refresh Token has expired');
  });

  it('are refused with a wrong secret, a hash over the alias, or when made up', async () => {
    const { email } = await member();
    const { RefreshToken } = await tokensOf(email);

    expect(await failure(refresh(RefreshToken!, 'guess'))).toMatch(/^NotAuthorizedException/);
    expect(await failure(refreshByFlow(RefreshToken!, email))).toMatch(/^NotAuthorizedException: Unable to verify secret hash/);
    expect(await failure(refresh('made.up'))).toBe('NotAuthorizedException: Invalid Refresh Token');
  });

  it('end one by one by revocation, and all together by a global sign-out', async () => {
    const { email, username } = await member();
    const [phone, laptop, tablet] = await Promise.all([tokensOf(email), tokensOf(email), tokensOf(email)]);
    const revoke = (Token: string, ClientSecret = clientSecret) =>
      cognito.send(new RevokeTokenCommand({ ClientId: clientId, ClientSecret, Token }));
    const REVOKED = 'NotAuthorizedException: Refresh Token has been revoked';

    expect(await failure(revoke(phone.RefreshToken!, 'guess'))).toMatch(/^UnauthorizedException/);
    expect(await failure(revoke(phone.AccessToken!))).toMatch(/^UnsupportedTokenTypeException/);
    await revoke(phone.RefreshToken!);
    await revoke('unknown token');
    expect(await failure(refresh(phone.RefreshToken!))).toBe(REVOKED);
    await refresh(laptop.RefreshToken!);

    await cognito.send(new AdminUserGlobalSignOutCommand(named(username)));
    expect(await failure(refresh(laptop.RefreshToken!))).toBe(REVOKED);
    expect(await failure(refreshByFlow(tablet.RefreshToken!, username))).toBe(REVOKED);
    expect(await failure(cognito.send(new AssociateSoftwareTokenCommand({ AccessToken: tablet.AccessToken })))).toMatch(
      /Access Token has been revoked/,
    );
    await refresh((await tokensOf(email)).RefreshToken!);
  });

  it('outlive a new password: whoever resets one signs out as well', async () => {
    const { email, username } = await member();
    const { RefreshToken } = await tokensOf(email);

    await setPassword(username, 'another long password');

    expect((await refresh(RefreshToken!)).AuthenticationResult).toHaveProperty('AccessToken');
  });
});

describe('codes from an authenticator app', () => {
  const prefer = (username: string, Enabled = true) =>
    cognito.send(
      new AdminSetUserMFAPreferenceCommand({ ...named(username), SoftwareTokenMfaSettings: { Enabled, PreferredMfa: Enabled } }),
    );
  const associate = async (AccessToken: string) => (await cognito.send(new AssociateSoftwareTokenCommand({ AccessToken }))).SecretCode!;
  const verify = (AccessToken: string, UserCode: string) => cognito.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));

  /** A user whose app was set up just now, and the secret in it. */
  async function withApp() {
    const user = await member();
    const { AccessToken } = await tokensOf(user.email);
    const secret = await associate(AccessToken!);
    await verify(AccessToken!, codeAt(secret, clock.now()));
    await prefer(user.username);
    clock.shift(MINUTE); // past the code just used
    return { ...user, AccessToken: AccessToken!, secret };
  }

  it('are asked for at each sign-in once the app has proven itself', async () => {
    const { email, username, secret } = await withApp();

    const asked = await signIn(email);
    expect(asked).toMatchObject({ ChallengeName: 'SOFTWARE_TOKEN_MFA', ChallengeParameters: { USER_ID_FOR_SRP: username } });
    const answer = (SOFTWARE_TOKEN_MFA_CODE: string) =>
      respond('SOFTWARE_TOKEN_MFA', asked.Session!, username, { SOFTWARE_TOKEN_MFA_CODE });

    expect(await failure(answer(codeAt(secret, clock.now() - 2 * MINUTE)))).toMatch(/^CodeMismatchException/);
    expect((await answer(codeAt(secret, clock.now()))).AuthenticationResult).toHaveProperty('AccessToken');
    expect(await cognito.send(new AdminGetUserCommand(named(email)))).toMatchObject({ UserMFASettingList: ['SOFTWARE_TOKEN_MFA'] });

    await prefer(username, false);
    expect(await tokensOf(email)).toHaveProperty('AccessToken');
  });

  it('work once', async () => {
    const { email, username, secret } = await withApp();
    const answer = async () =>
      respond('SOFTWARE_TOKEN_MFA', (await signIn(email)).Session!, username, { SOFTWARE_TOKEN_MFA_CODE: codeAt(secret, clock.now()) });
    await answer();

    expect(await failure(answer())).toMatch(/^ExpiredCodeException/);
  });

  it('lock the user like passwords when they are wrong', async () => {
    const { email, username, secret } = await withApp();
    const answer = async (code: string) => respond('SOFTWARE_TOKEN_MFA', session, username, { SOFTWARE_TOKEN_MFA_CODE: code });
    const session = (await signIn(email)).Session!;

    for (let n = 0; n < 5; n += 1) expect(await failure(answer('000000'))).toMatch(/^CodeMismatchException/);

    expect(await failure(answer(codeAt(secret, clock.now())))).toBe('NotAuthorizedException: Password attempts exceeded');
    expect(await failure(signIn(email))).toBe('NotAuthorizedException: Password attempts exceeded');
  });

  it('are also asked for after a temporary password', async () => {
    const { email, username } = await withApp();
    await setPassword(username, 'a temporary password', false);

    const { Session } = await signIn(email, 'a temporary password');
    const next = await respond('NEW_PASSWORD_REQUIRED', Session!, username, { NEW_PASSWORD: 'my own long password' });

    expect([next.ChallengeName, next.AuthenticationResult]).toEqual(['SOFTWARE_TOKEN_MFA', undefined]);
  });

  it('stay those of the old app until the new one has proven itself', async () => {
    const { email, secret, AccessToken, username } = await withApp();

    const fresh = await associate(AccessToken);
    expect(await failure(verify(AccessToken, '000000'))).toBe('EnableSoftwareTokenMFAException: Code mismatch');

    const { Session } = await signIn(email);
    const answer = (code: string) => respond('SOFTWARE_TOKEN_MFA', Session!, username, { SOFTWARE_TOKEN_MFA_CODE: code });
    expect(await failure(answer(codeAt(fresh, clock.now())))).toMatch(/^CodeMismatchException/);
    expect((await answer(codeAt(secret, clock.now()))).AuthenticationResult).toHaveProperty('AccessToken');
  });

  it('need a living access token to set up, and a proven app to prefer', async () => {
    const { email, username } = await member();
    const { AccessToken, IdToken } = await tokensOf(email);

    expect(await failure(prefer(username))).toMatch(/^InvalidParameterException: User has not verified/);
    expect(await failure(associate(IdToken!))).toBe('NotAuthorizedException: Invalid Access Token');
    expect(await failure(associate(`${AccessToken!.slice(0, -4)}AAAA`))).toBe('NotAuthorizedException: Invalid Access Token');
    expect(await failure(verify(AccessToken!, '123456'))).toMatch(/^InvalidParameterException/);
    clock.shift(15 * MINUTE + SECOND);
    expect(await failure(associate(AccessToken!))).toBe('NotAuthorizedException: Access Token has expired');
  });
});

describe('the server', () => {
  const call = (headers: Record<string, string>, body = '{}') =>
    fetch(pool.url, { method: 'POST', headers, body }).then(async (reply) => [
      reply.status,
      ((await reply.json()) as { __type: string }).__type,
    ]);
  const target = 'AWSCognitoIdentityProviderService.';

  it('shows the client to an administrator', async () => {
    const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId: clientId }));

    expect(UserPoolClient).toMatchObject({ ClientSecret: clientSecret, PreventUserExistenceErrors: 'ENABLED', AccessTokenValidity: 15 });
  });

  it('refuses what is unknown, unsigned or unreadable', async () => {
    expect(await failure(cognito.send(new ForgotPasswordCommand({ ClientId: clientId, Username: 'x' })))).toMatch(
      /^UnknownOperationException/,
    );
    expect(await call({ 'x-amz-target': `${target}AdminGetUser` })).toEqual([400, 'MissingAuthenticationTokenException']);
    expect(await call({ 'x-amz-target': `${target}constructor` })).toEqual([400, 'UnknownOperationException']);
    expect(await call({ 'x-amz-target': `${target}RevokeToken` }, '[')).toEqual([400, 'SerializationException']);
    expect(await call({ 'x-amz-target': `${target}RevokeToken` }, '{"Token":1}')).toEqual([400, 'SerializationException']);
    expect(await call({ 'x-amz-target': `${target}RevokeToken` })).toEqual([400, 'InvalidParameterException']);
  });

  it('keeps users, sessions and its key when its host is killed, and no password', async () => {
    const host = spawn(process.execPath, [path.join(import.meta.dirname, 'userPoolHost.ts'), dir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [url] = (await once(createInterface(host.stdout), 'line')) as [string];
    const shared = cognito;
    cognito = cognitoClient(url);
    const { email } = await member();
    const { AccessToken, RefreshToken } = await tokensOf(email);
    cognito.destroy();

    host.kill('SIGKILL');
    await once(host, 'exit');

    const again = await startUserPool({ dataDir: dir, clock: createClock(), pool: poolSettings });
    cognito = cognitoClient(again.url);
    try {
      await jwtVerify(AccessToken!, createRemoteJWKSet(new URL(again.jwksUrl)), { issuer: again.issuer });
      expect((await refresh(RefreshToken!)).AuthenticationResult).toHaveProperty('AccessToken');
      expect(await tokensOf(email)).toHaveProperty('AccessToken');
    } finally {
      cognito.destroy();
      cognito = shared;
      await again.close();
    }
    const stored = readFileSync(path.join(dir, 'users.db'), 'latin1');
    expect([stored.includes(email), stored.includes(PASSWORD), stored.includes(RefreshToken!)]).toEqual([true, false, false]);
  });
});
