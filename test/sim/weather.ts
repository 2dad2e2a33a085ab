/** Which faults a history meets, and how often: probabilities of one call, or of one delivery. */
import type { Random } from './random.ts';

export interface Weather {
  /** Requests to the database. */
  readonly throttled: number;
  /** Written, then no answer: the caller cannot know. */
  readonly ambiguous: number;
  /** Written, then sent again by the client below the seam, whose second answer is the one that is heard. */
  readonly resent: number;
  readonly conflict: number;
  readonly unprocessed: number;
  readonly slow: number;
  /** The function dies: before its request leaves it, or after. */
  readonly killed: number;
  /** Reads that are not consistent see the past, up to so many milliseconds. */
  readonly stale: number;
  readonly staleMs: number;
  /** Deliveries of the stream and of queues. */
  readonly redelivered: number;
  readonly poisoned: number;
  readonly lost: number;
  /** Largest batch of the stream. */
  readonly batchSize: number;
  readonly lanes: number;
  readonly split: boolean;
  /** Clocks of requests differ by up to so many milliseconds. */
  readonly skewMs: number;
}

/** A weather of its own for each history: a fault that never comes lets another one through that it would have hidden. */
export function weatherFrom(random: Random): Weather {
  const some = (most: number): number => (random.chance(0.5) ? most * random.next() : 0);
  return {
    throttled: some(0.05),
    ambiguous: some(0.08),
    resent: some(0.08),
    conflict: some(0.1),
    unprocessed: some(0.3),
    slow: some(0.1),
    killed: some(0.04),
    stale: some(0.8),
    staleMs: random.pick([50, 500, 3_000]),
    redelivered: some(0.5),
    poisoned: some(0.03),
    lost: some(0.1),
    batchSize: random.pick([1, 3, 10, 100]),
    lanes: random.int(1, 4),
    split: random.chance(0.3),
    skewMs: random.pick([0, 0, 1_000, 15 * 60_000]),
  };
}
