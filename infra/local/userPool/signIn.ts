import { randomBytes, randomUUID } from 'node:crypto';
import { CognitoError, invalidParameter, notAuthorized } from './cognitoError.ts';
import { type Input, optionalText, structure, text } from './input.ts';
import { afterFailure, afterRefusedAttempt, isLocked, NO_FAILURES } from './lockout.ts';
import { checkPassword, hashPassword, isPassword } from './password.ts';
import { checkSecretHash, expectClient, expectPool, type Operation, type Pool, userNotFound } from './pool.ts';
import { acceptCode } from './softwareToken.ts';
import type { ChallengeSession, User } from './store.ts';
import { newRefreshToken } from './tokens.ts';
import { setPermanent } from './users.ts';

export const adminInitiateAuth: Operation = (pool, input) => {
  expectPool(pool, input);
  expectClient(pool, input);
  const flow = text(input, 'AuthFlow');
  const parameters = structure(input, 'AuthParameters');
  if (flow === 'ADMIN_USER_PASSWORD_AUTH' && allows(pool, 'ALLOW_ADMIN_USER_PASSWORD_AUTH')) return signInByPassword(pool, parameters);
  if (flow === 'REFRESH_TOKEN_AUTH' && allows(pool, 'ALLOW_REFRESH_TOKEN_AUTH')) return refreshByFlow(pool, parameters);
  throw invalidParameter('Auth flow not enabled for this client');
};

export const adminRespondToAuthChallenge: Operation = (pool, input) => {
  expectPool(pool, input);
  expectClient(pool, input);
  const challenge = text(input, 'ChallengeName');
  const session = text(input, 'Session');
  const responses = structure(input, 'ChallengeResponses');
  const username = required(responses, 'USERNAME');
  checkSecretHash(pool, username, optionalText(responses, 'SECRET_HASH'));
  return pool.inTurn(username, async () => {
    const now = pool.clock.now();
    const user = challengedUser(pool, { challenge, session, username }, now);
    if (challenge === 'NEW_PASSWORD_REQUIRED') await takeNewPassword(pool, user, responses);
    else takeCode(pool, user, required(responses, 'SOFTWARE_TOKEN_MFA_CODE'), now);
    pool.store.removeSession(session);
    pool.store.save({ ...user, failures: NO_FAILURES, modifiedAt: now });
    const codeDue = challenge === 'NEW_PASSWORD_REQUIRED' && user.softwareToken?.enabled;
    return codeDue ? ask(pool, user, 'SOFTWARE_TOKEN_MFA', now) : grantTokens(pool, user, now);
  });
};

/** A refresh that needs no user name: the client's secret instead of a hash over it. */
export const getTokensFromRefreshToken: Operation = async (pool, input) => {
  expectClient(pool, input);
  const token = text(input, 'RefreshToken');
  if (optionalText(input, 'ClientSecret') !== pool.settings.clientSecret) {
    throw notAuthorized(`Unable to verify secret for client ${pool.settings.clientId}`);
  }
  return refresh(pool, token);
};

/** Signs out one device: its refresh token and every access token made from it. */
export const revokeToken: Operation = (pool, input) => {
  const token = text(input, 'Token');
  const { clientId, clientSecret, tokenRevocation } = pool.settings;
  if (text(input, 'ClientId') !== clientId || optionalText(input, 'ClientSecret') !== clientSecret) {
    throw new CognitoError('UnauthorizedException', 'Invalid client or client secret.');
  }
  if (!tokenRevocation) throw new CognitoError('UnsupportedOperationException', 'Token revocation is not enabled for this client.');
  if (token.split('.').length === 3) throw new CognitoError('UnsupportedTokenTypeException', 'Unsupported token type');
  const grant = pool.store.findGrant(token);
  if (grant) pool.store.revokeOrigin(grant.originJti);
  return {}; // an unknown token is revoked already (RFC 7009 §2.2)
};

async function signInByPassword(pool: Pool, parameters: Input): Promise<object> {
  const name = required(parameters, 'USERNAME');
  const password = required(parameters, 'PASSWORD');
  checkSecretHash(pool, name, optionalText(parameters, 'SECRET_HASH'));
  const found = pool.store.find(name);
  return pool.inTurn(found?.username ?? name, async () => {
    const now = pool.clock.now();
    const user = pool.store.find(name);
    if (!user) {
      if (!pool.settings.hidesUnknownUsers) throw userNotFound();
      await isPassword(password, undefined);
      throw wrongPassword();
    }
    refuseLocked(pool, user, now);
    if (!(await isPassword(password, user.passwordHash))) {
      pool.store.save({ ...user, failures: afterFailure(user.failures, now) });
      throw wrongPassword();
    }
    if (!user.enabled) throw disabled();
    if (user.temporaryUntil !== undefined && now > user.temporaryUntil) {
      throw notAuthorized('Temporary password has expired and must be reset by an administrator.');
    }
    if (user.status === 'FORCE_CHANGE_PASSWORD') return ask(pool, user, 'NEW_PASSWORD_REQUIRED', now);
    if (user.softwareToken?.enabled) return ask(pool, user, 'SOFTWARE_TOKEN_MFA', now);
    pool.store.save({ ...user, failures: NO_FAILURES });
    return grantTokens(pool, user, now);
  });
}

