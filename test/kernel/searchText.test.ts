import { pinyin } from 'pinyin-pro';
import { describe, expect, it } from 'vitest';
import { emails, longText, number, phones, text, url } from '../../shared/kernel/fields/index.ts';
import { bucketOf, matchesWords, type Pinyin, queryWords, searchTokens } from '../../shared/kernel/searchText.ts';
import { definitionWith } from '../support/definitions.ts';
import { hostileText } from '../support/fields.ts';
import { fc, runs } from '../support/properties.ts';

const label = { en: 'Field', zh: '字段' };
const definition = definitionWith({
  name: text(label, { search: true }),
  note: longText(label, { search: true }),
  secret: text(label),
  count: number(label),
  phones: phones(label, { search: true }),
  emails: emails(label, { search: true }),
  website: url(label, { search: true }),
});

/** Marks what it was given, so that a test sees which runs of characters reach it. */
const stub: Pinyin = (run) => ({ full: `full${[...run].length}`, initials: `i${[...run].length}` });
/** As the server reads Chinese. */
const reader: Pinyin = (run) => ({
  full: pinyin(run, { toneType: 'none', type: 'array', v: true }).join(''),
  initials: pinyin(run, { pattern: 'first', toneType: 'none', type: 'array' }).join(''),
});
const tokens = (values: Record<string, unknown>, read = stub) => searchTokens(definition, values, read);
const finds = (query: string, values: Record<string, unknown>) => matchesWords(tokens(values, reader), queryWords(query));

describe('the words of a record', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['Latin words, small and plain', { name: 'ACME Ångström & Søn' }, ['acme', 'angstrom', 'søn']],
    ['full-width letters and digits', { name: 'Ａｃｍｅ ３６０' }, ['360', 'acme']],
    ['Turkish capitals', { name: 'İstanbul' }, ['istanbul']],
    ['Vietnamese and Cyrillic', { name: 'Đặng Мюллер' }, ['đang', 'мюллер']],
    ['Indic words whole', { name: 'नमस्ते' }, ['नमस्ते']],
    ['hyphens and apostrophes as ends', { name: "O'Neill-Smith" }, ['neill', 'o', 'smith']],
    ['the first Chinese character, pairs, pinyin', { name: '杭州云' }, ['full3', 'i3', '州云', '杭', '杭州']],
    ['a single Chinese character', { name: '王' }, ['full1', 'i1', '王']],
    ['each run of Chinese for itself', { name: '杭州 Acme 云' }, ['acme', 'full1', 'full2', 'i1', 'i2', '云', '杭', '杭州']],
    ['characters outside the first plane', { name: '𠮷野' }, ['full2', 'i2', '𠮷', '𠮷野']],
    ['no legal forms', { name: '云栖有限公司' }, ['full2', 'i2', '云', '云栖']],
    ['no long legal forms', { name: '云栖集团有限责任公司' }, ['full2', 'i2', '云', '云栖']],
    ['no Latin legal forms', { name: 'Acme Co., Ltd.' }, ['acme']],
    ['no common pairs', { name: '公司' }, ['full2', 'i2', '公']],
    ['a host without its www', { website: 'https://www.shop-a.example.test/x' }, ['a', 'example', 'shop', 'test']],
    ['parts of an address', { emails: ['li.lei+x@shop.test'] }, ['lei', 'li', 'shop', 'test', 'x']],
    ['a number from its start and from its end', { phones: ['138 0013 8000'] }, ['13800138000', 'r0008310083168']],
    ['a number with its calling code', { phones: ['+86 138-0013-8000'] }, ['8613800138000', 'r0008310083168']],
    ['a short code', { phones: ['110'] }, ['110', 'r011']],
    ['nothing of an unsearched field', { secret: 'hidden', count: 7 }, []],
    ['nothing of nothing', {}, []],
    ['each once', { name: 'a b a', note: 'b' }, ['a', 'b']],
  ])('are %s', (_what, values, expected) => {
    expect(tokens(values)).toEqual(expected);
  });

  it('are read in pinyin by the table of the server', () => {
    expect(tokens({ name: '重庆吕布' }, reader)).toEqual(expect.arrayContaining(['chongqinglvbu', 'cqlb']));
  });

  it('are at most 64 units long, of letters and digits alone, and never half a character', () => {
    fc.assert(
      fc.property(hostileText(40), hostileText(20), (name, read) => {
        for (const token of searchTokens(definition, { name: name + '𐐀'.repeat(40), note: name }, () => ({
          full: read,
          initials: `#${read}`,
        }))) {
          expect(token).toMatch(/^[\p{L}\p{M}\p{N}\p{Script=Han}]{1,64}$/u);
          expect(token.length).toBeLessThanOrEqual(64);
          expect(token.isWellFormed()).toBe(true);
          expect(token).not.toContain('#');
        }
      }),
      runs(500),
    );
    expect(tokens({ name: `a${'𐐀'.repeat(40)}` })).toEqual([`a${'𐐨'.repeat(31)}`]);
    expect(tokens({ name: 'x'.repeat(200) })).toEqual(['x'.repeat(64)]);
  });

  it('fall into buckets of one Chinese character or of two letters', () => {
    expect(['杭州', '杭', '𠮷野', 'acme', 'a', 'r0008', '138'].map(bucketOf)).toEqual(['杭', '杭', '𠮷', 'ac', 'a', 'r0', '13']);
  });
});

