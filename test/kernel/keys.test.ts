import { describe, expect, it } from 'vitest';
import { KIND_NAMES, kindOf, phoneKey } from '../../shared/kernel/fields/index.ts';
import { FIELDS } from '../support/fields.ts';
import { fc, runs } from '../support/properties.ts';

/** Twins as people write them: the same key means "possibly the same", so a miss is a double and a false hit a nuisance. */
describe('the key of a phone number', () => {
  it.each([
    ['+86 138-0013-8000', '8613800138000'],
    ['0086 13800138000', '8613800138000'],
    ['86 138 0013 8000', '8613800138000'],
    ['138 0013 8000', '8613800138000'],
    ['（138）00138000', '8613800138000'],
    ['+86 138–0013–8000 ext. 5', '8613800138000'],
    ['0571-88880000', '8657188880000'],
    ['+86 571 8888 0000', '8657188880000'],
    ['0571-88880000转12', '8657188880000'],
    ['+44 (0)20 7946 0958', '442079460958'],
    ['+44 20 7946 0958', '442079460958'],
    ['8888 000', '868888000'],
  ])('%s is %s', (number, key) => {
    expect(phoneKey(number)).toBe(key);
  });

  it.each(['110', '10086', '88880 0', 'ext 5', '', '88880000'.slice(0, 6)])('%j is too short to be anybody’s', (number) => {
    expect(phoneKey(number)).toBeUndefined();
  });

  it('takes the calling code of the workspace for numbers without one', () => {
    expect(phoneKey('020 7946 0958', '44')).toBe(phoneKey('+44 20 7946 0958', '44'));
    expect(phoneKey('8613800138000', '44')).not.toBe(phoneKey('+8613800138000', '44'));
  });

  it('does not depend on how the digits are spaced', () => {
    const spacing = fc.array(fc.constantFrom('', ' ', '-', '  ', '.'), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(fc.integer({ min: 1_000_000_0000, max: 1_999_999_9999 }), spacing, (number, gaps) => {
        const spaced = [...String(number)].map((digit, i) => digit + (gaps[i] ?? '')).join('');
        expect(phoneKey(spaced)).toBe(`86${number}`);
        expect(phoneKey(`+86 ${spaced}`)).toBe(`86${number}`);
      }),
      runs(200),
    );
  });
});

describe('the keys of other kinds', () => {
  const keys = (kind: keyof typeof FIELDS, value: unknown) => kindOf(FIELDS[kind]).keys?.(value);

  it('bring spellings of one thing together', () => {
    expect(keys('text', 'Ａｃｍｅ  LTD')).toEqual(keys('text', 'acme ltd'));
    expect(keys('url', 'https://www.shop.test/a')).toEqual(keys('url', 'http://shop.test/'));
    expect(keys('emails', ['a@b.test', 'c@d.test'])).toEqual(['a@b.test', 'c@d.test']);
    expect(keys('phones', ['110', '138 0013 8000'])).toEqual(['8613800138000']);
  });

  it('exist for what can be the same, and for nothing else', () => {
    expect(KIND_NAMES.filter((kind) => kindOf(FIELDS[kind]).keys)).toEqual([
      'text',
      'longText',
      'email',
      'emails',
      'phone',
      'phones',
      'url',
    ]);
  });
});
