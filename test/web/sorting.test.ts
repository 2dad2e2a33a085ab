import { describe, expect, it } from 'vitest';
import { kindOf } from '../../shared/kernel/fields/index.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { ColumnOrder } from '../../web/src/records/columnOrder.ts';
import { inIdleTime } from '../../web/src/kernel/idle.ts';
import { learnOrders, newestFirst, sortRows } from '../../web/src/records/sorting.ts';
import { everyKind, FIELDS, specimen } from '../support/fields.ts';
import { fc, runs } from '../support/properties.ts';

const NAMES = ['', 'a', 'A', 'á', 'b', 'a2', 'a10', '上海', '北京', 'Ångström', 'ß', 'ss', 'z', '杭州 10', '杭州 9'];
const collator = new Intl.Collator('zh-CN', { numeric: true });

describe('the order of a column', () => {
  it('is that of its comparison, in whatever pieces it was learnt', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.constantFrom(...NAMES), { maxLength: 40 }), { maxLength: 6 }), (pieces) => {
        const order = new ColumnOrder((a, b) => collator.compare(String(a), String(b)));
        for (const piece of pieces) order.learn(piece);
        const asked = pieces.flat();

        const ranks = order.ranksOf(asked);

        for (let i = 1; i < asked.length; i++)
          expect(Math.sign(ranks[i - 1]! - ranks[i]!)).toBe(Math.sign(collator.compare(asked[i - 1]!, asked[i]!)));
      }),
      runs(200),
    );
  });

  it('takes one more value into many without comparing all of them', () => {
    let compared = 0;
    const order = new ColumnOrder((a, b) => (compared++, Number(a) - Number(b)));
    const many = Array.from({ length: 4096 }, (_, n) => String(2 * n));
    order.ranksOf(many);
    compared = 0;

    order.learn(['4001']);

    expect(compared).toBeLessThan(20);
    expect([...order.ranksOf(['4000', '4001', '4002'])]).toEqual([2000, 2001, 2002]);
  });

  it('forgets values that nobody has any more', () => {
    const order = new ColumnOrder((a, b) => Number(a) - Number(b));
    order.ranksOf(Array.from({ length: 20_000 }, (_, n) => String(n)));

    expect([...order.ranksOf(['7', '19999'])]).toEqual([0, 1]);
  });
});

describe.each(Object.keys(FIELDS).filter((name) => name !== 'data'))('rows by %s', (name) => {
  const field = FIELDS[name as keyof typeof FIELDS];
  const kind = kindOf(field);
  const made = Array.from({ length: 40 }, (_, n): AnyRecord => {
    const value = n % 7 === 3 ? {} : { [name]: kind.sample(field, n % 11) };
    return {
      ...specimen(value),
      id: `spe_${String(n).padStart(26, '0')}`,
      createdAt: `2026-03-01T00:00:${10 + ((n * 17) % 40)}.000Z`,
    } as AnyRecord;
  });
  const rows = newestFirst(made);
  const formats = { compare: (a: string, b: string) => collator.compare(a, b) };
  const nameOf = (value: unknown): string => `Name of ${String(value)}`;
  const texts = ['text', 'longText', 'email', 'url', 'ref'];
  const compare = (a: unknown, b: unknown): number => {
    if (!texts.includes(name)) return kind.compare(a, b, field);
    const text = (value: unknown) => (name === 'ref' ? nameOf(value) : String(value));
    return collator.compare(text(a), text(b));
  };

  it.each([false, true])('stand in order, equals by the newest, blanks last (descending: %s)', (descending) => {
    const sorted = sortRows(everyKind, rows, { column: name, descending }, formats, nameOf);

    expect(new Set(sorted)).toEqual(new Set(rows));
    for (let i = 1; i < sorted.length; i++) {
      const [a, b] = [sorted[i - 1]!, sorted[i]!];
      const blanks = Number(a[name] === undefined) - Number(b[name] === undefined);
      expect(blanks).toBeLessThanOrEqual(0);
      if (blanks) continue;
      const order = a[name] === undefined ? 0 : (descending ? -1 : 1) * compare(a[name], b[name]);
      expect(order).toBeLessThanOrEqual(0);
      if (order === 0) expect(a.createdAt >= b.createdAt).toBe(true);
    }
  });

  it('stand so too after their order was learnt in idle time', () => {
    const other = { ...formats };
    const later: (() => void)[] = [];
    inIdleTime(
      learnOrders(everyKind, rows, [name], other, () => nameOf),
      (work) => later.push(work),
    );
    for (let work = later.shift(); work; work = later.shift()) work();

    const sort = { column: name, descending: false };
    expect(sortRows(everyKind, rows, sort, other, nameOf)).toEqual(sortRows(everyKind, rows, sort, formats, nameOf));
  });
});
