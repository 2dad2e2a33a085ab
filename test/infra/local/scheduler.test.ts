import { afterEach, describe, expect, it } from 'vitest';
import { createClock } from '../../../infra/local/clock.ts';
import { parseExpression } from '../../../infra/local/schedule/expression.ts';
import { latestRun, startScheduler } from '../../../infra/local/schedule/scheduler.ts';

const at = (iso: string) => Date.parse(iso);

describe('a schedule expression', () => {
  it.each([
    ['rate(1 minute)', 'UTC', '2026-03-01T00:01:00Z', true],
    ['rate(5 minutes)', 'UTC', '2026-03-01T00:05:00Z', true],
    ['rate(5 minutes)', 'UTC', '2026-03-01T00:06:00Z', false],
    ['rate(1 day)', 'UTC', '2026-03-01T00:00:00Z', true],
    ['cron(0 8 * * ? *)', 'UTC', '2026-03-01T08:00:00Z', true],
    ['cron(0 8 * * ? *)', 'UTC', '2026-03-01T08:01:00Z', false],
    ['cron(0 8 * * ? *)', 'Asia/Shanghai', '2026-03-01T00:00:00Z', true],
    ['cron(30 6,18 ? * MON-FRI *)', 'UTC', '2026-03-02T18:30:00Z', true], // a Monday
    ['cron(30 6,18 ? * MON-FRI *)', 'UTC', '2026-03-01T18:30:00Z', false],
    ['cron(0/15 * 1 JAN,MAR ? 2026)', 'UTC', '2026-03-01T05:45:00Z', true],
    ['cron(0/15 * 1 JAN,MAR ? 2025)', 'UTC', '2026-03-01T05:45:00Z', false],
  ])('%s in %s at %s is due: %s', (expression, zone, instant, due) => {
    expect(parseExpression(expression, zone).isDue(at(instant))).toBe(due);
  });

  it.each(['at(2026-01-01T00:00:00)', 'rate(0 minutes)', 'cron(0 8 * *)', 'cron(0 8 L * ? *)', 'cron(0 25 * * ? *)', 'daily'])(
    '%s is refused rather than misread',
    (expression) => {
      expect(() => parseExpression(expression)).toThrow();
    },
  );
});

describe('the latest run', () => {
  const eight = parseExpression('cron(0 8 * * ? *)');
  it.each([
    ['2026-03-01T07:00:00Z', '2026-03-01T07:59:00Z', undefined],
    ['2026-03-01T07:59:00Z', '2026-03-01T08:00:00Z', '2026-03-01T08:00:00Z'],
    ['2026-03-01T08:00:00Z', '2026-03-01T08:01:00Z', undefined],
    ['2026-03-01T07:00:00Z', '2026-03-04T09:00:00Z', '2026-03-04T08:00:00Z'],
    ['2026-03-04T09:00:00Z', '2026-03-01T07:00:00Z', undefined],
  ])('after %s until %s is %s', (after, until, expected) => {
    const run = latestRun((minute) => eight.isDue(minute), at(after), at(until));

    expect(run && new Date(run).toISOString().replace('.000Z', 'Z')).toBe(expected);
  });
});

describe('the scheduler', () => {
  let close = async () => {};
  afterEach(() => close());

  it('fires once for any jump forward, with the scheduled instant in its payload, and again after a jump back', async () => {
    let machine = at('2026-03-01T12:00:20Z');
    const clock = createClock(() => machine);
    const fired: unknown[] = [];
    const scheduler = startScheduler({
      clock,
      schedules: [
        {
          name: 'tick',
          expression: 'rate(1 minute)',
          input: '{"time":"<aws.scheduler.scheduled-time>"}',
          invoke: async (event) => fired.push(event),
        },
      ],
      report: (error) => fired.push(error),
    });
    close = () => scheduler.close();
    expect(fired).toEqual([]);

    clock.set(at('2026-03-02T08:00:30Z')); // tomorrow
    clock.shift(5000); // the same minute
    machine += 60_000;
    clock.shift(0);
    clock.set(at('2026-03-01T12:00:00Z')); // back
    clock.shift(60_000);

    expect(fired).toEqual([{ time: '2026-03-02T08:00:00Z' }, { time: '2026-03-02T08:01:00Z' }, { time: '2026-03-01T12:01:00Z' }]);
  });

  it('reports a run that fails and goes on', async () => {
    const clock = createClock(() => 0);
    const errors: unknown[] = [];
    let runs = 0;
    const scheduler = startScheduler({
      clock,
      schedules: [
        {
          name: 'tick',
          expression: 'rate(1 minute)',
          input: '{}',
          invoke: async () => {
            runs += 1;
            throw new Error('no');
          },
        },
      ],
      report: (error) => errors.push(error),
    });
    close = async () => {};

    clock.shift(60_000);
    clock.shift(60_000);
    await scheduler.close();

    expect(runs).toBe(2);
    expect(errors).toHaveLength(2);
  });
});
