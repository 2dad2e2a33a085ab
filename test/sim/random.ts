/**
 * Numbers that look random and follow from a seed alone (mulberry32), with the few questions the simulator asks.
 * @source https://github.com/cprosche/mulberry32
 */
export interface Random {
  /** 0 ≤ x < 1 */
  readonly next: () => number;
  /** from ≤ n ≤ to, whole */
  readonly int: (from: number, to: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly bytes: (count: number) => Uint8Array;
  /** Another generator, so that one part of a simulation drawing more does not shift all others. */
  readonly fork: () => Random;
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (list) => list[int(0, list.length - 1)]!,
    bytes: (count) => Uint8Array.from({ length: count }, () => int(0, 255)),
    fork: () => randomFrom(int(0, 2 ** 31)),
  };
}
