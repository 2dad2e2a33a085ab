import { describe, expect, it } from 'vitest';
import { computeLine, lineIssues, totalLines } from '../../shared/sales/lineTotals.ts';
import type { SalesLine } from '../../shared/sales/lines.ts';
import { fc, runs } from '../support/properties.ts';

const MOST = Number.MAX_SAFE_INTEGER;
const line = (quantity: string, unitPrice: number, discount?: number, tax?: number): SalesLine => ({
  ...{ id: 'a', name: 'Beans', quantity, unitPrice },
  ...(discount === undefined ? {} : { discount }),
  ...(tax === undefined ? {} : { tax }),
});
const sums = (...lines: SalesLine[]) => {
  const totals = totalLines(lines);
  return totals.ok ? Object.values(totals.value) : totals.issues;
};

describe('a line', () => {
  it.each<[string, SalesLine, net: number, tax: number]>([
    ['of whole pieces', line('3', 1999), 5997, 0],
    ['of a part', line('2.5', 2400), 6000, 0],
    ['of a ten thousandth', line('0.0001', 10_000), 1, 0],
    ['with half a unit, away from zero', line('0.5', 1), 1, 0],
    ['with just less than half', line('0.4999', 1), 0, 0],
    ['returned, with half a unit away from zero', line('-0.5', 1), -1, 0],
    ['with tax', line('1', 10_000, 0, 1300), 10_000, 1300],
    ['with a discount and tax on what is left', line('2.5', 2400, 1000, 700), 5400, 378],
    ['with all of it off', line('7', 999, 10_000, 1300), 0, 0],
    ['whose tax is half a unit', line('1', 50, 0, 100), 50, 1],
    ['returned, whose tax is half a unit', line('-1', 50, 0, 100), -50, -1],
    ['that is free', line('12', 0, 500, 700), 0, 0],
    ['of nothing', line('0', 500), 0, 0],
    ['of nothing, written below zero', line('-0', 500), 0, 0],
    ['that takes something off', line('1', -500, 0, 1000), -500, -50],
    ['of a yen and a half, which there is not', line('1.5', 1), 2, 0],
    ['that no double could hold on its way', line('999999999.9999', 9007), 9_006_999_999_999, 0],
    ['of the last exact number', line('1', MOST), MOST, 0],
  ])('%s', (_what, one, net, tax) => {
    const amounts = computeLine(one);

    expect([Number(amounts.net), Number(amounts.tax)]).toEqual([net, tax]);
  });
});

describe('lines', () => {
  it('add up to what they show', () => {
    expect(sums(line('1', 1000, 0, 700), line('2', 333), line('-1', 400))).toEqual([1266, 70, 1336]);
    expect(sums()).toEqual([0, 0, 0]);
  });

  it('are each rounded by themselves', () => {
    expect(sums(line('0.5', 1), line('0.5', 1))).toEqual([2, 0, 2]);
  });

  it('that cancel each other may pass beyond exact numbers on the way', () => {
    expect(sums(line('1', MOST), line('1', MOST), line('-1', MOST))).toEqual([MOST, 0, MOST]);
  });

  it.each<[string, SalesLine[], string[]]>([
    ['one line too large', [line('1', 1), line('2', MOST)], ['lines.1']],
    ['one line too small', [line('-2', MOST)], ['lines.0']],
    ['one line too large with its tax', [line('1', MOST, 0, 1)], ['lines.0']],
    ['a sum too large', [line('1', MOST), line('1', 1)], ['lines']],
    ['a sum too large with its tax', [line('1', MOST - 1), line('1', 1, 0, 10_000)], ['lines']],
  ])('with %s are refused by its place', (_what, lines, fields) => {
    expect(sums(...lines)).toEqual(fields.map((field) => ({ field, code: 'money.tooLarge' })));
  });

  it('of one id are refused', () => {
    expect(lineIssues([line('1', 1), { ...line('1', 1), id: 'b' }, line('1', 1)])).toEqual([{ field: 'lines.2.id', code: 'line.idTaken' }]);
  });
});

/** Numbers of the edges as well as of the middle; quantities in their fourth place. */
const price = fc.oneof(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.maxSafeInteger());
const tenThousandths = fc.integer({ min: -99_999_999_999, max: 99_999_999_999 });
const written = (places: number): string =>
  `${places < 0 ? '-' : ''}${Math.floor(Math.abs(places) / 10_000)}.${String(Math.abs(places) % 10_000).padStart(4, '0')}`;
const share = fc.integer({ min: 0, max: 10_000 });
const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount);

describe('whatever is sold', () => {
  it('costs what is exact, to at most half a unit', () => {
    fc.assert(
      fc.property(tenThousandths, price, share, share, (places, unitPrice, discount, tax) => {
        const amounts = computeLine({ quantity: written(places), unitPrice, discount, tax });

        const exact = BigInt(places) * BigInt(unitPrice) * BigInt(10_000 - discount); // in 10^-8 units
        expect(2n * size(amounts.net * 10n ** 8n - exact)).toBeLessThanOrEqual(10n ** 8n);
        expect(2n * size(amounts.tax * 10n ** 4n - amounts.net * BigInt(tax))).toBeLessThanOrEqual(10n ** 4n);
      }),
      runs(500),
    );
  });

  it('costs as much as it brings back when it is returned', () => {
    fc.assert(
      fc.property(tenThousandths, price, share, share, (places, unitPrice, discount, tax) => {
        const [sold, back] = [places, -places].map((each) => computeLine({ quantity: written(each), unitPrice, discount, tax }));

        expect([sold!.net + back!.net, sold!.tax + back!.tax]).toEqual([0n, 0n]);
      }),
      runs(200),
    );
  });

  it('adds up the same in any order, and apart as well as together', () => {
    const lines = fc.array(fc.tuple(tenThousandths, fc.integer({ min: -10_000, max: 10_000 }), share, share), { maxLength: 8 });
    fc.assert(
      fc.property(lines, fc.integer({ min: 0, max: 8 }), (parts, at) => {
        const all = parts.map(([places, unitPrice, discount, tax]) => ({ quantity: written(places), unitPrice, discount, tax }));
        const netOf = (some: typeof all): number => {
          const totals = totalLines(some);
          return totals.ok ? totals.value.total : NaN;
        };

        expect(netOf([...all].reverse())).toBe(netOf(all));
        expect(netOf(all.slice(0, at)) + netOf(all.slice(at))).toBe(netOf(all));
      }),
      runs(200),
    );
  });

  it('is either exact or refused', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(tenThousandths, price), { maxLength: 5 }), (parts) => {
        const lines = parts.map(([places, unitPrice]) => ({ quantity: written(places), unitPrice }));
        const exact = lines.reduce((sum, one) => sum + computeLine(one).net, 0n);

        const totals = totalLines(lines);

        if (totals.ok) expect(BigInt(totals.value.net)).toBe(exact);
        else expect(totals.issues[0]!.code).toBe('money.tooLarge');
      }),
      runs(300),
    );
  });
});
