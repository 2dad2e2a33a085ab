import { describe, expect, it } from 'vitest';
import type { CognitoError } from '../../../infra/local/userPool/cognitoError.ts';
import { afterFailure, isLocked, NO_FAILURES } from '../../../infra/local/userPool/lockout.ts';
import { checkPassword, generatePassword } from '../../../infra/local/userPool/password.ts';
import { type PasswordPolicy, readPoolSettings } from '../../../infra/local/userPool/settings.ts';
import { issuerOf } from '../../../infra/local/userPool/tokens.ts';
import { codeAt, matchingStep, newSecret } from '../../../infra/local/userPool/totp.ts';

describe('codes', () => {
  it.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1234567890, '005924'],
    [20000000000, '353130'],
  ])('are those of RFC 6238 at %i s', (at, code) => {
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'; // "12345678901234567890", appendix B, its last six digits

    expect(codeAt(secret, at * 1000)).toBe(code);
  });

  it('are accepted one step early or late', () => {
    const secret = newSecret();
    const at = 1_900_000_000_000;

    const accepted = [-60_000, -30_000, 0, 30_000, 60_000].filter(
      (off) => matchingStep(secret, codeAt(secret, at + off), at) !== undefined,
    );

    expect(accepted).toEqual([-30_000, 0, 30_000]);
  });
});

describe('the lock', () => {
  it('doubles with each failure from the fifth, up to a quarter of an hour', () => {
    let failures = NO_FAILURES;
    const lockedSeconds = Array.from({ length: 15 }, () => {
      const now = failures.lockedUntil;
      failures = afterFailure(failures, now);
      return (failures.lockedUntil - now) / 1000;
    });

    expect(lockedSeconds).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900]);
    expect([isLocked(failures, failures.lockedUntil - 1), isLocked(failures, failures.lockedUntil)]).toEqual([true, false]);
  });
});

describe('the password policy', () => {
  const all: PasswordPolicy = { minimumLength: 8, uppercase: true, lowercase: true, numbers: true, symbols: true, temporaryPasswordMs: 1 };
  const refusal = (password: string) => {
    try {
      checkPassword(password, all);
    } catch (error) {
      return (error as CognitoError).message.replace('Password did not conform with policy: ', '');
    }
  };

  it.each([
    ['aA1!', 'Password not long enough'],
    ['AAAA111!', 'Password must have lowercase characters'],
    ['aaaa111!', 'Password must have uppercase characters'],
    ['aaaaAAA!', 'Password must have numeric characters'],
    ['aaaaAAA1', 'Password must have symbol characters'],
    ['aaaAAA1 -', undefined],
  ])('%s: %s', (password, expected) => {
    expect(refusal(password)).toBe(expected);
  });

  it('is met by generated passwords', () => {
    expect(refusal(generatePassword(all))).toBeUndefined();
  });
});

describe('the settings', () => {
  const identity = { poolId: 'us-east-1_Local0001', clientId: 'id', clientSecret: 'secret' };

  it.each([
    ['LambdaConfig', { LambdaConfig: { PreSignUp: 'arn' } }, {}],
    ['MfaConfiguration', { MfaConfiguration: 'ON' }, {}],
    ['UsernameAttributes', { UsernameAttributes: ['phone_number'] }, {}],
    ['UsernameConfiguration', { UsernameConfiguration: { CaseSensitive: true } }, {}],
    ['PasswordHistorySize', { Policies: { PasswordPolicy: { PasswordHistorySize: 3 } } }, {}],
    ['RefreshTokenRotation', {}, { RefreshTokenRotation: { Feature: 'ENABLED' } }],
  ])('refuse a template whose %s is not imitated', (name, pool, client) => {
    const plain = { UsernameAttributes: ['email'], UsernameConfiguration: { CaseSensitive: false } };

    expect(() => readPoolSettings({ ...plain, ...pool }, client, identity)).toThrow(name);
  });

  it('refuse an id that no verifier would take', () => {
    expect(() => issuerOf('local_1')).not.toThrow();
    expect(() => issuerOf('local')).toThrow('no user pool id');
  });
});
