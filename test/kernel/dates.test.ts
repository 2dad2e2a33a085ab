import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  dayBounds,
  daysBetween,
  fiscalYearOf,
  isDay,
  isInstant,
  isZone,
  localDay,
  localInstant,
  localTime,
  nextLocalTime,
  toInstant,
  toMs,
} from '../../shared/kernel/dates.ts';
import { fc, runs } from '../support/properties.ts';

describe('a local time as a moment', () => {
  // Source: the IANA time zone database. The third column is what the wall clock then shows, where it is not what was asked.
  const table: [zone: string, day: string, time: string, moment: string, shown?: string][] = [
    ['Asia/Shanghai', '2026-03-01', '08:00', '2026-03-01T00:00:00.000Z'],
    ['UTC', '2026-03-01', '08:00', '2026-03-01T08:00:00.000Z'],
    // Berlin skips 02:00–03:00 in spring …
    ['Europe/Berlin', '2026-03-29', '01:59', '2026-03-29T00:59:00.000Z'],
    ['Europe/Berlin', '2026-03-29', '02:00', '2026-03-29T01:00:00.000Z', '03:00'],
    ['Europe/Berlin', '2026-03-29', '02:30', '2026-03-29T01:00:00.000Z', '03:00'],
    ['Europe/Berlin', '2026-03-29', '02:59', '2026-03-29T01:00:00.000Z', '03:00'],
    ['Europe/Berlin', '2026-03-29', '03:00', '2026-03-29T01:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29', '08:00', '2026-03-29T06:00:00.000Z'],
    // … and has 02:00–03:00 twice in autumn: the first coming counts
    ['Europe/Berlin', '2026-10-25', '01:30', '2026-10-24T23:30:00.000Z'],
    ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
    ['Europe/Berlin', '2026-10-25', '03:00', '2026-10-25T02:00:00.000Z'],
    ['America/New_York', '2026-03-08', '02:30', '2026-03-08T07:00:00.000Z', '03:00'],
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00.000Z'],
    // Lord Howe moves by half an hour: 02:00 → 02:30, and 02:00 → 01:30
    ['Australia/Lord_Howe', '2026-10-04', '02:00', '2026-10-03T15:30:00.000Z', '02:30'],
    ['Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:30:00.000Z', '02:30'],
    ['Australia/Lord_Howe', '2026-10-04', '02:30', '2026-10-03T15:30:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-05', '02:00', '2026-04-04T15:30:00.000Z'],
    // Chatham is 12:45 or 13:45 ahead and moves at 02:45
    ['Pacific/Chatham', '2026-06-01', '08:00', '2026-05-31T19:15:00.000Z'],
    ['Pacific/Chatham', '2026-12-01', '08:00', '2026-11-30T18:15:00.000Z'],
    ['Pacific/Chatham', '2026-09-27', '03:00', '2026-09-26T14:00:00.000Z', '03:45'],
    // Samoa went from the end of 29 December 2011 to the start of the 31st
    ['Pacific/Apia', '2011-12-29', '23:59', '2011-12-30T09:59:00.000Z'],
    ['Pacific/Apia', '2011-12-30', '08:00', '2011-12-30T10:00:00.000Z', '00:00'],
    ['Pacific/Apia', '2011-12-31', '08:00', '2011-12-30T18:00:00.000Z'],
    // Zones whose day starts or ends in the gap
    ['America/Sao_Paulo', '2018-11-04', '00:00', '2018-11-04T03:00:00.000Z', '01:00'],
    ['Africa/Cairo', '2026-04-24', '00:30', '2026-04-23T22:00:00.000Z', '01:00'],
    ['America/Nuuk', '2024-03-30', '23:30', '2024-03-31T01:00:00.000Z', '00:00'],
    // Half and quarter hours, the ends of the offsets, leap days, a century that is none, zones without summer time
    ['Asia/Kolkata', '2026-01-01', '08:00', '2026-01-01T02:30:00.000Z'],
    ['Asia/Kathmandu', '2026-01-01', '08:00', '2026-01-01T02:15:00.000Z'],
    ['America/St_Johns', '2026-07-01', '08:00', '2026-07-01T10:30:00.000Z'],
    ['Pacific/Kiritimati', '2026-01-01', '00:00', '2025-12-31T10:00:00.000Z'],
    ['Etc/GMT+12', '2026-01-01', '23:59', '2026-01-02T11:59:00.000Z'],
    ['Asia/Shanghai', '2024-02-29', '08:00', '2024-02-29T00:00:00.000Z'],
    ['Asia/Shanghai', '2026-12-31', '23:59', '2026-12-31T15:59:00.000Z'],
    ['Africa/Casablanca', '2026-03-01', '08:00', '2026-03-01T08:00:00.000Z'], // back to UTC in Ramadan
    ['Asia/Pyongyang', '2018-05-04', '23:45', '2018-05-04T15:00:00.000Z', '00:00'], // a gap of half an hour before midnight
  ];

  it.each(table)('in %s on %s at %s is %s', (zone, day, time, moment, shown = time) => {
    const found = localInstant(day, time, zone);

    expect(found).toBe(moment);
    expect(localTime(found, zone)).toBe(shown);
  });

  it('does not depend on the zone of the process', () => {
    const program = `
      import { dayBounds, isDay, localDay, localInstant, localTime, nextLocalTime, addDays, daysBetween } from './shared/kernel/dates.ts';
      const zone = 'Europe/Berlin';
      const at = localInstant('2026-03-29', '02:30', zone);
      console.log(JSON.stringify([at, localDay(at, zone), localTime(at, zone), nextLocalTime(at, '02:30', zone), dayBounds('2026-10-25', zone),
        addDays('2026-03-28', 2), daysBetween('2026-03-01', '2026-04-01'), isDay('2026-03-29')]));`;
    const root = path.join(import.meta.dirname, '../..');
    const run = (TZ: string) =>
      execFileSync(process.execPath, ['--input-type=module-typescript', '--disable-warning=ExperimentalWarning', '-e', program], {
        cwd: root,
        env: { ...process.env, TZ },
        encoding: 'utf8',
      });

    const answers = ['UTC', 'America/New_York', 'Pacific/Apia'].map(run);

    expect(new Set(answers).size).toBe(1);
    expect(JSON.parse(answers[0]!)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-29',
      '03:00',
      '2026-03-30T00:30:00.000Z',
      { from: '2026-10-24T22:00:00.000Z', to: '2026-10-25T23:00:00.000Z' },
      '2026-03-30',
      31,
      true,
    ]);
  });
});

