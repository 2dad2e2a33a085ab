import type { Rights } from '../../shared/kernel/access.ts';
import { toInstant, toMs } from '../../shared/kernel/dates.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import {
  DIGEST_PERIODS,
  isDigestReader,
  nextDigestAt,
  zoneOf,
  type DigestPeriod,
  type Reader,
} from '../../shared/insight/digestReaders.ts';
import { readDirectory, type Directory } from '../runtime/directory.ts';
import type { Database } from '../table/database.ts';
import { armDue, disarmDue, type DueWork } from '../table/dueWork.ts';
import type { TenantTable } from '../table/tenantTable.ts';
import type { Change } from './follow.ts';

/**
 * Keeps one morning, and one Monday's, armed for every reader of digests when what decides about it has changed. Who reads, and in which
 * zone, is taken from the records as they stand now: a late or repeated event arms nothing that is no longer so.
 */
export async function armDigests(db: Database, table: TenantTable, changes: readonly Change[]): Promise<void> {
  const deciding = changes.filter(({ type }) => type === 'member' || type === 'role' || type === 'workspace');
  if (!deciding.length) return;
  const now = deciding.at(-1)!.at;
  // A scope of its own: what another batch has read may be older than this change.
  const directory = await readDirectory({}, table, now);
  for (const id of affected(deciding, directory)) {
    for (const period of DIGEST_PERIODS) {
      const work = digestWork(table.tenant, directory, id, now, period);
      const former = formerMornings(deciding, directory, id, now, period).filter((at) => at !== work?.at);
      if (work) await armDue(db, work);
      for (const at of former) await disarmDue(db, { tenant: table.tenant, id: digestSubject(id, period), kind: 'digest', at });
    }
  }
}

const WEEK_MS = 7 * 86_400_000;

/** The next time that the counters of a workspace are held against its history. */
export const comparisonWork = (tenant: string, now: Instant): DueWork => ({
  tenant,
  id: 'counters',
  kind: 'compare',
  at: toInstant(toMs(now) + WEEK_MS),
});

/** A new workspace has its counters compared every week; one whose days begin at another time has them counted anew. */
export async function armCounting(db: Database, { tenant }: TenantTable, changes: readonly Change[]): Promise<void> {
  for (const { type, at, before, after } of changes) {
    if (type !== 'workspace' || !after) continue;
    if (!before) await armDue(db, comparisonWork(tenant, at));
    else if (dataOf(before)?.['zone'] !== dataOf(after)?.['zone']) await armDue(db, { tenant, id: 'zone', kind: 'recount', at });
  }
}

const WEEKLY = '.week';
/** What due work is called by: a member's days and his weeks are apart, for their mornings may be one. */
const digestSubject = (memberId: string, period: DigestPeriod): string => (period === 'week' ? memberId + WEEKLY : memberId);
/** Whose digest, of what, a piece of due work is. */
export const digestOf = (subject: string): { readonly memberId: string; readonly period: DigestPeriod } =>
  subject.endsWith(WEEKLY) ? { memberId: subject.slice(0, -WEEKLY.length), period: 'week' } : { memberId: subject, period: 'day' };

/** The next morning of a member's digest; undefined when he gets none. */
export function digestWork(
  tenant: string,
  directory: Directory,
  id: string,
  now: Instant,
  period: DigestPeriod = 'day',
): DueWork | undefined {
  const member = directory.members.get(id);
  const rights = directory.roles.get(String(member?.['roleId']))?.['rights'] as Rights | undefined;
  if (!member || !isDigestReader(member, rights, period)) return undefined;
  const at = nextDigestAt(now, zoneOf(member, directory.workspace), period);
  return { tenant, id: digestSubject(id, period), kind: 'digest', at };
}

const dataOf = (item: Change['before']): Reader | undefined => item?.['data'] as Reader | undefined;

function affected(changes: readonly Change[], { members }: Directory): Set<string> {
  const roles = new Set(changes.filter(({ type }) => type === 'role').map(({ id }) => id));
  const zoneMoved = changes.some(({ type, before, after }) => type === 'workspace' && dataOf(before)?.['zone'] !== dataOf(after)?.['zone']);
  return new Set([
    ...changes.filter(({ type }) => type === 'member').map(({ id }) => id),
    ...[...members.values()].filter(({ roleId, zone }) => roles.has(String(roleId)) || (zoneMoved && !zone)).map(({ id }) => id),
  ]);
}

/** Mornings that earlier states of member and workspace had armed. One that slips through finds its digest made. */
function formerMornings(changes: readonly Change[], directory: Directory, id: string, now: Instant, period: DigestPeriod): Instant[] {
  const imagesOf = (wanted: (change: Change) => boolean) =>
    changes.filter(wanted).flatMap(({ before, after }) => [dataOf(before), dataOf(after)].filter((data) => data !== undefined));
  const members = [directory.members.get(id), ...imagesOf((change) => change.id === id)].filter((each) => each !== undefined);
  const homes = [directory.workspace, ...imagesOf(({ type }) => type === 'workspace')];
  return [...new Set(members.flatMap((member) => homes.map((home) => nextDigestAt(now, zoneOf(member, home), period))))];
}
