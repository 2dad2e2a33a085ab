import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { salesLines, type SalesLine } from '../../shared/sales/lines.ts';
import { byInfluence, competitorNames, evenShares, missingRoles } from '../../web/src/sales/dealPeople.ts';
import {
  blankLine,
  freeLineId,
  inCurrency,
  percentText,
  readPercent,
  readQuantity,
  readShare,
  withProduct,
  withText,
} from '../../web/src/sales/lineDrafts.ts';
import { purchasesOf } from '../../web/src/sales/purchases.ts';
import { daysSince, stepsOf, weightedOf } from '../../web/src/sales/stagePath.ts';
import { stageTimesOf } from '../../web/src/sales/stageTimes.ts';
import { pipelinesOf } from '../../shared/sales/pipelines.ts';
import { STAGES } from '../../shared/sales/stages.ts';

const STANDARD = pipelinesOf([])[0]!;

const record = (values: Record<string, unknown>, id = 'opp_1') => ({ id, createdAt: '2026-03-01T00:00:00.000Z', ...values }) as AnyRecord;
const line = (values: Partial<SalesLine> = {}): SalesLine => ({ ...blankLine('l1'), name: 'House blend', ...values });

describe('the path of a deal', () => {
  it('tells what is passed, what is now and what is ahead', () => {
    const states = stepsOf(STANDARD, record({ stage: 'decisionMaker' })).map(({ state }) => state);

    expect(states).toEqual(['passed', 'passed', 'here', ...Array<string>(7).fill('ahead')]);
  });

  it('begins with the first stage where none is known', () => {
    expect(stepsOf(STANDARD, record({})).findIndex(({ state }) => state === 'here')).toBe(0);
  });

  it.each([
    // In Shanghai a day begins at 16:00 of universal time.
    ['2026-03-01T16:00:00.000Z', '2026-03-02T15:59:59.000Z', 0],
    ['2026-03-01T15:59:59.000Z', '2026-03-01T16:00:00.000Z', 1],
    ['2026-03-01T00:00:00.000Z', '2026-03-04T00:00:00.000Z', 3],
    // A clock that is ahead.
    ['2026-03-02T00:00:00.000Z', '2026-03-01T00:00:00.000Z', 0],
  ])('counts the nights from %s to %s: %i', (since, now, days) => {
    expect(daysSince(since, Date.parse(now), 'Asia/Shanghai')).toBe(days);
  });

  it('adds up the days at each stage to those of the whole way, in the order of the pipeline', () => {
    const stays = ['needs 01 05', 'solution 05 06', 'needs 06 09', 'interest 09'].map((said) => {
      const [stage, since, until] = said.split(' ');
      const at = (day: string): string => `2026-03-${day}T14:30:00.000Z`;
      return { stage: stage!, since: at(since!), ...(until ? { until: at(until) } : {}), ms: 0, by: 'mem_1' };
    });
    const times = stageTimesOf(STAGES, { items: stays, totals: [] }, Date.parse('2026-03-10T20:00:00.000Z'), 'Asia/Shanghai');

    expect(times.map(({ stage, ...time }) => ({ key: stage.key, ...time }))).toEqual([
      { key: 'interest', days: 2, stays: 1, here: true },
      { key: 'needs', days: 7, stays: 2, here: false },
      { key: 'solution', days: 1, stays: 1, here: false },
    ]);
  });

  it('weighs the amount by the chance, in whole units of its currency', () => {
    expect(weightedOf(record({ amount: { minor: 1001, currency: 'JPY' }, successRate: 50 }))).toEqual({ minor: 501, currency: 'JPY' });
    expect(weightedOf(record({ successRate: 50 }))).toBeUndefined();
  });
});

describe('what is typed into a line', () => {
  it.each([
    ['2', '2'],
    ['1,250.50', '1250.50'],
    ['-1', '-1'],
    ['１２', '12'],
    ['007', '7'],
    ['0.1234', '0.1234'],
    ['0.12345', undefined],
    ['1234567890', undefined],
    ['two', undefined],
    ['', undefined],
  ])('is the quantity %j: %j', (text, quantity) => {
    expect(readQuantity(text)).toBe(quantity);
  });

  it.each([
    ['7', 700],
    ['7.25', 725],
    ['7 %', 700],
    ['13％', 1300],
    ['0.29', 29],
    ['100', 10_000],
    ['100.01', undefined],
    ['7.255', undefined],
    ['-1', undefined],
    ['x', undefined],
  ])('is the percentage %j: %j', (text, hundredths) => {
    expect(readPercent(text)).toBe(hundredths);
  });

  it('is written back as it is read', () => {
    expect([undefined, 0, 700, 725].map(percentText)).toEqual(['', '', '7', '7.25']);
  });

  it('is a share only in whole percent', () => {
    expect(['30', '30%', '30.5', '101'].map(readShare)).toEqual([30, 30, undefined, undefined]);
  });
});

