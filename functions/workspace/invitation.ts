import { createHmac } from 'node:crypto';
import { toMs } from '../../shared/kernel/dates.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import type { Context } from '../records/context.ts';
import { readDirectory } from '../runtime/directory.ts';
import { env } from '../runtime/env.ts';
import { enqueueMail } from '../services/mailQueue.ts';
import type { Database } from '../table/database.ts';
import { type Door, findDoor, putDoor, secretOf, takeDoor } from '../table/entry.ts';
import { invitationKey } from '../table/keys.ts';
import { tenantTable, type TenantTable } from '../table/tenantTable.ts';
import { tokenName } from './linkToken.ts';
import { localeOf } from './mailLocale.ts';
import { inviteMail } from './mailWords.ts';

const settings = env('PUBLIC_URL');
const VALID_SECONDS = 7 * 86_400;

/** Mails a link to join; links mailed before open nothing any more. */
export async function sendInvitation(db: Database, ctx: Context, invited: AnyRecord): Promise<void> {
  const { table, now } = ctx;
  const { members, workspace } = await readDirectory(db, table, now);
  const inviter = members.get(ctx.actor.memberId);
  const email = String(invited['email']);
  // Of the wish that it follows from: the repeat of a request whose answer was lost is the same link and the same mail.
  const token = createHmac('sha256', await secretOf(db, 'invite'))
    .update(`${table.tenant}|${invited.id}|${ctx.writeId}`)
    .digest('base64url');
  const expiresAt = Math.floor(toMs(now) / 1000) + VALID_SECONDS;
  await putDoor(db, 'invite', token, { tenant: table.tenant, target: invited.id, expiresAt });
  await table.put({ ...invitationKey(invited.id), name: tokenName(token), expiresAt });
  await enqueueMail({
    tenant: table.tenant,
    key: `invite-${tokenName(token)}`,
    to: { email },
    mail: inviteMail({
      locale: localeOf(invited['language'] === undefined ? workspace : invited),
      inviter: String(inviter?.['name'] ?? ''),
      workspace,
      site: settings().PUBLIC_URL,
      email,
      link: `${settings().PUBLIC_URL}/invite#${token}`,
    }),
    at: now,
  });
}

/** @returns where a token leads, if it is the member's newest and its time is not over */
export async function findInvitation(db: Database, token: string, now: Instant): Promise<Door | undefined> {
  const door = await findDoor(db, 'invite', token, { consistent: true });
  if (!door || !(toMs(now) / 1000 < door.expiresAt!)) return undefined;
  const newest = await tenantTable(db, door.tenant).get(invitationKey(door.target), { consistent: true });
  return newest?.['name'] === tokenName(token) ? door : undefined;
}

export async function endInvitation(db: Database, token: string): Promise<void> {
  await takeDoor(db, 'invite', token);
}

/** Whatever links were mailed to a member: they open nothing any more. */
export const withdrawInvitations = (table: TenantTable, memberId: string): Promise<void> =>
  table.writeMany([{ delete: invitationKey(memberId) }]);
