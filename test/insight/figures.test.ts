import { describe, expect, it } from 'vitest';
import type { Actor, Reach } from '../../shared/kernel/access.ts';
import { figureDays, toFigures } from '../../shared/insight/figures.ts';
import { scopeTest } from '../../shared/insight/figureScopes.ts';

describe('the days of a period', () => {
  it.each([
    ['thisMonth', 'in the middle', '2026-11-23', ['2026-11-01', '2026-11-23'], ['2026-10-01', '2026-10-23']],
    ['thisMonth', 'on the first', '2026-11-01', ['2026-11-01', '2026-11-01'], ['2026-10-01', '2026-10-01']],
    ['thisMonth', 'past the end of a shorter month before', '2026-03-30', ['2026-03-01', '2026-03-30'], ['2026-02-01', '2026-02-28']],
    ['thisMonth', 'after a leap day', '2028-03-29', ['2028-03-01', '2028-03-29'], ['2028-02-01', '2028-02-29']],
    ['thisMonth', 'in January', '2027-01-31', ['2027-01-01', '2027-01-31'], ['2026-12-01', '2026-12-31']],
    ['thisMonth', 'at the end of a shorter month', '2026-11-30', ['2026-11-01', '2026-11-30'], ['2026-10-01', '2026-10-30']],
    ['thisWeek', 'on a Monday', '2026-11-23', ['2026-11-23', '2026-11-23'], ['2026-11-16', '2026-11-16']],
    ['thisWeek', 'on a Sunday', '2026-11-01', ['2026-10-26', '2026-11-01'], ['2026-10-19', '2026-10-25']],
    ['lastMonth', 'which is over', '2026-03-30', ['2026-02-01', '2026-02-28'], ['2026-01-01', '2026-01-31']],
    ['lastMonth', 'in January', '2027-01-02', ['2026-12-01', '2026-12-31'], ['2026-11-01', '2026-11-30']],
    ['thisQuarter', 'in its second month', '2026-11-23', ['2026-10-01', '2026-11-23'], ['2026-07-01', '2026-08-23']],
    ['thisQuarter', 'past the end of a shorter quarter', '2026-06-30', ['2026-04-01', '2026-06-30'], ['2026-01-01', '2026-03-31']],
  ] as const)('%s, %s, stand beside those of the one before', (name, _, day, now, before) => {
    const period = figureDays(name, day, 1);

    expect([period.from, period.to]).toEqual(now);
    expect([period.before.from, period.before.to]).toEqual(before);
  });

  it.each([
    ['2026-02-28', 3, '2025-12-01', '2025-09-01', '2025-11-29'],
    ['2026-03-01', 3, '2026-03-01', '2025-12-01', '2025-12-01'],
    ['2028-02-29', 2, '2028-02-01', '2027-11-01', '2027-11-29'],
  ])('of a quarter of the books, on %s where they begin in month %i', (today, yearStart, from, beforeFrom, beforeTo) => {
    expect(figureDays('thisQuarter', today, yearStart)).toEqual({ from, to: today, before: { from: beforeFrom, to: beforeTo } });
  });
});

describe('figures', () => {
  const everybody = () => () => true;

  it('add up the owners that count, and their amounts by currency', () => {
    const now = {
      opportunity: {
        mem_1: { created: 2, won: 1, 'won:CNY': 500_00 },
        mem_2: { created: 1, won: 2, 'won:CNY': 100_00, 'won:JPY': 9000 },
        mem_3: { created: 40, won: 40, 'won:EUR': 1 },
      },
    };

    const figures = toFigures(now, {}, () => (owner) => owner !== 'mem_3');

    expect(figures.newOpportunities).toEqual({ now: { count: 3 }, before: { count: 0 } });
    expect(figures.wonOpportunities).toEqual({
      now: {
        count: 3,
        amounts: [
          { minor: 600_00, currency: 'CNY' },
          { minor: 9000, currency: 'JPY' },
        ],
      },
      before: { count: 0, amounts: [] },
    });
  });

  it('leave out what the reader may not read', () => {
    const figures = toFigures({}, {}, (type) => (type === 'lead' ? () => true : undefined));

    expect(Object.keys(figures)).toEqual(['newLeads', 'convertedLeads']);
  });

  it('keep the last unit of large amounts, and tell none that no number can say', () => {
    const order = (minor: number | bigint, more: number | bigint) => ({
      order: { mem_1: { 'confirmed:KWD': minor }, mem_2: { 'confirmed:KWD': more } },
    });

    expect(toFigures(order(2 ** 53 - 2, 1), {}, everybody).orders?.now.amounts).toEqual([{ minor: 2 ** 53 - 1, currency: 'KWD' }]);
    expect(toFigures(order(2n ** 53n + 3n, -4), {}, everybody).orders?.now.amounts).toEqual([{ minor: 2 ** 53 - 1, currency: 'KWD' }]);
    expect(toFigures(order(2 ** 53 - 1, 1), {}, everybody).orders?.now.amounts).toEqual([]);
  });

  it('tell no amount of nothing', () => {
    const taken = { order: { mem_1: { confirmed: 0, 'confirmed:CNY': 0 } } };

    expect(toFigures(taken, {}, everybody).orders?.now).toEqual({ count: 0, amounts: [] });
  });
});

describe('a scope', () => {
  const reader = (reach: Reach): Actor => ({
    memberId: 'me',
    roleKey: 'any',
    rights: { grants: { insight: { read: reach } } },
    team: new Set(['me', 'mate']),
    span: new Set(['me', 'mate', 'below']),
  });
  const PEOPLE = ['me', 'mate', 'below', 'other', undefined];
  const seen = (reach: Reach, scope: string) => {
    const counts = scopeTest(reader(reach), scope);
    return counts && PEOPLE.filter(counts);
  };

  it.each<[Reach, string, (string | undefined)[] | undefined]>([
    ['none', 'me', undefined],
    ['own', 'me', ['me']],
    ['own', 'team', undefined],
    ['own', 'mate', undefined],
    ['team', 'team', ['me', 'mate']],
    ['team', 'span', undefined],
    ['span', 'me', ['me']],
    ['span', 'team', ['me', 'mate']],
    ['span', 'span', ['me', 'mate', 'below']],
    ['span', 'below', ['below']],
    ['span', 'other', undefined],
    ['span', 'all', undefined],
    ['all', 'span', ['me', 'mate', 'below']],
    ['all', 'all', ['me', 'mate', 'below', 'other', undefined]],
    ['all', 'other', ['other']],
  ])('of reach %s: %s counts %j', (reach, scope, people) => {
    expect(seen(reach, scope)).toEqual(people);
  });
});
