/* Numbers of phones as people read them. They are stored and searched for as they were written; only reading changes. */

const EXTENSION = / ?(?:ext\.?|x|#|转|分机) ?([0-9]{1,8})$/i;

/** Calling codes of one and of two digits; all others have three. @source ITU-T E.164, list of assigned country codes */
const SHORT_CODES = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** Chinese numbers, behind the trunk's 0 or the calling code: mobile, of two large cities' codes or of three digits, and service. */
const MOBILE = /^1[3-9]\d{9}$/;
const CITY = /^(10|2\d|[3-9]\d{2})(\d{7,8})$/;
const SERVICE = /^([48]00)(\d{3})(\d{4})$/;
/** Sizes of groups, by how many digits there are. */
const GROUPS: Readonly<Record<number, readonly number[]>> = {
  ...{ 6: [3, 3], 7: [3, 4], 8: [4, 4], 9: [3, 3, 3], 10: [3, 3, 4], 11: [3, 4, 4], 12: [4, 4, 4], 13: [3, 3, 3, 4] },
};

function grouped(digits: string): string | undefined {
  let at = 0;
  return GROUPS[digits.length]?.map((size) => digits.slice(at, (at += size))).join(' ');
}

function chinese(digits: string): string | undefined {
  if (MOBILE.test(digits)) return grouped(digits);
  const [, area, local = ''] = CITY.exec(digits) ?? [];
  return area && `${area} ${grouped(local)}`;
}

function atHome(digits: string): string | undefined {
  if (SERVICE.test(digits)) return digits.replace(SERVICE, '$1 $2 $3');
  if (MOBILE.test(digits)) return grouped(digits);
  const area = digits.startsWith('0') && !MOBILE.test(digits.slice(1)) ? chinese(digits.slice(1)) : undefined;
  return area && `0${area}`;
}

/** @param isBare  nobody has grouped it */
function abroad(digits: string, isBare: boolean): string | undefined {
  const code = SHORT_CODES.exec(digits)?.[0] ?? digits.slice(0, 3);
  const rest = digits.slice(code.length);
  const known = code === '86' ? chinese(rest) : code === '1' && rest.length === 10 ? grouped(rest) : undefined;
  // Elsewhere area codes have many lengths: whoever grouped a number himself knew better.
  const text = known ?? (isBare && !digits.startsWith('0') ? grouped(rest) : undefined);
  return text && `+${code} ${text}`;
}

const split = (value: string): { readonly number: string; readonly extension: string } => {
  const extension = EXTENSION.exec(value);
  return extension ? { number: value.slice(0, extension.index), extension: extension[1]! } : { number: value, extension: '' };
};

/** Digits, behind a plus where the calling code is told; a trunk's `(0)` is dialled inside its country alone. */
const dialled = (number: string): string => {
  const digits = number.replace(/^(\+.*)\(0\)/, '$1').replace(/[^\d+]/g, '');
  return digits.startsWith('00') ? `+${digits.slice(2)}` : digits;
};

/**
 * A number in groups, with its extension: `+86 138 0013 8000`, `010 6552 9988`, `+1 415 555 2671`. One without a calling
 * code is read as Chinese, as it is compared; what is none, or is grouped already where groups differ, stays as it was written.
 */
export function formatPhone(value: string): string {
  const { number } = split(value);
  const digits = dialled(number);
  const text = digits.startsWith('+') ? abroad(digits.slice(1), /^\+?\d+$/.test(number)) : atHome(digits);
  return text === undefined ? value : [text, value.slice(number.length).trim()].filter(Boolean).join(' ');
}

/** Of a link that dials it. @source RFC 3966 */
export function telOf(value: string): string {
  const { number, extension } = split(value);
  return `tel:${dialled(number)}${extension && `;ext=${extension}`}`;
}

/** The number alone, as machines read it; with an extension as it was written, or that would be lost. */
export const plainPhone = (value: string): string => (split(value).extension ? value : dialled(value));
