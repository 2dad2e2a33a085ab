import { daysBetween } from '../../../../shared/kernel/dates.ts';
import type { Day } from '../../../../shared/kernel/types.ts';

/**
 * Places on the board as fractions: a rank is the part behind the point, in base 36 and without trailing zeros, so that
 * ranks sort as plain text and a card put between two others needs no other card to be written.
 */
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';
const BASE = DIGITS.length;
/** Digits that count at the ends of a column, where ranks step instead of halving what is left: 2 × 10⁹ places. */
const STEP_DIGITS = 6;

const digitAt = (rank: string, place: number): number => (place < rank.length ? DIGITS.indexOf(rank[place]!) : 0);
const withoutZeros = (rank: string): string => rank.replace(/0+$/, '');

/** Reads a rank that came from outside; undefined when it is none. */
export function parseRank(text: unknown): string | undefined {
  const rank = typeof text === 'string' && /^[0-9a-z]+$/.test(text) ? withoutZeros(text) : '';
  return rank || undefined;
}

/**
 * A rank between two others, as short as can be; a missing one stands for the end of the column.
 * @param low  below `high`, else there is no room and the result is undefined
 */
export function rankBetween(low: string | undefined, high: string | undefined): string | undefined {
  if (low !== undefined && high !== undefined && low >= high) return undefined;
  const stepped = high === undefined ? step(low, 1) : low === undefined ? step(high, -1) : undefined;
  return stepped ?? halfway(low ?? '', high);
}

/** The next rank at an end of the column; undefined when its digits are used up. */
function step(rank: string | undefined, by: 1 | -1): string | undefined {
  if (rank === undefined) return undefined;
  const next = parseInt(rank.slice(0, STEP_DIGITS).padEnd(STEP_DIGITS, '0'), BASE) + by;
  return next > 0 && next < BASE ** STEP_DIGITS ? withoutZeros(next.toString(BASE).padStart(STEP_DIGITS, '0')) : undefined;
}

function halfway(low: string, high: string | undefined): string {
  let rank = '';
  let bound = high;
  for (let place = 0; ; place++) {
    const from = digitAt(low, place);
    const to = bound === undefined ? BASE : digitAt(bound, place);
    const middle = Math.floor((from + to) / 2);
    if (middle > from) return rank + DIGITS[middle];
    rank += DIGITS[from];
    // Neighbouring digits: whatever follows the lower one is below the upper bound.
    if (to > from) bound = undefined;
  }
}

/**
 * The rank for a card put at `index` of a column. Two cards may have got the same rank at two desks; then it goes behind
 * the last of them.
 * @param ranks  of the other cards, in order
 */
export function rankAt(ranks: readonly string[], index: number): string {
  const low = index > 0 ? ranks[Math.min(index, ranks.length) - 1] : undefined;
  const high = low === undefined ? ranks[0] : ranks.slice(index).find((rank) => rank > low);
  return rankBetween(low, high)!;
}

const LAST_DAY = BASE ** 4 - 1;

/**
 * Where a card stands that nobody has put anywhere: by its day, the earliest first, then by its making.
 * It lies in the middle of all ranks, so that there is room on both sides.
 */
export function natalRank(id: string, day: Day | undefined): string {
  const days = day === undefined ? LAST_DAY : Math.min(Math.max(daysBetween('1970-01-01', day), 0), LAST_DAY);
  return `i${days.toString(BASE).padStart(4, '0')}${id.replace(/^[^_]*_/, '').toLowerCase()}z`;
}
