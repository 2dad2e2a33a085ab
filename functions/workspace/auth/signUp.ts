import { createHash, randomBytes } from 'node:crypto';
import { toMs } from '../../../shared/kernel/dates.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import { makeId } from '../../../shared/kernel/ids.ts';
import { planWorkspace } from '../../../shared/workspace/newWorkspace.ts';
import { commitPlan } from '../../records/operations.ts';
import { env } from '../../runtime/env.ts';
import type { Request } from '../../runtime/route.ts';
import { systemContext } from '../../runtime/systemContext.ts';
import { claimDoor, findDoor, putDoor, putMembership, type Door } from '../../table/entry.ts';
import { withHold } from '../../table/hold.ts';
import { recordKey } from '../../table/keys.ts';
import { tenantTable } from '../../table/tenantTable.ts';
import { spendAttempt } from './budgets.ts';
import { enterAccount, openAccount, type Proof, type SignedIn } from './enterAccount.ts';
import { assertPassword, type Body } from './requests.ts';

const settings = env('SIGN_UP');

/** Leads to the first workspace of the deployment: where sign-up is not open, the only one that a stranger may make. */
const FIRST = ['first', 'workspace'] as const;

const closed = (): AppError => new AppError('auth.closed', { status: 403 });

/**
 * A person and his workspace. Every step may be cut off and is found again when the same person asks again: the account
 * by its address, the workspace by its owner and name, everything in it by ids made of both.
 * @throws AppError auth.closed (403), auth.credentials (401), input.invalid (422), budget.spent, request.busy (429)
 */
export async function signUp(request: Request, body: Body<'signUp'>): Promise<SignedIn> {
  await spendAttempt(request, 'signUpFromAddress');
  await spendAttempt(request, 'signUpOfAccount', body.email);
  assertPassword(body.password);
  const mode = settings().SIGN_UP;
  if (mode === 'open') return found(request, body, await openAccount(request, proofOf(body)));
  if (await hasWorkspace(request)) return signUpAgain(request, body, mode);
  // One at a time, so that of two strangers at a new deployment only one becomes its owner.
  return withHold(request.db, FIRST.join('|'), request.now, async () =>
    (await hasWorkspace(request)) ? signUpAgain(request, body, mode) : found(request, body, await openAccount(request, proofOf(body))),
  );
}

/**
 * Where strangers are not let in: under `invite` whoever has an account may have a further workspace, under `closed`
 * only the answer of the sign-up that made the first one is given again. A wrong password and no account look alike.
 */
async function signUpAgain(request: Request, body: Body<'signUp'>, mode: 'invite' | 'closed'): Promise<SignedIn> {
  const account = await enterAccount(request, proofOf(body)).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'auth.credentials' ? closed() : error;
  });
  if (mode === 'closed') {
    const [first, own] = await Promise.all([
      findDoor(request.db, ...FIRST, { consistent: true }),
      findDoor(request.db, 'signUp', receiptOf(account, body), { consistent: true }),
    ]);
    if (!own || own.tenant !== first?.tenant) throw closed();
  }
  return found(request, body, account);
}

/** A reservation counts once its workspace stands; one that was cut off before is the next one's to replace. */
async function hasWorkspace({ db }: Request): Promise<boolean> {
  const first = await findDoor(db, ...FIRST, { consistent: true });
  return (
    first !== undefined &&
    (await tenantTable(db, first.tenant).get(recordKey('workspace', first.tenant), { consistent: true })) !== undefined
  );
}

async function found(request: Request, body: Body<'signUp'>, account: SignedIn): Promise<SignedIn> {
  const { db, requestId } = request;
  const { tenant, target: now } = await reserve(request, receiptOf(account, body));
  // Named before it is made: a try cut off in between leaves a reservation without a workspace, never the reverse.
  if (!(await hasWorkspace(request))) await putDoor(db, ...FIRST, { tenant, target: '' });
  const table = tenantTable(db, tenant);
  const idOf = (prefix: string, part: string): string =>
    makeId(prefix, toMs(now), createHash('sha256').update(`${tenant}|${part}`).digest());
  if (!(await table.get(recordKey('workspace', tenant), { consistent: true }))) {
    const { email, name, workspaceName, locale, zone } = body;
    const owner = { name, email, subject: account.subject };
    const plan = planWorkspace({ tenant, name: workspaceName, locale, zone, owner, idOf });
    await commitPlan(systemContext(table, { now, requestId }), plan);
  }
  await putMembership(db, account.subject, { tenant, memberId: idOf('mem', 'owner') });
  return account;
}

const proofOf = ({ email, password, code }: Body<'signUp'>): Proof => ({ email, password, code });

const receiptOf = ({ subject }: SignedIn, { workspaceName }: Body<'signUp'>): string => `${subject}|${workspaceName}`;

/** The tenant of this person's workspace of this name, and when it was first asked for. */
async function reserve({ db, now }: Request, receipt: string): Promise<Door> {
  const known = await findDoor(db, 'signUp', receipt, { consistent: true });
  if (known) return known;
  const mine = { tenant: makeId('wsp', toMs(now), randomBytes(10)), target: now };
  if (await claimDoor(db, 'signUp', receipt, mine)) return mine;
  return (await findDoor(db, 'signUp', receipt, { consistent: true }))!;
}
