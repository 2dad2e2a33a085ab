import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { AppError } from '../../shared/kernel/errors.ts';
import { env } from '../runtime/env.ts';
import { isPassing, requestHandler, toFailure } from './awsClient.ts';

/** The user pool, and how its failures are told apart. */
export const cognito = new CognitoIdentityProviderClient({ maxAttempts: 3, requestHandler });
export const poolSettings = env('USER_POOL_ID', 'USER_POOL_CLIENT_ID', 'USER_POOL_CLIENT_SECRET');

/** Names a user to an Admin operation, by subject or address. */
export const user = (Username: string) => ({ UserPoolId: poolSettings().USER_POOL_ID, Username });

/** @throws AppError users.unavailable; Error when our own secret is wrong, which otherwise looks like everybody's wrong password */
export async function asked<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const failure = toFailure(error);
    if (isPassing(failure)) throw new AppError('users.unavailable', { status: 503, message: failure.name, cause: error });
    if (failure.name === 'NotAuthorizedException' && /secret/i.test(failure.message)) {
      throw new Error('USER_POOL_CLIENT_SECRET is not that of the user pool client', { cause: error });
    }
    throw error;
  }
}

/** Turns errors of these names into undefined. */
export const unless =
  (...names: string[]) =>
  (error: unknown): undefined => {
    if (!names.includes(toFailure(error).name)) throw error;
  };
