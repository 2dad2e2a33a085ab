/** Failed attempts to sign in, counted per user. Times are epoch milliseconds. */
export interface Failures {
  count: number;
  lastAttemptAt: number;
  lockedUntil: number;
}

const FREE_ATTEMPTS = 5;
const MOST_LOCKED_MS = 15 * 60_000;
/** So long without any attempt, and all is forgotten. */
const FORGOTTEN_AFTER_MS = 15 * 60_000;

export const NO_FAILURES: Failures = { count: 0, lastAttemptAt: 0, lockedUntil: 0 };

export const isLocked = (failures: Failures, now: number): boolean => now < failures.lockedUntil;

/** An attempt during the lock counts for nothing but keeps the count from being forgotten. */
export const afterRefusedAttempt = (failures: Failures, now: number): Failures => ({ ...failures, lastAttemptAt: now });

/**
 * The n-th failure in a row locks the user for 2^(n − 5) seconds, from the fifth on and up to a quarter of an hour.
 * @source https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html, "Lockout behavior for failed sign-in attempts"
 */
export function afterFailure(failures: Failures, now: number): Failures {
  const count = now - failures.lastAttemptAt > FORGOTTEN_AFTER_MS ? 1 : failures.count + 1;
  const lockedMs = count < FREE_ATTEMPTS ? 0 : Math.min(2 ** (count - FREE_ATTEMPTS) * 1000, MOST_LOCKED_MS);
  return { count, lastAttemptAt: now, lockedUntil: now + lockedMs };
}
