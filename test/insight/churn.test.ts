import { describe, expect, it } from 'vitest';
import { daysToWarning, purchaseOf, rhythmOf, valueAtRisk, type Purchase } from '../../shared/insight/churn.ts';
import { addDays, daysBetween } from '../../shared/kernel/dates.ts';
import { fc, runs } from '../support/properties.ts';

const on = (...days: string[]): Purchase[] => days.map((day) => ({ on: day }));
const worth = (day: string, minor: number, currency = 'EUR'): Purchase => ({ on: day, total: { minor, currency } });

describe('the rhythm of a customer', () => {
  it.each<[string, Purchase[], { medianGapDays?: number; warnOn: string }]>([
    // three or more days of buying: the first day beyond 1.5 × the median gap
    ['every ten days', on('2026-01-01', '2026-01-11', '2026-01-21'), { medianGapDays: 10, warnOn: '2026-02-06' }],
    ['every week', on('2026-03-02', '2026-03-09', '2026-03-16', '2026-03-23'), { medianGapDays: 7, warnOn: '2026-04-03' }],
    ['every day', on('2026-03-02', '2026-03-03', '2026-03-04'), { medianGapDays: 1, warnOn: '2026-03-06' }],
    ['an even number of gaps', on('2026-01-01', '2026-01-11', '2026-01-24'), { medianGapDays: 11.5, warnOn: '2026-02-11' }],
    ['one holiday', on('2026-01-01', '2026-01-08', '2026-03-01', '2026-03-08', '2026-03-15'), { medianGapDays: 7, warnOn: '2026-03-26' }],
    ['across a leap day', on('2028-02-01', '2028-02-15', '2028-02-29'), { medianGapDays: 14, warnOn: '2028-03-22' }],
    ['once a year', on('2024-05-01', '2025-05-01', '2026-05-01'), { medianGapDays: 365, warnOn: '2027-10-31' }],
    // orders of one day count once
    [
      'two orders on each day',
      on('2026-01-01', '2026-01-01', '2026-01-11', '2026-01-21', '2026-01-21'),
      { medianGapDays: 10, warnOn: '2026-02-06' },
    ],
    ['three orders on two days', on('2026-01-01', '2026-01-11', '2026-01-11'), { warnOn: '2026-04-12' }],
    // fewer: the first day beyond ninety
    ['a single order', on('2026-01-01'), { warnOn: '2026-04-02' }],
    ['two orders', on('2026-01-01', '2026-01-11'), { warnOn: '2026-04-12' }],
    // a return is no sign of life
    ['two orders and a return', [...on('2026-01-01', '2026-01-11'), worth('2026-01-21', -500)], { warnOn: '2026-04-12' }],
    ['a free sample', [...on('2026-01-01', '2026-01-11'), worth('2026-01-21', 0)], { medianGapDays: 10, warnOn: '2026-02-06' }],
  ])('%s', (_, purchases, expected) => {
    const { medianGapDays, warnOn, reason, lastOn } = rhythmOf([...purchases].reverse())!;

    expect({ warnOn, ...(medianGapDays === undefined ? {} : { medianGapDays }) }).toEqual(expected);
    expect(reason).toBe(expected.medianGapDays === undefined ? 'silence' : 'rhythm');
    expect(addDays(lastOn, daysToWarning(medianGapDays))).toBe(warnOn);
  });

  it('of who has never bought is none', () => {
    expect(rhythmOf([])).toBeUndefined();
    expect(rhythmOf([worth('2026-01-21', -500)])).toBeUndefined();
  });

  it('warns on the first day on which the silence is too long, and not a day before', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 12 });
    fc.assert(
      fc.property(gaps, (all) => {
        let day = '2020-01-01';
        const purchases = [{ on: day }, ...all.map((gap) => ({ on: (day = addDays(day, gap)) }))];
        const { lastOn, warnOn, medianGapDays } = rhythmOf(purchases)!;
        const most = medianGapDays === undefined ? 90 : 1.5 * medianGapDays;
        expect(lastOn).toBe(day);
        expect(daysBetween(lastOn, warnOn)).toBeGreaterThan(most);
        expect(daysBetween(lastOn, warnOn) - 1).toBeLessThanOrEqual(most);
      }),
      runs(200),
    );
  });
});

describe('what counts as buying', () => {
  it.each([
    ['draft', false],
    ['confirmed', true],
    ['closed', true],
    ['cancelled', false],
    [undefined, false],
  ])('an order that is %s: %s', (status, counts) => {
    expect(purchaseOf({ status, orderedOn: '2026-01-01' }) !== undefined).toBe(counts);
  });

  it('needs a day', () => {
    expect(purchaseOf({ status: 'confirmed' })).toBeUndefined();
  });
});

describe('the value at risk', () => {
  it.each<[string, Purchase[], { minor: number; currency: string } | undefined]>([
    [
      'is what was bought in the twelve months up to the last order',
      [worth('2026-01-01', 100), worth('2026-06-01', 250)],
      { minor: 350, currency: 'EUR' },
    ],
    [
      'begins a year before the last order',
      [worth('2025-06-01', 900), worth('2025-06-02', 40), worth('2026-06-01', 2)],
      { minor: 42, currency: 'EUR' },
    ],
    ['is less what came back, also later', [worth('2026-01-01', 100), worth('2026-02-01', -30)], { minor: 70, currency: 'EUR' }],
    ['is in the currency of the last order', [worth('2026-01-01', 100), worth('2026-02-01', 7, 'CNY')], { minor: 7, currency: 'CNY' }],
    ['is unknown where the last order has no amount', [worth('2026-01-01', 100), ...on('2026-02-01')], undefined],
    ['is none where everything came back', [worth('2026-01-01', 100), worth('2026-01-02', -100)], undefined],
    ['is unknown beyond exact numbers', [worth('2026-01-01', 2 ** 53 - 1), worth('2026-01-02', 2)], undefined],
    ['is none of nothing', [], undefined],
  ])('%s', (_, purchases, expected) => {
    expect(valueAtRisk(purchases)).toEqual(expected);
  });
});
