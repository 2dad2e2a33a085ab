import { describe, expect, it } from 'vitest';
import { commandOf, everyCommand, NOT_LIVED } from './lived.ts';
import { simulate } from './simulate.ts';

/** Another range with `SIM_SEED=1000 SIM_SEEDS=50`; many more, and a single one to look into, with `npm run sim`. */
const { SIM_SEED = '1', SIM_SEEDS = '200' } = process.env;
const PARTS = 10;
const LIMIT_MS = 600_000;
/** Histories of a part that bring every command about. */
const ENOUGH = 10;

/** Lives through one half of the histories; each half is a file of its own, because files run side by side. */
export function describeHistories(half: 0 | 1): void {
  const seeds = Math.ceil(Number(SIM_SEEDS) / 2 / PARTS);
  const starts = Array.from({ length: PARTS }, (_, i) => Number(SIM_SEED) + (half * PARTS + i) * seeds);
  const seen = new Set<string>();
  describe('under faults, the product', () => {
    it.each(starts)(
      `loses nothing, doubles nothing and shows nothing (${seeds} seeds from %i)`,
      async (from) => {
        const failures: string[] = [];
        for (let seed = from; seed < from + seeds; seed++) {
          const { violations, done } = await simulate({ seed });
          for (const route of done) seen.add(route);
          if (violations.length) failures.push(`npm run sim -- --seeds 1 --seed ${seed}: ${violations[0]}`);
        }
        expect(failures).toEqual([]);
      },
      LIMIT_MS,
    );

    it.runIf(seeds >= ENOUGH)('has carried out every command that it knows, or says why not', async () => {
      const lived = new Set([...seen].map(commandOf));
      const commands = await everyCommand();

      expect([...commands].filter((command) => !lived.has(command) && !(command in NOT_LIVED))).toEqual([]);
      expect(Object.keys(NOT_LIVED).filter((command) => lived.has(command) || !commands.has(command))).toEqual([]);
    });
  });
}
