import {
  AdminSetUserMFAPreferenceCommand,
  AssociateSoftwareTokenCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { toFailure } from './awsClient.ts';
import { asked, cognito, unless, user } from './userPool.ts';

/*
 * The second step of signing in: a code of an authenticator app (RFC 6238: six digits, every 30 seconds), checked by the
 * user pool, which alone keeps the secret. All functions throw AppError `users.unavailable` (503).
 */

/**
 * A new secret for an app, base32. The one before stays in force until the app has proven itself.
 * @param accessToken  of the person's own session
 * @returns undefined when that session has ended meanwhile
 */
export async function newAuthenticatorSecret(accessToken: string): Promise<string | undefined> {
  const answer = await asked(cognito.send(new AssociateSoftwareTokenCommand({ AccessToken: accessToken }))).catch(
    unless('NotAuthorizedException'),
  );
  return answer?.SecretCode;
}

/**
 * Whether the app shows the right codes.
 * @returns `notBegun` when no secret waits to be proven: it is already, or there never was one
 */
export async function confirmAuthenticator(accessToken: string, code: string): Promise<'confirmed' | 'wrongCode' | 'notBegun'> {
  try {
    const { Status } = await asked(cognito.send(new VerifySoftwareTokenCommand({ AccessToken: accessToken, UserCode: code })));
    return Status === 'SUCCESS' ? 'confirmed' : 'wrongCode';
  } catch (error) {
    const outcome = OUTCOMES[toFailure(error).name];
    if (!outcome) throw error;
    return outcome;
  }
}

const OUTCOMES: Readonly<Record<string, 'wrongCode' | 'notBegun'>> = {
  EnableSoftwareTokenMFAException: 'wrongCode',
  CodeMismatchException: 'wrongCode',
  InvalidParameterException: 'notBegun',
  NotAuthorizedException: 'notBegun',
};

/** Whether a code is asked for at each sign-in. An account that is gone asks for nothing. */
export async function setSecondStep(subject: string, on: boolean): Promise<void> {
  const SoftwareTokenMfaSettings = { Enabled: on, PreferredMfa: on };
  await asked(cognito.send(new AdminSetUserMFAPreferenceCommand({ ...user(subject), SoftwareTokenMfaSettings }))).catch(
    unless('UserNotFoundException'),
  );
}
