import { toDecimal } from '../../../shared/kernel/money.ts';
import type { Day, Instant, Locale, Money } from '../../../shared/kernel/types.ts';

/**
 * Everything a screen writes that is not a word, for one language and one time zone.
 * Days have no zone; instants are shown in the member's. Intl objects are costly, so each is made once, on first use.
 */
export interface Formats {
  /** `22 Nov 2026`, `2026年11月22日` */
  day(day: Day): string;
  /** Without the year where it is this one: `22 Nov`, `11月22日` */
  dayShort(day: Day, today: Day): string;
  /** Weekday and day in words, for headings. */
  dayLong(day: Day): string;
  /** `23 – 29 Nov 2026`, `2026年11月23日至11月29日` */
  dayRange(from: Day, to: Day): string;
  /** `Mon`, `周一`. @param number  1 Monday … 7 Sunday */
  weekday(number: number): string;
  /** Month and year, for headings. @param month  `YYYY-MM` */
  month(month: string): string;
  /** `Nov`, `11月`; for axes. */
  monthShort(month: string): string;
  /** Day and minute. */
  instant(at: Instant): string;
  /** Day, minute and zone, for tooltips. */
  instantLong(at: Instant): string;
  time(at: Instant): string;
  /** `09:00 – 10:30`; across midnight with the days. */
  timeRange(from: Instant, to: Instant): string;
  /** `1 hr 30 min`, `1小时30分钟`; whole days as days. */
  duration(minutes: number): string;
  /** `5 minutes ago`, `yesterday`; beyond a week the day. */
  relative(at: Instant, nowMs: number): string;
  /** `today`, `in 3 days`; beyond a week the day. */
  relativeDay(day: Day, today: Day): string;
  number(value: number, digits?: number): string;
  /** `12.8M`, `1284万` */
  compact(value: number): string;
  /** @param value  0..100 */
  percent(value: number, digits?: number): string;
  money(value: Money): string;
  moneyCompact(value: Money): string;
  list(items: readonly string[]): string;
  /** For sorting names; numbers inside count as numbers. */
  compare(a: string, b: string): number;
  /** The calendar day on the member's wall. */
  today(nowMs: number): Day;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** One decimal, at most four figures: 12.8M in English, 1284万 in Chinese. */
const COMPACT: Intl.NumberFormatOptions = {
  notation: 'compact',
  minimumFractionDigits: 0,
  maximumFractionDigits: 1,
  maximumSignificantDigits: 4,
  roundingPriority: 'lessPrecision',
};

const cache = new Map<string, Formats>();

export function formatsOf(locale: Locale, zone: string): Formats {
  const key = `${locale} ${zone}`;
  let formats = cache.get(key);
  if (!formats) cache.set(key, (formats = makeFormats(locale, zone)));
  return formats;
}

function makeFormats(locale: Locale, zone: string): Formats {
  // British order in English: no reader takes 3 Nov for 11 March.
  const language = locale === 'en' ? 'en-GB' : locale;
  const dates = remember((options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options));
  const numbers = remember((options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options));
  const relatives = once(() => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));
  const lists = once(() => new Intl.ListFormat(language, { type: 'conjunction' }));
  const collators = once(() => new Intl.Collator(locale, { numeric: true }));

  const utc = { timeZone: 'UTC' } as const;
  const wall = { timeZone: zone } as const;
  const atMidnight = (day: Day) => Date.parse(`${day}T00:00:00Z`);
  const today = (nowMs: number): Day => {
    const part = Object.fromEntries(
      dates({ ...wall, year: 'numeric', month: '2-digit', day: '2-digit', calendar: 'gregory', numberingSystem: 'latn' })
        .formatToParts(nowMs)
        .map(({ type, value }) => [type, value]),
    );
    return `${part['year']}-${part['month']}-${part['day']}`;
  };

