import { describe, expect, it } from 'vitest';
import { cycleShape, nextCycleDay, type Cycle } from '../../shared/activities/cycle.ts';
import { addDays, daysBetween, isDay } from '../../shared/kernel/dates.ts';
import { parseWith } from '../../shared/kernel/schema.ts';
import { fc, runs } from '../support/properties.ts';

/** The first days of a cycle, the first occurrence left out. */
function days(cycle: Cycle, first: string, count: number): string[] {
  const found: string[] = [];
  for (let day: string | undefined = first; found.length < count && (day = nextCycleDay(cycle, first, day)) !== undefined;) found.push(day);
  return found;
}

describe('a cycle', () => {
  it.each<[string, Cycle, string, string[]]>([
    ['every day', { unit: 'day', every: 1 }, '2026-02-27', ['2026-02-28', '2026-03-01', '2026-03-02']],
    ['every third day', { unit: 'day', every: 3 }, '2026-12-30', ['2027-01-02', '2027-01-05']],
    ['on working days', { unit: 'weekday', every: 1 }, '2026-11-26', ['2026-11-27', '2026-11-30', '2026-12-01']],
    ['on every second working day', { unit: 'weekday', every: 2 }, '2026-11-26', ['2026-11-30', '2026-12-02', '2026-12-04', '2026-12-08']],
    ['on working days, begun on a Sunday', { unit: 'weekday', every: 1 }, '2026-11-29', ['2026-11-30', '2026-12-01']],
    ['every week', { unit: 'week', every: 1 }, '2026-12-28', ['2027-01-04', '2027-01-11']],
    [
      'on Mondays and Thursdays of every second week, begun on a Thursday',
      { unit: 'week', every: 2, weekdays: [4, 1] },
      '2026-11-26',
      ['2026-12-07', '2026-12-10', '2026-12-21'],
    ],
    ['on a weekday before that of the first', { unit: 'week', every: 1, weekdays: [1] }, '2026-11-26', ['2026-11-30', '2026-12-07']],
    ['every month', { unit: 'month', every: 1 }, '2026-11-05', ['2026-12-05', '2027-01-05']],
    // The 31st comes back wherever there is one.
    ['on the 31st', { unit: 'month', every: 1 }, '2026-01-31', ['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']],
    ['on the 30th, in a leap year', { unit: 'month', every: 1 }, '2028-01-30', ['2028-02-29', '2028-03-30']],
    ['on the last of the month', { unit: 'month', every: 1, day: 'last' }, '2026-02-28', ['2026-03-31', '2026-04-30']],
    ['on the 15th of every third month', { unit: 'month', every: 3, day: 15 }, '2026-11-20', ['2027-02-15', '2027-05-15']],
    ['on the 15th, begun before', { unit: 'month', every: 1, day: 15 }, '2026-11-03', ['2026-11-15', '2026-12-15']],
    ['every year', { unit: 'year', every: 1 }, '2026-11-23', ['2027-11-23', '2028-11-23']],
    ['on 29 February', { unit: 'year', every: 1 }, '2024-02-29', ['2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29', '2029-02-28']],
    ['on 29 February, over a century that is no leap year', { unit: 'year', every: 4 }, '2096-02-29', ['2100-02-28', '2104-02-29']],
  ])('comes %s', (_name, cycle, first, expected) => {
    expect(days(cycle, first, expected.length)).toEqual(expected);
  });

  it('is told from any day, also from one that is none of its own, or lies before it', () => {
    const fortnightly: Cycle = { unit: 'week', every: 2, weekdays: [1] };
    expect(nextCycleDay(fortnightly, '2026-11-23', '2026-12-02')).toBe('2026-12-07');
    expect(nextCycleDay(fortnightly, '2026-11-23', '2026-12-07')).toBe('2026-12-21');
    expect(nextCycleDay(fortnightly, '2026-11-23', '2020-01-01')).toBe('2026-11-23');
    expect(nextCycleDay({ unit: 'month', every: 1 }, '2026-01-31', '2026-02-28')).toBe('2026-03-31');
  });

  it('ends with the calendar', () => {
    for (const unit of ['day', 'weekday', 'week', 'month', 'year'] as const)
      expect(nextCycleDay({ unit, every: 99 }, '9998-12-31', '9998-12-31')).toBeUndefined();
  });
});

