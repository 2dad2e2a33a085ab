/** A record whose page was opened. */
export interface Visited {
  readonly type: string;
  readonly id: string;
}

const MOST = 20;

/** With the latest first; the same record once. */
export const visitedAfter = (before: readonly Visited[], now: Visited, most = MOST): Visited[] =>
  [now, ...before.filter(({ id }) => id !== now.id)].slice(0, most);
