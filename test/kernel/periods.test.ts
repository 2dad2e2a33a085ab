import { describe, expect, it } from 'vitest';
import { addDays, isDay } from '../../shared/kernel/dates.ts';
import { forReader, toPredicate, type Filter, type FilterReader } from '../../shared/kernel/filter.ts';
import { countedOf, daysOf, isOfCalendar, isPeriod, NAMED_PERIODS, type Period, yearStartOf } from '../../shared/kernel/periods.ts';
import { everyKind, specimen } from '../support/fields.ts';
import { fc, runs } from '../support/properties.ts';

describe('a period', () => {
  it.each<[period: Period, today: string, from: string | undefined, to: string | undefined]>([
    ['today', '2026-11-23', '2026-11-23', '2026-11-24'],
    ['yesterday', '2026-01-01', '2025-12-31', '2026-01-01'],
    ['tomorrow', '2024-02-28', '2024-02-29', '2024-03-01'],
    // 23 November 2026 is a Monday, 22 a Sunday.
    ['thisWeek', '2026-11-23', '2026-11-23', '2026-11-30'],
    ['thisWeek', '2026-11-22', '2026-11-16', '2026-11-23'],
    ['lastWeek', '2026-01-01', '2025-12-22', '2025-12-29'],
    ['nextWeek', '2026-12-31', '2027-01-04', '2027-01-11'],
    ['thisMonth', '2024-02-29', '2024-02-01', '2024-03-01'],
    ['lastMonth', '2026-01-31', '2025-12-01', '2026-01-01'],
    ['nextMonth', '2026-12-05', '2027-01-01', '2027-02-01'],
    ['thisQuarter', '2026-11-23', '2026-10-01', '2027-01-01'],
    ['lastQuarter', '2026-02-10', '2025-10-01', '2026-01-01'],
    ['nextQuarter', '2026-09-30', '2026-10-01', '2027-01-01'],
    ['thisYear', '2026-12-31', '2026-01-01', '2027-01-01'],
    ['lastYear', '2026-01-01', '2025-01-01', '2026-01-01'],
    ['nextYear', '2026-06-15', '2027-01-01', '2028-01-01'],
    ['overdue', '2026-11-23', undefined, '2026-11-23'],
    ['last:1', '2026-11-23', '2026-11-23', '2026-11-24'],
    ['last:30', '2026-01-05', '2025-12-07', '2026-01-06'],
    ['next:7', '2026-12-28', '2026-12-28', '2027-01-04'],
    ['before:30', '2026-11-23', undefined, '2026-10-24'],
    ['after:30', '2026-11-23', '2026-12-24', undefined],
  ])('%s on %s is %s until %s', (period, today, from, to) => {
    expect(daysOf(period, today, 1)).toEqual({ ...(from && { from }), ...(to && { to }) });
  });

  it.each<[period: Period, yearStart: number, today: string, from: string, to: string]>([
    ['thisYear', 4, '2026-03-31', '2025-04-01', '2026-04-01'],
    ['thisYear', 4, '2026-04-01', '2026-04-01', '2027-04-01'],
    ['lastYear', 4, '2026-04-01', '2025-04-01', '2026-04-01'],
    ['nextYear', 12, '2026-11-30', '2026-12-01', '2027-12-01'],
    ['thisYear', 12, '2026-12-01', '2026-12-01', '2027-12-01'],
    // Quarters of a year that begins in April, July or October are those of the calendar.
    ['thisQuarter', 4, '2026-03-31', '2026-01-01', '2026-04-01'],
    ['thisQuarter', 10, '2026-11-23', '2026-10-01', '2027-01-01'],
    ['thisQuarter', 2, '2026-01-31', '2025-11-01', '2026-02-01'],
    ['thisQuarter', 2, '2026-02-01', '2026-02-01', '2026-05-01'],
    ['lastQuarter', 3, '2026-02-28', '2025-09-01', '2025-12-01'],
    ['nextQuarter', 3, '2028-02-29', '2028-03-01', '2028-06-01'],
    ['thisQuarter', 3, '2028-02-29', '2027-12-01', '2028-03-01'],
    ['thisMonth', 6, '2028-02-29', '2028-02-01', '2028-03-01'],
  ])('%s of books that begin in month %i, on %s is %s until %s', (period, yearStart, today, from, to) => {
    expect(daysOf(period, today, yearStart)).toEqual({ from, to });
  });

  it('is said to be one of the books where it is none of the calendar', () => {
    const months = Array.from({ length: 12 }, (_, i) => i + 1);
    expect(months.filter((month) => isOfCalendar('Year', month))).toEqual([1]);
    expect(months.filter((month) => isOfCalendar('Quarter', month))).toEqual([1, 4, 7, 10]);
    expect([undefined, { id: 'wsp' }, { id: 'wsp', fiscalYearStart: '04' }].map(yearStartOf)).toEqual([1, 1, 4]);
  });

  it('of weeks, months, quarters and years leaves no day out and none twice', () => {
    const day = fc.integer({ min: 0, max: 60_000 }).map((n) => addDays('1990-01-01', n));
    const unit = fc.constantFrom('Week', 'Month', 'Quarter', 'Year');
    fc.assert(
      fc.property(day, unit, fc.integer({ min: 1, max: 12 }), (today, name, yearStart) => {
        const [last, now, next] = ['last', 'this', 'next'].map((which) => daysOf(`${which}${name}` as Period, today, yearStart));
        expect([last!.to, now!.to]).toEqual([now!.from, next!.from]);
        expect(now!.from! <= today && today < now!.to!).toBe(true);
        expect([last, now, next].every((days) => isDay(days!.from!) && isDay(days!.to!))).toBe(true);
      }),
      runs(300),
    );
  });

  it.each(['', 'someday', 'last:0', 'last:-3', 'last:3651', 'last:1.5', 'last: 3', 'constructor', 7, null, ['today'], { last: 3 }])(
    'is not %j',
    (value) => {
      expect(isPeriod(value)).toBe(false);
    },
  );

  it('is any of the names, and any of the counted ones to ten years', () => {
    expect([...NAMED_PERIODS, 'last:1', 'next:3650'].every(isPeriod)).toBe(true);
    expect([countedOf('before:14'), countedOf('today')]).toEqual([{ kind: 'before', days: 14 }, undefined]);
  });
});

