import { describe, expect, it } from 'vitest';
import { csvToInputs, readCsv, recordsToCsv, writeCsv } from '../../shared/kernel/csv.ts';
import { choice, KIND_NAMES, kindOf, number, options, text } from '../../shared/kernel/fields/index.ts';
import { parseCreate } from '../../shared/kernel/schema.ts';
import { LOCALES } from '../../shared/kernel/types.ts';
import { REGISTRY } from '../../shared/registry.ts';
import { definitionWith } from '../support/definitions.ts';
import { everyKind, FIELDS, hostileText, specimen } from '../support/fields.ts';
import { fc, runs } from '../support/properties.ts';

describe('reading csv', () => {
  it.each<[string, string, string[][] | undefined]>([
    ['nothing', '', []],
    ['a mark alone', '\ufeff', []],
    ['one cell', 'a', [['a']]],
    ['a line end at the end', 'a,b\r\n', [['a', 'b']]],
    ['every kind of line end', 'a\nb\rc\r\nd', [['a'], ['b'], ['c'], ['d']]],
    ['an empty line', 'a\n\nb', [['a'], [''], ['b']]],
    [
      'empty cells',
      'a,,b,\n,',
      [
        ['a', '', 'b', ''],
        ['', ''],
      ],
    ],
    ['the mark of UTF-8', '\ufeff"a",b', [['a', 'b']]],
    [
      'semicolons',
      'a;b;c,d\n1;2;3',
      [
        ['a', 'b', 'c,d'],
        ['1', '2', '3'],
      ],
    ],
    [
      'tabs',
      'a\tb\n1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'separators inside quotes of the first line',
      '"a;b;c",d\n1,2',
      [
        ['a;b;c', 'd'],
        ['1', '2'],
      ],
    ],
    [
      'a line end inside quotes of the first line',
      '"a\n;;;",b\n1,2',
      [
        ['a\n;;;', 'b'],
        ['1', '2'],
      ],
    ],
    ['line ends inside quotes', '"a\r\nb","c\nd"', [['a\r\nb', 'c\nd']]],
    ['doubled quotes', '"say ""hi""",""""', [['say "hi"', '"']]],
    ['quotes inside a bare cell', 'a"b,5" pipe', [['a"b', '5" pipe']]],
    ['text behind closing quotes', '"a"b,c', [['ab', 'c']]],
    ['an empty quoted cell', '"",a', [['', 'a']]],
    ['ragged rows', 'a,b,c\n1\n1,2,3,4', [['a', 'b', 'c'], ['1'], ['1', '2', '3', '4']]],
    ['spaces, kept', ' a , b ', [[' a ', ' b ']]],
    ['quotes that are never closed', 'a,"b\nc,d', undefined],
    ['quotes that are never closed, at the end', 'a,"', undefined],
    ['our guards, taken off', "'=1+1,'-5 %,'@x,''=1", [['=1+1', '-5 %', '@x', "'=1"]]],
    ['apostrophes of others, left', "'tis,o'clock,'", [["'tis", "o'clock", "'"]]],
    [
      'names of every object',
      '__proto__,constructor\n1,2',
      [
        ['__proto__', 'constructor'],
        ['1', '2'],
      ],
    ],
  ])('of %s', (_what, source, rows) => {
    expect(readCsv(source)).toEqual(rows);
  });
});

