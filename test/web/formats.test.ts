import { describe, expect, it } from 'vitest';
import { formatsOf } from '../../web/src/kernel/formats.ts';

const english = formatsOf('en', 'Europe/London');
const chinese = formatsOf('zh-CN', 'Asia/Shanghai');
const now = Date.parse('2026-11-23T08:00:00Z');

/** Intl separates with several kinds of spaces. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f\u2009]/g, ' ');

describe('days and instants', () => {
  it('writes a day without moving it into a zone', () => {
    expect(formatsOf('en', 'Pacific/Auckland').day('2026-03-01')).toBe('1 Mar 2026');
    expect(formatsOf('en', 'America/Los_Angeles').day('2026-03-01')).toBe('1 Mar 2026');
    expect(chinese.day('2026-03-01')).toBe('2026年3月1日');
  });

  it('leaves out the year where it is this one', () => {
    expect(english.dayShort('2026-03-01', '2026-11-23')).toBe('1 Mar');
    expect(english.dayShort('2025-03-01', '2026-11-23')).toBe('1 Mar 2025');
    expect(chinese.dayShort('2026-03-01', '2026-11-23')).toBe('3月1日');
  });

  it('writes an instant in the member’s zone', () => {
    expect(plain(english.instant('2026-11-23T08:05:00.000Z'))).toBe('23 Nov 2026, 08:05');
    expect(plain(chinese.instant('2026-11-23T08:05:00.000Z'))).toBe('2026年11月23日 16:05');
    expect(english.instantLong('2026-11-23T08:05:00.000Z')).toContain('Greenwich Mean Time');
  });

  it('knows the day on the member’s wall', () => {
    expect(formatsOf('en', 'Pacific/Auckland').today(now)).toBe('2026-11-23');
    expect(formatsOf('zh-CN', 'Asia/Shanghai').today(Date.parse('2026-11-23T17:00:00Z'))).toBe('2026-11-24');
    expect(formatsOf('en', 'America/Los_Angeles').today(now)).toBe('2026-11-23');
    expect(formatsOf('en', 'America/Los_Angeles').today(Date.parse('2026-11-23T07:00:00Z'))).toBe('2026-11-22');
  });
});

describe('ranges and lengths', () => {
  it('writes two days as one range', () => {
    expect(plain(english.dayRange('2026-11-23', '2026-11-29'))).toBe('23 – 29 Nov 2026');
    expect(plain(english.dayRange('2026-12-28', '2027-01-03'))).toBe('28 Dec 2026 – 3 Jan 2027');
    expect(plain(chinese.dayRange('2026-11-23', '2026-11-29'))).toBe('2026年11月23日至11月29日');
  });

  it('writes two moments of a day as one range, on the member’s wall', () => {
    expect(plain(english.timeRange('2026-11-23T08:05:00.000Z', '2026-11-23T09:30:00.000Z'))).toBe('08:05–09:30');
    expect(plain(chinese.timeRange('2026-11-23T08:05:00.000Z', '2026-11-23T09:30:00.000Z'))).toBe('16:05–17:30');
  });

  it('names the days of the week from Monday', () => {
    expect([1, 3, 7].map(english.weekday)).toEqual(['Mon', 'Wed', 'Sun']);
    expect([1, 3, 7].map(chinese.weekday)).toEqual(['周一', '周三', '周日']);
  });

  it.each([
    [0, '0 min', '0分钟'],
    [45, '45 min', '45分钟'],
    [60, '1 hr', '1小时'],
    [90, '1 hr 30 min', '1小时30分钟'],
    [1440, '1 day', '1天'],
    [3000, '2 days 2 hr', '2天2小时'],
  ])('writes %s minutes in words', (minutes, en, zh) => {
    expect(plain(english.duration(minutes))).toBe(en);
    expect(chinese.duration(minutes)).toBe(zh);
  });
});

describe('relative times', () => {
  it.each([
    ['2026-11-23T07:59:30Z', 'now', '现在'],
    ['2026-11-23T07:55:00Z', '5 minutes ago', '5分钟前'],
    ['2026-11-23T05:00:00Z', '3 hours ago', '3小时前'],
    ['2026-11-22T12:00:00Z', 'yesterday', '昨天'],
    ['2026-11-24T09:00:00Z', 'tomorrow', '明天'],
    ['2026-11-01T09:00:00Z', '1 Nov', '11月1日'],
  ])('%s is %s', (at, en, zh) => {
    expect(english.relative(at, now)).toBe(en);
    expect(chinese.relative(at, now)).toBe(zh);
  });

  it('counts days by the calendar, not by 24 hours', () => {
    expect(english.relative('2026-11-22T23:30:00Z', Date.parse('2026-11-23T00:30:00Z'))).toBe('yesterday');
  });
});

describe('money', () => {
  it.each([
    [{ minor: 123456, currency: 'CNY' }, 'CN¥1,234.56', '¥1,234.56'],
    [{ minor: 1234, currency: 'JPY' }, '¥1,234', 'JP¥1,234'],
    [{ minor: 1234567, currency: 'KWD' }, 'KWD 1,234.567', 'KWD 1,234.567'],
    [{ minor: -50, currency: 'USD' }, '-$0.50', '-US$0.50'],
    [{ minor: Number.MAX_SAFE_INTEGER, currency: 'USD' }, '$90,071,992,547,409.91', 'US$90,071,992,547,409.91'],
  ])('%o is %s', (value, en, zh) => {
    expect(plain(english.money(value))).toBe(en);
    expect(plain(chinese.money(value))).toBe(zh);
  });

  it('is short in each language’s own units', () => {
    expect(english.moneyCompact({ minor: 1_284_000_000, currency: 'USD' })).toBe('$12.8M');
    expect(chinese.moneyCompact({ minor: 1_284_000_000, currency: 'CNY' })).toBe('¥1284万');
  });
});

describe('numbers and lists', () => {
  it('writes numbers, parts and lists', () => {
    expect(english.number(1234.5)).toBe('1,234.5');
    expect(english.number(2, 2)).toBe('2.00');
    expect(english.compact(950)).toBe('950');
    expect(chinese.compact(12_840_000)).toBe('1284万');
    expect(english.percent(42.4)).toBe('42%');
    expect(english.list(['a', 'b', 'c'])).toBe('a, b and c');
    expect(chinese.list(['甲', '乙', '丙'])).toBe('甲、乙和丙');
  });

  it('sorts Chinese names by sound and numbers by size', () => {
    expect(['张', '王', '李'].sort(chinese.compare)).toEqual(['李', '王', '张']);
    expect(['Row 10', 'Row 9'].sort(english.compare)).toEqual(['Row 9', 'Row 10']);
  });
});
