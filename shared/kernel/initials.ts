/* First letters of Chinese by the order of their pinyin, which every platform knows: a table of readings takes a megabyte. */

/** The first character of each letter in that order; no syllable begins with i, u or v. */
const FIRST = [...'阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七然仨它穵夕丫匝'];
const LETTERS = [...'abcdefghjklmnopqrstwxyz'];

const byPinyin = new Intl.Collator('zh-u-co-pinyin');
const HAN = /\p{Script=Han}/u;

function letterOf(character: string): string {
  const after = FIRST.findIndex((first) => byPinyin.compare(character, first) < 0);
  return LETTERS[after < 0 ? LETTERS.length - 1 : Math.max(after - 1, 0)]!;
}

/** First letters of the Chinese of a text, in small letters: `杭州云栖` is `hzyq`. Characters of several readings have the most usual. */
export const initialsOf = (text: string): string => [...text].flatMap((one) => (HAN.test(one) ? [letterOf(one)] : [])).join('');
