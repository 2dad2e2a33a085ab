import { describe, expect, it } from 'vitest';
import { NetworkError } from '../../web/src/kernel/api.ts';
import { Follower, pauseMs } from '../../web/src/kernel/replica/follower.ts';

describe('looking for changes', () => {
  it.each([
    ['often while somebody is at work', true, 1_000, 20_000],
    ['seldom while nobody touches anything', true, 90_000, 120_000],
    ['never while hidden', false, 0, undefined],
  ])('%s', (_name, isVisible, idleMs, pause) => {
    expect(pauseMs(isVisible, idleMs)).toBe(pause);
  });

  it('goes on after a failure, stops when hidden, and comes at once with the focus', async () => {
    let visible = true;
    let follows = 0;
    const timers: (() => void)[] = [];
    const follower = new Follower({
      follow: async () => {
        follows++;
        throw new NetworkError();
      },
      isVisible: () => visible,
      idleMs: () => 0,
      after: (_ms, run) => {
        timers.push(run);
        return () => void timers.splice(timers.indexOf(run), 1);
      },
    });
    await follower.now();
    expect([follows, timers.length]).toEqual([1, 1]);

    visible = false;
    await follower.now();
    expect([follows, timers.length]).toEqual([1, 0]);

    visible = true;
    await follower.now();
    expect([follows, timers.length]).toEqual([2, 1]);

    follower.stop();
    await follower.now();
    expect([follows, timers.length]).toEqual([2, 0]);
  });
});
