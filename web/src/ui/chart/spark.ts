/** A column of a small chart in words, as shares of its width and height. */
export interface SparkColumn {
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly height: number;
}

const GAP = 0.25;

/** Small columns on a common ground; what is negative hangs below it. Nothing where all is nothing. */
export function sparkColumns(values: readonly number[]): SparkColumn[] {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  if (low === high) return [];
  const share = (value: number): number => (high - value) / (high - low);
  const band = 1 / values.length;
  return values.map((value, i) => ({
    x: (i + GAP / 2) * band,
    width: band * (1 - GAP),
    y: share(Math.max(0, value)),
    height: Math.abs(value) / (high - low),
  }));
}