describe('a query', () => {
  const shop = {
    name: '杭州云栖科技有限公司',
    phones: ['+86 571-8888 0000 ext. 12', '138 0013 8000'],
    emails: ['li.lei@yunqi.test'],
    website: 'https://www.yunqi.test/',
  };
  const foreign = { name: 'Ångström Coffee Co., Ltd.', phones: ['+46 (0)8 123 456 78'] };

  it.each([
    '杭',
    '杭州',
    '云栖',
    '州云',
    '杭州云栖',
    '云栖科技',
    '杭州云栖科技有限公司',
    '云栖有限公司',
    'hangzhou',
    'hangzhouyunqi',
    'HANG',
    'hzyq',
    'hz',
    'yunqi',
    'li',
    'li.lei@yunqi.test',
    '13800138000',
    '138',
    '1380013',
    '138-0013-8000',
    '+86 138 0013 8000',
    '0086 138 0013 8000',
    '8000',
    '38000',
    '88880000',
    '+86 571 8888',
    '杭州 yunqi',
    'ｙｕｎｑｉ',
    ' 杭州\u3000云栖 ',
  ])('%s finds the Chinese shop', (query) => {
    expect(finds(query, shop)).toBe(true);
    expect(finds(query, { name: 'Someone else' })).toBe(false);
  });

  it.each([
    'ang',
    'angstrom',
    'Ångström',
    'ANGSTRÖM co',
    'coffee',
    'cof',
    'co',
    'Ångström Coffee Co., Ltd.',
    'coffee ltd',
    '12345678',
    '5678',
    '+46 8 123 456 78',
    '+46 (0)8 123 456 78',
  ])('%s finds the Swedish one', (query) => {
    expect(finds(query, foreign)).toBe(true);
    expect(finds(query, shop)).toBe(false);
  });

  it.each(['上海', '杭州上海', 'hangzhou shanghai', '8001', '有限公司', '公司', 'ltd', 'the', '!!!', '#', '👍', "'; drop table"])(
    '%s finds neither',
    (query) => {
      expect([finds(query, shop), finds(query, foreign)]).toEqual([false, false]);
    },
  );

  it('that is blank asks nothing', () => {
    for (const query of ['', ' ', '\u3000\t', '\u200b']) expect(queryWords(query)).toEqual([]);
    expect(matchesWords([], [])).toBe(true);
  });

  it('has at most six words, of at most 64 units, whatever is pasted', () => {
    expect(queryWords('a b c d e f g h').map(({ anyOf }) => anyOf)).toEqual([['a'], ['b'], ['c'], ['d'], ['e'], ['f']]);
    expect(queryWords('x'.repeat(5000))).toEqual([{ anyOf: ['x'.repeat(64)] }]);
  });

  it('finds whatever a name is made of, by each of its own words', () => {
    const names = fc.array(
      fc.constantFrom('Acme', 'Müller', '杭州', '云栖', '欧阳娜娜', 'Co', 'Ltd', '有限公司', 'Ｂ２Ｂ', '36', '𠮷野家', 'ﬁsh'),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(names, (parts) => {
        const own = tokens({ name: parts.join(' ') }, reader);
        for (const part of parts) if (!['Co', 'Ltd', '有限公司'].includes(part)) expect(matchesWords(own, queryWords(part))).toBe(true);
      }),
      runs(300),
    );
  });

  it('never throws, and asks only for what could be a token', () => {
    fc.assert(
      fc.property(hostileText(30), (query) => {
        for (const { anyOf } of queryWords(query))
          for (const start of anyOf) expect(start).toMatch(/^[\p{L}\p{M}\p{N}\p{Script=Han}]{1,64}$/u);
      }),
      runs(1000),
    );
  });
});
