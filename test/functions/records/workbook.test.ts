import { read, type CellObject } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { workbook, type Column } from '../../../functions/records/workbook.ts';
import { kindOf } from '../../../shared/kernel/fields/index.ts';
import { toDecimal } from '../../../shared/kernel/money.ts';
import { cellOf, cellText, type Cell } from '../../../shared/kernel/sheet.ts';
import { cutText } from '../../../shared/kernel/text.ts';
import type { Locale, Money } from '../../../shared/kernel/types.ts';
import { FIELDS, hostileText } from '../../support/fields.ts';
import { fc, runs } from '../../support/properties.ts';

const SHANGHAI = 'Asia/Shanghai';

interface Asked {
  readonly name?: string;
  readonly columns?: readonly Column[];
  readonly locale?: Locale;
}

/** What another program finds in a workbook: its only sheet's name, and its cells by their places. */
async function opened(
  rows: readonly (readonly Cell[])[],
  { name = 'Customers', columns = [{ title: 'A', kind: 'text' }], locale = 'en' }: Asked,
) {
  const { SheetNames, Sheets } = read(await workbook(name, columns, rows, locale, SHANGHAI), { cellNF: true });
  expect(SheetNames).toHaveLength(1);
  return { name: SheetNames[0]!, cells: Sheets[SheetNames[0]!] as Readonly<Record<string, CellObject>> };
}
const one = async (cell: Cell, kind = 'text') => (await opened([[cell]], { columns: [{ title: 'A', kind }] })).cells['A2'];

