import type { Values } from './record.ts';
import type { Instant } from './types.ts';

/** A row in a record's timeline, made by a rule. `code` is worded by the reader's side with `params`. */
export interface TimelineRow {
  readonly at: Instant;
  /** Distinguishes rows of one moment; the same id is the same row. */
  readonly id: string;
  readonly code: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly by?: string;
  /** Who pinned it to the top, and when; on what a timeline names as pinned. */
  readonly pinned?: { readonly by: string; readonly at: Instant };
  /** The record that a note or file stands under, for who may change it: the row may be shown beside another. */
  readonly on?: { readonly type: string; readonly id: string };
}

/** A row in the timeline of another record. */
export interface RowElsewhere {
  readonly type: string;
  readonly id: string;
  readonly row: TimelineRow;
}

/** One write of a plan. Versions are those the rule saw: when one has moved on, nothing of the plan is written. */
export type PlannedWrite =
  | {
      readonly op: 'create';
      readonly type: string;
      readonly id: string;
      readonly ownerId?: string;
      readonly values: Values;
      readonly allowDuplicate?: boolean;
      /** Ids taken over from a record that the rule was shown: they are not looked up again for the writer. */
      readonly inherited?: readonly string[];
    }
  | {
      readonly op: 'update';
      readonly type: string;
      readonly id: string;
      readonly version: number;
      readonly ownerId?: string;
      readonly change: Values;
    }
  | { readonly op: 'remove'; readonly type: string; readonly id: string; readonly version: number }
  | { readonly op: 'note'; readonly type: string; readonly id: string; readonly row: TimelineRow };

/** What a command over several records decided: data, to be written whole or not at all. */
export interface Plan {
  readonly writes: readonly PlannedWrite[];
}