async function refreshByFlow(pool: Pool, parameters: Input): Promise<object> {
  const token = required(parameters, 'REFRESH_TOKEN');
  // Over the user name in the token, never the e-mail address he signed in with.
  const username = pool.store.findGrant(token)?.username ?? '';
  checkSecretHash(pool, username, optionalText(parameters, 'SECRET_HASH'));
  return refresh(pool, token);
}

async function refresh(pool: Pool, token: string): Promise<object> {
  const now = pool.clock.now();
  const grant = pool.store.findGrant(token);
  if (!grant) throw notAuthorized('Invalid Refresh Token');
  if (grant.revoked) throw notAuthorized('Refresh Token has been revoked');
  if (now >= grant.expiresAt) throw notAuthorized('Refresh Token has expired');
  const user = pool.store.find(grant.username);
  if (!user) throw notAuthorized('Invalid Refresh Token');
  if (!user.enabled) throw disabled();
  return { AuthenticationResult: { ...(await pool.tokens.issue(user, grant, now)), ...tokenFacts(pool) } };
}

async function grantTokens(pool: Pool, user: User, now: number): Promise<object> {
  const RefreshToken = newRefreshToken();
  const grant = {
    username: user.username,
    clientId: pool.settings.clientId,
    originJti: randomUUID(),
    signedInAt: now,
    expiresAt: now + pool.settings.refreshTokenMs,
    revoked: false,
  };
  pool.store.addGrant(RefreshToken, grant);
  return {
    AuthenticationResult: { ...(await pool.tokens.issue(user, grant, now)), RefreshToken, ...tokenFacts(pool) },
    ChallengeParameters: {},
  };
}

const tokenFacts = ({ settings }: Pool) => ({ ExpiresIn: Math.floor(settings.accessTokenMs / 1000), TokenType: 'Bearer' });

function ask(pool: Pool, user: User, challenge: ChallengeSession['challenge'], now: number): object {
  const Session = randomBytes(600).toString('base64url');
  pool.store.addSession(Session, { challenge, username: user.username, expiresAt: now + pool.settings.challengeMs });
  const { sub: _, ...userAttributes } = user.attributes;
  return {
    ChallengeName: challenge,
    Session,
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      ...(challenge === 'NEW_PASSWORD_REQUIRED' && { requiredAttributes: '[]', userAttributes: JSON.stringify(userAttributes) }),
    },
  };
}

/** The user whose challenge this is. @throws CognitoError NotAuthorizedException */
function challengedUser(pool: Pool, claimed: { challenge: string; session: string; username: string }, now: number): User {
  const session = pool.store.findSession(claimed.session);
  // USERNAME must be the real one (USER_ID_FOR_SRP), not the address.
  if (!session || session.challenge !== claimed.challenge || session.username !== claimed.username) {
    throw notAuthorized('Invalid session for the user.');
  }
  if (now > session.expiresAt) throw notAuthorized('Invalid session for the user, session is expired.');
  const user = pool.store.find(session.username);
  if (!user) throw notAuthorized('Invalid session for the user.');
  if (!user.enabled) throw disabled();
  refuseLocked(pool, user, now);
  return user;
}

async function takeNewPassword(pool: Pool, user: User, responses: Input): Promise<void> {
  const password = required(responses, 'NEW_PASSWORD');
  checkPassword(password, pool.settings.password);
  user.passwordHash = await hashPassword(password);
  setPermanent(user);
}

/** Wrong codes count like wrong passwords, towards the same lock. */
function takeCode(pool: Pool, user: User, code: string, now: number): void {
  try {
    acceptCode(user, code, now);
  } catch (error) {
    pool.store.save({ ...user, failures: afterFailure(user.failures, now) });
    throw error;
  }
}

function refuseLocked(pool: Pool, user: User, now: number): void {
  if (!isLocked(user.failures, now)) return;
  pool.store.save({ ...user, failures: afterRefusedAttempt(user.failures, now) });
  throw notAuthorized('Password attempts exceeded');
}

function required(input: Input, name: string): string {
  const value = optionalText(input, name);
  if (!value) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

const allows = ({ settings }: Pool, flow: string) => settings.authFlows.includes(flow);
const wrongPassword = () => notAuthorized('Incorrect username or password.');
const disabled = () => notAuthorized('User is disabled.');
