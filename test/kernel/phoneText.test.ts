import { describe, expect, it } from 'vitest';
import { phoneKey } from '../../shared/kernel/fields/index.ts';
import { formatPhone, plainPhone, telOf } from '../../shared/kernel/phoneText.ts';
import { fc, runs } from '../support/properties.ts';

describe('a phone number is read as', () => {
  it.each([
    ['a Chinese mobile', '13800138000', '138 0013 8000'],
    ['a Chinese mobile with its country', '+8613800138000', '+86 138 0013 8000'],
    ['one of another grouping', '+86 138-0013-8000', '+86 138 0013 8000'],
    ['one behind two zeros', '008613800138000', '+86 138 0013 8000'],
    ['Beijing', '01065529988', '010 6552 9988'],
    ['Beijing from abroad', '+861065529988', '+86 10 6552 9988'],
    ['Hangzhou', '0571-88886666', '0571 8888 6666'],
    ['a town of seven digits', '+865788886666', '+86 578 888 6666'],
    ['a service number', '4001234567', '400 123 4567'],
    ['an extension', '010-65529988转12', '010 6552 9988 转12'],
    ['an extension in English', '+14155552671 ext. 9', '+1 415 555 2671 ext. 9'],
    ['North America', '+1 (415) 555-2671', '+1 415 555 2671'],
    ['Hong Kong', '+85225221234', '+852 2522 1234'],
    ['Singapore', '+6561234567', '+65 6123 4567'],
    ['Russia', '+79161234567', '+7 916 123 4567'],
    ['a country whose area codes differ, by whoever knew them', '+49 5241 123456', '+49 5241 123456'],
    ['the same, written in one run', '+495241123456', '+49 524 112 3456'],
    ['a trunk’s zero', '+44 (0)20 7946 0958', '+44 (0)20 7946 0958'],
    ['a number without a country that is none of China', '0161 496 0000', '0161 496 0000'],
    ['a short code', '110', '110'],
    ['an inner number', '8001', '8001'],
    ['more digits than there are', '+8613800138000123', '+8613800138000123'],
    ['zeros', '00000', '00000'],
  ])('%s', (_, stored, shown) => {
    expect(formatPhone(stored)).toBe(shown);
  });
});

it('reading a number twice, or looking it up as it is read, changes nothing', () => {
  const number = fc.tuple(
    fc.constantFrom('', '+', '00', '+86', '+1', '0', '+86 1'),
    fc.array(fc.constantFrom(...'0123456789 -'), { minLength: 5, maxLength: 14 }).map((signs) => signs.join('').trim()),
    fc.constantFrom('', ' ext. 12', '转8', ' x 3'),
  );
  fc.assert(
    fc.property(number, (parts) => {
      const stored = parts.join('');
      const shown = formatPhone(stored);

      expect(formatPhone(shown)).toBe(shown);
      expect(phoneKey(shown)).toBe(phoneKey(stored));
      expect(telOf(shown)).toBe(telOf(stored));
    }),
    runs(2_000),
  );
});

it('a number is dialled without its grouping, and its extension behind it', () => {
  expect(['+86 138-0013-8000', '+44 (0)20 7946 0958', '0571-88886666', '010 65529988 转 12'].map(telOf)).toEqual([
    'tel:+8613800138000',
    'tel:+442079460958',
    'tel:057188886666',
    'tel:01065529988;ext=12',
  ]);
});

it('a number is taken along as machines read it, and none loses its extension', () => {
  expect(['+86 138 0013 8000', '010 65529988 转 12'].map(plainPhone)).toEqual(['+8613800138000', '010 65529988 转 12']);
});
