import { toMs } from '../../../shared/kernel/dates.ts';
import { makeId } from '../../../shared/kernel/ids.ts';
import type { AuditRow } from '../../../shared/workspace/audit.ts';
import { deviceOf } from '../../../shared/workspace/device.ts';
import { noteAudit } from '../../records/audit.ts';
import type { Request } from '../../runtime/route.ts';
import { type AccessTokens, findUser } from '../../services/users.ts';
import { type Membership, membershipsOf } from '../../table/entry.ts';
import { signInKey } from '../../table/keys.ts';
import { putSession } from '../../table/sessions.ts';
import { tenantTable } from '../../table/tenantTable.ts';
import { findMember } from '../findMember.ts';
import { NO_WORKSPACE } from './account.ts';
import { KEPT_SECONDS } from './answers.ts';

type At = Pick<Request, 'db' | 'now' | 'requestId'> & Partial<Pick<Request, 'address' | 'headers'>>;
type Told = Pick<AuditRow, 'kind' | 'event'> & Partial<Pick<AuditRow, 'by' | 'on'>>;

/** A person's workspaces, and which of them are open to him. */
export async function workspacesOf(
  { db }: Pick<Request, 'db'>,
  subject: string,
): Promise<{ all: readonly Membership[]; open: readonly Membership[] }> {
  const all = await membershipsOf(db, subject);
  const members = await Promise.all(all.map(({ tenant, memberId }) => findMember(tenantTable(db, tenant), memberId)));
  return { all, open: all.filter((_, i) => members[i]?.['status'] === 'active') };
}

/** Writes it into the log of every workspace that is open to the person: a sign-in opens all of them. */
export async function noteEverywhere(at: At, subject: string, told: Told): Promise<void> {
  const { open } = await workspacesOf(at, subject);
  await Promise.all(open.map((place) => note(at, place, told)));
}

function note(
  { db, now, requestId, address, headers }: At,
  { tenant, memberId }: Membership,
  told: Told,
  keepDays?: number,
): Promise<void> {
  const from = { ...(address === undefined ? {} : { address }), ...(headers ? { device: deviceOf(headers['user-agent']) } : {}) };
  const entry = { at: now, by: memberId, ...told, ...from };
  return noteAudit(tenantTable(db, tenant), entry, requestId, keepDays === undefined ? {} : { keepDays });
}

/** A session has begun: its row, the member's last sign-in, and the log of each workspace. */
export async function noteSignIn(
  request: Request,
  { subject, sessionId }: AccessTokens,
  event: 'signedIn' | 'joined' = 'signedIn',
): Promise<void> {
  const { db, now, address, headers } = request;
  const row = { id: sessionId, startedAt: now, usedAt: now, address, device: deviceOf(headers['user-agent']) };
  await putSession(db, subject, row, Math.floor(toMs(now) / 1000) + KEPT_SECONDS);
  const { open } = await workspacesOf(request, subject);
  await Promise.all(
    open.flatMap((place) => [
      tenantTable(db, place.tenant).update({ update: signInKey(place.memberId), set: { at: now, address }, add: { times: 1 } }),
      note(request, place, { kind: 'signIn', event }),
    ]),
  );
}

/** Of whom nothing is known: the same steps lead nowhere, so that their time does not tell who has an account. */
const STRANGER: Membership = { tenant: NO_WORKSPACE, memberId: '-' };

/** Somebody was turned away at the door of an address. Of strangers nothing is kept that anybody could read. */
export async function noteRefusal(request: Request, email: string): Promise<void> {
  const user = await findUser(email);
  const { open } = await workspacesOf(request, user?.subject ?? makeId('none', toMs(request.now), new Uint8Array(10)));
  if (!open.length) await findMember(tenantTable(request.db, STRANGER.tenant), STRANGER.memberId);
  const told = { kind: 'signIn', event: 'refused' } as const;
  await Promise.all((open.length ? open : [STRANGER]).map((place) => note(request, place, told, open.length ? undefined : 1)));
}