describe('a filter of a reader', () => {
  const BERLIN: FilterReader = {
    memberId: 'mem_00000000000000000000000001',
    now: '2026-03-29T10:00:00.000Z',
    zone: 'Europe/Berlin',
    yearStart: 1,
  };
  const at = (filter: Filter, reader: FilterReader = BERLIN): Filter => forReader(everyKind, filter, reader);
  const within = (field: string, value: string): Filter => ({ field, op: 'within', value });

  it('asks days as days', () => {
    expect(at(within('date', 'today'))).toEqual({
      all: [
        { field: 'date', op: 'gte', value: '2026-03-29' },
        { field: 'date', op: 'lt', value: '2026-03-30' },
      ],
    });
  });

  it.each([
    ['on the day that has 23 hours', 'Europe/Berlin', '2026-03-29T10:00:00.000Z', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['on the day that has 25 hours', 'Europe/Berlin', '2026-10-25T10:00:00.000Z', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ['in the evening of the old year', 'Asia/Shanghai', '2026-12-31T15:59:59.000Z', '2026-12-30T16:00:00.000Z', '2026-12-31T16:00:00.000Z'],
    ['where it is next year already', 'Asia/Shanghai', '2026-12-31T16:00:00.000Z', '2026-12-31T16:00:00.000Z', '2027-01-01T16:00:00.000Z'],
    [
      'where midnight does not exist',
      'America/Santiago',
      '2026-09-06T12:00:00.000Z',
      '2026-09-06T04:00:00.000Z',
      '2026-09-07T03:00:00.000Z',
    ],
  ])('asks moments between two midnights of his zone: %s', (_what, zone, now, from, to) => {
    expect(at(within('instant', 'today'), { ...BERLIN, zone, now })).toEqual({
      all: [
        { field: 'instant', op: 'gte', value: from },
        { field: 'instant', op: 'lt', value: to },
      ],
    });
  });

  it.each([
    [
      'before midnight of the last day',
      'Asia/Shanghai',
      '2026-03-31T15:59:59.000Z',
      '2025-03-31T16:00:00.000Z',
      '2026-03-31T16:00:00.000Z',
    ],
    ['after it', 'Asia/Shanghai', '2026-03-31T16:00:00.000Z', '2026-03-31T16:00:00.000Z', '2027-03-31T16:00:00.000Z'],
    ['in summer time', 'Europe/Berlin', '2026-03-31T22:00:00.000Z', '2026-03-31T22:00:00.000Z', '2027-03-31T22:00:00.000Z'],
  ])('asks for the year of the books by his own days: %s', (_what, zone, now, from, to) => {
    expect(at(within('instant', 'thisYear'), { ...BERLIN, zone, now, yearStart: 4 })).toEqual({
      all: [
        { field: 'instant', op: 'gte', value: from },
        { field: 'instant', op: 'lt', value: to },
      ],
    });
  });

  it('has what is overdue end today for days, and now for moments', () => {
    expect(at(within('date', 'overdue'))).toEqual({ all: [{ field: 'date', op: 'lt', value: '2026-03-29' }] });
    expect(at(within('instant', 'overdue'))).toEqual({ field: 'instant', op: 'lt', value: BERLIN.now });
  });

  it('puts him in the place of me, in groups and lists, and nowhere else', () => {
    const mine: Filter = {
      any: [
        { field: 'ownerId', op: 'in', value: ['me', 'mem_2'] },
        {
          all: [
            { field: 'createdBy', op: 'isNot', value: 'me' },
            { field: 'updatedBy', op: 'notEmpty' },
          ],
        },
        { field: 'text', op: 'is', value: 'me' },
      ],
    };

    expect(at(mine)).toEqual({
      any: [
        { field: 'ownerId', op: 'in', value: [BERLIN.memberId, 'mem_2'] },
        {
          all: [
            { field: 'createdBy', op: 'isNot', value: BERLIN.memberId },
            { field: 'updatedBy', op: 'notEmpty' },
          ],
        },
        { field: 'text', op: 'is', value: 'me' },
      ],
    });
  });

  it('holds for a record with a day of the period, and for none without a day', () => {
    const fits = toPredicate(everyKind, at(within('date', 'thisWeek')));

    expect(['2026-03-22', '2026-03-23', '2026-03-29', '2026-03-30', undefined].map((date) => fits(specimen({ date })))).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });
});
