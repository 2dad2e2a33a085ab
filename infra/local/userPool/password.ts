import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { CognitoError, invalidParameter } from './cognitoError.ts';
import type { PasswordPolicy } from './settings.ts';

/** @source https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html */
const SYMBOL = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;
const MOST_CHARACTERS = 256;
// 8 MiB and about 20 ms, far below what a service would take: these are passwords of trials on one's own machine.
const COST = { N: 2 ** 13, r: 8, p: 1 };
const KEY_BYTES = 32;

/** @throws CognitoError InvalidParameterException, InvalidPasswordException */
export function checkPassword(password: string, policy: PasswordPolicy): void {
  if (!/^\S+.*\S+$/s.test(password) || password.length > MOST_CHARACTERS) {
    throw invalidParameter(
      "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$",
    );
  }
  const lacks = (required: boolean, pattern: RegExp) => required && !pattern.test(password);
  if (password.length < policy.minimumLength) throw unfit('Password not long enough');
  if (lacks(policy.lowercase, /[a-z]/)) throw unfit('Password must have lowercase characters');
  if (lacks(policy.uppercase, /[A-Z]/)) throw unfit('Password must have uppercase characters');
  if (lacks(policy.numbers, /[0-9]/)) throw unfit('Password must have numeric characters');
  if (lacks(policy.symbols, SYMBOL)) throw unfit('Password must have symbol characters');
}

/** A password that fits any policy, for people who are created without one. */
export function generatePassword(policy: PasswordPolicy): string {
  const alphabet = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  const length = Math.max(policy.minimumLength, 12) - 4;
  return `${Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')}aA2!`;
}

/** @returns `scrypt$<salt>$<key>`, both base64url */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString('base64url')}$${(await derive(password, salt)).toString('base64url')}`;
}

/** Takes the same time for a user who has no password as for a wrong one. */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [, salt = '', key = ''] = (hash ?? 'scrypt$$').split('$');
  const expected = Buffer.alloc(KEY_BYTES);
  Buffer.from(key, 'base64url').copy(expected);
  const derived = await derive(password, Buffer.from(salt, 'base64url'));
  return timingSafeEqual(derived, expected) && hash !== undefined;
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, KEY_BYTES, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

const unfit = (why: string) => new CognitoError('InvalidPasswordException', `Password did not conform with policy: ${why}`);
