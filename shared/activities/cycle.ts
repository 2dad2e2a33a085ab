import * as z from 'zod/mini';
import { addDays, daysBetween, isDay } from '../kernel/dates.ts';
import { listOf } from '../kernel/fields/list.ts';
import type { Day } from '../kernel/types.ts';

/*
 * How an activity comes again. Our own and not iCalendar's rules: those leave out a month without a 31st and a year
 * without 29 February, and a monthly report that skips February is no monthly report.
 */
export interface Cycle {
  readonly unit: 'day' | 'weekday' | 'week' | 'month' | 'year';
  /** Every so many units. */
  readonly every: number;
  /** Of weeks: 1 Monday … 7 Sunday; absent means the day of the first occurrence. */
  readonly weekdays?: readonly number[] | undefined;
  /** Of months: a day, which in shorter months is the last one; absent means the day of the first occurrence. */
  readonly day?: number | 'last' | undefined;
  /** Last day on which it may come. */
  readonly until?: Day | undefined;
  /** How many occurrences there are from this one on. */
  readonly count?: number | undefined;
  /** The first occurrence on the wall of its owner; kept by the product, so that one that was moved moves no other. */
  readonly from?: { readonly day: Day; readonly time: string } | undefined;
}

const day = () => z.string('date.expected').check(z.refine(isDay, 'date.invalid'));
const whole = (least: number, most: number) => z.int('number.whole').check(z.gte(least, 'number.tooSmall'), z.lte(most, 'number.tooLarge'));

export const cycleShape = (): z.ZodMiniType<Cycle> =>
  z
    .strictObject(
      {
        unit: z.enum(['day', 'weekday', 'week', 'month', 'year'], 'choice.unknown'),
        every: whole(1, 99),
        weekdays: z.optional(listOf(whole(1, 7), 7)),
        day: z.optional(z.union([z.literal('last'), whole(1, 31)], 'number.expected')),
        until: z.optional(day()),
        count: z.optional(whole(1, 999)),
        from: z.optional(z.strictObject({ day: day(), time: z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'time.invalid')) })),
      },
      'input.object',
    )
    .check(
      z.refine(({ unit, weekdays }) => unit === 'week' || weekdays === undefined, { error: 'cycle.weekdays', path: ['weekdays'] }),
      z.refine(({ unit, day: of }) => unit === 'month' || of === undefined, { error: 'cycle.day', path: ['day'] }),
      z.refine(({ until, count }) => until === undefined || count === undefined, { error: 'cycle.twoEnds', path: ['count'] }),
    );

/**
 * The first day of a cycle strictly after a day; its ends (`until`, `count`) are not asked.
 * @param first  day of the first occurrence: whatever is counted, is counted from it
 * @returns undefined where the calendar of the product ends
 */
export function nextCycleDay(cycle: Cycle, first: Day, after: Day): Day | undefined {
  const found = after < first ? first : dayAfter(cycle, first, after);
  return found !== undefined && isDay(found) ? found : undefined;
}

function dayAfter(cycle: Cycle, first: Day, after: Day): Day | undefined {
  switch (cycle.unit) {
    case 'day':
      return addDays(first, stepAfter(daysBetween(first, after), cycle.every));
    case 'weekday':
      return workday(workdaysTo(first) + stepAfter(workdaysTo(after) - workdaysTo(first), cycle.every));
    case 'week':
      return nextInWeeks(cycle, first, after);
    case 'month':
      return nextInMonths(first, after, cycle.every, cycle.day ?? dayOf(first));
    case 'year':
      return nextInMonths(first, after, 12 * cycle.every, dayOf(first));
    default:
      return cycle.unit satisfies never;
  }
}

/** The first multiple of `step` from 0 on that lies beyond `passed`. */
const stepAfter = (passed: number, step: number): number => (Math.floor(passed / step) + 1) * step;

/** A Monday; days are counted from it. */
const MONDAY = '2001-01-01';
/** 0 Monday … 6 Sunday. */
const weekdayOf = (at: Day): number => ((daysBetween(MONDAY, at) % 7) + 7) % 7;
const mondayOf = (at: Day): Day => addDays(at, -weekdayOf(at));
const dayOf = (at: Day): number => Number(at.slice(8));

/** Number of a working day; Saturday and Sunday have that of the Friday before. */
const workdaysTo = (at: Day): number => Math.floor(daysBetween(MONDAY, at) / 7) * 5 + Math.min(weekdayOf(at), 4);
const workday = (number: number): Day => addDays(MONDAY, Math.floor(number / 5) * 7 + (((number % 5) + 5) % 5));

function nextInWeeks({ every, weekdays }: Cycle, first: Day, after: Day): Day | undefined {
  const wanted = [...(weekdays ?? [weekdayOf(first) + 1])].sort((a, b) => a - b);
  const start = mondayOf(first);
  const step = every * 7;
  // Of the week in question or, when its days have passed, of the next one.
  const week = Math.floor(daysBetween(start, after) / step) * step;
  return [week, week + step].flatMap((offset) => wanted.map((number) => addDays(start, offset + number - 1))).find((each) => each > after);
}

function nextInMonths(first: Day, after: Day, every: number, wanted: number | 'last'): Day | undefined {
  const start = monthOf(first);
  const month = start + Math.floor((monthOf(after) - start) / every) * every;
  return [month, month + every].map((each) => inMonth(each, wanted)).find((each) => each > after);
}

const monthOf = (at: Day): number => Number(at.slice(0, 4)) * 12 + Number(at.slice(5, 7)) - 1;

/** A day of a month, or its last where it has no such day. */
function inMonth(month: number, wanted: number | 'last'): Day {
  const last = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0));
  const date = wanted === 'last' ? last.getUTCDate() : Math.min(wanted, last.getUTCDate());
  return new Date(last.setUTCDate(date)).toISOString().slice(0, 10);
}
