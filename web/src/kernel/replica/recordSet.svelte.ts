import { applyChange, sameValue } from '../../../../shared/kernel/diff.ts';
import type { AnyRecord, RecordDefinition, Values } from '../../../../shared/kernel/record.ts';

/**
 * `loading`: the first pages are on their way, what has come shows. `complete`: every record within reach is here.
 * `partial`: there are more than a page of the browser should hold. `failed`: not loaded, `failure` says why.
 */
export type RecordSetState = 'loading' | 'complete' | 'partial' | 'failed';

/** A change that is shown before the server has agreed to it. */
export interface Pending {
  readonly id: string;
  /** Undefined: the record is to go. */
  readonly change: Values | undefined;
  /** Shown where there is no record yet, or none any more. */
  readonly made?: AnyRecord | undefined;
}

/** The records of one type in memory: as the server has them, and on top what the user has just done. Reactive. */
export class RecordSet {
  readonly definition: RecordDefinition;
  state = $state<RecordSetState>('loading');
  failure = $state.raw<unknown>();
  /** How often all of them were replaced at once; whoever has read on beyond them begins anew then. */
  replaced = $state(0);
  #rows = $state.raw<readonly AnyRecord[]>([]);
  #heard = $state.raw<ReadonlyMap<string, number>>(new Map());
  #shown = new Map<string, AnyRecord>();
  #base = new Map<string, AnyRecord>();
  #pending: readonly Pending[] = [];

  constructor(definition: RecordDefinition) {
    this.definition = definition;
  }

  /** All records, as the user should see them; a new array after every change. */
  get rows(): readonly AnyRecord[] {
    return this.#rows;
  }

  /** The record as it should be seen. Reactive. */
  get(id: string): AnyRecord | undefined {
    return this.#rows && this.#shown.get(id);
  }

  /**
   * How often the feed has told of a record. What follows from a change (history, timeline) stands when it does, which is
   * a moment after the change itself. Reactive.
   */
  heardOf(id: string): number {
    return this.#heard.get(id) ?? 0;
  }

  /** The feed has told of these records. */
  hear(ids: readonly string[]): void {
    this.#heard = new Map([...this.#heard, ...ids.map((id) => [id, this.heardOf(id) + 1] as const)]);
  }

  /** The record as the server has it. */
  baseOf(id: string): AnyRecord | undefined {
    return this.#base.get(id);
  }

  get base(): IterableIterator<AnyRecord> {
    return this.#base.values();
  }

  /** Takes records as the server has them; an older version than the one that is here changes nothing. */
  put(records: Iterable<AnyRecord>): void {
    const touched: string[] = [];
    for (const record of records) {
      const known = this.#base.get(record.id);
      if (known && record.version < known.version) continue;
      // The same version again differs in derived values at most; the same object keeps what was computed from it.
      if (known?.version === record.version && sameValue(known, record)) continue;
      this.#base.set(record.id, record);
      touched.push(record.id);
    }
    this.#show(touched);
  }

  drop(ids: Iterable<string>): void {
    this.#show([...ids].filter((id) => this.#base.delete(id)));
  }

  /** Only these are left. */
  replace(records: readonly AnyRecord[]): void {
    const kept = new Set(records.map(({ id }) => id));
    this.put(records);
    this.drop([...this.#base.keys()].filter((id) => !kept.has(id)));
    this.replaced++;
  }

  /** Shows a change at once. @returns what takes it away again, be it done or refused */
  show(pending: Pending): () => void {
    this.#pending = [...this.#pending, pending];
    this.#show([pending.id]);
    return () => {
      this.#pending = this.#pending.filter((other) => other !== pending);
      this.#show([pending.id]);
    };
  }

  #show(ids: readonly string[]): void {
    if (!ids.length) return;
    for (const id of ids) {
      const record = this.#asShown(id);
      if (record) this.#shown.set(id, record);
      else this.#shown.delete(id);
    }
    this.#rows = [...this.#shown.values()];
  }

  #asShown(id: string): AnyRecord | undefined {
    let record = this.#base.get(id);
    for (const pending of this.#pending) {
      if (pending.id !== id) continue;
      record = record ? pending.change && (applyChange(record, pending.change) as AnyRecord) : pending.made;
    }
    return record;
  }
}
