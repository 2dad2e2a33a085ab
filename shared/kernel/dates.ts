import type { Day, Instant } from './types.ts';

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;
const SECOND = 1000;
const DAY_MS = 86_400_000;

/** A real calendar day between the years 1000 and 9998 (the last leaves room for arithmetic). */
export function isDay(text: string): boolean {
  const [, year, month, day] = DAY.exec(text) ?? [];
  if (!year || +year < 1000 || +year > 9998) return false;
  const date = new Date(Date.UTC(+year, +month! - 1, +day!));
  return date.getUTCMonth() === +month! - 1 && date.getUTCDate() === +day!;
}

export function isInstant(text: string): boolean {
  if (!INSTANT.test(text) || !isDay(text.slice(0, 10))) return false;
  const ms = Date.parse(text);
  // An offset may carry the last evening of a range over its edge; what is stored must itself be accepted.
  return Number.isFinite(ms) && isDay(toInstant(ms).slice(0, 10));
}

export const toMs = (instant: Instant): number => Date.parse(instant);
export const toInstant = (ms: number): Instant => new Date(ms).toISOString();
export const addDays = (day: Day, days: number): Day => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** Whole days from one day to another; negative when the second is earlier. */
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

const FORMATS = new Map<string, Intl.DateTimeFormat>();
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = FORMATS.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    FORMATS.set(zone, format);
  }
  return format;
}

/** Zones that were asked about, as the platform spells them: a few hundred at most. */
const ZONES = new Set<string>();

/** IANA zones as the platform knows them. Offsets such as `+08:00` are refused: they know no daylight saving. */
export function isZone(zone: string): boolean {
  if (ZONES.has(zone)) return true;
  if (!/^[A-Za-z]/.test(zone) || zone.length > 60) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions();
    // Zones are matched in any case: callers could fill the memory with spellings of one.
    if (timeZone === zone) ZONES.add(zone);
    return true;
  } catch {
    return false;
  }
}

/** Local wall clock of a moment, read as if it were UTC; the difference to the moment is the zone's offset. */
function wallMs(ms: number, zone: string): number {
  const part = Object.fromEntries(
    formatOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  );
  return Date.UTC(part['year']!, part['month']! - 1, part['day']!, part['hour']!, part['minute']!, part['second']!);
}

export const localDay = (instant: Instant, zone: string): Day => toInstant(wallMs(toMs(instant), zone)).slice(0, 10);

/** `HH:MM` on the wall in that zone. */
export const localTime = (instant: Instant, zone: string): string => toInstant(wallMs(toMs(instant), zone)).slice(11, 16);

/**
 * The moment at which clocks in `zone` show `time` on `day`.
 * A time skipped in spring is the first moment after the gap; one that comes twice in autumn is its first coming.
 * @param time  `HH:MM`
 */
export function localInstant(day: Day, time: string, zone: string): Instant {
  const wall = Date.parse(`${day}T${time}:00Z`);
  // Offsets lie within −12…+14 h, so the two readings around the wanted moment bracket any change of offset.
  const offsets = [wall - DAY_MS, wall + DAY_MS].map((ms) => wallMs(ms, zone) - ms);
  const hits = offsets.map((offset) => wall - offset).filter((ms) => wallMs(ms, zone) === wall);
  if (hits.length) return toInstant(Math.min(...hits));
  // In the gap: find the change between the two readings by halves, in whole seconds, as zones change.
  let low = (wall - Math.max(...offsets)) / SECOND;
  let high = (wall - Math.min(...offsets)) / SECOND;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (wallMs(middle * SECOND, zone) < wall) low = middle;
    else high = middle;
  }
  return toInstant(high * SECOND);
}

/** Whether the zone had that day at all: Samoa went from 29 to 31 December 2011. */
const hasDay = (day: Day, zone: string): boolean => localDay(localInstant(day, '00:00', zone), zone) === day;

/** The next moment strictly after `after` at which clocks in `zone` show `time`: one a local day, none on a day the zone skipped. */
export function nextLocalTime(after: Instant, time: string, zone: string): Instant {
  const today = localDay(after, zone);
  for (let offset = 0; ; offset++) {
    const day = addDays(today, offset);
    const candidate = localInstant(day, time, zone);
    if (toMs(candidate) > toMs(after) && hasDay(day, zone)) return candidate;
  }
}

/** First and end (exclusive) moment of a local day. */
export const dayBounds = (day: Day, zone: string): { from: Instant; to: Instant } => ({
  from: localInstant(day, '00:00', zone),
  to: localInstant(addDays(day, 1), '00:00', zone),
});

/**
 * The fiscal year that a day belongs to: its first day, and its last.
 * @param startMonth  1 January … 12 December; it begins with the first of that month
 */
export function fiscalYearOf(day: Day, startMonth: number): { from: Day; to: Day } {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const begins = month >= startMonth ? year : year - 1;
  const firstOf = (of: number): Day => `${String(of).padStart(4, '0')}-${String(startMonth).padStart(2, '0')}-01`;
  return { from: firstOf(begins), to: addDays(firstOf(begins + 1), -1) };
}
