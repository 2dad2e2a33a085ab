import { randomUUID } from 'node:crypto';
import { toMs } from '../../../shared/kernel/dates.ts';
import { env } from '../../runtime/env.ts';
import type { Answer, Request } from '../../runtime/route.ts';
import { enqueueMail } from '../../services/mailQueue.ts';
import { findUser, setPassword } from '../../services/users.ts';
import { findDoor, membershipsOf, putDoor, takeDoor } from '../../table/entry.ts';
import { withHold } from '../../table/hold.ts';
import { tenantTable } from '../../table/tenantTable.ts';
import { findMember } from '../findMember.ts';
import { newToken, tokenName } from '../linkToken.ts';
import { localeOf } from '../mailLocale.ts';
import { resetMail } from '../mailWords.ts';
import { endSessions, NO_WORKSPACE } from './account.ts';
import { deadLink, signedOut } from './answers.ts';
import { spendAttempt, takeAttempt } from './budgets.ts';
import { assertPassword, type Body, weakPassword } from './requests.ts';

const settings = env('PUBLIC_URL');
const VALID_SECONDS = 3600;

/**
 * Mails a link to set a new password. Whether the address has an account is told neither by the answer nor by its time:
 * for a stranger the same steps are taken, and lead nowhere.
 * @throws AppError budget.spent (429) for the caller's own address alone
 */
export async function forgot(request: Request, { email }: Body<'forgot'>): Promise<Answer> {
  const { db, now } = request;
  await spendAttempt(request, 'forgotFromAddress');
  const answer: Answer = { status: 202, body: {} };
  // Silence: an answer of its own would let anybody ask whether somebody else has asked.
  if (await takeAttempt(request, 'forgotOfAccount', email)) return answer;
  const user = await findUser(email);
  const [home] = await membershipsOf(db, user?.subject ?? randomUUID());
  const tenant = home?.tenant ?? NO_WORKSPACE;
  const member = await findMember(tenantTable(db, tenant), home?.memberId ?? '-');
  const token = newToken();
  await putDoor(db, 'reset', token, { tenant, target: user?.subject ?? '', expiresAt: Math.floor(toMs(now) / 1000) + VALID_SECONDS });
  const link = `${settings().PUBLIC_URL}/reset#${token}`;
  await enqueueMail({
    tenant,
    key: `reset-${tokenName(token)}`,
    to: user ? { email: user.email } : 'nobody',
    mail: resetMail({ locale: localeOf(member, request), email, link }),
    at: now,
  });
  return answer;
}

/**
 * Sets a new password by a mailed token and ends all sessions. The token goes last: cut off before, the same link works
 * once more; used at once by two, one is sent away.
 * @throws AppError auth.token (400), input.invalid (422) with the token still good, request.busy, budget.spent (429)
 */
export async function reset(request: Request, { token, password }: Body<'reset'>): Promise<Answer> {
  const { db, now } = request;
  await spendAttempt(request, 'tokenFromAddress');
  assertPassword(password);
  return withHold(db, `reset|${token}`, now, async () => {
    const door = await findDoor(db, 'reset', token, { consistent: true });
    if (!door?.target || !(toMs(now) / 1000 < door.expiresAt!)) throw deadLink();
    const set = await setPassword(door.target, password);
    if (set === 'unknown') throw deadLink();
    if (set === 'weak') throw weakPassword();
    await endSessions(request, door.target);
    await takeDoor(db, 'reset', token);
    return signedOut();
  });
}
