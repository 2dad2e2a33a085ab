const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford base 32, as ULID uses it
const ID = /^[a-z]{2,4}_[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/**
 * An id: a type's prefix and a ULID, so that ids sort by the time they were made.
 * Pure: time and chance come from outside. Ids are made by the caller, hence the time part is never trusted.
 * @param timeMs  milliseconds since 1970
 * @param random  ten bytes; the same bytes give the same id, which makes derived ids repeatable
 * @throws RangeError for a time that is no number below 2^48 or for fewer than ten bytes: such an id would be none
 */
export function makeId(prefix: string, timeMs: number, random: Uint8Array): string {
  if (!(timeMs < 2 ** 48) || random.length < 10) throw new RangeError('an id needs a time below 2^48 and ten bytes');
  let time = '';
  for (let i = 0, rest = Math.max(0, Math.floor(timeMs)); i < 10; i++, rest = Math.floor(rest / 32)) time = ALPHABET[rest % 32]! + time;
  let chance = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of random.subarray(0, 10)) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      chance += ALPHABET[(buffer >> bits) & 31];
    }
    buffer &= (1 << bits) - 1;
  }
  return `${prefix}_${time}${chance}`;
}

export const isId = (text: unknown, prefix?: string): text is string =>
  typeof text === 'string' && ID.test(text) && (prefix === undefined || text.startsWith(`${prefix}_`));

/** The type's part of an id; empty for a text without one. */
export const prefixOf = (id: string): string => id.slice(0, Math.max(0, id.indexOf('_')));
