import { localDay } from '../../shared/kernel/dates.ts';
import type { Day, Instant } from '../../shared/kernel/types.ts';

/** Where an item stands within its workspace. The prefix of the tenant is added by the tenant's table alone. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

const padded = (number: number, digits: number): string => String(number).padStart(digits, '0');
const recordPk = (type: string, id: string): string => `${type}#${id}`;

export const recordKey = (type: string, id: string): Key => ({ pk: recordPk(type, id), sk: 'A' });
/** The id of the record whose key that is; rows of `byDue` carry it nowhere else. */
export const idIn = (pk: string): string => pk.slice(pk.lastIndexOf('#') + 1);
export const derivedKey = (type: string, id: string): Key => ({ pk: recordPk(type, id), sk: 'D' });
export const versionKey = (type: string, id: string, version: number): Key => ({ pk: recordPk(type, id), sk: `V#${padded(version, 10)}` });
export const timelineKey = (type: string, id: string, at: Instant, rowId: string): Key => ({
  pk: recordPk(type, id),
  sk: `L#${at}#${rowId}`,
});

const PINS = 'L#~';
/** One of the places of what is pinned, behind all rows of the timeline: the newest first, they come before them. */
export const pinKey = (type: string, id: string, place: number): Key => ({ pk: recordPk(type, id), sk: `${PINS}${place}` });
export const isPinKey = (sk: string): boolean => sk.startsWith(PINS);

/** That a note is there, and who wrote it when: its text stands in the timeline. */
export const noteKey = (type: string, id: string, noteId: string): Key => ({ pk: recordPk(type, id), sk: `N#${noteId}` });
/** A file beside a record, from its announcement on. */
export const fileKey = (type: string, id: string, fileId: string): Key => ({ pk: recordPk(type, id), sk: `F#${fileId}` });
export const followerKey = (type: string, id: string, memberId: string): Key => ({
  pk: recordPk(type, id),
  sk: `R#follower#${memberId}`,
});

/* Only records are `sk = A`: the stream's filter passes nothing else, so a batch of changes wakes no second reader. */

/** The feed's head holds the last position, the access epoch and the first position of each month. */
export const FEED_HEAD: Key = { pk: 'X', sk: 'H' };
export const monthOf = (at: Instant): string => at.slice(0, 7).replace('-', '');
export const feedKey = (month: string, position: number): Key => ({ pk: `X#${month}`, sk: padded(position, 12) });
export const positionOf = (sk: string): number => Number(sk);

export const uniqueKey = (kind: string, value: string): Key => ({ pk: `U#${kind}#${value}`, sk: 'U' });
export const searchKey = (bucket: string, token: string, type: string, id: string): Key => ({
  pk: `Q#${bucket}`,
  sk: `${token}#${type}#${id}`,
});
export const counterKey = (subject: string, day: Day, owner: string): Key => ({
  pk: `S#${subject}#${day.slice(0, 4)}`,
  sk: `${day}#${owner}`,
});
/** Counters of all owners from the first of a month to a day of it, added up once and kept. */
export const sumsKey = (to: Day): Key => ({ pk: `M#${to.slice(0, 7)}`, sk: to });
/** What was counted for an owner, by time: the reports of a day in any zone read it, whatever day the counters know. */
export const journalKey = (owner: string, at: Instant, type: string, id: string, version: number): Key => ({
  pk: `O#${owner}`,
  sk: `${at}#${type}#${id}#${version}`,
});
/** Of what a row of a journal tells: its key says so, and nothing beside it says it again. */
export function toldIn(sk: string): { readonly at: Instant; readonly type: string; readonly id: string } {
  const [at = '', type = '', id = ''] = sk.split('#');
  return { at, type, id };
}
/** Behind the newest row of a person's journal, so that one query reads both: when the first of his open work is due, up to nine. */
export const dueMarkKey = (owner: string): Key => ({ pk: `O#${owner}`, sk: '~due' });
/** Who is to be looked at on a day because he may be lost: a customer, or a warning that sleeps till then. */
export const churnWatchKey = (day: Day, id: string): Key => ({ pk: 'CHURN', sk: `${day}#${id}` });
/** The warnings of a workspace that are not closed. */
export const openWarningKey = (ownerId: string, id: string): Key => ({ pk: 'CHURN#open', sk: `${ownerId}#${id}` });
/** The last number that was given out, of those that count up. */
export const sequenceKey = (name: string): Key => ({ pk: `N#${name}`, sk: 'N' });
/** The report of a job; its parts stand beside it. */
export const jobKey = (id: string): Key => ({ pk: `J#${id}`, sk: 'J' });
/** What one turn of a hand-over has moved, by the turn; beside its progress. */
export const movedKey = (job: Key, turn: number, type: string, id: string, field: string): Key => ({
  pk: job.pk,
  sk: `${movedIn(turn)}${type}#${id}#${field}`,
});
export const movedIn = (turn: number): string => `${MOVED}${padded(turn, 6)}#`;
export const MOVED = 'M#';
/** Hand-overs of a member's records, by the moment they began. */
export const handoverKey = (memberId: string, at: Instant, id: string): Key => ({ pk: `HANDOVER#${memberId}`, sk: `${at}#${id}` });
/** Who has taken a member's records over; behind his hand-overs. */
export const successorKey = (memberId: string): Key => ({ pk: `HANDOVER#${memberId}`, sk: 'SUCCESSOR' });
export const settingKey = (kind: string, id: string): Key => ({ pk: 'CFG', sk: `${kind}#${id}` });
/** The one invitation of a member that still opens: its token's name. */
export const invitationKey = (memberId: string): Key => ({ pk: recordPk('member', memberId), sk: 'R#invitation' });
/** The last application of an address. */
export const applicantKey = (email: string): Key => ({ pk: `APPLY#${email}`, sk: 'P' });
/** When and from where a member last signed in, and how often he has: beside his record, which governs. */
export const signInKey = (memberId: string): Key => ({ pk: 'SIGNIN', sk: memberId });
/** What pages remember of a member alone: beside his record, for the same reason. */
export const marksKey = (memberId: string): Key => ({ pk: 'MARKS', sk: memberId });
/** A row of the log that is no version of a record. */
export const auditKey = (id: string): Key => ({ pk: `AUDIT#${id}`, sk: 'E' });
export const ledgerKey = (messageId: string): Key => ({ pk: `E#${messageId}`, sk: 'E' });

/** Index attributes; like `pk` they carry the tenant's prefix, added where items are written. */
export const byType = (type: string): string => type;
export const byOwner = (type: string, ownerId: string): string => `${type}#O#${ownerId}`;
export const byParent = (parentId: string): string => `P#${parentId}`;
/** Open work of one person, by the moment it is due. */
export const byDue = (type: string, ownerId: string): string => `${type}#D#${ownerId}`;
/** All removed records of a workspace, in the index of due work, by the moment they were removed. */
export const BIN = 'BIN';
/** Where a removed record stands there. What a page of the bin shows is in the key, so that it is read by one query. */
export const binPlace = (at: Instant, version: number, by: string): string => `${at}#${version}#${by}`;
export function inBinPlace(place: string): { readonly at: Instant; readonly version: number; readonly by: string } {
  const [at = '', version = '', by = ''] = place.split('#');
  return { at, version: Number(version), by };
}

/** Day of a moment as the counters of a workspace know it. */
export const countingDay = (at: Instant, zone: string): Day => localDay(at, zone);
