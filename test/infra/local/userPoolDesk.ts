import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  type ChallengeNameType,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { createClock } from '../../../infra/local/clock.ts';
import { startUserPool } from '../../../infra/local/userPool/server.ts';
import { cognitoClient, poolSettings, secretHash } from './userPoolClient.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const DAY = 24 * 60 * MINUTE;
export const NOW = Date.parse('2031-03-01T12:00:00Z');
export const PASSWORD = 'correct horse battery';
export const WRONG = 'incorrect horse battery';
export const WRONG_PASSWORD = 'NotAuthorizedException: Incorrect username or password.';
const { poolId, clientId, clientSecret } = poolSettings;

/** A user pool with a clock of its own, and what its callers ask of it. */
export async function openUserPool() {
  const clock = createClock(() => NOW);
  const pool = await startUserPool({ clock, pool: poolSettings });
  const cognito = cognitoClient(pool.url);
  const close = async (): Promise<void> => {
    cognito.destroy();
    await pool.close();
  };
  return { clock, pool, cognito, close, ...callsOf(cognito) };
}

let made = 0;

/** The calls of the product, by a client of some pool. */
export function callsOf(cognito: CognitoIdentityProviderClient) {
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

  return { invite, member, setPassword, signIn, tokensOf, respond, refresh, refreshByFlow };
}

export const named = (Username: string) => ({ UserPoolId: poolId, Username });

/** `Name: message` of a call that must fail. */
export async function failure(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (reason: Error) => reason,
  );
  if (!error) throw new Error('the call was expected to fail');
  return `${error.name}: ${error.message}`;
}