describe('a line', () => {
  const product = record({ name: 'House blend', unit: 'kg', price: { minor: 12_800, currency: 'CNY' } }, 'prd_00000000000000000000000001');

  it('takes name, unit and price from a product, and keeps how much was wanted', () => {
    const made = withProduct(line({ name: '', quantity: '3', unit: 'box' }), product, 'CNY');

    expect(made).toMatchObject({ productId: product.id, name: 'House blend', quantity: '3', unit: 'kg', unitPrice: 12_800 });
    expect(salesLines().safeParse([made]).success).toBe(true);
  });

  it('takes no price in another currency', () => {
    expect(withProduct(line(), product, 'USD').unitPrice).toBe(0);
  });

  it('forgets the unit of what it was before', () => {
    expect(withProduct(line({ unit: 'kg' }), record({ name: 'Training' }, 'prd_2'), 'CNY')).not.toHaveProperty('unit');
  });

  it('becomes free text without losing its price', () => {
    expect(withText(withProduct(line(), product, 'CNY'), 'Sample')).toEqual({
      id: 'l1',
      name: 'Sample',
      quantity: '1',
      unit: 'kg',
      unitPrice: 12_800,
    });
  });

  it.each([
    ['CNY', 'KWD', 1230, 12_300],
    ['KWD', 'CNY', 12_300, 1230],
    ['CNY', 'JPY', 1230, 12],
    ['JPY', 'CNY', 12, 1200],
  ])('keeps its price as it is read from %s to %s', (from, to, before, after) => {
    expect(inCurrency([line({ unitPrice: before })], from, to)[0]!.unitPrice).toBe(after);
  });

  it('has an id of its own, also after another was removed', () => {
    expect(freeLineId([])).toBe('l1');
    expect(freeLineId([{ id: 'l2' }])).toBe('l3');
    expect(freeLineId([{ id: 'l1' }, { id: 'l3' }])).toBe('l4');
  });
});

describe('the people of a deal', () => {
  it('are missed by the parts that nobody plays', () => {
    expect(missingRoles([{ roles: ['coach', 'user'] }, { roles: ['user'] }])).toEqual(['technical', 'economic']);
    expect(missingRoles([])).toHaveLength(4);
  });

  it('stand by their weight', () => {
    const names = byInfluence([
      { name: 'A', roles: [] },
      { name: 'B', roles: [], influence: 5 },
      { name: 'C', roles: [], influence: 2 },
    ]).map(({ name }) => name);

    expect(names).toEqual(['B', 'C', 'A']);
  });

  it('name each competitor once', () => {
    expect(competitorNames(record({ competitors: [{ name: 'Blue Peak' }, { name: 'Blue Peak' }] }))).toEqual(['Blue Peak']);
  });

  it.each([1, 2, 3, 7, 50])('share the whole between %i', (count) => {
    const shares = evenShares(count);

    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(100);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
  });
});

describe('what a customer has bought', () => {
  const order = (id: string, orderedOn: string | undefined, status: string, minor?: number, currency = 'CNY') =>
    record({ orderedOn, status, ...(minor === undefined ? {} : { total: { minor, currency } }) }, id);

  it('adds up by year and currency; drafts and cancelled orders are none of it', () => {
    const { orders, years, lastOn } = purchasesOf([
      order('a', '2025-12-31', 'closed', 100),
      order('b', '2026-01-01', 'confirmed', 200),
      order('c', '2026-02-01', 'closed', 50),
      order('d', '2026-02-02', 'closed', 7, 'USD'),
      order('e', '2026-03-01', 'draft', 999),
      order('f', '2026-03-02', 'cancelled', 999),
    ]);

    expect(orders.map(({ id }) => id)).toEqual(['f', 'e', 'd', 'c', 'b', 'a']);
    expect(years).toEqual([
      { year: '2026', sum: { minor: 250, currency: 'CNY' }, count: 2 },
      { year: '2026', sum: { minor: 7, currency: 'USD' }, count: 1 },
      { year: '2025', sum: { minor: 100, currency: 'CNY' }, count: 1 },
    ]);
    expect(lastOn).toBe('2026-02-02');
  });

  it('is nothing for who never bought', () => {
    expect(purchasesOf([])).toEqual({ orders: [], years: [], lastOn: undefined });
  });

  it('takes the day of writing where none is named, and counts what has no sum as bought', () => {
    const { lastOn, years } = purchasesOf([order('a', undefined, 'closed')]);

    expect(lastOn).toBe('2026-03-01');
    expect(years).toEqual([]);
  });
});
