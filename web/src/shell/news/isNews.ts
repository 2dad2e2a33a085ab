/** Whether a release is news to somebody. A first visit has nothing to compare with: all is new, and nothing is news. */
export const isNews = (seen: string | undefined, latest: string): boolean => seen !== undefined && seen !== latest;
