import {
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminUserGlobalSignOutCommand,
  AssociateSoftwareTokenCommand,
  RevokeTokenCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { codeAt } from '../../../infra/local/userPool/totp.ts';
import { poolSettings } from './userPoolClient.ts';
import { DAY, failure, MINUTE, named, NOW, openUserPool, SECOND, WRONG, WRONG_PASSWORD } from './userPoolDesk.ts';

const { clientId, clientSecret } = poolSettings;
const { clock, close, cognito, invite, member, refresh, refreshByFlow, respond, setPassword, signIn, tokensOf } = await openUserPool();

beforeEach(() => clock.set(NOW));
afterAll(close);

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
