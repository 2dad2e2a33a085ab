import { createHmac, randomBytes } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  type AdminInitiateAuthResponse,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  GetTokensFromRefreshTokenCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { toFailure } from './awsClient.ts';
import { asked, cognito, poolSettings as settings, unless, user } from './userPool.ts';

/**
 * Passwords and tokens, kept by a Cognito user pool behind our server.
 *
 * A person is named by his *subject*: the pool's own name for him, which is also the `sub` of his tokens and never
 * changes, while addresses do. What a caller has to branch on is returned; all functions throw AppError
 * `users.unavailable` (503) when the pool cannot be asked, and a plain Error when it is set up wrongly.
 */
export interface AccessTokens {
  subject: string;
  accessToken: string;
  /** Seconds the access token is valid. */
  expiresIn: number;
  /** Shared by all tokens that descend from one sign-in. */
  sessionId: string;
  /** When that sign-in was, epoch seconds. */
  signedInAt: number;
}

export type SignIn =
  | ({ outcome: 'signedIn'; refreshToken: string } & AccessTokens)
  /** One more answer is needed, within three minutes: a password of one's own, or a code from the authenticator app. */
  | { outcome: 'challenge'; challenge: Challenge; session: string; subject: string }
  /** Whatever the reason: a wrong password, no such account, a disabled or locked one all look alike. */
  | { outcome: 'refused' };

export type Challenge = 'newPassword' | 'code';

const challengeNames = { newPassword: 'NEW_PASSWORD_REQUIRED', code: 'SOFTWARE_TOKEN_MFA' } as const;
const answerNames = { newPassword: 'NEW_PASSWORD', code: 'SOFTWARE_TOKEN_MFA_CODE' } as const;

/**
 * Makes an account without a usable password, or finds the one that has this address: a request that was cut short
 * may be repeated, and finds what it left `unfinished`, an account that nobody has had a password for. Whoever calls
 * keeps others from doing the same at once, and never tells which it was.
 */
export async function createUser(email: string): Promise<{ outcome: 'created' | 'unfinished' | 'exists'; subject: string }> {
  const created = await asked(
    cognito.send(
      new AdminCreateUserCommand({
        ...user(email),
        MessageAction: 'SUPPRESS',
        // Nobody learns it; setPassword replaces it. The tail satisfies a policy on kinds of characters.
        TemporaryPassword: `${randomBytes(32).toString('base64url')}aA1!`,
        UserAttributes: [
          { Name: 'email', Value: email },
          { Name: 'email_verified', Value: 'true' },
        ],
      }),
    ),
  ).catch(unless('UsernameExistsException'));
  if (created) return { outcome: 'created', subject: created.User!.Username! };
  const existing = await asked(cognito.send(new AdminGetUserCommand(user(email))));
  return { outcome: existing.UserStatus === 'FORCE_CHANGE_PASSWORD' ? 'unfinished' : 'exists', subject: existing.Username! };
}

/** @param name  an address or a subject */
export async function findUser(name: string): Promise<{ subject: string; email: string; twoStep: boolean } | undefined> {
  const found = await asked(cognito.send(new AdminGetUserCommand(user(name)))).catch(
    unless('UserNotFoundException', 'InvalidParameterException'),
  );
  const email = found?.UserAttributes?.find(({ Name }) => Name === 'email')?.Value;
  const twoStep = found?.UserMFASettingList?.includes('SOFTWARE_TOKEN_MFA') ?? false;
  return found && { subject: found.Username!, email: email ?? '', twoStep };
}

/** Sets a password for good. Sessions go on: whoever resets a password also signs the person out everywhere. */
export async function setPassword(subject: string, password: string): Promise<'set' | 'weak' | 'unknown'> {
  try {
    await asked(cognito.send(new AdminSetUserPasswordCommand({ ...user(subject), Password: password, Permanent: true })));
    return 'set';
  } catch (error) {
    if (isWeak(error)) return 'weak';
    if (toFailure(error).name === 'UserNotFoundException') return 'unknown';
    throw error;
  }
}

export async function signIn(email: string, password: string): Promise<SignIn> {
  try {
    return await attempt(
      cognito.send(
        new AdminInitiateAuthCommand({
          ...client(),
          AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: email, PASSWORD: password, SECRET_HASH: secretHash(email) },
        }),
      ),
    );
  } catch (error) {
    const { name, message } = toFailure(error);
    // What Cognito cannot even read as a name or password is a wrong one; a flow that is not enabled is our fault.
    if (name === 'InvalidParameterException' && !/flow/i.test(message)) return { outcome: 'refused' };
    throw error;
  }
}

/**
 * @returns also `weak`, for a new password that does not fit, and `wrongCode`, for a code that is another's, outlived or
 *   used before; the challenge may then be answered again
 */
