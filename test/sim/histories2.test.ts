import { describe, expect, it } from 'vitest';
import { describeHistories } from './histories.ts';
import { simulate } from './simulate.ts';

describeHistories(1);

describe('the simulator', () => {
  it('lives through one seed the same way every time', async () => {
    const [once, again, other] = [await simulate({ seed: 4 }), await simulate({ seed: 4 }), await simulate({ seed: 5 })];

    expect(again.digest).toBe(once.digest);
    expect(other.digest).not.toBe(once.digest);
  });
});
