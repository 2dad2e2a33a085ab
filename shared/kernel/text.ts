/* Text as people and machines send it, brought into the one form that is stored and compared. */

// Controls other than tab, LF and CR; lone surrogates; and the marks that reorder or hide text (RTL overrides,
// zero-width characters, BOM), which serve spoofing in names more than any reader. ZWJ/ZWNJ stay: emoji and Indic need them.
// eslint-disable-next-line no-control-regex
const REFUSED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const INVISIBLE = /[\u200b\u2060\ufeff\u00ad]/g;

export const hasRefusedCharacters = (text: string): boolean => REFUSED.test(text);

/** Canonical form (NFC), no invisible characters, one kind of line end, no space at the ends. */
export const cleanText = (text: string): string => text.normalize('NFC').replace(INVISIBLE, '').replace(/\r\n?/g, '\n').trim();

/** One line: every run of white space becomes a single space. */
export const cleanLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ');

/** For comparing: compatibility form (full-width letters become plain), lower case, single spaces. */
export const foldText = (text: string): string => cleanLine(text.normalize('NFKC')).toLowerCase();

/** Characters as a reader counts them, so that an emoji or a rare Chinese character is one. */
export const lengthOf = (text: string): number => {
  let length = 0;
  for (const _ of text) length++;
  return length;
};
