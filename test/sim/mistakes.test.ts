import { describe, expect, it } from 'vitest';
import { MISTAKES } from './sabotage.ts';
import { simulate } from './simulate.ts';

const MOST_SEEDS = 60;
const LIMIT_MS = 600_000;

describe('the simulator', () => {
  it.each(Object.entries(MISTAKES))(
    'finds %s',
    async (_mistake, { breaks, sabotage }) => {
      let found: readonly string[] = [];
      for (let seed = 1; seed <= MOST_SEEDS && !found.some((violation) => violation.includes(breaks)); seed++)
        found = (await simulate({ seed, sabotage })).violations;

      expect(found.join('\n')).toContain(breaks);
      expect(found).not.toEqual([]);
    },
    LIMIT_MS,
  );
});
