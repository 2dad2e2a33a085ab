/** The records around one of a list, by their ids. */
export interface Neighbours {
  readonly previous: string | undefined;
  readonly next: string | undefined;
  /** From 1. */
  readonly place: number;
  readonly count: number;
}

/** A stretch of a list. */
export interface Stretch {
  readonly ids: readonly string[];
  /** How many of the list stand before it. */
  readonly before: number;
  /** How many the list has. */
  readonly count: number;
}

export function neighboursIn({ ids, before, count }: Stretch, id: string): Neighbours | undefined {
  const at = ids.indexOf(id);
  return at < 0 ? undefined : { previous: ids[at - 1], next: ids[at + 1], place: before + at + 1, count };
}

export const stretchOf = (rows: readonly { readonly id: string }[]): Stretch => ({
  ids: rows.map(({ id }) => id),
  before: 0,
  count: rows.length,
});

/** How far to both sides of a record its list is kept for a reload. */
const REACH = 1_000;

/** What lies around a record; the whole of a list that is not longer. */
export function around(stretch: Stretch, id: string, reach = REACH): Stretch {
  const from = Math.max(0, stretch.ids.indexOf(id) - reach);
  return { ids: stretch.ids.slice(from, from + 2 * reach + 1), before: stretch.before + from, count: stretch.count };
}
