import { reachOf, type Rights } from '../kernel/access.ts';
import { isZone, localInstant, localDay, addDays, nextLocalTime, toMs } from '../kernel/dates.ts';
import type { Day, Instant, Locale } from '../kernel/types.ts';
import { lead } from '../leads/lead.ts';
import { digest } from './digest.ts';

/** A member's record: of it, status, digestDaily, zone and language decide about his digest. */
export type Reader = Readonly<Record<string, unknown>>;
/** His workspace's: its zone and language stand in where he has none of his own. */
export type Home = Reader | undefined;

const DIGEST_TIME = '08:00';
const INSIGHT = { access: { group: 'insight' } } as const;

/**
 * Whether a member gets the daily digest: by his own wish, else if he leads people, which is whoever may hand leads to
 * others. Nobody gets one who may not read reports or digests at all.
 */
export function isDigestReader(member: Reader, rights: Rights | undefined): boolean {
  const { status, digestDaily } = member;
  if (status !== 'active' || !rights || digestDaily === false) return false;
  if ([INSIGHT, digest].some((type) => reachOf({ rights }, 'read', type) === 'none')) return false;
  return digestDaily === true || !['none', 'own'].includes(reachOf({ rights }, 'assign', lead));
}

export function zoneOf(member: Reader, home: Home): string {
  return [member['zone'], home?.['zone']].find((zone): zone is string => typeof zone === 'string' && isZone(zone)) ?? 'UTC';
}
export const localeOf = (member: Reader, home: Home): Locale => ((member['language'] ?? home?.['language']) === 'zh-CN' ? 'zh-CN' : 'en');

/** When the next digest after a moment is due, in a zone. */
export const nextDigestAt = (after: Instant, zone: string): Instant => nextLocalTime(after, DIGEST_TIME, zone);

/** The digest that is due by now: the last morning that has come, and the day before it, which it reports. */
export function dueDigest(now: Instant, zone: string): { readonly plannedAt: Instant; readonly day: Day } {
  const today = localDay(now, zone);
  const mornings = [today, addDays(today, -1), addDays(today, -2)].map((morning) => ({
    plannedAt: localInstant(morning, DIGEST_TIME, zone),
    day: addDays(morning, -1),
  }));
  return mornings.find(({ plannedAt }) => toMs(plannedAt) <= toMs(now))!;
}

const MOST_DAYS = 7;
const DAY_MS = 86_400_000;

/**
 * What a digest counts: from where the reader's last one ended, so that neither an outage nor a move to another zone
 * loses or doubles an event, up to the end of its day. After a longer silence, its day alone.
 * @param lastUntil  end of the reader's last digest
 * @returns undefined when there is nothing new to tell
 */
export function spanOfDigest(
  day: Day,
  zone: string,
  lastUntil: Instant | undefined,
): { readonly since: Instant; readonly until: Instant; readonly from: Day; readonly to: Day } | undefined {
  const start = localInstant(day, '00:00', zone);
  const until = localInstant(addDays(day, 1), '00:00', zone);
  if (lastUntil !== undefined && toMs(lastUntil) >= toMs(until)) return undefined;
  const since = lastUntil !== undefined && toMs(until) - toMs(lastUntil) <= MOST_DAYS * DAY_MS ? lastUntil : start;
  return { since, until, from: localDay(since, zone), to: day };
}
