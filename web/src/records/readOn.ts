import { untrack } from 'svelte';
import type { Pages } from './pages.svelte.ts';

const ENOUGH = 10;
const MOST_PAGES = 8;

/**
 * Reads on while a filter leaves little of what has come, so that nobody presses for page after page of nothing; after
 * some pages it is asked for by hand. To be called in an effect.
 * @param shown  rows that the filter leaves
 */
export function readOn(pages: Pages<unknown>, shown: number, perPage = 25): void {
  if (shown >= ENOUGH || !pages.more || pages.busy || pages.failure !== undefined || pages.rows.length >= MOST_PAGES * perPage) return;
  untrack(() => void pages.loadMore());
}
