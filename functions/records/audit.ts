import { createHash } from 'node:crypto';
import { toMs } from '../../shared/kernel/dates.ts';
import { makeId } from '../../shared/kernel/ids.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { AUDIT_DAYS, type AuditRow } from '../../shared/workspace/audit.ts';
import { auditKey, byType } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';

/** The list in which all rows of the log stand by time, whatever item they are. */
export const AUDIT_LIST = byType('audit');
const DAY_SECONDS = 86_400;

/** Where a row stands in the log. The same seed is the same place, so that what is told twice stands once. */
export const auditPlace = (at: Instant, seed: string): { id: string; tp: string } => ({
  id: makeId('aud', toMs(at), createHash('sha256').update(seed).digest()),
  tp: AUDIT_LIST,
});

/**
 * Writes a row of the log. Changes of members, roles and of all that governs a workspace need none: their versions
 * stand in the log themselves (`follow.ts`).
 * @param seed  names its cause; repeated, it is one row
 * @param options.keepDays  of what nobody reads
 */
export async function noteAudit(
  table: TenantTable,
  entry: Omit<AuditRow, 'id'>,
  seed: string,
  { keepDays = AUDIT_DAYS } = {},
): Promise<void> {
  const { id, tp } = auditPlace(entry.at, `${seed}|${entry.kind}|${entry.event}|${entry.by}`);
  const expiresAt = Math.floor(toMs(entry.at) / 1000) + keepDays * DAY_SECONDS;
  await table.put({ ...auditKey(id), id, tp, entry, expiresAt });
}
