/** Cities whose name opens a company's; the ones below them are told from the firm's own name by 市 and 省. */
const PLACES =
  /^(?:\p{Script=Han}{2,3}[省市](?!场)|中国|北京|上海|天津|重庆|广州|深圳|杭州|南京|苏州|成都|武汉|西安|青岛|大连|宁波|厦门|长沙|郑州|济南|合肥|福州|无锡|东莞|佛山|沈阳|昆明|哈尔滨|香港|澳门)+/u;
const FORMS = /(?:股份有限公司|有限责任公司|有限公司|集团|公司|[（(].*?[）)])/gu;
const HAN = /\p{Script=Han}/u;

/**
 * One or two characters that tell a name from its neighbours. Chinese people by the last character; companies by the
 * first one after place and legal form, or every logo would read 司.
 */
export function initialsOf(name: string, kind: 'person' | 'company'): string {
  const plain = name.trim();
  if (HAN.test(plain)) {
    if (kind === 'person') return [...plain].findLast((character) => HAN.test(character)) ?? '';
    const own = plain.replace(PLACES, '').replace(FORMS, '');
    return [...(own || plain)][0] ?? '';
  }
  const words = plain.split(/[^\p{Letter}\p{Number}]+/u).filter(Boolean);
  const last = kind === 'person' && words.length > 1 ? words.at(-1)! : '';
  return ([...(words[0] ?? '')].slice(0, 1).join('') + [...last].slice(0, 1).join('')).toLocaleUpperCase();
}

/** One of six hues, always the same for the same name. */
export function hueOf(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + character.codePointAt(0)!) >>> 0;
  return (sum % 6) + 1;
}
