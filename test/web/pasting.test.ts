import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { CLOSED, planPaste, readCells, UNKNOWN, type PasteWorld } from '../../web/src/records/table/pasting.ts';
import { everyKind, specimen } from '../support/fields.ts';
import { fc, runs } from '../support/properties.ts';

describe('cells from a clipboard', () => {
  it.each<[what: string, text: string, cells: string[][]]>([
    ['one', 'tea', [['tea']]],
    ['nothing', '', [['']]],
    ['a row', 'a\tb\tc', [['a', 'b', 'c']]],
    ['a column, with the line end that Excel adds', 'a\r\nb\r\n', [['a'], ['b']]],
    ['blanks at the edges', '\ta\n\t', [['', 'a'], ['', '']]], // prettier-ignore
    ['a line end and a quote within a cell', '"a\nb"\t"say ""hi"""', [['a\nb', 'say "hi"']]],
    ['a quote that closes nothing', '"a\tb', [['"a', 'b']]],
    ['a quote within a word', '5" pipe\t"x"y', [['5" pipe', '"x"y']]],
    ['commas, which part no cells', 'a, b; c', [['a, b; c']]],
  ])('are %s', (_what, text, cells) => {
    expect(readCells(text)).toEqual(cells);
  });

  it('are as many as were written, whatever stands in them', () => {
    const cell = fc.string({ maxLength: 8 });
    const block = fc
      .integer({ min: 1, max: 4 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }));
    const written = (one: string): string => (/["\t\r\n]/.test(one) ? `"${one.replaceAll('"', '""')}"` : one);
    fc.assert(
      fc.property(block, (rows) => {
        expect(readCells(rows.map((row) => row.map(written).join('\t')).join('\n') + '\n')).toEqual(rows);
      }),
      runs(300),
    );
  });
});

describe('a block pasted on a list', () => {
  const world: PasteWorld = {
    mayWrite: (name, record) => name !== 'email' && record.id !== 'spe_3',
    named: (_type, name) => ({ Wang: ['mem_1'], Li: ['mem_2', 'mem_3'] })[name] ?? [],
    currency: 'CNY',
  };
  const record = (id: string, values: Record<string, unknown> = {}): AnyRecord => ({ ...specimen(values), id });
  const plan = (names: string[], block: string[][], records = [record('spe_1'), record('spe_2')]) =>
    planPaste(everyKind, records, names, block, world);
  const one = (name: string, text: string, values: Record<string, unknown> = {}): unknown => {
    const { changes, refused } = plan([name], [[text]], [record('spe_1', values)]);
    return refused[0]?.issue.code ?? changes[0]?.values[name];
  };

  it.each<[name: string, text: string, value: unknown]>([
    ['text', ' Acme ', 'Acme'],
    ['text', '', undefined],
    ['number', '1,234.5', 1234.5],
    ['date', '2026/3/1', '2026-03-01'],
    ['money', '1,200.50', { minor: 120_050, currency: 'CNY' }],
    ['money', 'USD 20', { minor: 2000, currency: 'USD' }],
    ['money', 'much', UNKNOWN],
    ['choice', 'nothing of it', UNKNOWN],
    ['tags', 'VIP; 重点', ['VIP', '重点']],
    ['email', 'a@example.test', CLOSED],
  ])('takes %s %j as %j', (name, text, value) => {
    expect(one(name, text)).toEqual(value);
  });

  it('takes an amount without currency in the one that stands there', () => {
    expect(one('money', '7', { money: { minor: 100, currency: 'EUR' } })).toEqual({ minor: 700, currency: 'EUR' });
  });

  it('clears what it has no word for, and says where nothing changes', () => {
    const { changes, same } = plan(['text', 'number'], [['', '5']], [record('spe_1', { text: 'Acme', number: 5 })]);

    expect(changes.map(({ values }) => values)).toEqual([{ text: null }]);
    expect(same).toBe(1);
  });

  it('refuses what may not be, cell by cell, and leaves out what lies beyond the list', () => {
    const block = [
      ['a', '1', 'beyond'],
      ['b', 'one'],
      ['c', '3'],
    ];
    const { changes, refused, outside } = plan(['text', 'number'], block, [record('spe_1'), record('spe_3')]);

    expect(changes).toEqual([{ record: expect.objectContaining({ id: 'spe_1' }), values: { text: 'a', number: 1 } }]);
    expect(refused.map(({ record, name, text }) => `${record.id} ${name} ${text}`)).toEqual(['spe_3 text b', 'spe_3 number one']);
    expect(outside).toBe(3);
  });
});
