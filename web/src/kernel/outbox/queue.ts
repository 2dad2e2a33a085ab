import { applyChange, sameValue } from '../../../../shared/kernel/diff.ts';
import type { Issue } from '../../../../shared/kernel/errors.ts';
import type { Values } from '../../../../shared/kernel/record.ts';
import type { Conflict, Edit, UpdateEdit } from '../replica/send.ts';

/** Why the server did not take an edit; the parts of its answer that are shown. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly issues: readonly Issue[];
}

/** An edit that is not with the server yet. Plain data: it lies on the disk. */
export interface WaitingEdit {
  readonly edit: Edit;
  /** Name of the record when it was made. */
  readonly title: string;
  /** Milliseconds since 1970; also its place in the line. */
  readonly at: number;
  /** It was sent once and may have arrived: from then on it stays as it is, and only the server's word ends it. */
  readonly isTried: boolean;
  /** Set aside: the server did not take it. */
  readonly refusal?: Refusal;
  /** Set aside: somebody else has changed the same meanwhile. */
  readonly conflict?: Conflict;
}

/** The line of waiting edits, oldest first. Its changes are functions from one line to the next, whoever keeps it. */
export type Line = readonly WaitingEdit[];

const isAside = ({ refusal, conflict }: WaitingEdit): boolean => refusal !== undefined || conflict !== undefined;
const keyOf = ({ edit }: WaitingEdit): string => edit.key;

/** Puts an edit at the end, or into the one before it of the same record while nobody has sent that yet. */
export function append(line: Line, next: WaitingEdit): Line {
  const own = line.filter(({ edit }) => edit.id === next.edit.id);
  const last = own.at(-1);
  const isOpen = (one: WaitingEdit): boolean => !one.isTried && !isAside(one);
  if (!last || next.isTried || !isOpen(last)) return [...line, next];
  const { edit } = next;
  // What the server has never heard of need not be removed there.
  if (edit.kind === 'remove' && own[0]!.edit.kind === 'create' && own.every(isOpen)) return line.filter((one) => !own.includes(one));
  if (edit.kind === 'restore' && last.edit.kind === 'remove') return line.filter((one) => one !== last);
  if (edit.kind !== 'update') return [...line, next];
  const joined = join(last.edit, edit);
  if (joined === undefined) return [...line, next];
  return line.flatMap((one) => (one !== last ? one : isNothing(joined) ? [] : { ...one, edit: joined }));
}

function join(first: Edit, { change }: UpdateEdit): Edit | undefined {
  if (first.kind === 'create') return { ...first, values: applyChange(first.values, change) };
  return first.kind === 'update' ? { ...first, change: unlike(first.seen, { ...first.change, ...change }) } : undefined;
}

/** The part of a change that leads away from what was seen. */
const unlike = (seen: Values | undefined, change: Values): Values =>
  Object.fromEntries(Object.entries(change).filter(([name, value]) => !seen || !sameValue(value ?? undefined, seen[name])));

const isNothing = (edit: Edit): boolean => edit.kind === 'update' && !Object.keys(edit.change).length;

/**
 * The edit to be sent next: the oldest that waits for nothing but a network. One that was set aside holds up what was
 * done later to the same record, and what refers to a record that it was to create; all others go on.
 */
export function nextToSend(line: Line): WaitingEdit | undefined {
  const held: WaitingEdit[] = [];
  for (const one of line) {
    if (!isAside(one) && !held.some((before) => dependsOn(one.edit, before.edit))) return one;
    held.push(one);
  }
  return undefined;
}

const dependsOn = (edit: Edit, before: Edit): boolean =>
  edit.id === before.id || (before.kind === 'create' && JSON.stringify(edit).includes(before.id));

const replace = (line: Line, key: string, change: (one: WaitingEdit) => WaitingEdit): Line =>
  line.map((one) => (keyOf(one) === key ? change(one) : one));

/** It is being sent. */
export const take = (line: Line, key: string): Line => replace(line, key, (one) => ({ ...one, isTried: true }));

/**
 * The server has carried it out. Later edits of the record were made from what it left behind.
 * @param version  of the record since then
 */
export function done(line: Line, key: string, version: number): Line {
  const id = line.find((one) => keyOf(one) === key)?.edit.id;
  return line.flatMap((one) => {
    if (keyOf(one) === key) return [];
    const { edit } = one;
    return edit.id === id && (edit.kind === 'remove' || edit.kind === 'restore') ? { ...one, edit: { ...edit, version } } : one;
  });
}

export const refuse = (line: Line, key: string, refusal: Refusal): Line => replace(line, key, (one) => ({ ...one, refusal }));
export const dispute = (line: Line, key: string, conflict: Conflict): Line => replace(line, key, (one) => ({ ...one, conflict }));

/** Somebody has said whose values count; the answer holds for what he was shown. */
export function decide(line: Line, key: string, whose: 'mine' | 'theirs'): Line {
  return line.flatMap((one) => {
    const { conflict, ...open } = one;
    if (keyOf(one) !== key || !conflict || open.edit.kind !== 'update') return one;
    const edit = { ...open.edit, seen: conflict.theirs, change: whose === 'mine' ? conflict.mine : conflict.rest };
    return isNothing(edit) ? [] : { ...open, edit };
  });
}

/** Once more, although the server did not take it: of the version that stands now, which the user has been told of. */
export function retry(line: Line, key: string): Line {
  return replace(line, key, ({ refusal, ...one }) => {
    const { edit } = one;
    const version = refusal?.params['version'];
    const isBehind = (edit.kind === 'remove' || edit.kind === 'restore') && typeof version === 'number';
    return isBehind ? { ...one, edit: { ...edit, version } } : one;
  });
}

/** Gives an edit up; with a record that is not to be made goes what was done to it. */
export function discard(line: Line, key: string): Line {
  const gone = line.find((one) => keyOf(one) === key)?.edit;
  return line.filter(({ edit }) => edit.key !== key && !(gone?.kind === 'create' && edit.id === gone.id));
}
