import type { AnyRecord } from '../../../shared/kernel/record.ts';
import { brandOf } from '../../../shared/workspace/brand.ts';
import { readDirectory } from '../../runtime/directory.ts';
import type { Answer, Request } from '../../runtime/route.ts';
import { type AccessTokens, findUser } from '../../services/users.ts';
import { putMembership } from '../../table/entry.ts';
import { withHold } from '../../table/hold.ts';
import { tenantTable } from '../../table/tenantTable.ts';
import { findMember } from '../findMember.ts';
import { endInvitation, findInvitation } from '../invitation.ts';
import { changeMember } from './account.ts';
import { deadLink, type Signed, signed, wrongCredentials } from './answers.ts';
import { spendAttempt } from './budgets.ts';
import { openAccount } from './enterAccount.ts';
import type { Body } from './requests.ts';
import { currentSession } from './session.ts';
import { noteSignIn } from './traces.ts';

/**
 * Joins a workspace by a mailed link. The mail proves the address; the account of that address is made with the
 * password, or opened with it, or is the one this browser is signed in to. Cut off anywhere, the link works once more.
 * @throws AppError auth.token (400), auth.session, auth.credentials (401), input.invalid (422), request.busy, budget.spent (429)
 */
export async function acceptInvite(request: Request, { token, password, code, name }: Body<'acceptInvite'>): Promise<Answer> {
  const { db, now, requestId } = request;
  await spendAttempt(request, 'tokenFromAddress');
  return withHold(db, `invite|${token}`, now, async () => {
    const invitation = await findInvitation(db, token, now);
    if (!invitation) throw deadLink();
    const { tenant, target: memberId } = invitation;
    const table = tenantTable(db, tenant);
    const invited = await findMember(table, memberId);
    if (!invited || !['invited', 'active'].includes(String(invited['status']))) throw deadLink();
    const account = await accountFor(request, invited, { password, code });
    // Active already: a try that was cut off at its end, or somebody else's link.
    if (invited['status'] === 'active' && invited['subject'] !== account.subject) throw deadLink();
    const joined = { status: 'active', subject: account.subject, ...(account.twoStep ? { twoStepSince: now } : {}) };
    await putMembership(db, account.subject, { tenant, memberId });
    await changeMember(table, memberId, { now, requestId }, ({ status }) =>
      status === 'invited' ? { ...joined, ...(name === undefined ? {} : { name }) } : undefined,
    );
    await noteSignIn(request, account, 'joined');
    await endInvitation(db, token);
    return signed(account);
  });
}

/** Who invites, before anything is said or made. @throws AppError auth.token (400), budget.spent (429) */
export async function readInvite(request: Request, { token }: Body<'token'>): Promise<Answer> {
  const { db, now } = request;
  await spendAttempt(request, 'tokenFromAddress');
  const invitation = await findInvitation(db, token, now);
  if (!invitation) throw deadLink();
  const { workspace } = await readDirectory(db, tenantTable(db, invitation.tenant), now);
  return { status: 200, body: brandOf(workspace) };
}

type Account = Signed & AccessTokens & { readonly twoStep: boolean };

async function accountFor(
  request: Request,
  { email }: AnyRecord,
  { password, code }: Pick<Body<'acceptInvite'>, 'password' | 'code'>,
): Promise<Account> {
  if (password !== undefined) return openAccount(request, { email: String(email), password, code });
  const session = await currentSession(request);
  const user = await findUser(session.subject);
  if (!user || user.email !== email) throw wrongCredentials();
  return { ...session, twoStep: user.twoStep };
}
