import { describe, expect, it } from 'vitest';
import { simulate } from './simulate.ts';

/** Another range with `SIM_SEED=1000 SIM_SEEDS=50`; many more, and a single one to look into, with `npm run sim`. */
const { SIM_SEED = '1', SIM_SEEDS = '300' } = process.env;
const PARTS = 10;
const LIMIT_MS = 600_000;

/** Lives through one half of the histories; each half is a file of its own, because files run side by side. */
export function describeHistories(half: 0 | 1): void {
  const seeds = Math.ceil(Number(SIM_SEEDS) / 2 / PARTS);
  const starts = Array.from({ length: PARTS }, (_, i) => Number(SIM_SEED) + (half * PARTS + i) * seeds);
  describe('under faults, the product', () => {
    it.each(starts)(
      `loses nothing, doubles nothing and shows nothing (${seeds} seeds from %i)`,
      async (from) => {
        const failures: string[] = [];
        for (let seed = from; seed < from + seeds; seed++) {
          const { violations } = await simulate({ seed });
          if (violations.length) failures.push(`npm run sim -- --seeds 1 --seed ${seed}: ${violations[0]}`);
        }
        expect(failures).toEqual([]);
      },
      LIMIT_MS,
    );
  });
}