describe('laws of cycles', () => {
  const cycles: fc.Arbitrary<Cycle> = fc.oneof(
    fc.record({ unit: fc.constantFrom('day', 'weekday', 'week', 'month', 'year'), every: fc.integer({ min: 1, max: 99 }) }),
    fc.record({
      unit: fc.constant('week' as const),
      every: fc.integer({ min: 1, max: 9 }),
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    }),
    fc.record({
      unit: fc.constant('month' as const),
      every: fc.integer({ min: 1, max: 24 }),
      day: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant('last' as const)),
    }),
  ) as fc.Arbitrary<Cycle>;
  const firsts = fc.integer({ min: 0, max: 40_000 }).map((n) => addDays('1999-12-31', n));
  const LONGEST: Readonly<Record<Cycle['unit'], number>> = { day: 1, weekday: 3, week: 7, month: 31, year: 366 };

  it('the next day is a later one, at most one round away, and the next from every day before it', () => {
    fc.assert(
      fc.property(cycles, firsts, fc.integer({ min: 0, max: 5000 }), fc.nat(), (cycle, first, later, between) => {
        const after = addDays(first, later);
        const next = nextCycleDay(cycle, first, after)!;

        expect(isDay(next)).toBe(true);
        expect(next > after).toBe(true);
        expect(daysBetween(after, next)).toBeLessThanOrEqual(cycle.every * LONGEST[cycle.unit] + 31);
        expect(nextCycleDay(cycle, first, addDays(after, between % daysBetween(after, next)))).toBe(next);
      }),
      runs(500),
    );
  });

  it('a month or a year has its own day, or its last where it has no such day', () => {
    fc.assert(
      fc.property(firsts, fc.integer({ min: 0, max: 5000 }), fc.constantFrom('month' as const, 'year' as const), (first, later, unit) => {
        const next = nextCycleDay({ unit, every: 1 }, first, addDays(first, later))!;
        const wanted = first.slice(8);
        const isLast = addDays(next, 1).endsWith('-01');

        expect(next.slice(8) === wanted || (isLast && next.slice(8) < wanted)).toBe(true);
      }),
      runs(300),
    );
  });
});

describe('what a cycle may say', () => {
  const issues = (input: unknown): string[] => {
    const parsed = parseWith(cycleShape(), input);
    return parsed.ok ? [] : parsed.issues.map(({ field, code }) => `${field} ${code}`);
  };

  it.each<[unknown, string[]]>([
    [{ unit: 'week', every: 2, weekdays: [1, 3], until: '2026-12-31' }, []],
    [{ unit: 'month', every: 1, day: 'last', count: 12 }, []],
    [{ unit: 'day', every: 1, from: { day: '2026-11-23', time: '09:00' } }, []],
    [{ unit: 'hour', every: 1 }, ['unit choice.unknown']],
    [{ unit: 'day', every: 0 }, ['every number.tooSmall']],
    [{ unit: 'day', every: 1.5 }, ['every number.whole']],
    [{ unit: 'day', every: 100 }, ['every number.tooLarge']],
    [{ unit: 'day', every: 1, weekdays: [1] }, ['weekdays cycle.weekdays']],
    [{ unit: 'week', every: 1, weekdays: [] }, ['weekdays list.empty']],
    [{ unit: 'week', every: 1, weekdays: [0, 8] }, ['weekdays.0 number.tooSmall', 'weekdays.1 number.tooLarge']],
    [{ unit: 'year', every: 1, day: 3 }, ['day cycle.day']],
    [{ unit: 'day', every: 1, until: '2026-02-30' }, ['until date.invalid']],
    [{ unit: 'day', every: 1, until: '2026-12-31', count: 3 }, ['count cycle.twoEnds']],
    [{ unit: 'day', every: 1, from: { day: '2026-11-23', time: '24:00' } }, ['from.time time.invalid']],
    [{ unit: 'day', every: 1, rrule: 'FREQ=DAILY' }, ['rrule field.unknown']],
    ['daily', [' input.object']],
  ])('%j', (input, expected) => {
    expect(issues(input)).toEqual(expected);
  });
});
