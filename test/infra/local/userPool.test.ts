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
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  DescribeUserPoolClientCommand,
  ForgotPasswordCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../../../infra/local/clock.ts';
import { startUserPool } from '../../../infra/local/userPool/server.ts';
import { cognitoClient, poolSettings, secretHash } from './userPoolClient.ts';
import { callsOf, failure, MINUTE, named, NOW, openUserPool, PASSWORD, SECOND, WRONG, WRONG_PASSWORD } from './userPoolDesk.ts';

const { poolId, clientId, clientSecret } = poolSettings;
const { clock, close, cognito, invite, member, pool, refresh, setPassword, signIn, tokensOf } = await openUserPool();
const dir = mkdtempSync(path.join(os.tmpdir(), 'users-'));

beforeEach(() => clock.set(NOW));
afterAll(async () => {
  await close();
  rmSync(dir, { recursive: true, force: true });
});

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
    const client = cognitoClient(url);
    const before = callsOf(client);
    const { email } = await before.member();
    const { AccessToken, RefreshToken } = await before.tokensOf(email);
    client.destroy();

    host.kill('SIGKILL');
    await once(host, 'exit');

    const again = await startUserPool({ dataDir: dir, clock: createClock(), pool: poolSettings });
    const clientAgain = cognitoClient(again.url);
    const after = callsOf(clientAgain);
    try {
      await jwtVerify(AccessToken!, createRemoteJWKSet(new URL(again.jwksUrl)), { issuer: again.issuer });
      expect((await after.refresh(RefreshToken!)).AuthenticationResult).toHaveProperty('AccessToken');
      expect(await after.tokensOf(email)).toHaveProperty('AccessToken');
    } finally {
      clientAgain.destroy();
      await again.close();
    }
    const stored = readFileSync(path.join(dir, 'users.db'), 'latin1');
    expect([stored.includes(email), stored.includes(PASSWORD), stored.includes(RefreshToken!)]).toEqual([true, false, false]);
  });
});
