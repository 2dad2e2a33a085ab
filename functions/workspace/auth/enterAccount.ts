import type { Request } from '../../runtime/route.ts';
import { answerChallenge, createUser, setPassword, signIn, type SignIn } from '../../services/users.ts';
import { withHold } from '../../table/hold.ts';
import { codeRequired, wrongCode, wrongCredentials, wrongRecoveryCode } from './answers.ts';
import { spendAttempt } from './budgets.ts';
import { assertPassword, weakPassword } from './requests.ts';
import { recoverAccount } from './secondStep.ts';

/** What somebody says to be let into an account. */
export interface Proof {
  readonly email: string;
  readonly password: string;
  /** What his authenticator app shows. */
  readonly code?: string | undefined;
  /** In its place: one of the codes that he was given to keep. */
  readonly recoveryCode?: string | undefined;
}

export type SignedIn = Extract<SignIn, { outcome: 'signedIn' }> & {
  /** A code was asked for, and was right. */
  readonly twoStep: boolean;
};

type Door = Pick<Request, 'db' | 'now' | 'requestId' | 'address' | 'headers'>;

/**
 * Enters an account by password and, where its owner has set that up, by a second step. Password and code come together,
 * so nothing has to be remembered between the two pages that ask for them.
 *
 * A recovery code takes the second step away instead: whoever needs it has lost his app, and shall set up a new one.
 * @throws AppError auth.credentials, auth.codeRequired, auth.code, auth.recoveryCode (401), budget.spent (429)
 */
export async function enterAccount(request: Door, { email, password, code, recoveryCode }: Proof): Promise<SignedIn> {
  const first = await signIn(email, password);
  if (first.outcome === 'signedIn') {
    // A recovery that was cut off goes on: what is left of the second step is what it had still to take away.
    if (recoveryCode !== undefined) await recoverAccount(request, first.subject, recoveryCode);
    return { ...first, twoStep: false };
  }
  if (first.outcome === 'refused' || first.challenge !== 'code') throw wrongCredentials();
  if (code === undefined && recoveryCode === undefined) throw codeRequired();
  await spendAttempt(request, 'codeOfAccount', first.subject);
  if (recoveryCode !== undefined) {
    if (!(await recoverAccount(request, first.subject, recoveryCode))) throw wrongRecoveryCode();
    return enterAccount(request, { email, password });
  }
  const second = await answerChallenge(first, code!);
  if (second.outcome === 'wrongCode') throw wrongCode();
  if (second.outcome !== 'signedIn') throw wrongCredentials();
  return { ...second, twoStep: true };
}

/**
 * Enters the account of an address; where there is none yet, it is made with this password. One caller at a time, so
 * that two who want the same address cannot end in one account with the password of the other.
 * @throws AppError as `enterAccount`; input.invalid (422); request.busy (429)
 */
export function openAccount(request: Door, proof: Proof): Promise<SignedIn> {
  const { email, password } = proof;
  return withHold(request.db, `account|${email}`, request.now, async () => {
    const { outcome, subject } = await createUser(email);
    if (outcome !== 'exists') {
      assertPassword(password);
      if ((await setPassword(subject, password)) !== 'set') throw weakPassword();
    }
    return enterAccount(request, proof);
  });
}