describe('writing csv', () => {
  it('is RFC 4180 with a mark for Excel', () => {
    expect(
      writeCsv([
        ['a', 'b c'],
        ['x,y', 'say "hi"'],
        ['l\nm', ''],
      ]),
    ).toBe('\ufeffa,b c\r\n"x,y","say ""hi"""\r\n"l\nm",\r\n');
    expect(writeCsv([])).toBe('\ufeff');
  });

  it.each([
    '=1+1',
    '+1+1',
    '-1+1',
    '@SUM(A1)',
    '=HYPERLINK("http://evil.test")',
    ' =1',
    '\t=1',
    '\r=1',
    '\n=1',
    '\u00a0=1',
    '\u3000=1',
    '\ufeff=1',
    '\u0000=1',
    '\u001f=1',
    '\u0085=1',
    '\u200b=1',
    '\u200e=1',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM',
    "'=1",
    "''=1",
    ' \t\u00a0 =1',
    '-',
    '+',
    '=',
    '\tx',
    '\nx',
    '-1e5',
    '+86 138 0013 8000',
    '-5,5',
  ])('never begins a cell so that a spreadsheet runs it: %j', (cell) => {
    const written = writeCsv([[cell, 'x']]).slice(1);

    expect(written.replace(/^"/, '')).toMatch(/^'/);
    expect(readCsv(written)).toEqual([[cell, 'x']]);
  });

  it.each(['-5', '-12.50', '1234', '0.001', 'a=b', 'a-b', '2024-01-01', 'x@y.test', "'tis"])(
    'leaves a harmless cell as it is: %j',
    (cell) => {
      expect(writeCsv([[cell]])).toBe(`\ufeff${cell}\r\n`);
    },
  );

  it('gives back every cell, whatever is in it', () => {
    const rows = fc.array(fc.array(fc.oneof(hostileText(8), fc.string()), { minLength: 1, maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(rows, (cells) => {
        expect(readCsv(writeCsv(cells))).toEqual(cells);
      }),
      runs(1500),
    );
  });

  it('never writes a cell that runs, whatever is in it', () => {
    const runnable = /^[\s\p{C}\p{Z}]*[=+\-@＝＋－＠]/u;
    fc.assert(
      fc.property(hostileText(6), (cell) => {
        const written = writeCsv([[cell]])
          .slice(1)
          .replace(/^"/, '');
        expect(runnable.test(written) && !/^-?\d+(\.\d+)?\r\n$/.test(written)).toBe(false);
      }),
      runs(1500),
    );
  });
});

describe('records in csv', () => {
  const columns = ['id', ...KIND_NAMES.filter((kind) => kind !== 'data'), 'ownerId'];

  it.each(LOCALES)('come back as the bodies they were, in %s', (locale) => {
    for (let n = 0; n < 20; n++) {
      const values = {
        ...Object.fromEntries(
          KIND_NAMES.filter((kind) => kind !== 'data').map((kind) => [kind, kindOf(FIELDS[kind]).sample(FIELDS[kind], n)]),
        ),
        ownerId: 'mem_00000000000000000000000009',
      };

      const file = recordsToCsv(everyKind, [specimen(values)], { locale });
      const { inputs, ...left } = csvToInputs(everyKind, readCsv(file)!);

      expect(left).toEqual({ unknown: [], readOnly: [], repeated: [], ragged: [] });
      expect(parseCreate(everyKind, inputs[0])).toEqual({ ok: true, value: { ...values, id: specimen().id } });
    }
  });

  it('have labels of the reader’s language as header, and names where there is no label', () => {
    const header = (locale: 'en' | 'zh-CN') =>
      readCsv(recordsToCsv(definitionWith({ a: number({ en: 'Size', zh: '大小' }) }), [], { locale }))![0];

    expect(header('en')).toEqual(['id', 'Title', 'Size', 'ownerId']);
    expect(header('zh-CN')).toEqual(['id', '标题', '大小', 'ownerId']);
    expect(readCsv(recordsToCsv(everyKind, [], { locale: 'en' }))![0]).toHaveLength(columns.length);
  });

  it('keep columns apart whose labels are the same', () => {
    const label = { en: 'Level', zh: '级别' };
    const twins = definitionWith({ one: text(label), two: text(label), id2: text({ en: 'id', zh: '标识' }) });

    const file = recordsToCsv(twins, [specimen({ one: 'first', two: 'second', id2: 'third' })], { locale: 'en' });

    expect(readCsv(file)![0]).toEqual(['id', 'Title', 'Level', 'two', 'id2', 'ownerId']);
    expect(csvToInputs(twins, readCsv(file)!).inputs).toEqual([{ id: specimen().id, one: 'first', two: 'second', id2: 'third' }]);
  });

  it('write derived values, and nothing for a column that no record has', () => {
    const file = recordsToCsv(everyKind, [specimen({ text: 'a', derived: { score: 7 } }), specimen({ score: 9 })], { locale: 'en' }, [
      'score',
      'createdAt',
      '__proto__',
      'constructor',
    ]);

    expect(readCsv(file)).toEqual([
      ['Score', 'createdAt', '__proto__', 'constructor'],
      ['7', '2026-01-01T00:00:00.000Z', '', ''],
      ['', '2026-01-01T00:00:00.000Z', '', ''],
    ]);
  });

  it('take the key of an option whose label is another’s or holds a separator', () => {
    const list = options({ a: ['b', '乙'], b: ['B; or not', '丙'], c: ['Same', '同'], d: ['Same', '同'], e: ['', ''] });
    const definition = definitionWith({ list: choice(list, { en: 'List', zh: '列表' }) });
    for (const { key } of list) {
      const file = recordsToCsv(definition, [specimen({ list: key })], { locale: 'en' }, ['list']);
      expect(csvToInputs(definition, readCsv(file)!).inputs).toEqual([{ list: key }]);
    }
  });
});

describe('csv as bodies', () => {
  const definition = definitionWith({
    name: text({ en: 'Name', zh: '名称' }),
    size: number({ en: 'Size', zh: '大小' }),
    seen: number({ en: 'Seen', zh: '次数' }, { readOnly: true }),
  });

  it('finds columns by name or label, in any case and width, and tells what it did not take', () => {
    const rows = readCsv(
      'ＮＡＭＥ, 大小 ,Size,seen,Colour,__proto__,constructor\nAcme,5,6,7,red,x,y\nBeta,,,,,,,extra\nGamma\nDelta,1,2,3,4,5,6,,',
    )!;

    expect(csvToInputs(definition, rows)).toEqual({
      inputs: [{ name: 'Acme', size: 5 }, { name: 'Beta' }, { name: 'Gamma' }, { name: 'Delta', size: 1 }],
      unknown: ['Colour', '__proto__', 'constructor'],
      readOnly: ['seen'],
      repeated: ['Size'],
      ragged: [1],
    });
  });

  it('are one per line, also of empty lines, and none of a header alone', () => {
    expect(csvToInputs(definition, readCsv('Name\n\nAcme')!).inputs).toEqual([{}, { name: 'Acme' }]);
    expect(csvToInputs(definition, readCsv('Name')!).inputs).toEqual([]);
    expect(csvToInputs(definition, []).inputs).toEqual([]);
  });

  it('keep a cell that is no value as it is, so that validation names it', () => {
    const { inputs } = csvToInputs(everyKind, readCsv('number,money,date,choice,boolean\n"1,5",1.234 CNY,30.02.2024,Highest,perhaps')!);

    expect(parseCreate(everyKind, inputs[0])).toEqual({
      ok: false,
      issues: [
        { field: 'choice', code: 'choice.unknown' },
        { field: 'number', code: 'number.expected' },
        { field: 'money', code: 'money.expected' },
        { field: 'date', code: 'date.invalid' },
        { field: 'boolean', code: 'boolean.expected' },
      ],
    });
  });

  it('understand what Chinese spreadsheets hold', () => {
    const { inputs } = csvToInputs(
      everyKind,
      readCsv(
        '等级,date,boolean,number,phones,emails,tags\n,2024年2月9日,是,"１，２３４",13800138000、13900139000,a@b.test；c@d.test,重点；VIP'.replace(
          '等级',
          '字段 Grade',
        ),
      )!,
    );

    expect(inputs[0]).toEqual({
      date: '2024-02-09',
      boolean: true,
      number: 1234,
      phones: ['13800138000', '13900139000'],
      emails: ['a@b.test', 'c@d.test'],
      tags: ['重点', 'VIP'],
    });
  });

  it('take a million columns and a row of a million cells in linear time', { timeout: 20_000 }, () => {
    const wide = Array.from({ length: 300_000 }, (_, i) => `c${i}`);

    const { inputs, unknown, ragged } = csvToInputs(definition, [['name'], wide, ['x']]);
    expect([inputs.length, unknown, ragged]).toEqual([2, [], [0]]);
    expect(csvToInputs(definition, [wide, ['x']]).unknown).toHaveLength(300_000);
    expect(csvToInputs(definition, [wide.map(() => 'name'), ['x']]).repeated).toHaveLength(299_999);
  });
});

describe.each(REGISTRY.map((definition) => [definition.name, definition] as const))('csv of the type %s', (_name, definition) => {
  it('comes back as it went, in both languages', () => {
    for (const locale of LOCALES) {
      for (let n = 0; n < 4; n++) {
        const writable = Object.entries(definition.fields).filter(([, field]) => field.kind !== 'data');
        const values = Object.fromEntries(writable.map(([name, field]) => [name, kindOf(field).sample(field, n)]));

        const { inputs, unknown } = csvToInputs(definition, readCsv(recordsToCsv(definition, [specimen(values)], { locale }))!);

        const taken = Object.fromEntries(Object.entries(values).filter(([name]) => !definition.fields[name]!.readOnly));
        expect({ inputs, unknown }).toEqual({ inputs: [{ ...taken, id: specimen().id }], unknown: [] });
      }
    }
  });
});
