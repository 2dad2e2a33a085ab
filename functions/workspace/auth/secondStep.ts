import { parseRecoveryCode } from '../../../shared/workspace/recoveryCode.ts';
import type { Request } from '../../runtime/route.ts';
import { setSecondStep } from '../../services/authenticator.ts';
import { enqueueMail } from '../../services/mailQueue.ts';
import { findUser } from '../../services/users.ts';
import { isRecoveryCode, putRecoveryCodes } from '../../table/account.ts';
import { membershipsOf } from '../../table/entry.ts';
import { tenantTable } from '../../table/tenantTable.ts';
import { findMember } from '../findMember.ts';
import { localeOf } from '../mailLocale.ts';
import { secondStepMail, type SecondStepEvent } from '../mailWords.ts';
import { changeEverywhere } from './account.ts';
import { noteEverywhere } from './traces.ts';

type At = Pick<Request, 'db' | 'now' | 'requestId'> & Partial<Pick<Request, 'address' | 'headers'>>;

/**
 * Asks for a code from now on. The codes that open without it stand before it is asked for, or a cut between the two
 * would lock its owner out for good.
 */
export async function turnOn(at: At, subject: string, recoveryCodes: readonly string[]): Promise<void> {
  await putRecoveryCodes(at.db, subject, recoveryCodes);
  await setSecondStep(subject, true);
  await changeEverywhere(at, subject, ({ twoStepSince }) => (twoStepSince === undefined ? { twoStepSince: at.now } : undefined));
  await noteEverywhere(at, subject, { kind: 'twoStep', event: 'on' });
  await tell(at, subject, 'on');
}

/** Asks for no code any more. The recovery codes go last: as long as they stand, asking again finishes what was cut off. */
export async function turnOff(at: At, subject: string, why: 'off' | 'recovered'): Promise<void> {
  await takeAway(at, subject);
  await noteEverywhere(at, subject, { kind: 'twoStep', event: why });
  await tell(at, subject, why);
  await putRecoveryCodes(at.db, subject, []);
}

/** The part of it that makes the difference. */
async function takeAway(at: At, subject: string): Promise<void> {
  await setSecondStep(subject, false);
  await changeEverywhere(at, subject, ({ twoStepSince }) => (twoStepSince === undefined ? undefined : { twoStepSince: null }));
}

/**
 * The same by an administrator, for one who has lost his app and his codes too.
 * @param told  writes it into the log, where it is no doing of its owner
 */
export async function resetSecondStep(at: At, subject: string, told: () => Promise<void>): Promise<void> {
  await takeAway(at, subject);
  await told();
  await tell(at, subject, 'reset');
  await putRecoveryCodes(at.db, subject, []);
}

/** Takes the second step away for a code that its owner kept for this. @returns false for a code that opens nothing */
export async function recoverAccount(at: At, subject: string, typed: string): Promise<boolean> {
  const code = parseRecoveryCode(typed);
  if (code === undefined || !(await isRecoveryCode(at.db, subject, code))) return false;
  await turnOff(at, subject, 'recovered');
  return true;
}

/** Tells a person by mail what became of his second step: when it was not he, this is how he learns it. */
async function tell({ db, now, requestId, headers }: At, subject: string, event: SecondStepEvent): Promise<void> {
  const user = await findUser(subject);
  const [home] = await membershipsOf(db, subject);
  if (!user || !home) return;
  const member = await findMember(tenantTable(db, home.tenant), home.memberId);
  await enqueueMail({
    tenant: home.tenant,
    key: `second-step-${event}-${requestId}`.replace(/[^\w-]/g, '-').slice(0, 200),
    to: { email: user.email },
    mail: secondStepMail({ locale: localeOf(member, headers && { headers }), email: user.email, event }),
    at: now,
  });
}
