/* Text as people and machines send it, brought into the one form that is stored and compared. */

// Controls other than tab, LF and CR; lone surrogates; the marks that reorder text (RTL overrides), which serve spoofing in
// names more than any reader; the two characters that are none.
const REFUSED = /(?![\t\n\r])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u;
// Zero-width characters and soft hyphens are taken out. ZWJ and ZWNJ stay: emoji and Indic scripts need them.
const INVISIBLE = /[\u200b\u2060\ufeff\u00ad]/g;
// What leaves no ink even where it may stay inside a text: joiners, direction marks, fillers, the empty Braille cell.
const BLANK = /^[\s\p{Default_Ignorable_Code_Point}\u2800]*$/u;

export const hasRefusedCharacters = (text: string): boolean => REFUSED.test(text);

/** Nothing that a reader would see, be it empty, spaces, or characters without ink. */
export const isBlankText = (text: string): boolean => BLANK.test(text);

/** Canonical form (NFC), no invisible characters, one kind of line end, no space at the ends. Cleaning twice changes nothing. */
export const cleanText = (text: string): string =>
  // Invisible characters go first: one of them between a letter and its accent would keep the two from composing.
  text.replace(INVISIBLE, '').normalize('NFC').replace(/\r\n?/g, '\n').trim();

/** One line: every run of white space becomes a single space. */
export const cleanLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ');

/** Small letters in composed form; `İ` becomes an i with a loose dot, which must be put in order again. */
export const foldCase = (text: string): string => text.toLowerCase().normalize('NFKC');

/** For comparing: compatibility form (full-width letters become plain), lower case, single spaces. */
export const foldText = (text: string): string => foldCase(cleanLine(text.normalize('NFKC')));

/** Characters as Unicode counts them, so that a plain emoji or a rare Chinese character is one and not two. */
export const lengthOf = (text: string): number => {
  let length = 0;
  for (const _ of text) length++;
  return length;
};

/** At most `most` UTF-16 units of a text, never half a character. */
export const cutText = (text: string, most: number): string => {
  const last = text.charCodeAt(most - 1);
  return text.slice(0, text.length > most && last >= 0xd800 && last <= 0xdbff ? most - 1 : most);
};
