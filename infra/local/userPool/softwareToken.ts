import { CognitoError, invalidParameter, notAuthorized } from './cognitoError.ts';
import { type Input, text } from './input.ts';
import type { Operation, Pool } from './pool.ts';
import type { User } from './store.ts';
import { matchingStep, newSecret } from './totp.ts';

/** Gives a signed-in user a secret for his authenticator app. */
export const associateSoftwareToken: Operation = async (pool, input) => {
  const { username } = await signedInUser(pool, input);
  return pool.inTurn(username, async () => {
    const SecretCode = newSecret();
    pool.store.save({ ...currentUser(pool, username), pendingSecret: SecretCode });
    return { SecretCode };
  });
};

/** Proves that the app shows the right codes. @throws CognitoError EnableSoftwareTokenMFAException */
export const verifySoftwareToken: Operation = async (pool, input) => {
  const { username } = await signedInUser(pool, input);
  const code = text(input, 'UserCode');
  return pool.inTurn(username, async () => {
    const { pendingSecret, ...user } = currentUser(pool, username);
    if (pendingSecret === undefined) throw invalidParameter('User has not set up software token mfa');
    const usedStep = matchingStep(pendingSecret, code, pool.clock.now());
    if (usedStep === undefined) throw new CognitoError('EnableSoftwareTokenMFAException', 'Code mismatch');
    const enabled = user.softwareToken?.enabled ?? false;
    pool.store.save({ ...user, softwareToken: { secret: pendingSecret, enabled, usedStep } });
    return { Status: 'SUCCESS' };
  });
};

/**
 * Takes the code of a sign-in, each code once, and notes on the user that it was used.
 * @throws CognitoError CodeMismatchException, ExpiredCodeException
 */
export function acceptCode(user: User, code: string, now: number): void {
  const { softwareToken } = user;
  const step = softwareToken && matchingStep(softwareToken.secret, code, now);
  if (step === undefined) throw new CognitoError('CodeMismatchException', 'Invalid code received for user');
  if (step <= softwareToken!.usedStep) {
    throw new CognitoError('ExpiredCodeException', 'Your software token has already been used once.');
  }
  softwareToken!.usedStep = step;
}

/** The user behind an access token that was neither revoked nor outlived. */
async function signedInUser(pool: Pool, input: Input): Promise<User> {
  if (!pool.settings.softwareToken) {
    throw new CognitoError('SoftwareTokenMFANotFoundException', 'Software Token MFA is not enabled for the userPool.');
  }
  const { username, originJti } = await pool.tokens.readAccessToken(text(input, 'AccessToken'), pool.clock.now());
  if (pool.store.isOriginRevoked(originJti)) throw notAuthorized('Access Token has been revoked');
  return currentUser(pool, username);
}

function currentUser(pool: Pool, username: string): User {
  const user = pool.store.find(username);
  if (!user?.enabled) throw notAuthorized('User is disabled.');
  return user;
}
