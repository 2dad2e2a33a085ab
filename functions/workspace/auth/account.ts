import { toMs } from '../../../shared/kernel/dates.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import type { Instant } from '../../../shared/kernel/types.ts';
import { commitPlan } from '../../records/operations.ts';
import type { Request } from '../../runtime/route.ts';
import { systemContext } from '../../runtime/systemContext.ts';
import { createUser, setPassword, signIn, signOutEverywhere, type SignIn } from '../../services/users.ts';
import { membershipsOf } from '../../table/entry.ts';
import { withHold } from '../../table/hold.ts';
import { tenantTable, type TenantTable } from '../../table/tenantTable.ts';
import { findMember } from '../findMember.ts';
import { wrongCredentials } from './answers.ts';
import { assertPassword, weakPassword } from './requests.ts';

export type SignedIn = Extract<SignIn, { outcome: 'signedIn' }>;

/** @throws AppError auth.credentials (401) */
export async function enterAccount(email: string, password: string): Promise<SignedIn> {
  const result = await signIn(email, password);
  if (result.outcome !== 'signedIn') throw wrongCredentials();
  return result;
}

/**
 * Enters the account of an address; where there is none yet, it is made with this password. One caller at a time, so
 * that two who want the same address cannot end in one account with the password of the other.
 * @throws AppError auth.credentials (401) when the account has another password; input.invalid (422); request.busy (429)
 */
export function openAccount({ db, now }: Pick<Request, 'db' | 'now'>, email: string, password: string): Promise<SignedIn> {
  return withHold(db, `account|${email}`, now, async () => {
    const { outcome, subject } = await createUser(email);
    if (outcome !== 'exists') {
      assertPassword(password);
      if ((await setPassword(subject, password)) !== 'set') throw weakPassword();
    }
    return enterAccount(email, password);
  });
}

const MOST_TRIES = 4;

/** Changes a member in the product's own name, whatever version stands there. Without a change to make, or a member, it does nothing. */
export async function changeMember(
  table: TenantTable,
  id: string,
  { now, requestId }: { now: Instant; requestId: string },
  change: (member: AnyRecord) => Values | undefined,
): Promise<void> {
  for (let round = 1; ; round++) {
    const member = await findMember(table, id);
    const values = member && change(member);
    if (!values) return;
    try {
      const ctx = systemContext(table, { now, requestId });
      await commitPlan(ctx, { writes: [{ op: 'update', type: 'member', id, version: member.version, change: values }] });
      return;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'record.stale' || round === MOST_TRIES) throw error;
    }
  }
}

/** Ends every session of a person in every workspace; access tokens already given die by the members' `sessionsFrom`. */
export async function endSessions({ db, now, requestId }: Pick<Request, 'db' | 'now' | 'requestId'>, subject: string): Promise<void> {
  await signOutEverywhere(subject);
  for (const { tenant, memberId } of await membershipsOf(db, subject)) {
    await changeMember(tenantTable(db, tenant), memberId, { now, requestId }, ({ sessionsFrom }) =>
      sessionsFrom !== undefined && toMs(String(sessionsFrom)) >= toMs(now) ? undefined : { sessionsFrom: now },
    );
  }
}

/** Whether some workspace is open to him; a person who belongs to none yet may be on his way into one. */
export async function mayEnter({ db }: Pick<Request, 'db'>, subject: string): Promise<boolean> {
  const memberships = await membershipsOf(db, subject);
  const members = await Promise.all(memberships.map(({ tenant, memberId }) => findMember(tenantTable(db, tenant), memberId)));
  return members.length === 0 || members.some((member) => member?.['status'] === 'active');
}
