import { createHmac, randomUUID } from 'node:crypto';
import { toMs } from '../../shared/kernel/dates.ts';
import { AppError } from '../../shared/kernel/errors.ts';
import { normaliseEmail } from '../../shared/kernel/fields/email.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import type { Database } from '../table/database.ts';
import { secretOf } from '../table/entry.ts';
import { ConditionFailed } from '../table/failures.ts';
import { ledgerKey } from '../table/keys.ts';
import type { Condition, TenantTable } from '../table/tenantTable.ts';

/**
 * What became of a mail. `pending`: being handed over right now, or its worker died at it. `waiting`: surely not handed
 * over, may be tried again. All others are final, but that a sent one may come back.
 */
type MailStatus =
  | 'pending'
  | 'waiting'
  | 'sent'
  | 'rejected'
  | 'suppressed'
  /** The reader is no active member any more. */
  | 'skipped'
  /** Nobody knows whether SES took it: not sent again. */
  | 'unknown'
  | 'bounced'
  | 'complained';

const DAY_SECONDS = 86_400;
const KEPT_DAYS = 180;
const MOST_TRIES = 5;
/** An address that does not exist today may exist in a quarter; who complained has said it once and for all. */
const BOUNCE_DAYS = 90;

const seconds = (at: Instant): number => Math.floor(toMs(at) / 1000);

const ifStatus = (...statuses: readonly MailStatus[]): Condition => ({
  expression: `#status IN (${statuses.map((_, i) => `:if${i}`).join(', ')})`,
  names: { '#status': 'status' },
  values: Object.fromEntries(statuses.map((status, i) => [`:if${i}`, status])),
});

/**
 * Takes the right to send the mail of a key; of all deliveries of all messages with that key, one gets it.
 * A delivery that finds it `pending` follows one that died at the worst moment, since a failed one leaves `waiting`: what
 * cannot be known is not sent twice, and is marked.
 */
export async function claimMail(table: TenantTable, key: string, at: Instant): Promise<boolean> {
  const claim = randomUUID();
  const orWaiting = { ...ifStatus('waiting'), expression: `attribute_not_exists(pk) OR ${ifStatus('waiting').expression}` };
  try {
    const expiresAt = seconds(at) + KEPT_DAYS * DAY_SECONDS;
    await insist(() => table.put({ ...ledgerKey(key), status: 'pending', at, claim, expiresAt }, orWaiting));
    return true;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    // Our own write, whose first answer was lost on the way.
    if (error.item?.['claim'] === claim) return true;
    if (error.item?.['status'] === 'pending') await settleMail(table, key, 'unknown', { reason: 'interrupted' });
    return false;
  }
}

/** Notes what became of a mail, unless something later stands there: an event may overtake the answer to the sending. */
export async function settleMail(
  table: TenantTable,
  key: string,
  status: MailStatus,
  more: { reason?: string; messageId?: string } = {},
): Promise<void> {
  const overtaken =
    status === 'bounced' || status === 'complained' ? (['pending', 'sent', 'unknown'] as const) : (['pending', 'unknown'] as const);
  await insist(() => table.update({ update: ledgerKey(key), set: { status, ...more }, if: ifStatus(...overtaken) })).catch(unlessFailed);
}

/** Writes that may be repeated are, for a while: a table that does not answer must leave no mail in doubt. */
async function insist<T>(write: () => Promise<T>): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'table.unavailable' || round >= MOST_TRIES) throw error;
    }
  }
}

const unlessFailed = (error: unknown): undefined => {
  if (!(error instanceof ConditionFailed)) throw error;
};

/** The suppression list of a workspace knows addresses by a keyed hash: it outlives their erasure and names nobody. */
async function suppressionKey(db: Database, address: string) {
  const hash = createHmac('sha256', await secretOf(db, 'suppression'))
    .update(normaliseEmail(address))
    .digest('base64url');
  return ledgerKey(`~${hash}`);
}

export async function suppress(
  db: Database,
  table: TenantTable,
  address: string,
  cause: 'bounced' | 'complained',
  at: Instant,
): Promise<void> {
  const expiresAt = cause === 'bounced' ? { expiresAt: seconds(at) + BOUNCE_DAYS * DAY_SECONDS } : {};
  // A bounce after a complaint must not give the complaint an end.
  const orBounce = { expression: 'attribute_not_exists(pk) OR #cause = :if', names: { '#cause': 'cause' }, values: { ':if': 'bounced' } };
  await table
    .put({ ...(await suppressionKey(db, address)), cause, at, ...expiresAt }, cause === 'bounced' ? orBounce : undefined)
    .catch(unlessFailed);
}

export async function isSuppressed(db: Database, table: TenantTable, address: string, at: Instant): Promise<boolean> {
  const entry = await table.get(await suppressionKey(db, address), { consistent: true });
  return entry !== undefined && !(Number(entry['expiresAt'] ?? Infinity) <= seconds(at));
}
