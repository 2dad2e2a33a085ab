import type { AnyRecord } from '../../../shared/kernel/record.ts';

/** The records around one of a list. */
export interface Neighbours {
  readonly previous: AnyRecord | undefined;
  readonly next: AnyRecord | undefined;
  /** From 1. */
  readonly place: number;
  readonly count: number;
}

export function neighboursIn(rows: readonly AnyRecord[], id: string): Neighbours | undefined {
  const at = rows.findIndex((row) => row.id === id);
  return at < 0 ? undefined : { previous: rows[at - 1], next: rows[at + 1], place: at + 1, count: rows.length };
}

/** The list that was looked at last: a record opened from it leads on to the next as the list had them. */
class Trail {
  #rows = $state.raw<readonly AnyRecord[]>([]);
  #type = '';
  /** Where the list is, view and all. */
  address = '';

  keep(type: string, rows: readonly AnyRecord[], address: string): void {
    this.#type = type;
    this.#rows = rows;
    this.address = address;
  }

  /** Undefined for a record that was not in that list. */
  of(type: string, id: string): Neighbours | undefined {
    return type === this.#type ? neighboursIn(this.#rows, id) : undefined;
  }
}

export const trail = new Trail();
