import type { AnyRecord, RecordDefinition } from '../../../../shared/kernel/record.ts';
import type { Api } from '../api.ts';
import type { Disk } from './disk.ts';

/** A place in the feed of changes, and how often rights may have changed by then. */
export interface Place {
  readonly position: number;
  readonly epoch: number;
}

/** What the feed tells of one record; without `record` it has gone, or out of reach. */
export interface Change {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly record?: AnyRecord;
  readonly gone?: true;
}

/** Answer of `GET /changes`. */
export interface Changes extends Place {
  readonly more: boolean;
  readonly items: readonly Change[];
}

/** What another tab of this browser has just written. */
export type TabNews = { readonly type: string; readonly record: AnyRecord } | { readonly type: string; readonly gone: string };

/** What the replica needs of the world; tests pass their own. */
export interface ReplicaWorld {
  readonly api: Api;
  readonly disk: Disk;
  readonly definitionOf: (type: string) => RecordDefinition;
  /** The feed's head when the session was read. */
  readonly place: Place;
  /** The session is one of a visit before: the disk may be further than its place in the feed. */
  readonly isKept?: boolean;
  /** Reads the session anew and tells the feed's head: rights may be others, or the place is lost. */
  readonly refresh: () => Promise<Place>;
  readonly nowMs: () => number;
  readonly tell: (news: TabNews) => void;
}
