import { describe, expect, it } from 'vitest';
import { mentionQuery, notePartsOf, stillMentioned } from '../../web/src/records/discussion/noteParts.ts';

/** A note as it is drawn: `[…]` a link, `{…}` a mention. */
const drawn = (text: string, names: string[] = []) =>
  notePartsOf(text, names)
    .map((part) => (part.kind === 'link' ? `[${part.text}]` : part.kind === 'mention' ? `{${part.text}}` : part.text))
    .join('');

describe('a note', () => {
  it.each([
    ['plain', 'plain'],
    ['see https://a.test/x.', 'see [https://a.test/x].'],
    ['(https://a.test/x)', '([https://a.test/x])'],
    ['https://a.test/x_(y)', '[https://a.test/x_(y)]'],
    ['见https://a.test/路，谢谢', '见[https://a.test/路]，谢谢'],
    ['https://a.test?q=1&b=2!', '[https://a.test?q=1&b=2]!'],
    ['HTTP://A.test/', '[HTTP://A.test/]'],
    ['a\nhttps://a.test\nb', 'a\n[https://a.test]\nb'],
    ['https://a.test<script>', '[https://a.test]<script>'],
  ])('%j is drawn as %j', (text, expected) => {
    expect(drawn(text)).toBe(expected);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://a.test', 'https://', 'http:// a', '//a.test', 'mailto:a@b.test'])(
    'has no link in %j',
    (text) => {
      expect(notePartsOf(text, []).every(({ kind }) => kind === 'text')).toBe(true);
    },
  );

  it.each([
    ['@Li Lei, ask @Li', ['Li', 'Li Lei'], '{@Li Lei}, ask {@Li}'],
    ['请@李雷看一下', ['李雷'], '请{@李雷}看一下'],
    ['@Nobody', ['Li Lei'], '@Nobody'],
    ['@Li', [], '@Li'],
    ['@@Li@Li', ['Li'], '@{@Li}{@Li}'],
  ])('%j marks whom it mentions', (text, names, expected) => {
    expect(drawn(text, names)).toBe(expected);
  });

  it('loses no character, whatever it holds', () => {
    for (const text of ['', '@', 'https://', `@${'('.repeat(2000)}`, `https://a.test/${')'.repeat(3000)}`, '<b>&amp;\u0000'])
      expect(
        notePartsOf(text, ['('])
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
  });

  it('takes little time over the longest', () => {
    const start = performance.now();

    notePartsOf('https://a.test/('.repeat(650), ['a']);
    notePartsOf('@'.repeat(10_000), ['@'.repeat(50)]);
    notePartsOf(`https://a.test/${'.'.repeat(9_900)}`, []);

    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe('a mention being typed', () => {
  it.each([
    ['@', 1, { at: 0, query: '' }],
    ['Hi @li l', 8, { at: 3, query: 'li l' }],
    ['请@李', 3, { at: 1, query: '李' }],
    ['a@b', 3, undefined],
    ['@li\nx', 5, undefined],
    ['@li  x', 6, undefined],
    ['no', 2, undefined],
    [`@${'x'.repeat(40)}`, 41, undefined],
    ['@li and more', 3, { at: 0, query: 'li' }],
  ])('in %j at %i is %j', (text, caret, expected) => {
    expect(mentionQuery(text, caret)).toEqual(expected);
  });

  it('counts as long as the name stands there', () => {
    const chosen = new Map([
      ['mem_1', 'Li Lei'],
      ['mem_2', 'Han'],
    ]);

    expect(stillMentioned('Ask @Li Lei', chosen)).toEqual(['mem_1']);
  });
});
