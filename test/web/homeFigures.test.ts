import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { toPredicate } from '../../shared/kernel/filter.ts';
import { figureDays, type FigurePeriod } from '../../shared/insight/figures.ts';
import { definitionOf } from '../../shared/registry.ts';
import { addedUp, daysOfPeriod, sumByDay } from '../../web/src/insight/figureDays.ts';
import { figureList } from '../../web/src/insight/figureLists.ts';
import { paceOf } from '../../web/src/insight/pace.ts';
import { listedPurchases, purchaseMonths } from '../../web/src/sales/purchaseMonths.ts';

const ZONE = 'Asia/Shanghai';
let made = 0;
const record = (values: Readonly<Record<string, unknown>>): AnyRecord => ({ id: `rec_${++made}`, ...values }) as unknown as AnyRecord;
const cny = (minor: number) => ({ minor, currency: 'CNY' });

describe('days of a period', () => {
  it('are those of the zone, both ends counted', () => {
    const days = daysOfPeriod({ from: '2026-02-27', to: '2026-03-02' });
    const records = [
      record({ at: '2026-02-27T15:59:59.999Z' }),
      record({ at: '2026-02-27T16:00:00.000Z' }),
      record({ at: '2026-03-02' }),
      record({ at: '2026-03-03' }),
      record({}),
    ];

    expect(days).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
    expect(sumByDay(records, 'at', days, ZONE)).toEqual([1, 1, 0, 1]);
    expect(addedUp([1, 1, 0, 1])).toEqual([1, 2, 2, 3]);
  });
});

describe('the pace', () => {
  const pace = (deals: AnyRecord[], period: FigurePeriod, today: string, yearStart = 1) =>
    paceOf(deals, { period, days: figureDays(period, today, yearStart), zone: ZONE, home: 'CNY', yearStart });
  const won = (closedAt: string, minor = 100) => record({ outcome: 'won', closedAt, amount: cny(minor) });

  it('goes on to the end of a quarter of the books', () => {
    const days = pace([], 'thisQuarter', '2026-03-10', 2);
    expect([days[0]!.day, days.at(-1)!.day]).toEqual(['2026-02-01', '2026-04-30']);
  });

  it('adds up to today, and the period before to its end', () => {
    const days = pace(
      [
        won('2026-03-01T02:00:00.000Z'),
        won('2026-03-02T02:00:00.000Z', 50),
        record({ outcome: 'won', closedAt: '2026-03-02T02:00:00.000Z', amount: { minor: 7, currency: 'USD' } }),
        record({ outcome: 'lost', closedAt: '2026-03-02T02:00:00.000Z', amount: cny(9) }),
        won('2026-02-28T02:00:00.000Z', 30),
      ],
      'thisMonth',
      '2026-03-02',
    );

    expect(days).toHaveLength(31);
    expect(days.slice(0, 3)).toEqual([
      { day: '2026-03-01', now: 100, count: 1, before: 0 },
      { day: '2026-03-02', now: 150, count: 3, before: 0 },
      { day: '2026-03-03', before: 0 },
    ]);
    expect(days.slice(27)).toEqual([
      { day: '2026-03-28', before: 30 },
      { day: '2026-03-29' },
      { day: '2026-03-30' },
      { day: '2026-03-31' },
    ]);
  });

  it.each([
    ['thisWeek', '2026-03-04', 7],
    ['lastMonth', '2026-03-04', 28],
    ['thisQuarter', '2026-03-04', 90],
  ] as const)('of %s has all its days', (period, today, count) => {
    expect(pace([], period, today)).toHaveLength(count);
  });

  it('counts to each day what the list of that day holds', () => {
    const deals = ['2026-03-01T15:59:59.999Z', '2026-03-01T16:00:00.000Z', '2026-03-02T16:00:00.000Z', '2026-02-28T15:59:59.999Z'].map(
      (at) => won(at),
    );

    for (const { day, count } of pace(deals, 'thisMonth', '2026-03-03').slice(0, 3)) {
      const { conditions } = figureList('wonOpportunities', { from: '2026-03-01', to: day }, ZONE, []);
      expect([day, deals.filter(toPredicate(definitionOf('opportunity'), { all: conditions })).length]).toEqual([day, count]);
    }
  });
});

describe('purchases by month', () => {
  const bought = (orderedOn: string | undefined, total: unknown, status = 'confirmed') =>
    record({ customerId: 'cus_1', status, orderedOn, total });
  const orders = [
    bought('2026-03-31', cny(100)),
    bought('2026-03-01', cny(20), 'closed'),
    bought('2026-03-02', { minor: 9, currency: 'USD' }),
    bought('2026-03-03', cny(1000), 'draft'),
    bought('2026-03-04', cny(1000), 'cancelled'),
    bought('2025-04-30', cny(7)),
    bought('2025-03-31', cny(5)),
    bought('2024-03-31', cny(1000)),
    bought(undefined, cny(1000)),
  ];

  it('are those of a year, beside the year before', () => {
    const months = purchaseMonths(orders, '2026-03-31', 'CNY');

    expect(months.map(({ month }) => month)).toEqual([
      ...['2025-04', '2025-05', '2025-06', '2025-07', '2025-08', '2025-09'],
      ...['2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03'],
    ]);
    expect(months.at(-1)).toEqual({ month: '2026-03', now: 120, count: 3, before: 5 });
    expect(months[0]).toEqual({ month: '2025-04', now: 7, count: 1, before: 0 });
  });

  it('count as many as their lists hold', () => {
    for (const { month, count } of purchaseMonths(orders, '2026-03-31', 'CNY')) {
      const isListed = toPredicate(definitionOf('order'), { all: listedPurchases('cus_1', month) });
      expect([month, orders.filter(isListed).length]).toEqual([month, count]);
    }
  });
});
