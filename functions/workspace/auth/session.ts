import { forbidden } from '../../../shared/kernel/errors.ts';
import type { Answer, Request } from '../../runtime/route.ts';
import * as users from '../../services/users.ts';
import { endSessions, mayEnter } from './account.ts';
import { noSession, refreshTokenOf, signed, signedOut } from './answers.ts';
import { spendAttempt } from './budgets.ts';
import { enterAccount } from './enterAccount.ts';
import type { Body } from './requests.ts';

/** @throws AppError auth.credentials, auth.codeRequired, auth.code, auth.recoveryCode (401), access.disabled (403), budget.spent (429) */
export async function signIn(request: Request, { keep, ...proof }: Body<'signIn'>): Promise<Answer> {
  await spendAttempt(request, 'signInFromAddress');
  await spendAttempt(request, 'signInOfAccount', proof.email);
  const account = await enterAccount(request, proof);
  // Only who knew the password learns that the door is shut.
  if (!(await mayEnter(request, account.subject))) {
    await users.signOut(account.refreshToken);
    throw forbidden('access.disabled');
  }
  return signed(account, { keep });
}

/** The session of the caller's cookie. @throws AppError auth.session (401) */
export async function currentSession(request: Request): Promise<users.AccessTokens> {
  const token = refreshTokenOf(request);
  const result = token ? await users.refresh(token) : { outcome: 'refused' as const };
  if (result.outcome === 'refused') throw noSession();
  return result;
}

/** @throws AppError auth.session (401) */
export const refresh = async (request: Request): Promise<Answer> => signed(await currentSession(request));

/** Ends this browser's session; where there is none, it is ended already. */
export async function signOut(request: Request): Promise<Answer> {
  const token = refreshTokenOf(request);
  if (token) await users.signOut(token);
  return signedOut();
}

/** @throws AppError auth.session (401): who has no session cannot end others */
export async function signOutEverywhere(request: Request): Promise<Answer> {
  const { subject } = await currentSession(request);
  await endSessions(request, subject);
  return signedOut();
}
