import { reachOf, type Rights } from '../kernel/access.ts';
import { addDays, daysBetween, isZone, localDay, localInstant, nextLocalTime, toMs } from '../kernel/dates.ts';
import type { Day, Instant, Locale } from '../kernel/types.ts';
import { lead } from '../leads/lead.ts';
import { digest } from './digest.ts';

/** A member's record: of it, status, his wishes, zone and language decide about his digest. */
export type Reader = Readonly<Record<string, unknown>>;
/** His workspace's: its zone and language stand in where he has none of his own. */
export type Home = Reader | undefined;

const DIGEST_TIME = '08:00';
const INSIGHT = { access: { group: 'insight' } } as const;

/** How often a digest comes. */
export const DIGEST_PERIODS = ['day', 'week'] as const;
export type DigestPeriod = (typeof DIGEST_PERIODS)[number];
/** What of a member's record says whether he wants it. */
export const WISHES = { day: 'digestDaily', week: 'digestWeekly' } as const satisfies Record<DigestPeriod, string>;

/**
 * Whether a member gets the digest of each day, or week: by his own wish, else if he leads people, which is whoever may
 * hand leads to others. Nobody gets one who may not read reports or digests at all.
 */
export function isDigestReader(member: Reader, rights: Rights | undefined, period: DigestPeriod = 'day'): boolean {
  const { status } = member;
  const wish = member[WISHES[period]];
  if (status !== 'active' || !rights || wish === false) return false;
  if ([INSIGHT, digest].some((type) => reachOf({ rights }, 'read', type) === 'none')) return false;
  return wish === true || !['none', 'own'].includes(reachOf({ rights }, 'assign', lead));
}

export function zoneOf(member: Reader, home: Home): string {
  return [member['zone'], home?.['zone']].find((zone): zone is string => typeof zone === 'string' && isZone(zone)) ?? 'UTC';
}
export const localeOf = (member: Reader, home: Home): Locale => ((member['language'] ?? home?.['language']) === 'zh-CN' ? 'zh-CN' : 'en');

/** When the next digest after a moment is due, in a zone: each morning, or each Monday's. */
export function nextDigestAt(after: Instant, zone: string, period: DigestPeriod = 'day'): Instant {
  let at = nextLocalTime(after, DIGEST_TIME, zone);
  while (period === 'week' && !isMonday(localDay(at, zone))) at = nextLocalTime(at, DIGEST_TIME, zone);
  return at;
}

/** 5 January 1970 was a Monday. */
const isMonday = (day: Day): boolean => daysBetween('1970-01-05', day) % 7 === 0;

/**
 * The digest that is due by now: the last of its mornings that has come, and the day before it, with which what it reports
 * ends.
 */
export function dueDigest(now: Instant, zone: string, period: DigestPeriod = 'day'): { readonly plannedAt: Instant; readonly day: Day } {
  for (let morning = localDay(now, zone); ; morning = addDays(morning, -1)) {
    const plannedAt = localInstant(morning, DIGEST_TIME, zone);
    if (toMs(plannedAt) <= toMs(now) && (period === 'day' || isMonday(morning))) return { plannedAt, day: addDays(morning, -1) };
  }
}

const MOST_DAYS = 7;
const DAY_MS = 86_400_000;

/** Of what a digest tells: moments with the end excluded, and the days that they are in the reader's zone. */
interface Span {
  readonly since: Instant;
  readonly until: Instant;
  readonly from: Day;
  readonly to: Day;
}

/** What the digest of a week counts: Monday to Sunday on the reader's clock. A week whose morning was missed is in no other. */
export function spanOfWeek(sunday: Day, zone: string): Span {
  const from = addDays(sunday, -6);
  return { since: localInstant(from, '00:00', zone), until: localInstant(addDays(sunday, 1), '00:00', zone), from, to: sunday };
}

/**
 * What the digest of a day counts: from where the reader's last one ended, so that neither an outage nor a move to another zone
 * loses or doubles an event, up to the end of its day. After a longer silence, its day alone.
 * @param lastUntil  end of the reader's last digest
 * @returns undefined when there is nothing new to tell
 */
export function spanOfDigest(day: Day, zone: string, lastUntil: Instant | undefined): Span | undefined {
  const start = localInstant(day, '00:00', zone);
  const until = localInstant(addDays(day, 1), '00:00', zone);
  if (lastUntil !== undefined && toMs(lastUntil) >= toMs(until)) return undefined;
  const since = lastUntil !== undefined && toMs(until) - toMs(lastUntil) <= MOST_DAYS * DAY_MS ? lastUntil : start;
  return { since, until, from: localDay(since, zone), to: day };
}
