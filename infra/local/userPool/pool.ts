import { createHmac } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { sameText } from '../sigV4.ts';
import { CognitoError, notAuthorized } from './cognitoError.ts';
import { type Input, text } from './input.ts';
import type { PoolSettings } from './settings.ts';
import type { User, UserStore } from './store.ts';
import type { Tokens } from './tokens.ts';

/** What every operation works with. */
export interface Pool {
  settings: PoolSettings;
  store: UserStore;
  tokens: Tokens;
  clock: Clock;
  /** Runs the calls about one user one after another: hashing takes time, and a count of failures must not be raced past. */
  inTurn<T>(user: string, work: () => Promise<T>): Promise<T>;
}

export type Operation = (pool: Pool, input: Input) => Promise<object> | object;

export function createTurns(): Pool['inTurn'] {
  const last = new Map<string, Promise<unknown>>();
  return async (user, work) => {
    const before = last.get(user);
    const mine = (before ?? Promise.resolve()).then(work);
    const settled = mine.catch(() => {});
    last.set(user, settled);
    try {
      return await mine;
    } finally {
      if (last.get(user) === settled) last.delete(user);
    }
  };
}

/** @throws CognitoError ResourceNotFoundException for any pool but ours */
export function expectPool({ settings }: Pool, input: Input): void {
  const poolId = text(input, 'UserPoolId');
  if (poolId !== settings.poolId) throw new CognitoError('ResourceNotFoundException', `User pool ${poolId} does not exist.`);
}

/** @throws CognitoError ResourceNotFoundException for any client but ours */
export function expectClient({ settings }: Pool, input: Input): void {
  const clientId = text(input, 'ClientId');
  if (clientId !== settings.clientId) throw new CognitoError('ResourceNotFoundException', `User pool client ${clientId} does not exist.`);
}

/**
 * The proof that a caller knows the client's secret, bound to one user name.
 * @source https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash
 * @throws CognitoError NotAuthorizedException
 */
export function checkSecretHash({ settings }: Pool, username: string, hash: string | undefined): void {
  const { clientId, clientSecret } = settings;
  if (!hash) throw notAuthorized(`Client ${clientId} is configured with secret but SECRET_HASH was not received`);
  const right = createHmac('sha256', clientSecret)
    .update(username + clientId)
    .digest('base64');
  if (!sameText(hash, right)) throw notAuthorized(`Unable to verify secret hash for client ${clientId}`);
}

/** The user an Admin operation names. @throws CognitoError UserNotFoundException */
export function namedUser({ store }: Pool, input: Input): User {
  const user = store.find(text(input, 'Username'));
  if (!user) throw userNotFound();
  return user;
}

export const userNotFound = (): CognitoError => new CognitoError('UserNotFoundException', 'User does not exist.');
