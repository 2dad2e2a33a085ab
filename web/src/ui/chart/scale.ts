/** Where values stand between the ends of an axis. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  /** Round values from `min` to `max`, zero among them. */
  readonly ticks: readonly number[];
  /** 0 at `min`, 1 at `max`. */
  share(value: number): number;
}

const STEPS = [1, 2, 5, 10] as const;

/**
 * A linear scale that begins at zero, for a bar cut off below says more than there is, and ends at round values.
 * Ours instead of d3-scale's: whole values (pieces, days, minor units of money) need a tenth of it, and a step that is
 * never below one, which d3 does not know.
 * @param values  whole numbers, negative ones too
 * @param most  how many steps there may be
 */
export function scaleOf(values: readonly number[], most = 4): Scale {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const step = roundStep((high - low) / most);
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
  const [min, max] = [first * step, last * step];
  return { min, max, ticks, share: (value) => (value - min) / (max - min) };
}

/** From zero to the ends of the values themselves: for bars, whose values are written beside them instead of along an axis. */
export function barScale(values: readonly number[]): Pick<Scale, 'share'> {
  const low = Math.min(0, ...values);
  const span = Math.max(0, ...values) - low || 1;
  return { share: (value) => (value - low) / span };
}

/** The smallest of 1, 2, 5, 10, 20, 50 … that is no smaller than that. */
function roundStep(least: number): number {
  if (least <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return STEPS.find((step) => step * power >= least)! * power;
}