describe('the next local time', () => {
  const days = (zone: string, from: string, time: string, count: number): string[] => {
    const found: string[] = [];
    for (let at = from; found.length < count; found.push(at)) at = nextLocalTime(at, time, zone);
    return found;
  };

  it('comes after the gap in spring and once in autumn', () => {
    expect(days('Europe/Berlin', '2026-03-28T12:00:00.000Z', '02:30', 2)).toEqual(['2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z']);
    expect(days('Europe/Berlin', '2026-10-24T12:00:00.000Z', '02:30', 2)).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z']);
    // between the two comings of 02:30 the day has had its one
    expect(nextLocalTime('2026-10-25T00:45:00.000Z', '02:30', 'Europe/Berlin')).toBe('2026-10-26T01:30:00.000Z');
  });

  it('leaves out a day that the zone skipped', () => {
    expect(days('Pacific/Apia', '2011-12-29T00:00:00.000Z', '08:00', 3)).toEqual([
      '2011-12-29T18:00:00.000Z',
      '2011-12-30T18:00:00.000Z',
      '2011-12-31T18:00:00.000Z',
    ]);
    expect(days('Pacific/Apia', '2011-12-30T09:00:00.000Z', '00:00', 2)).toEqual(['2011-12-30T10:00:00.000Z', '2011-12-31T10:00:00.000Z']);
  });

  it('is not lost when the gap reaches over midnight', () => {
    expect(days('America/Nuuk', '2024-03-30T02:00:00.000Z', '23:30', 3)).toEqual([
      '2024-03-31T01:00:00.000Z',
      '2024-04-01T00:30:00.000Z',
      '2024-04-02T00:30:00.000Z',
    ]);
  });

  it('is strictly later, also when it is that time now', () => {
    expect(nextLocalTime('2026-03-01T00:00:00.000Z', '08:00', 'Asia/Shanghai')).toBe('2026-03-02T00:00:00.000Z');
    expect(nextLocalTime('2026-02-28T23:59:59.999Z', '08:00', 'Asia/Shanghai')).toBe('2026-03-01T00:00:00.000Z');
    expect(nextLocalTime('2024-02-28T01:00:00.000Z', '08:00', 'Asia/Shanghai')).toBe('2024-02-29T00:00:00.000Z');
  });
});

