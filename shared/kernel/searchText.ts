import type { Sensitivity } from './field.ts';
import { kindOf, phoneKey } from './fields/index.ts';
import type { RecordDefinition, Values } from './record.ts';
import { cutText, foldText } from './text.ts';

/** Reads Chinese characters as pinyin: `full` without tones and spaces, `initials`. Given by the server, which alone carries the table. */
export type Pinyin = (text: string) => { readonly full: string; readonly initials: string };

const HAN = /\p{Script=Han}+/gu;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const ACCENTS = /[\u0300-\u036f]/g;
const NOT_WORD = /[^\p{L}\p{M}\p{N}]/gu;
const wordOnly = (text: string): string => text.replace(NOT_WORD, '');
const LONGEST = 64;
const cut = (token: string): string => cutText(token, LONGEST);

// What nearly every firm's or address's name holds finds nothing and fills a bucket.
const LEGAL_FORMS = /(?:股份|集团)?有限(?:责任)?公司|股份公司|有限合伙|个体工商户/g;
const STOP_WORDS = new Set([
  'ltd',
  'limited',
  'inc',
  'llc',
  'gmbh',
  'co',
  'corp',
  'sa',
  'srl',
  'bv',
  'plc',
  'the',
  'www',
  'com',
  'cn',
  'net',
  'org',
  'http',
  'https',
  '公司',
  '有限',
]);

/** Without the accents of Latin, Greek and Cyrillic letters, which keyboards abroad do not have: `Ångström` is found by `angstrom`. */
const foldWords = (text: string): string => foldText(text).normalize('NFD').replace(ACCENTS, '').normalize('NFC');

const split = (text: string): { han: string[]; words: string[] } => ({
  han: text.match(HAN) ?? [],
  words: (text.replace(HAN, ' ').match(WORD) ?? []).map(cut),
});

const pairs = (run: string): string[] => {
  const letters = [...run];
  return letters.slice(1).map((letter, i) => letters[i]! + letter);
};
const isTelling = (word: string): boolean => !STOP_WORDS.has(word);

/** Words under which a text is found: Latin words, the first Chinese character, Chinese pairs, pinyin in full and initials. */
function tokensOf(text: string, pinyin: Pinyin): string[] {
  const { han, words } = split(foldWords(text).replace(LEGAL_FORMS, ' '));
  return [
    ...words.filter(isTelling),
    ...han.flatMap((run) => {
      const { full, initials } = pinyin(run);
      return [[...run][0]!, ...pairs(run).filter(isTelling), cut(wordOnly(full)), cut(wordOnly(initials))];
    }),
  ];
}

// A number is looked for from its end ("…8000") as often as from its start: the reversed digits turn a tail into a prefix.
const TAIL = 'r';
const backwards = (digits: string): string => TAIL + [...digits].reverse().join('');
const phoneTokens = (number: string): string[] => {
  const digits = number.replace(/\D/g, '');
  const key = phoneKey(number) ?? digits;
  return digits.length < 3 ? [] : [...new Set([cut(digits), cut(backwards(key))])];
};

/** Words under which a record is found, by how closely the fields concern a person that hold them; `open` where nobody is masked from. */
export type SearchWords = Readonly<Partial<Record<Sensitivity | 'open', readonly string[]>>>;

/** The words of each field that is searched, sorted, each once within its sensitivity. */
export function searchWords(definition: RecordDefinition, values: Values, pinyin: Pinyin): SearchWords {
  const words: Partial<Record<Sensitivity | 'open', Set<string>>> = {};
  for (const [name, field] of Object.entries(definition.fields)) {
    const value = values[name];
    if (!field.search || value === undefined) continue;
    const isPhone = field.kind === 'phone' || field.kind === 'phones';
    const known = (words[field.sensitivity ?? 'open'] ??= new Set());
    for (const text of kindOf(field).searchTexts?.(value) ?? []) {
      for (const token of isPhone ? phoneTokens(text) : tokensOf(text, pinyin)) if (token) known.add(token);
    }
  }
  return Object.fromEntries(Object.entries(words).map(([sensitivity, tokens]) => [sensitivity, [...tokens].sort()]));
}

/** All words under which a record is found, sorted, each once. */
export const searchTokens = (definition: RecordDefinition, values: Values, pinyin: Pinyin): string[] =>
  [...new Set(Object.values(searchWords(definition, values, pinyin)).flat())].sort();

/** A word of a query: hits are rows whose token starts with one of `anyOf`. */
export interface QueryWord {
  readonly anyOf: readonly string[];
}

const MOST_WORDS = 6;
const LONGEST_QUERY = 500;

const wordsIn = (text: string): string[] => {
  const { han, words } = split(text);
  return [...words, ...han.flatMap((run) => ([...run].length === 1 ? [run] : pairs(run)))];
};

/**
 * Words of a query, each of which must hit; none for a blank query, and one that nothing hits for a text without words.
 * A typed run of digits may be a number's start, its end, or part of a name.
 */
export function queryWords(text: string): QueryWord[] {
  const folded = foldWords(cutText(text, LONGEST_QUERY));
  const compact = folded.replace(/[\s()\-./+]/g, '');
  if (/^\d{3,20}$/.test(compact)) return [{ anyOf: [...new Set([compact, backwards(compact), backwards(phoneKey(folded) ?? compact)])] }];
  const telling = wordsIn(folded.replace(LEGAL_FORMS, ' ')).filter(isTelling);
  // Nothing but common words: `co` is the start of `coffee`, and `有限公司` alone is in no index, so it finds nothing.
  const words = telling.length ? telling : wordsIn(folded);
  if (words.length === 0 && folded !== '') return [{ anyOf: [] }];
  return words.slice(0, MOST_WORDS).map((word) => ({ anyOf: [word] }));
}

/** Bucket of a token: one Chinese character, or two letters or digits. Spreads rows, yet one query finds a prefix of two. */
export const bucketOf = (token: string): string => {
  const letters = [...token];
  return /\p{Script=Han}/u.test(letters[0] ?? '') ? letters[0]! : letters.slice(0, 2).join('');
};

/** Whether a record answers a query: every word asked for starts one of the record's. */
export const matchesWords = (tokens: readonly string[], words: readonly QueryWord[]): boolean =>
  words.every(({ anyOf }) => anyOf.some((start) => tokens.some((token) => token.startsWith(start))));
