/** The only time the local servers look at: the machine's clock plus one offset, so a test can reach tomorrow 08:00. */
export interface Clock {
  /** Virtual now, epoch milliseconds. */
  now(): number;
}

export interface ShiftableClock extends Clock {
  /** What is added to the machine's clock, in milliseconds. */
  readonly offsetMs: number;
  /** Moves the virtual now by this many milliseconds, forward or back. */
  shift(byMs: number): void;
  /** Makes `at` (epoch milliseconds) the virtual now. */
  set(at: number): void;
  /** Calls back after each change of the offset; returns the way to stop it. */
  onShift(listener: () => void): () => void;
}

/** @param machineNow  the underlying clock, replaced in tests */
export function createClock(machineNow: () => number = Date.now): ShiftableClock {
  const listeners = new Set<() => void>();
  let offsetMs = 0;
  const move = (to: number) => {
    offsetMs = to;
    for (const listener of listeners) listener();
  };
  return {
    get offsetMs() {
      return offsetMs;
    },
    now: () => machineNow() + offsetMs,
    shift: (byMs) => move(offsetMs + byMs),
    set: (at) => move(at - machineNow()),
    onShift(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const unitMs: Record<string, number> = { s: 1e3, m: 60e3, h: 3600e3, d: 86400e3 };

/**
 * Milliseconds of a signed duration such as `+1d`, `-90s` or `+1d2h30m`.
 * @returns undefined when the text is not one
 */
export function parseShift(text: string): number | undefined {
  const match = /^([+-]?)((?:\d+[dhms])+)$/.exec(text.trim());
  if (!match) return undefined;
  const parts = [...match[2]!.matchAll(/(\d+)([dhms])/g)];
  const total = parts.reduce((sum, [, count, unit]) => sum + Number(count) * unitMs[unit!]!, 0);
  return match[1] === '-' ? -total : total;
}
