import { toInstant, toMs } from '../../../shared/kernel/dates.ts';
import { deviceOf } from '../../../shared/workspace/device.ts';
import type { Request } from '../../runtime/route.ts';
import type { AccessTokens } from '../../services/users.ts';
import { putSession, readSessions, type SessionRow, type Sessions, touchSession } from '../../table/sessions.ts';
import { KEPT_SECONDS } from './answers.ts';

export const hasEnded = ({ ended }: Sessions, { id, startedAt, endedAt }: Pick<SessionRow, 'id' | 'startedAt' | 'endedAt'>): boolean =>
  endedAt !== undefined || (ended !== undefined && id !== ended.kept && toMs(startedAt) <= toMs(ended.before));

const TOUCHED_MS = 3_600_000;

/**
 * Whether a session may go on; one that may is marked as used, once an hour. Of a session that began before there were
 * rows, or whose row was lost, a row is made.
 */
export async function isAlive(
  { db, now, address, headers }: Pick<Request, 'db' | 'now' | 'address' | 'headers'>,
  { subject, sessionId, signedInAt }: AccessTokens,
): Promise<boolean> {
  const sessions = await readSessions(db, subject);
  const row = sessions.rows.find(({ id }) => id === sessionId);
  const startedAt = row?.startedAt ?? toInstant(signedInAt * 1000);
  if (hasEnded(sessions, row ?? { id: sessionId, startedAt })) return false;
  const made = { id: sessionId, startedAt, usedAt: now, address, device: deviceOf(headers['user-agent']) };
  if (!row) await putSession(db, subject, made, signedInAt + KEPT_SECONDS);
  else if (toMs(now) - toMs(row.usedAt) >= TOUCHED_MS) await touchSession(db, subject, made);
  return true;
}
