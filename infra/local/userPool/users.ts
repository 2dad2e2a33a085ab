import { randomUUID } from 'node:crypto';
import { CognitoError, invalidParameter } from './cognitoError.ts';
import { attributes, flag, type Input, optionalText, structure, text } from './input.ts';
import { NO_FAILURES } from './lockout.ts';
import { checkPassword, generatePassword, hashPassword } from './password.ts';
import { expectPool, namedUser, type Operation, type Pool } from './pool.ts';
import type { User } from './store.ts';

/** Standard attributes; the pool declares no custom ones. `sub` is the pool's own. */
const ATTRIBUTES = new Set([
  'address',
  'birthdate',
  'email',
  'email_verified',
  'family_name',
  'gender',
  'given_name',
  'locale',
  'middle_name',
  'name',
  'nickname',
  'phone_number',
  'phone_number_verified',
  'picture',
  'preferred_username',
  'profile',
  'updated_at',
  'website',
  'zoneinfo',
]);

export const adminCreateUser: Operation = async (pool, input) => {
  expectPool(pool, input);
  const name = text(input, 'Username');
  const given = readAttributes(input);
  if (!isEmail(name)) throw invalidParameter('Username should be an email.');
  if (given['email'] !== undefined && given['email'] !== name) throw invalidParameter('The email attribute differs from the username.');
  if (optionalText(input, 'MessageAction') !== 'SUPPRESS') {
    throw new CognitoError('UnsupportedOperationException', 'This user pool sends no mail: set MessageAction to SUPPRESS.');
  }
  const password = optionalText(input, 'TemporaryPassword') || generatePassword(pool.settings.password);
  checkPassword(password, pool.settings.password);
  const username = randomUUID();
  const now = pool.clock.now();
  const user: User = {
    username,
    attributes: { sub: username, email_verified: 'false', ...given, email: name },
    createdAt: now,
    modifiedAt: now,
    enabled: true,
    status: 'FORCE_CHANGE_PASSWORD',
    passwordHash: await hashPassword(password),
    temporaryUntil: now + pool.settings.password.temporaryPasswordMs,
    failures: NO_FAILURES,
  };
  if (!pool.store.save(user)) throw new CognitoError('UsernameExistsException', 'An account with the given email already exists.');
  return { User: { ...describe(user), Attributes: pairs(user) } };
};

export const adminGetUser: Operation = (pool, input) => {
  expectPool(pool, input);
  const user = namedUser(pool, input);
  const mfa = user.softwareToken?.enabled ? { UserMFASettingList: ['SOFTWARE_TOKEN_MFA'], PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA' } : {};
  return { ...describe(user), UserAttributes: pairs(user), ...mfa };
};

/** Tokens issued before stay valid, as on AWS: whoever resets a password signs the user out himself. */
export const adminSetUserPassword: Operation = (pool, input) => {
  const password = text(input, 'Password');
  const permanent = flag(input, 'Permanent');
  return change(pool, input, async (user, now) => {
    checkPassword(password, pool.settings.password);
    user.passwordHash = await hashPassword(password);
    if (permanent) setPermanent(user);
    else {
      user.status = 'FORCE_CHANGE_PASSWORD';
      user.temporaryUntil = now + pool.settings.password.temporaryPasswordMs;
    }
  });
};

export const adminEnableUser: Operation = (pool, input) => change(pool, input, (user) => void (user.enabled = true));
export const adminDisableUser: Operation = (pool, input) => change(pool, input, (user) => void (user.enabled = false));

export const adminDeleteUser: Operation = (pool, input) => {
  expectPool(pool, input);
  const { username } = namedUser(pool, input);
  return pool.inTurn(username, async () => {
    pool.store.remove(username);
    return {};
  });
};

export const adminUpdateUserAttributes: Operation = (pool, input) => {
  const given = readAttributes(input);
  return change(pool, input, (user) => {
    const { email } = given;
    if (email !== undefined && !isEmail(email)) throw invalidParameter('Invalid email address format.');
    // A new address is unproven until the same call says otherwise.
    const unproven = email !== undefined && email !== user.attributes['email'];
    user.attributes = { ...user.attributes, ...(unproven && { email_verified: 'false' }), ...given };
  });
};

export const adminUserGlobalSignOut: Operation = (pool, input) => {
  expectPool(pool, input);
  pool.store.revokeAllOf(namedUser(pool, input).username);
  return {};
};

export const adminSetUserMfaPreference: Operation = (pool, input) => {
  const settings = structure(input, 'SoftwareTokenMfaSettings');
  const enabled = flag(settings, 'Enabled');
  return change(pool, input, (user) => {
    if (enabled && !user.softwareToken) throw invalidParameter('User has not verified software token mfa');
    if (user.softwareToken) user.softwareToken.enabled = enabled;
  });
};

/** A password that the user chose himself. */
export function setPermanent(user: User): void {
  user.status = 'CONFIRMED';
  delete user.temporaryUntil;
}

async function change(pool: Pool, input: Input, edit: (user: User, now: number) => void | Promise<void>): Promise<object> {
  expectPool(pool, input);
  return pool.inTurn(namedUser(pool, input).username, async () => {
    const user = namedUser(pool, input); // again: the one before us in the queue may have changed him
    await edit(user, pool.clock.now());
    user.modifiedAt = pool.clock.now();
    if (!pool.store.save(user)) throw new CognitoError('AliasExistsException', 'An account with the given email already exists.');
    return {};
  });
}

function readAttributes(input: Input): Record<string, string> {
  const given = attributes(input, 'UserAttributes');
  if (given['sub'] !== undefined) throw invalidParameter('Cannot modify the non-mutable attribute sub');
  const unknown = Object.keys(given).find((name) => !ATTRIBUTES.has(name));
  if (unknown) throw invalidParameter(`${unknown}: Attribute does not exist in the schema.`);
  return given;
}

const describe = ({ username, createdAt, modifiedAt, enabled, status }: User) => ({
  Username: username,
  UserCreateDate: createdAt / 1000,
  UserLastModifiedDate: modifiedAt / 1000,
  Enabled: enabled,
  UserStatus: status,
});

const pairs = (user: User) => Object.entries(user.attributes).map(([Name, Value]) => ({ Name, Value }));

const isEmail = (value: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value);
