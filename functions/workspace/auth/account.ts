import { toMs } from '../../../shared/kernel/dates.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import type { Instant } from '../../../shared/kernel/types.ts';
import { commitPlan } from '../../records/operations.ts';
import type { Request } from '../../runtime/route.ts';
import { systemContext } from '../../runtime/systemContext.ts';
import { signOutEverywhere } from '../../services/users.ts';
import { membershipsOf } from '../../table/entry.ts';
import { endSessionsBefore } from '../../table/sessions.ts';
import { tenantTable, type TenantTable } from '../../table/tenantTable.ts';
import { findMember } from '../findMember.ts';

const MOST_TRIES = 4;
/** Where that stands which belongs to no workspace (yet). No workspace has such an id. */
export const NO_WORKSPACE = '-';

type At = Pick<Request, 'db' | 'now' | 'requestId'>;

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

/** The same of a person in every workspace that he is a member of. */
export async function changeEverywhere(at: At, subject: string, change: (member: AnyRecord) => Values | undefined): Promise<void> {
  for (const { tenant, memberId } of await membershipsOf(at.db, subject))
    await changeMember(tenantTable(at.db, tenant), memberId, at, change);
}

/** Ends every session of a person in every workspace; access tokens already given die by the members' `sessionsFrom`. */
export async function endSessions(at: At, subject: string): Promise<void> {
  await signOutEverywhere(subject);
  await endSessionsBefore(at.db, subject, at.now);
  await changeEverywhere(at, subject, ({ sessionsFrom }) =>
    sessionsFrom !== undefined && toMs(String(sessionsFrom)) >= toMs(at.now) ? undefined : { sessionsFrom: at.now },
  );
}
