import { randomBytes } from 'node:crypto';
import { AppError } from '../../../shared/kernel/errors.ts';
import { formatRecoveryCode, RECOVERY_CODE_BYTES, RECOVERY_CODES } from '../../../shared/workspace/recoveryCode.ts';
import type { Answer, Request } from '../../runtime/route.ts';
import { confirmAuthenticator, newAuthenticatorSecret } from '../../services/authenticator.ts';
import { type AccessTokens, findUser, signOut } from '../../services/users.ts';
import { listRecoveryCodes, putRecoveryCodes } from '../../table/account.ts';
import { noSession, wrongCode } from './answers.ts';
import { spendAttempt } from './budgets.ts';
import { enterAccount, type Proof } from './enterAccount.ts';
import type { Body } from './requests.ts';
import { turnOff, turnOn } from './secondStep.ts';
import { currentSession } from './session.ts';
import { noteEverywhere } from './traces.ts';

type User = NonNullable<Awaited<ReturnType<typeof findUser>>>;

const isOn = (): AppError => new AppError('twoStep.on', { status: 409 });
const isOff = (): AppError => new AppError('twoStep.off', { status: 409 });

/** Whether this person signs in by two steps, and how many recovery codes he has left. @throws AppError auth.session (401) */
export async function readTwoStep(request: Request): Promise<Answer> {
  const { user } = await himself(request);
  const codes = user.twoStep ? await listRecoveryCodes(request.db, user.subject) : [];
  return { status: 200, body: { on: user.twoStep, recoveryCodes: codes.length } };
}

/**
 * Gives a secret for an authenticator app. Nothing is asked for yet: until a code proves the app, all stays as it is.
 * @throws AppError auth.session, auth.credentials (401), twoStep.on (409), budget.spent (429)
 */
export async function beginTwoStep(request: Request, { password }: Body<'password'>): Promise<Answer> {
  const { user, session } = await himself(request);
  if (user.twoStep) throw isOn();
  await prove(request, { email: user.email, password });
  const secret = await newAuthenticatorSecret(session.accessToken);
  if (secret === undefined) throw noSession();
  return { status: 200, body: { secret, uri: uriOf(user.email, secret) } };
}

/**
 * Turns the second step on with a first code of the app.
 * @returns the recovery codes, this once
 * @throws AppError auth.session, auth.code (401), twoStep.on, twoStep.notBegun (409), budget.spent (429)
 */
export async function confirmTwoStep(request: Request, { code }: Body<'code'>): Promise<Answer> {
  const { user, session } = await himself(request);
  if (user.twoStep) throw isOn();
  await spendAttempt(request, 'codeOfAccount', user.subject);
  const outcome = await confirmAuthenticator(session.accessToken, code);
  if (outcome === 'wrongCode') throw wrongCode();
  if (outcome === 'notBegun') throw new AppError('twoStep.notBegun', { status: 409 });
  const recoveryCodes = newRecoveryCodes();
  await turnOn(request, user.subject, recoveryCodes);
  return { status: 200, body: { recoveryCodes } };
}

/**
 * Turns it off for whoever has both. Cut off and asked again, it needs the password alone, and finishes.
 * @throws AppError auth.session, auth.credentials, auth.codeRequired, auth.code (401), budget.spent (429)
 */
export async function endTwoStep(request: Request, proof: Body<'proof'>): Promise<Answer> {
  const { user } = await himself(request);
  await prove(request, { email: user.email, ...proof });
  if (user.twoStep || (await listRecoveryCodes(request.db, user.subject)).length) await turnOff(request, user.subject, 'off');
  return { status: 204 };
}

/** Ten new codes in the place of the old. @throws AppError as `endTwoStep`, twoStep.off (409) */
export async function renewRecoveryCodes(request: Request, proof: Body<'proof'>): Promise<Answer> {
  const { user } = await himself(request);
  if (!user.twoStep) throw isOff();
  await prove(request, { email: user.email, ...proof });
  const recoveryCodes = newRecoveryCodes();
  await putRecoveryCodes(request.db, user.subject, recoveryCodes);
  await noteEverywhere(request, user.subject, { kind: 'twoStep', event: 'codesRenewed' });
  return { status: 200, body: { recoveryCodes } };
}

async function himself(request: Request): Promise<{ user: User; session: AccessTokens }> {
  const session = await currentSession(request);
  const user = await findUser(session.subject);
  if (!user) throw noSession();
  return { user, session };
}

/** That the one at the keyboard is the one who signed in: a session left open must not lock its owner out. */
async function prove(request: Request, proof: Proof): Promise<void> {
  await spendAttempt(request, 'signInOfAccount', proof.email);
  const { refreshToken } = await enterAccount(request, proof);
  await signOut(refreshToken);
}

const newRecoveryCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, () => formatRecoveryCode(randomBytes(RECOVERY_CODE_BYTES)));

/** What authenticator apps read from a QR code. @source https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
const uriOf = (email: string, secret: string): string =>
  `otpauth://totp/Regulars:${encodeURIComponent(email)}?secret=${secret}&issuer=Regulars`;
