/**
 * The rate and cron expressions of EventBridge Scheduler.
 * @source https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export interface ScheduleExpression {
  /** Whether it is due in the minute that begins at `at` (epoch milliseconds, a whole minute). */
  isDue(at: number): boolean;
}

const minuteMs = 60_000;
const unitMinutes: Record<string, number> = { minute: 1, hour: 60, day: 1440 };
const monthNames = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const dayNames = 'SUN MON TUE WED THU FRI SAT'.split(' ');

/**
 * @param zone  IANA name in which cron fields are read
 * @throws Error for what this does not know: `at(…)`, and `L`, `W`, `#` in a cron
 */
export function parseExpression(text: string, zone = 'UTC'): ScheduleExpression {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(text);
  if (rate) {
    const every = Number(rate[1]) * unitMinutes[rate[2]!]! * minuteMs;
    if (every === 0) throw new Error(`schedule ${text}: the rate is zero`);
    return { isDue: (at) => at % every === 0 };
  }
  const cron = /^cron\((.+)\)$/.exec(text);
  const fields = cron?.[1]?.trim().split(/\s+/);
  if (fields?.length !== 6) throw new Error(`schedule ${text}: only rate(…) and cron(…) of six fields are known`);
  const [minute, hour, day, month, weekday, year] = fields as [string, string, string, string, string, string];
  const tests = [
    parseField(minute, 0, 59),
    parseField(hour, 0, 23),
    parseField(day, 1, 31),
    parseField(month, 1, 12, monthNames, 1),
    parseField(weekday, 1, 7, dayNames, 1),
    parseField(year, 1970, 2199),
  ];
  const format = zonedParts(zone);
  return { isDue: (at) => format(at).every((value, i) => tests[i]!(value)) };
}

/** @param firstName  value of the first of `names` */
function parseField(text: string, min: number, max: number, names: string[] = [], firstName = 0): (value: number) => boolean {
  const toNumber = (part: string) => {
    const named = names.indexOf(part.toUpperCase());
    const value = named >= 0 ? named + firstName : Number(part);
    if (!Number.isInteger(value) || value < min || value > max) throw new Error(`cron field ${text}: ${part} is not known here`);
    return value;
  };
  const tests = text.split(',').map((part) => {
    const [range = '', step = '1'] = part.split('/');
    const [from, to] =
      range === '*' || range === '?'
        ? [min, max]
        : range.includes('-')
          ? range.split('-').map(toNumber)
          : [toNumber(range), part.includes('/') ? max : toNumber(range)];
    const every = Number(step);
    if (!(every >= 1)) throw new Error(`cron field ${text}: step ${step}`);
    return (value: number) => value >= from! && value <= to! && (value - from!) % every === 0;
  });
  return (value) => tests.some((test) => test(value));
}

/** Minute, hour, day, month, weekday (1 = Sunday) and year of an instant in a zone. */
function zonedParts(timeZone: string): (at: number) => number[] {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    minute: 'numeric',
    hour: 'numeric',
    day: 'numeric',
    month: 'numeric',
    weekday: 'short',
    year: 'numeric',
  });
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const weekday = dayNames.indexOf(parts['weekday']!.toUpperCase()) + 1;
    return [parts['minute'], parts['hour'], parts['day'], parts['month'], weekday, parts['year']].map(Number);
  };
}