export async function answerChallenge(
  { challenge, session, subject }: { challenge: Challenge; session: string; subject: string },
  answer: string,
): Promise<SignIn | { outcome: 'weak' | 'wrongCode' }> {
  try {
    return await attempt(
      cognito.send(
        new AdminRespondToAuthChallengeCommand({
          ...client(),
          ChallengeName: challengeNames[challenge],
          Session: session,
          // Not the address: Cognito takes only its own name for the user here.
          ChallengeResponses: { USERNAME: subject, SECRET_HASH: secretHash(subject), [answerNames[challenge]]: answer },
        }),
      ),
    );
  } catch (error) {
    if (isWeak(error)) return { outcome: 'weak' };
    if (WRONG_CODES.includes(toFailure(error).name)) return { outcome: 'wrongCode' };
    throw error;
  }
}

/** A new access token for the session; refused when it was ended, or the person disabled or deleted. */
export async function refresh(refreshToken: string): Promise<({ outcome: 'refreshed' } & AccessTokens) | { outcome: 'refused' }> {
  const { USER_POOL_CLIENT_ID, USER_POOL_CLIENT_SECRET } = settings();
  const answer = await asked(
    cognito.send(
      new GetTokensFromRefreshTokenCommand({
        ClientId: USER_POOL_CLIENT_ID,
        ClientSecret: USER_POOL_CLIENT_SECRET,
        RefreshToken: refreshToken,
      }),
    ),
  ).catch(unless('NotAuthorizedException', 'UserNotFoundException', 'InvalidParameterException'));
  return answer ? { outcome: 'refreshed', ...accessTokens(answer.AuthenticationResult) } : { outcome: 'refused' };
}

/** Ends one session; one that is unknown has ended already. */
export async function signOut(refreshToken: string): Promise<void> {
  const { USER_POOL_CLIENT_ID, USER_POOL_CLIENT_SECRET } = settings();
  await asked(
    cognito.send(new RevokeTokenCommand({ ClientId: USER_POOL_CLIENT_ID, ClientSecret: USER_POOL_CLIENT_SECRET, Token: refreshToken })),
  ).catch(unless('UnsupportedTokenTypeException', 'InvalidParameterException'));
}

/** Ends all sessions. Access tokens already given live up to their quarter of an hour: `sessionsFrom` of the member refuses them. */
export async function signOutEverywhere(subject: string): Promise<void> {
  await asked(cognito.send(new AdminUserGlobalSignOutCommand(user(subject)))).catch(unless('UserNotFoundException'));
}

export async function disableUser(subject: string): Promise<void> {
  await asked(cognito.send(new AdminDisableUserCommand(user(subject)))).catch(unless('UserNotFoundException'));
}

export async function enableUser(subject: string): Promise<void> {
  await asked(cognito.send(new AdminEnableUserCommand(user(subject))));
}

export async function deleteUser(subject: string): Promise<void> {
  await asked(cognito.send(new AdminDeleteUserCommand(user(subject)))).catch(unless('UserNotFoundException'));
}

async function attempt(call: Promise<AdminInitiateAuthResponse>): Promise<SignIn> {
  const answer = await asked(call).catch(unless(...REFUSALS));
  if (!answer) return { outcome: 'refused' };
  const { ChallengeName, ChallengeParameters, Session, AuthenticationResult } = answer;
  if (AuthenticationResult) {
    return { outcome: 'signedIn', refreshToken: AuthenticationResult.RefreshToken!, ...accessTokens(AuthenticationResult) };
  }
  const challenge = (Object.keys(challengeNames) as Challenge[]).find((name) => challengeNames[name] === ChallengeName);
  if (!challenge) throw new Error(`the user pool asks for ${ChallengeName}, which nobody here can answer`);
  return { outcome: 'challenge', challenge, session: Session!, subject: ChallengeParameters!['USER_ID_FOR_SRP']! };
}

const WRONG_CODES = ['CodeMismatchException', 'ExpiredCodeException'];
const REFUSALS = ['NotAuthorizedException', 'PasswordResetRequiredException', 'UserNotConfirmedException', 'UserNotFoundException'];

function isWeak(error: unknown): boolean {
  const { name, message } = toFailure(error);
  // Cognito checks the characters of a password before its policy, and complains about the parameter then.
  return (
    /^(InvalidPassword|PasswordHistoryPolicyViolation)Exception$/.test(name) ||
    (name === 'InvalidParameterException' && /password/i.test(message))
  );
}

function accessTokens(result: { AccessToken?: string; ExpiresIn?: number } | undefined): AccessTokens {
  const accessToken = result!.AccessToken!;
  const claims = JSON.parse(Buffer.from(accessToken.split('.')[1]!, 'base64url').toString()) as {
    readonly sub: string;
    readonly origin_jti: string;
    readonly auth_time: number;
  };
  return {
    subject: claims.sub,
    accessToken,
    expiresIn: result!.ExpiresIn!,
    sessionId: claims.origin_jti,
    signedInAt: claims.auth_time,
  };
}

const client = () => ({ UserPoolId: settings().USER_POOL_ID, ClientId: settings().USER_POOL_CLIENT_ID });

/** @source https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash */
function secretHash(username: string): string {
  const { USER_POOL_CLIENT_ID, USER_POOL_CLIENT_SECRET } = settings();
  return createHmac('sha256', USER_POOL_CLIENT_SECRET)
    .update(username + USER_POOL_CLIENT_ID)
    .digest('base64');
}
