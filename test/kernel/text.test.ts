import { describe, expect, it } from 'vitest';
import { cleanLine, cleanText, cutText, foldText, hasRefusedCharacters, isBlankText, lengthOf } from '../../shared/kernel/text.ts';
import { hostileText } from '../support/fields.ts';
import { fc, runs } from '../support/properties.ts';

describe('text from outside', () => {
  it.each([
    ['NUL', 'a\u0000b'],
    ['a control', 'a\u0007b'],
    ['an escape', '\u001b[31mred'],
    ['DEL', 'a\u007f'],
    ['a C1 control', 'a\u0085b'],
    ['a right-to-left override', 'invoice\u202efdp.exe'],
    ['an isolate', 'a\u2066b'],
    ['a lone high surrogate', 'a\ud800'],
    ['a lone low surrogate', '\udc00a'],
    ['surrogates in the wrong order', '\udc00\ud800'],
    ['a noncharacter', 'a\uffff'],
  ])('is refused with %s', (_what, text) => {
    expect(hasRefusedCharacters(text)).toBe(true);
  });

  it.each(['', 'Łódź', '欧阳娜娜', '👨‍👩‍👧', 'a\tb\r\nc', 'नमस्ते', 'שלום\u200f', '𠮷野家', '🏴\u{e0067}\u{e0062}\u{e007f}'])(
    '%j is taken',
    (text) => {
      expect(hasRefusedCharacters(text)).toBe(false);
    },
  );

  it.each([
    ['e\u0301', 'é'],
    ['e\u200b\u0301', 'é'],
    ['\ufeffname\u00ad', 'name'],
    [' a\r\nb\rc ', 'a\nb\nc'],
    ['\u3000全角\u3000', '全角'],
  ])('%j is cleaned to %j', (dirty, clean) => {
    expect(cleanText(dirty)).toBe(clean);
  });

  it('is blank when a reader sees nothing of it', () => {
    for (const text of ['', ' \t\n', '\u200b', '\u200d', '\u3164', '\u2800', '\u3000\u00a0', '\ufeff'])
      expect(isBlankText(text)).toBe(true);
    for (const text of ['x', '0', '·', '👍', ' 王 ']) expect(isBlankText(text)).toBe(false);
  });

  it('folds what people take for the same', () => {
    const twins = [
      ['Ａｃｍｅ', 'acme'],
      ['ACME\u00a0 Ltd', 'acme ltd'],
      ['CAFE\u0301', 'café'],
      ['ﬁn', 'fin'],
      ['①', '1'],
    ];
    for (const [a, b] of twins) expect(foldText(a!)).toBe(foldText(b!));
    expect(foldText('Раypal')).not.toBe(foldText('Paypal')); // other letters of another alphabet stay other letters
  });

  it('is cleaned and folded once and for all, whatever the character', () => {
    for (let code = 0; code < 0x30000; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const text = `a${String.fromCodePoint(code)}\u0301b`;
      for (const form of [cleanText, cleanLine, foldText]) {
        const once = form(text);
        if (form(once) !== once) expect.fail(`U+${code.toString(16)} changes when ${form.name} sees it again`);
      }
    }
  });

  it('is cleaned and folded once and for all, whatever the mixture', () => {
    fc.assert(
      fc.property(hostileText(20), (text) => {
        for (const form of [cleanText, cleanLine, foldText]) expect(form(form(text))).toBe(form(text));
      }),
      runs(2000),
    );
  });

  it('is cut between characters and counted by characters', () => {
    expect(cutText('ab𠮷', 3)).toBe('ab');
    expect(cutText('ab𠮷', 4)).toBe('ab𠮷');
    expect(cutText('abc', 2)).toBe('ab');
    expect(cutText('', 5)).toBe('');
    expect(lengthOf('ab𠮷')).toBe(3);
  });
});
