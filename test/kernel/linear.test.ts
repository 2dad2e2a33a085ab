import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { analyse } from 'scslre';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../shared/kernel/csv.ts';
import { isZone } from '../../shared/kernel/dates.ts';
import { KIND_NAMES, kindOf } from '../../shared/kernel/fields/index.ts';
import { parseFilter } from '../../shared/kernel/filter.ts';
import { parseAmount } from '../../shared/kernel/money.ts';
import { parseCreate, parseWith } from '../../shared/kernel/schema.ts';
import { queryWords, searchTokens } from '../../shared/kernel/searchText.ts';
import { definitionWith } from '../support/definitions.ts';
import { everyKind, FIELDS } from '../support/fields.ts';

const root = path.join(import.meta.dirname, '../..');

/** Regular expressions as they stand in a source, and places that make them from texts, which nobody can check. */
function expressionsOf(file: string): { literals: string[]; made: number } {
  const source = ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest);
  const found = { literals: [] as string[], made: 0 };
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.literals.push(node.text);
    if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText(source) === 'RegExp') found.made++;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function reportsOf(literal: string) {
  const end = literal.lastIndexOf('/');
  return analyse({ source: literal.slice(1, end), flags: literal.slice(end + 1) }).reports;
}

describe('regular expressions of shared/', () => {
  const files = globSync('shared/**/*.ts', { cwd: root });

  it('are all literals, and all take linear time', () => {
    const faults: string[] = [];
    let seen = 0;

    for (const file of files) {
      const { literals, made } = expressionsOf(file);
      if (made) faults.push(`${file}: makes an expression from a text`);
      for (const literal of literals) {
        seen++;
        for (const report of reportsOf(literal)) faults.push(`${file}: ${literal} backtracks (${report.type})`);
      }
    }

    expect(faults).toEqual([]);
    expect(seen).toBeGreaterThan(40);
  });

  it('would be caught if they did not', () => {
    for (const literal of ['/^(?:a+)+$/', '/\\s+$/', '/^[^A-Za-z]*?\\s*[A-Za-z]{3}$/']) expect(reportsOf(literal)).not.toEqual([]);
  });
});

/**
 * Many characters of the shapes that make careless parsers walk back: at the square of that number a single case would
 * take minutes, so the time limit of the test tells linear from quadratic on any machine.
 */
const LENGTH = 300_000;
const fill = (piece: string): string => piece.repeat(Math.ceil(LENGTH / piece.length)).slice(0, LENGTH);
const SHAPES: Record<string, string> = {
  letters: fill('a'),
  digits: fill('1'),
  spaces: `a${fill(' ')}b`,
  lines: `a${fill('\r\n')}b`,
  quotes: `"${fill('"')}`,
  separators: fill(';'),
  commas: fill('1,'),
  dots: `a@${fill('a.')}`,
  ats: fill('@'),
  labels: `${fill('a-')}@a.b`,
  dashes: fill('-'),
  signs: fill('+1'),
  slashes: `https://a.b/${fill('/.')}`,
  colons: `a${fill(':1')}x`,
  chinese: fill('有限公'),
  accents: `e${fill('\u0301')}`,
  emoji: fill('👨‍👩‍👧'),
  invisible: fill('\u200b'),
  surrogates: fill('\ud800'),
  brackets: fill('['),
  guards: fill("'"),
  formulas: `${fill(' ')}=`,
  extensions: fill('转1'),
  money: `1${fill(' ')}ABCDE`,
  cells: fill('a,"b\n"\n'),
};

describe.each(Object.keys(SHAPES))('a text of 300,000 characters, %s,', (shape) => {
  const text = SHAPES[shape]!;

  it('passes every kind in linear time', { timeout: 20_000 }, () => {
    for (const name of KIND_NAMES) {
      const [field, kind] = [FIELDS[name], kindOf(FIELDS[name])];
      for (const input of [text, [text], { city: text, minor: text, currency: text }, kind.fromText(text, field), kind.asked(text)]) {
        parseWith(kind.schema(field), input);
      }
    }
    expect(parseCreate(everyKind, { [text]: text }).ok).toBe(false);
  });

  it('passes the other readers in linear time', { timeout: 20_000 }, () => {
    const definition = definitionWith({ note: { ...FIELDS.longText, search: true } });
    const pinyin = (run: string) => ({ full: run, initials: run });

    readCsv(text);
    readCsv(`a,b\n${text}`);
    parseAmount(text, 'CNY');
    queryWords(text);
    searchTokens(definition, { note: text }, pinyin);

    expect(isZone(text)).toBe(false);
    expect(parseFilter(definition, { field: 'note', op: 'contains', value: text }).ok).toBe(false);
    expect(parseFilter(definition, { field: text, op: 'is', value: 1 }).ok).toBe(false);
  });
});

describe('a body of a hundred thousand parts', () => {
  it.each(['emails', 'phones', 'tags', 'refs', 'choices'] as const)(
    'is refused by %s without comparing each with each',
    { timeout: 20_000 },
    (kind) => {
      const parts = Array.from(
        { length: 100_000 },
        (_, i) =>
          ({
            emails: `a${i}@b.test`,
            phones: `1${1_000_000 + i}`,
            refs: `cus_${String(i).padStart(26, '0')}`,
            choices: 'low',
            tags: `t${i}`,
          })[kind],
      );

      const parsed = parseCreate(everyKind, { [kind]: parts });

      expect(parsed).toEqual({
        ok: false,
        issues: [{ field: kind, code: 'list.tooLong', params: { limit: expect.any(Number) as number } }],
      });
    },
  );
});
