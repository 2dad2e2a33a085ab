import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { clock } from '../../web/src/kernel/clock.svelte.ts';

const SERVER = Date.UTC(2026, 2, 2, 9);
const DAY_MS = 86_400_000;
const header = (ms: number): string => new Date(ms).toUTCString();

beforeEach(() => {
  vi.useFakeTimers();
  clock.follow(header(Date.now()));
});
afterEach(() => {
  clock.follow(header(Date.now()));
  vi.useRealTimers();
});

it.each([
  ['a day ahead', DAY_MS],
  ['a day behind', -DAY_MS],
])('on a computer whose clock is %s it is as late as on the server', (_name, wrong) => {
  vi.setSystemTime(SERVER + wrong);

  clock.follow(header(SERVER));

  expect(clock.nowMs()).toBe(SERVER);
  expect(clock.now).toBe(SERVER);
});

it('goes on between two answers, and follows a clock that is put right', () => {
  vi.setSystemTime(SERVER + DAY_MS);
  clock.follow(header(SERVER));

  vi.setSystemTime(SERVER + DAY_MS + 60_000);
  expect(clock.nowMs()).toBe(SERVER + 60_000);

  vi.setSystemTime(SERVER + 60_000);
  clock.follow(header(SERVER + 60_000));
  expect(clock.nowMs()).toBe(SERVER + 60_000);
});

it.each([
  ['no date', null],
  ['what is no date', 'soon'],
  ['seconds of travel', header(SERVER + 3_000)],
])('does not move by %s', (_name, told) => {
  vi.setSystemTime(SERVER);
  clock.follow(header(SERVER));

  clock.follow(told);

  expect(clock.nowMs()).toBe(SERVER);
});
