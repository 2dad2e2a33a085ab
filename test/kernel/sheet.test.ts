import { describe, expect, it } from 'vitest';
import { cellOf, cellText, SheetStyles, sheetXml, widthOf, type Cell } from '../../shared/kernel/sheet.ts';
import { boolean, money, number, ref, text } from '../../shared/kernel/fields/index.ts';

const LABEL = { en: 'Field', zh: '字段' };
const CONTEXT = { locale: 'en' as const, titles: new Map([['mem_1', 'Lin Wang']]) };

describe('a cell', () => {
  const cells: readonly [what: string, cell: Cell, xml: string][] = [
    ['text that looks like a formula is text', '=1+1', '<c r="A2" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>'],
    ['marks of XML are written as such', '<&">', '&lt;&amp;&quot;&gt;'],
    ['controls and halves of signs are left out', 'a\u0000\ud800b', '>ab<'],
    ['what a program would read as a sign stays as it is', '_x0041_', '_x005F_x0041_'],
    ['a number', -1.5, '<c r="A2"><v>-1.5</v></c>'],
    ['yes', true, '<c r="A2" t="b"><v>1</v></c>'],
    ['money keeps every digit', { minor: 123456789012345, currency: 'CNY' }, '<c r="A2" s="4"><v>1234567890123.45</v></c>'],
    ['a day', { day: '2026-03-02' }, '<c r="A2" s="2"><v>46083</v></c>'],
    ['a day before spreadsheets count right', { day: '1900-02-28' }, '>1900-02-28<'],
    ['a moment, on the wall of its reader', { at: '2026-03-02T04:00:00.000Z' }, '<c r="A2" s="3"><v>46083.5</v></c>'],
    ['nothing', null, '<row r="2"></row>'],
  ];
  it.each(cells)('%s', (_, cell, xml) => {
    const sheet = [...sheetXml([{ title: 'A', width: 9 }], [[cell]], new SheetStyles(), 'Asia/Shanghai')].join('');

    expect(sheet).toContain(xml);
  });

  it('has its type by the kind of its field, and references by their titles', () => {
    expect(cellOf(money(LABEL), { minor: 5, currency: 'EUR' }, CONTEXT)).toEqual({ minor: 5, currency: 'EUR' });
    expect([cellOf(number(LABEL), 0, CONTEXT), cellOf(boolean(LABEL), false, CONTEXT), cellOf(text(LABEL), undefined, CONTEXT)]).toEqual([
      0,
      false,
      null,
    ]);
    expect([cellText(ref('member', LABEL), 'mem_1', CONTEXT), cellText(ref('member', LABEL), 'mem_2', CONTEXT)]).toEqual(['Lin Wang', '']);
  });
});

it('a sheet keeps its header in sight and has a format for each currency', () => {
  const styles = new SheetStyles();
  const columns = Array.from({ length: 28 }, () => ({ title: 'Amount', width: widthOf(money(LABEL), 'Amount') }));
  const row = columns.map((_, i): Cell => ({ minor: 100, currency: i % 2 ? 'JPY' : 'KWD' }));
  const sheet = [...sheetXml(columns, [row], styles, 'UTC')].join('');

  expect(sheet).toContain('state="frozen"');
  expect(sheet).toContain('<c r="AB2" s="5"><v>100</v></c>');
  expect(styles.toXml()).toContain('formatCode="#,##0.000\\ &quot;KWD&quot;"');
  expect(styles.toXml()).toContain('formatCode="#,##0\\ &quot;JPY&quot;"');
});
