import { describe, expect, it } from 'vitest';
import { simulate } from './simulate.ts';

/** Another range with `SIM_SEED=1000 SIM_SEEDS=50`; many more, and a single one to look into, with `npm run sim`. */
const { SIM_SEED = '1', SIM_SEEDS = '300' } = process.env;
const first = Number(SIM_SEED);
const PARTS = 10;
const perPart = Math.ceil(Number(SIM_SEEDS) / PARTS);
const LIMIT_MS = 600_000;

describe('under faults, the product', () => {
  it.each(Array.from({ length: PARTS }, (_, i) => first + i * perPart))(
    `loses nothing, doubles nothing and shows nothing (${perPart} seeds from %i)`,
    async (from) => {
      const failures: string[] = [];
      for (let seed = from; seed < from + perPart; seed++) {
        const { violations } = await simulate({ seed });
        if (violations.length) failures.push(`npm run sim -- --seeds 1 --seed ${seed}: ${violations[0]}`);
      }
      expect(failures).toEqual([]);
    },
    LIMIT_MS,
  );
});

describe('the simulator', () => {
  it('lives through one seed the same way every time', async () => {
    const [once, again, other] = [await simulate({ seed: 4 }), await simulate({ seed: 4 }), await simulate({ seed: 5 })];

    expect(again.digest).toBe(once.digest);
    expect(other.digest).not.toBe(once.digest);
  });
});
