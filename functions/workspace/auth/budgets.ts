import { AppError } from '../../../shared/kernel/errors.ts';
import { budgetAddress, takeFromBudget } from '../../table/budget.ts';
import type { Request } from '../../runtime/route.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** How often, in how many seconds. Per address is generous: a whole office, or a city behind one carrier, may share one. */
const LIMITS = {
  signInOfAccount: [30, 15 * MINUTE],
  signInFromAddress: [150, 15 * MINUTE],
  /** Of a million codes three are right at any moment: so guessed, the odds stay below one in four hundred a day. */
  codeOfAccount: [8, 15 * MINUTE],
  signUpOfAccount: [10, HOUR],
  signUpFromAddress: [30, HOUR],
  forgotOfAccount: [3, HOUR],
  forgotFromAddress: [30, HOUR],
  tokenFromAddress: [60, 15 * MINUTE],
  applyFromAddress: [30, HOUR],
  applyOfAddress: [3, HOUR],
  /** So many mails to strangers a day, however many stand behind them. */
  applyAtWorkspace: [100, 24 * HOUR],
} as const;

/** @returns seconds until there is more, 0 while there is some; never tells an account that exists from one that does not */
export function takeAttempt(request: Pick<Request, 'db' | 'now'>, limit: keyof typeof LIMITS, whose: string): Promise<number> {
  const [most, seconds] = LIMITS[limit];
  return takeFromBudget(request.db, `auth.${limit}|${whose}`, most, seconds, request.now);
}

/** @throws AppError budget.spent (429) */
export async function spendAttempt(
  request: Pick<Request, 'db' | 'now' | 'address'>,
  limit: keyof typeof LIMITS,
  whose = budgetAddress(request.address),
): Promise<void> {
  const retryAfterSeconds = await takeAttempt(request, limit, whose);
  if (retryAfterSeconds) throw new AppError('budget.spent', { status: 429, params: { retryAfterSeconds } });
}
