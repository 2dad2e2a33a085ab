import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { closingSoon, forecastOf, funnelOf } from '../../web/src/sales/home/pipelineFigures.ts';
import { pipelinesOf } from '../../shared/sales/pipelines.ts';

const STANDARD = pipelinesOf([])[0]!;

let made = 0;
const deal = (values: Readonly<Record<string, unknown>>): AnyRecord =>
  ({ id: `opp_${++made}`, stage: 'firstContact', outcome: 'open', ...values }) as unknown as AnyRecord;
const cny = (minor: number) => ({ minor, currency: 'CNY' });
const eur = (minor: number) => ({ minor, currency: 'EUR' });

describe('the funnel', () => {
  it('has a row for every stage at which a deal can stand open, with counts and amounts by currency', () => {
    const rows = funnelOf(
      [STANDARD],
      STANDARD,
      [
        deal({ stage: 'needs', amount: cny(1000) }),
        deal({ stage: 'needs', amount: eur(500), successRate: 10, successReason: 'said so' }),
        deal({ stage: 'needs' }),
        deal({ stage: 'needs', outcome: 'lost', amount: cny(7) }),
        deal({ stage: 'signed', outcome: 'won', amount: cny(9) }),
        deal({ stage: 'gone' }),
      ],
      'CNY',
    );

    expect(rows.map(({ stage, count }) => [stage.key, count])).toEqual([
      ['firstContact', 1],
      ['interest', 0],
      ['decisionMaker', 0],
      ['needs', 3],
      ['solution', 0],
      ['demonstration', 0],
      ['evaluation', 0],
      ['verbalYes', 0],
      ['negotiation', 0],
    ]);
    expect(rows[3]).toMatchObject({ amounts: [cny(1000), eur(500)], weighted: [cny(400), eur(50)] });
  });
});

describe('the forecast', () => {
  const days = (today: string, yearStart = 1) =>
    forecastOf([STANDARD], [], today, 'CNY', yearStart).map(({ key, from, to }) => [key, from, to]);

  it.each([
    ['2026-11-23', ['2026-11-22', '2026-11-23', '2026-11-30', '2026-12-01', '2026-12-31', '2026-12-31', '2027-01-01', '2027-03-31']],
    ['2026-12-31', ['2026-12-30', '2026-12-31', '2026-12-31', '2027-01-01', '2027-01-31', '2026-12-31', '2027-01-01', '2027-03-31']],
    ['2028-01-01', ['2027-12-31', '2028-01-01', '2028-01-31', '2028-02-01', '2028-02-29', '2028-03-31', '2028-04-01', '2028-06-30']],
  ])('on %s knows its periods', (today, [passed, from, month, next, nextEnd, quarter, nextQuarter, nextQuarterEnd]) => {
    expect(days(today)).toEqual([
      ['overdue', undefined, passed],
      ['thisMonth', from, month],
      ['nextMonth', next, nextEnd],
      ['thisQuarter', from, quarter],
      ['nextQuarter', nextQuarter, nextQuarterEnd],
    ]);
  });

  it.each([
    ['2026-01-15', 2, '2026-01-31', '2026-02-01', '2026-04-30'],
    ['2026-12-31', 3, '2027-02-28', '2027-03-01', '2027-05-31'],
    ['2026-04-01', 4, '2026-06-30', '2026-07-01', '2026-09-30'],
  ])('on %s follows the quarters of books that begin in month %i', (today, yearStart, end, next, nextEnd) => {
    expect(days(today, yearStart).slice(3)).toEqual([
      ['thisQuarter', today, end],
      ['nextQuarter', next, nextEnd],
    ]);
  });

  it('weighs open deals by their chance, and leaves out those without a day', () => {
    const rows = forecastOf(
      [STANDARD],
      [
        deal({ expectedEndOn: '2026-11-23', stage: 'negotiation', amount: cny(101) }),
        deal({ expectedEndOn: '2026-11-30', successRate: 50, successReason: 'said so', amount: cny(101) }),
        deal({ expectedEndOn: '2026-12-01', stage: 'verbalYes', amount: cny(100) }),
        deal({ expectedEndOn: '2026-11-22', amount: cny(100) }),
        deal({ expectedEndOn: '2026-11-25', outcome: 'won', amount: cny(100) }),
        deal({ amount: cny(100) }),
      ],
      '2026-11-23',
      'CNY',
      1,
    );

    expect(rows.map(({ key, count, weighted }) => [key, count, weighted[0]?.minor])).toEqual([
      ['overdue', 1, 5],
      ['thisMonth', 2, 141], // 90.9 + 50.5, rounded once
      ['nextMonth', 1, 80],
      ['thisQuarter', 3, 221],
      ['nextQuarter', 0, undefined],
    ]);
  });
});

it('what closes soon is open, has a day, and stands in its order', () => {
  const [late, soon, today] = [
    deal({ expectedEndOn: '2026-11-01' }),
    deal({ expectedEndOn: '2026-12-07' }),
    deal({ expectedEndOn: '2026-11-23' }),
  ];
  const others = [deal({ expectedEndOn: '2026-12-08' }), deal({}), deal({ expectedEndOn: '2026-11-24', outcome: 'won' })];

  expect(closingSoon([soon, ...others, late, today], '2026-11-23', 14)).toEqual([late, today, soon]);
});
