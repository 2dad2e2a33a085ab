import { describe, expect, it } from 'vitest';
import { nextCycleDay } from '../../shared/activities/cycle.ts';
import { allDaySpan, nextOccurrence, type Planned } from '../../shared/activities/recurrence.ts';
import { localDay, localInstant, localTime, toMs } from '../../shared/kernel/dates.ts';
import { fc, runs } from '../support/properties.ts';

const DAILY = { unit: 'day', every: 1 } as const;
/** Starts of the occurrences after one, each closed at its start, as day and time on the wall. */
function walls(first: Planned, zone: string, count: number): string[] {
  const found: string[] = [];
  for (let at: Planned | undefined = first; found.length < count;) {
    at = nextOccurrence(at, zone, at.plannedStart!);
    if (!at) break;
    found.push(`${localDay(at.plannedStart!, zone)} ${localTime(at.plannedStart!, zone)}`);
  }
  return found;
}
const starting = (day: string, time: string, zone: string, more: Partial<Planned> = {}): Planned => ({
  plannedStart: localInstant(day, time, zone),
  cycle: DAILY,
  ...more,
});

describe('the next occurrence', () => {
  it.each<[zone: string, day: string, time: string, walls: string[]]>([
    ['Asia/Shanghai', '2026-03-01', '09:00', ['2026-03-02 09:00', '2026-03-03 09:00']],
    // What is skipped in spring comes after the gap, once, and is back at its time the day after.
    ['Europe/Berlin', '2026-03-28', '02:30', ['2026-03-29 03:00', '2026-03-30 02:30']],
    ['Europe/Berlin', '2026-10-24', '02:30', ['2026-10-25 02:30', '2026-10-26 02:30']],
    ['America/New_York', '2026-03-07', '09:00', ['2026-03-08 09:00', '2026-03-09 09:00']],
    ['Australia/Lord_Howe', '2026-10-03', '02:15', ['2026-10-04 02:30', '2026-10-05 02:15']],
    ['Australia/Lord_Howe', '2026-04-04', '01:45', ['2026-04-05 01:45', '2026-04-06 01:45']],
    ['Pacific/Chatham', '2026-09-26', '03:00', ['2026-09-27 03:45', '2026-09-28 03:00']],
    ['Pacific/Chatham', '2026-04-04', '09:00', ['2026-04-05 09:00', '2026-04-06 09:00']],
  ])('keeps the time on the wall in %s across %s', (zone, day, time, expected) => {
    expect(walls(starting(day, time, zone), zone, expected.length)).toEqual(expected);
  });

  it('lasts as long as the one before, also when the clocks are changed between', () => {
    const zone = 'Europe/Berlin';
    const first = starting('2026-03-28', '09:00', zone, { plannedEnd: localInstant('2026-03-28', '10:30', zone) });

    const next = nextOccurrence(first, zone, first.plannedStart!)!;

    expect([next.plannedStart, next.plannedEnd]).toEqual(['2026-03-29T07:00:00.000Z', '2026-03-29T08:30:00.000Z']);
  });

  it('of whole days takes as many whole days', () => {
    const zone = 'Europe/Berlin';
    const fair: Planned = {
      ...allDaySpan('2026-02-28', '2026-03-01', zone),
      allDay: true,
      cycle: { unit: 'month', every: 1, day: 'last' },
    };

    const next = nextOccurrence(fair, zone, '2026-03-01T12:00:00.000Z')!;

    expect(next).toMatchObject({ ...allDaySpan('2026-03-31', '2026-04-01', zone), allDay: true });
    expect(next.plannedStart).toBe('2026-03-30T22:00:00.000Z');
  });

  it('of something that is only to be done by a moment is to be done by the next', () => {
    const next = nextOccurrence(
      { plannedEnd: '2026-11-27T16:00:00.000Z', cycle: { unit: 'week', every: 1 } },
      'UTC',
      '2026-11-25T08:00:00.000Z',
    );

    expect(next).toMatchObject({ plannedEnd: '2026-12-04T16:00:00.000Z' });
    expect(next).not.toHaveProperty('plannedStart');
  });

  it('leaves out what was missed: the first that is not over before today', () => {
    const first = starting('2026-11-02', '09:00', 'UTC');

    expect(nextOccurrence(first, 'UTC', '2026-11-09T17:00:00.000Z')!.plannedStart).toBe('2026-11-09T09:00:00.000Z');
    expect(nextOccurrence(first, 'UTC', '2026-11-02T08:00:00.000Z')!.plannedStart).toBe('2026-11-03T09:00:00.000Z');
    expect(nextOccurrence(first, 'UTC', '2026-10-20T08:00:00.000Z')!.plannedStart).toBe('2026-11-03T09:00:00.000Z');
  });

  it('goes by the calendar of its owner, not by that of Greenwich', () => {
    const monday = { plannedStart: '2026-11-22T23:00:00.000Z', cycle: { unit: 'week' as const, every: 1, weekdays: [1, 2] } };

    expect(nextOccurrence(monday, 'Asia/Shanghai', monday.plannedStart)!.plannedStart).toBe('2026-11-23T23:00:00.000Z');
  });

  it('is the cycle’s own when one of them was moved', () => {
    const weekly = starting('2026-11-23', '09:00', 'UTC', { cycle: { unit: 'week', every: 1 } });
    const second = nextOccurrence(weekly, 'UTC', weekly.plannedStart!)!;

    const third = nextOccurrence({ ...second, plannedStart: '2026-12-02T15:00:00.000Z' }, 'UTC', '2026-12-02T15:30:00.000Z')!;

    expect(third.plannedStart).toBe('2026-12-07T09:00:00.000Z');
  });

  it('comes so often, or up to a day, and then no more', () => {
    const counted = starting('2026-11-23', '09:00', 'UTC', { cycle: { ...DAILY, count: 3 } });
    const limited = starting('2026-11-23', '09:00', 'UTC', { cycle: { ...DAILY, until: '2026-11-25' } });

    expect(walls(counted, 'UTC', 9)).toEqual(['2026-11-24 09:00', '2026-11-25 09:00']);
    expect(walls(limited, 'UTC', 9)).toEqual(['2026-11-24 09:00', '2026-11-25 09:00']);
    expect(nextOccurrence(limited, 'UTC', '2026-12-24T09:00:00.000Z')).toBeUndefined();
  });

  it('is none without a cycle, or without a time to count from', () => {
    expect(nextOccurrence({ plannedStart: '2026-11-23T09:00:00.000Z' }, 'UTC', '2026-11-23T09:00:00.000Z')).toBeUndefined();
    expect(nextOccurrence({ cycle: DAILY }, 'UTC', '2026-11-23T09:00:00.000Z')).toBeUndefined();
  });

  it('is the same time on the wall of the cycle’s next day, in every zone', () => {
    const zones = fc.constantFrom(
      'Europe/Berlin',
      'Australia/Lord_Howe',
      'Pacific/Chatham',
      'Pacific/Apia',
      'America/Nuuk',
      'Africa/Cairo',
      'UTC',
    );
    const moments = fc.integer({ min: Date.UTC(2005, 0), max: Date.UTC(2037, 0) }).map((ms) => new Date(ms - (ms % 60_000)).toISOString());
    const units = fc.constantFrom('day' as const, 'weekday' as const, 'week' as const, 'month' as const, 'year' as const);
    fc.assert(
      fc.property(moments, zones, units, fc.integer({ min: 1, max: 12 }), (plannedStart, zone, unit, every) => {
        const cycle = { unit, every };
        const [first, time] = [localDay(plannedStart, zone), localTime(plannedStart, zone)];

        const next = nextOccurrence({ plannedStart, cycle }, zone, plannedStart)!;

        expect(toMs(next.plannedStart!)).toBeGreaterThan(toMs(plannedStart));
        expect(next.plannedStart).toBe(localInstant(nextCycleDay(cycle, first, first)!, time, zone));
        expect(next.cycle).toEqual({ ...cycle, from: { day: first, time } });
      }),
      runs(200),
    );
  });
});
