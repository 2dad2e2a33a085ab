import { describe, expect, it } from 'vitest';
import { createClock, parseShift } from '../../../infra/local/clock.ts';

describe('the clock', () => {
  it('runs with the machine, by the offset ahead', () => {
    let machine = 1000;
    const clock = createClock(() => machine);

    clock.shift(500);
    machine = 2000;

    expect(clock.now()).toBe(2500);
    clock.set(10_000);
    machine = 2001;
    expect([clock.now(), clock.offsetMs]).toEqual([10_001, 8000]);
  });

  it('tells its listeners of each change until they stop listening', () => {
    const clock = createClock(() => 0);
    const heard: number[] = [];
    const stop = clock.onShift(() => heard.push(clock.now()));

    clock.shift(1);
    clock.set(7);
    stop();
    clock.shift(1);

    expect(heard).toEqual([1, 7]);
  });

  it.each([
    ['+1d', 86_400_000],
    ['-90s', -90_000],
    ['1d2h30m', 95_400_000],
    ['', undefined],
    ['1', undefined],
    ['+1w', undefined],
    ['1d!', undefined],
  ])('reads the shift %j', (text, ms) => {
    expect(parseShift(text)).toBe(ms);
  });
});