  const formats: Formats = {
    day: (day) => dates({ ...utc, dateStyle: locale === 'en' ? 'medium' : 'long' }).format(atMidnight(day)),
    dayShort: (day, now) =>
      day.slice(0, 4) === now.slice(0, 4) ? dates({ ...utc, day: 'numeric', month: 'short' }).format(atMidnight(day)) : formats.day(day),
    dayLong: (day) => dates({ ...utc, weekday: 'long', day: 'numeric', month: 'long' }).format(atMidnight(day)),
    dayRange: (from, to) =>
      locale === 'en'
        ? dates({ ...utc, day: 'numeric', month: 'short', year: 'numeric' }).formatRange(atMidnight(from), atMidnight(to))
        : `${formats.day(from)}至${formats.dayShort(to, from)}`, // Intl would write it with slashes
    weekday: (number) => dates({ ...utc, weekday: 'short' }).format(Date.UTC(2001, 0, number)), // 1 January 2001 was a Monday
    month: (month) => dates({ ...utc, month: 'long', year: 'numeric' }).format(atMidnight(`${month}-01`)),
    monthShort: (month) => dates({ ...utc, month: 'short' }).format(atMidnight(`${month}-01`)),
    instant: (at) => dates({ ...wall, dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(at)),
    instantLong: (at) =>
      dates({ ...wall, day: 'numeric', month: 'long', year: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'long' }).format(
        Date.parse(at),
      ),
    time: (at) => dates({ ...wall, timeStyle: 'short' }).format(Date.parse(at)),
    timeRange: (from, to) => dates({ ...wall, hour: '2-digit', minute: '2-digit' }).formatRange(Date.parse(from), Date.parse(to)),
    duration: (minutes) => {
      const parts = [
        ['day', Math.floor(minutes / (24 * 60))],
        ['hour', Math.floor(minutes / 60) % 24],
        ['minute', minutes % 60],
      ] as const;
      const said = parts.filter(([, value]) => value > 0);
      return (said.length ? said : [parts[2]])
        .map(([unit, value]) => numbers({ style: 'unit', unit, unitDisplay: 'short' }).format(value))
        .join(locale === 'en' ? ' ' : '');
    },
    relative: (at, nowMs) => {
      const ms = Date.parse(at) - nowMs;
      const size = Math.abs(ms);
      if (size < MINUTE) return relatives().format(0, 'second');
      if (size < HOUR) return relatives().format(Math.trunc(ms / MINUTE), 'minute');
      const then = today(Date.parse(at));
      const now = today(nowMs);
      return then === now ? relatives().format(Math.trunc(ms / HOUR), 'hour') : formats.relativeDay(then, now);
    },
    relativeDay: (day, now) => {
      const days = Math.round((atMidnight(day) - atMidnight(now)) / DAY);
      return Math.abs(days) <= 7 ? relatives().format(days, 'day') : formats.dayShort(day, now);
    },
    number: (value, digits) => numbers({ maximumFractionDigits: digits ?? 20, minimumFractionDigits: digits }).format(value),
    compact: (value) => numbers(COMPACT).format(value),
    percent: (value, digits = 0) => numbers({ style: 'percent', maximumFractionDigits: digits }).format(value / 100),
    // The exact decimal text: a number would lose the last digits of large amounts.
    money: (value) => currency(value, {}).format(toDecimal(value) as Intl.StringNumericLiteral),
    moneyCompact: (value) => currency(value, COMPACT).format(toDecimal(value) as Intl.StringNumericLiteral),
    list: (items) => lists().format(items),
    compare: (a, b) => collators().compare(a, b),
    today,
  };
  const currency = (value: Money, more: Intl.NumberFormatOptions) =>
    // Not the narrow symbol: yuan and yen would both be ¥.
    numbers({ style: 'currency', currency: value.currency, ...more });
  return formats;
}

function remember<Options, Made>(make: (options: Options) => Made): (options: Options) => Made {
  const made = new Map<string, Made>();
  return (options) => {
    const key = JSON.stringify(options);
    let value = made.get(key);
    if (value === undefined) made.set(key, (value = make(options)));
    return value;
  };
}

function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}
