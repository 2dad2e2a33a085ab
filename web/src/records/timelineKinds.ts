import type { TimelineRow } from '../../../shared/kernel/plan.ts';
import { NOTE } from '../../../shared/workspace/note.ts';
import { FILE_ADDED, FILE_REMOVED } from '../../../shared/workspace/recordFile.ts';

/** What a row of a timeline tells of, as its filter offers it. */
export const TIMELINE_KINDS = ['notes', 'activities', 'changes', 'files', 'others'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

export function kindOfRow({ code }: Pick<TimelineRow, 'code'>): TimelineKind {
  if (code === NOTE) return 'notes';
  if (code === FILE_ADDED || code === FILE_REMOVED) return 'files';
  if (code.startsWith('activity.')) return 'activities';
  return code.startsWith('record.') ? 'changes' : 'others';
}

/** The kinds that an address asks for; what it calls by another name is ignored, and none is all. */
export const kindsIn = (text: string): ReadonlySet<TimelineKind> =>
  new Set(TIMELINE_KINDS.filter((kind) => text.split(',').includes(kind)));

/** The address of the same kinds with one more, or one less; empty for all. */
export function withKind(chosen: ReadonlySet<TimelineKind>, kind: TimelineKind): string {
  const next = TIMELINE_KINDS.filter((each) => chosen.has(each) !== (each === kind));
  return next.length === TIMELINE_KINDS.length ? '' : next.join(',');
}
