/** One page of a list. `cursor` is opaque and signed; absent on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor?: string;
}
export const PAGE_SIZE = 50;
export const MOST_PER_PAGE = 200;