describe('another program reads', () => {
  const cells: readonly [what: string, kind: string, cell: Cell, found: Partial<CellObject> | undefined][] = [
    ['text that looks like a formula as text', 'text', '=1+1', { t: 's', v: '=1+1' }],
    ['a formula behind a tab as text', 'text', '\t=cmd', { t: 's', v: '\t=cmd' }],
    ['a full-width formula as text', 'text', '＝1+1', { t: 's', v: '＝1+1' }],
    ['digits that are no number as text', 'text', '007', { t: 's', v: '007' }],
    ['marks of XML', 'text', '</t><f>1&amp;', { t: 's', v: '</t><f>1&amp;' }],
    ['no controls and no halves of signs', 'text', 'a\u0000\u001b\ud800b\ufffe', { t: 's', v: 'ab' }],
    ['what a program would read as a sign', 'text', '_x0041_ _x000D_', { t: 's', v: '_x0041_ _x000D_' }],
    ['spaces at the ends, and lines', 'longText', ' a\nb ', { t: 's', v: ' a\nb ' }],
    ['emoji and rare characters', 'text', '👨‍👩‍👧 𠮷 常客', { t: 's', v: '👨‍👩‍👧 𠮷 常客' }],
    ['as much text as a cell takes, in whole signs', 'longText', `${'a'.repeat(32_766)}𠮷`, { t: 's', v: 'a'.repeat(32_766) }],
    ['a number', 'number', -1.5, { t: 'n', v: -1.5 }],
    ['zero', 'number', 0, { t: 'n', v: 0 }],
    ['yes', 'boolean', true, { t: 'b', v: true }],
    ['no', 'boolean', false, { t: 'b', v: false }],
    ['a day', 'date', { day: '2026-03-02' }, { t: 'n', w: '2026-03-02' }],
    ['the first day that is told right', 'date', { day: '1900-03-01' }, { t: 'n', w: '1900-03-01' }],
    ['a day before that, as text', 'date', { day: '1900-02-28' }, { t: 's', v: '1900-02-28' }],
    ['the last day', 'date', { day: '9999-12-31' }, { t: 'n', w: '9999-12-31' }],
    ['a moment on the wall of who asked', 'instant', { at: '2026-03-02T04:05:59.000Z' }, { t: 'n', w: '2026-03-02 12:05' }],
    ['a moment whose day is another on that wall', 'instant', { at: '2026-03-02T17:00:00.000Z' }, { t: 'n', w: '2026-03-03 01:00' }],
    ['all digits of an amount', 'money', { minor: 123456789012345, currency: 'CNY' }, { t: 'n', w: '1,234,567,890,123.45 CNY' }],
    ['an amount below zero without digits', 'money', { minor: -1200, currency: 'JPY' }, { t: 'n', w: '-1,200 JPY' }],
    ['an amount of three digits', 'money', { minor: 1, currency: 'KWD' }, { t: 'n', w: '0.001 KWD' }],
    ['nothing', 'text', null, undefined],
    ['nothing of an empty text', 'text', '', undefined],
  ];
  it.each(cells)('%s', async (_, kind, cell, found) => {
    const is = await one(cell, kind);

    if (found) expect(is).toMatchObject(found);
    else expect(is).toBeUndefined();
    expect(is?.f).toBeUndefined();
  });

  it('any text as that text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostileText(), { minLength: 1, maxLength: 20 }), async (texts) => {
        const { cells } = await opened(
          texts.map((text) => [text]),
          {},
        );

        for (const [i, text] of texts.entries()) {
          const cell = cells[`A${i + 2}`];
          expect(cell?.v ?? '').toBe(text.replace(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ''));
          expect(cell?.f).toBeUndefined();
        }
      }),
      runs(40),
    );
  });

  it.each(Object.values(FIELDS))('every sample of the kind $kind', async (field) => {
    const kind = kindOf(field);
    const context = { locale: 'zh-CN' as const, titles: new Map() };
    const values = Array.from({ length: 40 }, (_, n) => kind.sample(field, n));
    const rows = values.map((value) => [cellOf(field, value, context)]);
    const columns = [{ title: field.label.en, kind: field.kind }];
    const { cells } = await opened(rows, { columns });

    for (const [i, value] of values.entries()) {
      const { t, v, w } = cells[`A${i + 2}`] ?? {};
      switch (field.kind) {
        case 'number':
        case 'boolean':
          expect(v).toBe(value);
          break;
        case 'money':
          expect([t, v]).toEqual(['n', Number(toDecimal(value as Money))]);
          expect(w?.endsWith((value as Money).currency) || cells[`B${i + 2}`]?.v === (value as Money).currency).toBe(true);
          break;
        case 'date':
          expect(w).toBe(value);
          break;
        case 'instant':
          expect([t, w]).toEqual(['n', new Date(Date.parse(value as string) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')]);
          break;
        default:
          expect(v ?? '').toBe(cutText(cellText(field, value, context), 32_767));
      }
    }
  });
});

describe('a workbook', () => {
  it('names the currency beside amounts of several, so that they are not summed up blindly', async () => {
    const columns = [
      { title: 'Amount', kind: 'money' },
      { title: 'Name', kind: 'text' },
    ];
    const rows = [
      [{ minor: 150, currency: 'CNY' }, 'a'],
      [{ minor: 1, currency: 'KWD' }, 'b'],
      [null, 'c'],
    ];
    const { cells } = await opened(rows, { columns });

    const shown = (row: number) => ['A', 'B', 'C'].map((column) => cells[`${column}${row}`]?.w);
    expect([1, 2, 3, 4].map(shown)).toEqual([
      ['Amount', 'Amount: currency', 'Name'],
      ['1.500', 'CNY', 'a'],
      ['0.001', 'KWD', 'b'],
      [undefined, undefined, 'c'],
    ]);
  });

  it('has its headings in the language of who asked', async () => {
    const columns = [{ title: '合同金额', kind: 'money' }];
    const rows: Cell[][] = [[{ minor: 1, currency: 'CNY' }], [{ minor: 1, currency: 'EUR' }]];
    const { cells } = await opened(rows, { columns, locale: 'zh-CN' });

    expect([cells['A1']?.v, cells['B1']?.v]).toEqual(['合同金额', '合同金额的币种']);
  });

  it('of nothing has its headings all the same', async () => {
    const columns = ['text', 'money', 'date'].map((kind) => ({ title: kind, kind }));
    const { cells } = await opened([], { columns });

    expect(cells['!ref']).toBe('A1:C1');
  });

  it('keeps rows that say nothing in their place', async () => {
    const { cells } = await opened([['a'], [null], ['c']], {});

    expect([cells['A2']?.v, cells['A3']?.v, cells['A4']?.v]).toEqual(['a', undefined, 'c']);
  });

  const names: readonly [asked: string, shown: string][] = [
    ['客户 2026-03-02', '客户 2026-03-02'],
    ["a/b\\c:d*e?f[g]h'", 'a b c d e f g h'],
    ["'quoted'", 'quoted'],
    ['History', 'Sheet1'],
    ['::', 'Sheet1'],
    ['\u0000', 'Sheet1'],
    [`${'a'.repeat(30)}𠮷`, 'a'.repeat(30)],
    [`${'a'.repeat(30)}'b`, 'a'.repeat(30)],
    ['<&">', '<&">'],
  ];
  it.each(names)('called %j has a sheet that spreadsheets take', async (name, shown) => {
    expect((await opened([], { name })).name).toBe(shown);
  });
});
