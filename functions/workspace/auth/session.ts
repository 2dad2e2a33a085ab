import { AppError, forbidden } from '../../../shared/kernel/errors.ts';
import type { Answer, Request } from '../../runtime/route.ts';
import * as users from '../../services/users.ts';
import { endSession } from '../../table/sessions.ts';
import { endSessions } from './account.ts';
import { noSession, refreshTokenOf, signed, signedOut } from './answers.ts';
import { spendAttempt } from './budgets.ts';
import { enterAccount } from './enterAccount.ts';
import type { Body } from './requests.ts';
import { isAlive } from './sessionLife.ts';
import { noteEverywhere, noteRefusal, noteSignIn, workspacesOf } from './traces.ts';

const REFUSALS: readonly string[] = ['auth.credentials', 'auth.code', 'auth.recoveryCode'];

/** @throws AppError auth.credentials, auth.codeRequired, auth.code, auth.recoveryCode (401), access.disabled (403), budget.spent (429) */
export async function signIn(request: Request, { keep, ...proof }: Body<'signIn'>): Promise<Answer> {
  await spendAttempt(request, 'signInFromAddress');
  await spendAttempt(request, 'signInOfAccount', proof.email);
  const account = await enterAccount(request, proof).catch(async (error: unknown) => {
    if (error instanceof AppError && REFUSALS.includes(error.code)) await noteRefusal(request, proof.email);
    throw error;
  });
  const { all, open } = await workspacesOf(request, account.subject);
  // Only who knew the password learns that the door is shut; a person who belongs nowhere yet may be on his way.
  if (all.length && !open.length) {
    await users.signOut(account.refreshToken);
    throw forbidden('access.disabled');
  }
  await noteSignIn(request, account);
  return signed(account, { keep });
}

/** The session of the caller's cookie. @throws AppError auth.session (401) */
export async function currentSession(request: Request): Promise<users.AccessTokens> {
  const token = refreshTokenOf(request);
  const result = token ? await users.refresh(token) : { outcome: 'refused' as const };
  if (result.outcome === 'refused') throw noSession();
  if (!(await isAlive(request, result))) {
    await users.signOut(token!);
    throw noSession();
  }
  return result;
}

/** @throws AppError auth.session (401) */
export const refresh = async (request: Request): Promise<Answer> => signed(await currentSession(request));

/** Ends this browser's session; where there is none, it is ended already. */
export async function signOut(request: Request): Promise<Answer> {
  const token = refreshTokenOf(request);
  if (!token) return signedOut();
  const session = await users.refresh(token);
  await users.signOut(token);
  if (session.outcome === 'refreshed') {
    await endSession(request.db, session.subject, session.sessionId, request.now);
    await noteEverywhere(request, session.subject, { kind: 'signIn', event: 'signedOut' });
  }
  return signedOut();
}

/** @throws AppError auth.session (401): who has no session cannot end others */
export async function signOutEverywhere(request: Request): Promise<Answer> {
  const { subject } = await currentSession(request);
  await endSessions(request, subject);
  await noteEverywhere(request, subject, { kind: 'signIn', event: 'signedOutEverywhere' });
  return signedOut();
}
