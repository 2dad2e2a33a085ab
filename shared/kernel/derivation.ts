import type { RecordChange } from './effect.ts';
import type { TimelineRow } from './plan.ts';
import type { AnyRecord, Values } from './record.ts';

/**
 * How derived values of a type come about. They are computed from what stands, not from what happened, so a late or
 * repeated event cannot bring an old value back.
 */
export interface Derivation {
  /** The type that carries the values. */
  readonly type: string;
  /** The record whose values may be others after this change, of whatever type the change is. */
  readonly touchedBy: (change: Pick<RecordChange, 'type' | 'after'>) => string | undefined;
  /** @param timeline  of the record, newest first, the newest hundred rows */
  readonly derive: (record: AnyRecord, timeline: readonly TimelineRow[]) => Values;
}
