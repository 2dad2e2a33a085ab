/** Order of two texts by code unit: total, quick, the same on every machine. For readers' eyes see `textKind.compare`. */
export const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Order of two lists: that of their first difference, else the shorter one first. */
export function byItems<T>(a: readonly T[], b: readonly T[], compare: (a: T, b: T) => number): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compare(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
