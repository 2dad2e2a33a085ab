/** How many stand ready for whoever loses his authenticator app; each works once. */
export const RECOVERY_CODES = 10;

/** Crockford's: without I, L, O and U, which are read as something else. 32 letters, so that every byte falls evenly. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LETTERS = 12;

/** Random bytes that one code takes; it carries 60 bits of them. */
export const RECOVERY_CODE_BYTES = LETTERS;

/** `K3F0-9QXT-M7W2` */
export const formatRecoveryCode = (random: Uint8Array): string =>
  [...random.subarray(0, LETTERS)]
    .map((byte) => ALPHABET[byte % ALPHABET.length])
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-');

/** The code that somebody typed off his paper, whatever he took for a letter. @returns undefined for what is none */
export function parseRecoveryCode(typed: string): string | undefined {
  const letters = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  if (letters.length !== LETTERS || [...letters].some((letter) => !ALPHABET.includes(letter))) return undefined;
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}
