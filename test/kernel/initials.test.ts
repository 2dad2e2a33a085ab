import { expect, it } from 'vitest';
import { pinyin } from '../../functions/records/pinyin.ts';
import { initialsOf } from '../../shared/kernel/initials.ts';

it.each([
  ['杭州云栖科技有限公司', 'hzyqkjyxgs'],
  ['Tea 茶 House 屋', 'cw'],
  ['欧阳娜娜', 'oynn'],
  ['Latin', ''],
  ['', ''],
])('%j begins with %j', (text, letters) => {
  expect(initialsOf(text)).toBe(letters);
});

it('agrees with the table of readings about nearly every character', () => {
  const all = Array.from({ length: 0x9fa6 - 0x4e00 }, (_, i) => String.fromCharCode(0x4e00 + i));
  const read = all.map((one) => [initialsOf(one), pinyin(one).initials]).filter(([, letter]) => /^[a-z]$/.test(letter!));

  expect(read.filter(([mine, theirs]) => mine === theirs).length / read.length).toBeGreaterThan(0.96);
});