describe('laws of local time, in every zone of the platform', () => {
  const ZONES = Intl.supportedValuesOf('timeZone');
  const zones = fc.oneof(
    fc.constantFrom(
      'Europe/Berlin',
      'America/Nuuk',
      'Australia/Lord_Howe',
      'Pacific/Chatham',
      'Pacific/Apia',
      'Asia/Gaza',
      'Africa/Cairo',
      'America/Santiago',
      'Antarctica/Troll',
    ),
    fc.constantFrom(...ZONES),
  );
  const moments = fc.integer({ min: Date.UTC(1975, 0), max: Date.UTC(2037, 0) }).map(toInstant);
  const times = fc
    .integer({ min: 0, max: 1439 })
    .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);

  it('a moment’s day and time lead back to its minute, or to the first coming of that minute', () => {
    fc.assert(
      fc.property(moments, zones, (moment, zone) => {
        const back = localInstant(localDay(moment, zone), localTime(moment, zone), zone);

        expect(localTime(back, zone)).toBe(localTime(moment, zone));
        expect(localDay(back, zone)).toBe(localDay(moment, zone));
        expect(toMs(back)).toBeLessThanOrEqual(toMs(moment));
      }),
      runs(300),
    );
  });

  it('a local time is shown by the clocks, or is skipped and becomes the first moment after', () => {
    fc.assert(
      fc.property(moments, times, zones, (moment, time, zone) => {
        const day = localDay(moment, zone);
        const found = localInstant(day, time, zone);
        const shown = `${localDay(found, zone)} ${localTime(found, zone)}`;

        expect(shown >= `${day} ${time}`).toBe(true);
        if (shown !== `${day} ${time}`) {
          const before = toInstant(toMs(found) - 1);
          expect(`${localDay(before, zone)} ${localTime(before, zone)}` < `${day} ${time}`).toBe(true);
        }
      }),
      runs(300),
    );
  });

  it('later times of a day are later moments', () => {
    fc.assert(
      fc.property(moments, times, times, zones, (moment, one, other, zone) => {
        const day = localDay(moment, zone);
        const [early, late] = [one, other].sort() as [string, string];

        // An hour that comes twice breaks the order once: 02:59 first comes before 02:00 comes again, which is not asked for.
        expect(toMs(localInstant(day, early, zone))).toBeLessThanOrEqual(toMs(localInstant(day, late, zone)));
      }),
      runs(200),
    );
  });

  it('the next local time is strictly later, within two days, and one a local day', () => {
    fc.assert(
      fc.property(moments, times, zones, (moment, time, zone) => {
        const next = nextLocalTime(moment, time, zone);
        const afterNext = nextLocalTime(next, time, zone);

        expect(toMs(next)).toBeGreaterThan(toMs(moment));
        expect(toMs(afterNext)).toBeGreaterThan(toMs(next));
        expect(toMs(next) - toMs(moment)).toBeLessThanOrEqual(50 * 3_600_000);
        // nothing between: from any moment before it, the same one is next
        expect(nextLocalTime(toInstant(toMs(next) - 1), time, zone)).toBe(next);
      }),
      runs(200),
    );
  });

  it('the days of a zone follow each other without gap and overlap', () => {
    fc.assert(
      fc.property(moments, zones, (moment, zone) => {
        const day = localDay(moment, zone);
        const { from, to } = dayBounds(day, zone);

        expect(dayBounds(addDays(day, 1), zone).from).toBe(to);
        expect(toMs(from)).toBeLessThanOrEqual(toMs(moment));
        expect(toMs(to)).toBeGreaterThan(toMs(from));
      }),
      runs(200),
    );
  });
});

describe('days and zones', () => {
  it('count by the calendar', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2100-02-28', 1)).toBe('2100-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(daysBetween('2026-03-30', '2026-03-28')).toBe(-2);
    fc.assert(
      fc.property(fc.integer({ min: -300_000, max: 300_000 }), (days) => {
        expect(daysBetween('2026-01-01', addDays('2026-01-01', days))).toBe(days);
        expect(isDay(addDays('2026-01-01', days))).toBe(true);
      }),
      runs(200),
    );
  });

  it('know a real day and a real moment', () => {
    for (const day of ['1000-01-01', '9998-12-31', '2000-02-29']) expect(isDay(day)).toBe(true);
    for (const day of ['0999-12-31', '9999-01-01', '1900-02-29', '2026-04-31', '2026-1-1', '', '2026-01-01 '])
      expect(isDay(day)).toBe(false);
    for (const moment of ['2026-01-01T00:00:00Z', '2026-01-01T23:59:59.123456789-11:30']) expect(isInstant(moment)).toBe(true);
    for (const moment of ['2026-01-01T24:00:00Z', '2026-01-01', '9998-12-31T23:30:00-01:00', '2026-01-01t00:00:00z', '2026-01-01T00:00Z'])
      expect(isInstant(moment)).toBe(false);
  });

  it('know zones by name and nothing else', () => {
    for (const zone of ['Asia/Shanghai', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT-14']) expect(isZone(zone)).toBe(true);
    for (const zone of ['', '+08:00', 'Mars/Olympus', 'Asia/Shanghai ', '../etc/localtime', '__proto__', 'constructor', 'Asia\u0000'])
      expect(isZone(zone)).toBe(false);
  });
});

describe('a fiscal year', () => {
  it.each([
    ['2026-11-23', 1, '2026-01-01', '2026-12-31'],
    ['2026-12-31', 1, '2026-01-01', '2026-12-31'],
    ['2026-03-31', 4, '2025-04-01', '2026-03-31'],
    ['2026-04-01', 4, '2026-04-01', '2027-03-31'],
    // The year before a leap year ends on 29 February.
    ['2027-05-01', 3, '2027-03-01', '2028-02-29'],
    ['2028-02-29', 3, '2027-03-01', '2028-02-29'],
    ['2026-11-30', 12, '2025-12-01', '2026-11-30'],
    ['2026-12-01', 12, '2026-12-01', '2027-11-30'],
  ])('to which %s belongs, begun in month %i, is %s to %s', (day, month, from, to) => {
    expect(fiscalYearOf(day, month)).toEqual({ from, to });
  });
});
