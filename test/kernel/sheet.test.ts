import { describe, expect, it } from 'vitest';
import { boolean, date, instant, money, number, ref, text } from '../../shared/kernel/fields/index.ts';
import { filterField } from '../../shared/kernel/filter.ts';
import { cellOf, cellText } from '../../shared/kernel/sheet.ts';
import { definitionOf } from '../../shared/registry.ts';

const LABEL = { en: 'Field', zh: '字段' };
const CONTEXT = { locale: 'en' as const, titles: new Map([['mem_1', 'Lin Wang']]) };

describe('a cell', () => {
  it('has its type by the kind of its field', () => {
    expect(cellOf(money(LABEL), { minor: 5, currency: 'EUR' }, CONTEXT)).toEqual({ minor: 5, currency: 'EUR' });
    expect(cellOf(date(LABEL), '2026-03-02', CONTEXT)).toEqual({ day: '2026-03-02' });
    expect(cellOf(instant(LABEL), '2026-03-02T04:00:00.000Z', CONTEXT)).toEqual({ at: '2026-03-02T04:00:00.000Z' });
    expect([cellOf(number(LABEL), 0, CONTEXT), cellOf(boolean(LABEL), false, CONTEXT), cellOf(text(LABEL), undefined, CONTEXT)]).toEqual([
      0,
      false,
      null,
    ]);
  });

  it('tells references by their titles, nothing of those that its reader does not know, and a record by its own id', () => {
    expect([cellText(ref('member', LABEL), 'mem_1', CONTEXT), cellText(ref('member', LABEL), 'mem_2', CONTEXT)]).toEqual(['Lin Wang', '']);
    expect(cellText(filterField(definitionOf('customer'), 'id')!, 'cus_1', CONTEXT)).toBe('cus_1');
  });
});
