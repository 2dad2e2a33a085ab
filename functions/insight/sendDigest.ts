import { createHash } from 'node:crypto';
import { toMs } from '../../shared/kernel/dates.ts';
import { makeId } from '../../shared/kernel/ids.ts';
import type { Day, Instant } from '../../shared/kernel/types.ts';
import type { Digest } from '../../shared/insight/digest.ts';
import { dueDigest, localeOf, spanOfDigest, spanOfWeek, zoneOf, type DigestPeriod } from '../../shared/insight/digestReaders.ts';
import { definitionOf } from '../../shared/registry.ts';
import { digestOf, digestWork } from '../records/arming.ts';
import { commit } from '../records/commit.ts';
import { isRemoved, toRecord } from '../records/item.ts';
import { prepareCreate } from '../records/prepare.ts';
import { actorOf, readDirectory } from '../runtime/directory.ts';
import { systemContext } from '../runtime/systemContext.ts';
import { enqueueMail, type MailMessage } from '../services/mailQueue.ts';
import type { Database } from '../table/database.ts';
import { armDue } from '../table/dueWork.ts';
import { byOwner, recordKey } from '../table/keys.ts';
import { tenantTable, type TenantTable } from '../table/tenantTable.ts';
import { digestMail } from './digestMail.ts';
import { subjectOf } from './digestWords.ts';
import { gatherDigest } from './gatherDigest.ts';
import { unsubscribeUrl } from './unsubscribe.ts';

/** One reader whose morning has come, or his Monday. */
export interface DigestWork {
  readonly tenant: string;
  /** The reader and the period, as due work is called. */
  readonly id: string;
  readonly now: Instant;
}

/** The same for the same reader, period and last day of it, whoever makes it; sorts by day. */
function idOf(tenant: string, memberId: string, day: Day, period: DigestPeriod): string {
  const cause = [tenant, memberId, day, ...(period === 'day' ? [] : [period])].join('#');
  return makeId('dig', toMs(`${day}T00:00:00.000Z`), createHash('sha256').update(cause).digest().subarray(0, 10));
}

/**
 * Makes the digest of a reader's last day or week, keeps it and hands it to the mail queue; called again, it does what is
 * left to do. The next morning is armed before anything that may fail, so one bad day ends no row of mornings.
 */
export async function sendDigest(
  db: Database,
  { tenant, id: subject, now }: DigestWork,
  site: string,
  mail: (message: MailMessage) => Promise<void> = enqueueMail,
): Promise<void> {
  const { memberId, period } = digestOf(subject);
  const table = tenantTable(db, tenant);
  const directory = await readDirectory(db, table, now);
  const member = directory.members.get(memberId);
  const actor = actorOf(directory, memberId);
  const next = digestWork(tenant, directory, memberId, now, period);
  if (!member || !actor || !next) return;
  await armDue(db, next);
  const zone = zoneOf(member, directory.workspace);

  const { day, plannedAt } = dueDigest(now, zone, period);
  const id = idOf(tenant, memberId, day, period);
  const latest = await latestOf(table, memberId);
  const digest = latest.some((each) => each.id === id) ? await findDigest(table, id) : await makeDigest();
  if (!digest) return;
  const reader = {
    memberId,
    name: String(member['name']),
    locale: localeOf(member, directory.workspace),
    workspace: directory.workspace,
    shape: directory.shape,
    site,
  };
  const stopUrl = await unsubscribeUrl(db, site, { tenant, id: memberId, period });
  const words = digestMail(digest, reader);
  await mail({
    tenant,
    key: `digest-${id}`,
    to: { memberId },
    mail: { ...words, ...(stopUrl ? { unsubscribeUrl: stopUrl } : {}) },
    at: now,
  });

  async function makeDigest(): Promise<Digest | undefined> {
    const span = period === 'week' ? spanOfWeek(day, zone) : spanOfDigest(day, zone, latest.find((each) => each.period === 'day')?.until);
    if (!span) return undefined;
    const locale = localeOf(member!, directory.workspace);
    const contents = await gatherDigest(table, directory, actor!, span, locale);
    const { from, to, until } = span;
    const values = { from, to, until, subject: subjectOf({ ...span, period }, contents.people, locale), period, plannedAt, contents };
    const ctx = systemContext(table, { now, requestId: `digest-${period === 'day' ? '' : 'week-'}${day}` });
    // Made meanwhile by another delivery, perhaps from rows that have changed since: what is kept is what is mailed.
    const [kept] = await commit(ctx, [await prepareCreate(ctx, definitionOf('digest'), { id, ownerId: memberId, values })]);
    return kept as unknown as Digest;
  }
}

async function findDigest(table: TenantTable, id: string): Promise<Digest | undefined> {
  const item = await table.get(recordKey('digest', id), { consistent: true });
  return item && !isRemoved(item) ? (toRecord(definitionOf('digest'), item) as unknown as Digest) : undefined;
}

/**
 * The reader's last two digests: ids sort by the last day, so the last one of a day is among them, and beside it one of a
 * week that ended with it.
 */
async function latestOf(table: TenantTable, memberId: string): Promise<{ id: string; period: string; until: Instant }[]> {
  const { items } = await table.query({ index: 'byOwner', pk: byOwner('digest', memberId), newestFirst: true, limit: 2 });
  return items.map(({ id, summary }) => ({ id: String(id), ...(summary as { period: string; until: Instant }) }));
}
