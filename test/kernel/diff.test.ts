import { describe, expect, it } from 'vitest';
import { applyChange, diff, sameValue } from '../../shared/kernel/diff.ts';
import { hostileText } from '../support/fields.ts';
import { fc, runs } from '../support/properties.ts';

/** Values as records hold them: JSON without null at the top, and names of every kind. */
const names = fc.oneof(fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', 'toString'), hostileText(2));
const value = fc.oneof(
  fc.constantFrom<unknown>(1, 'x', true, [], ['x'], { minor: 1, currency: 'CNY' }, { a: { b: [1, { c: null }] } }, ''),
  fc.jsonValue().filter((json) => json !== null),
);
const values = fc.array(fc.tuple(names, value), { maxLength: 5 }).map((entries) => Object.fromEntries(entries) as Record<string, unknown>);

/** The change that a diff tells of, as a body of a change writes it. */
const changeOf = (changes: ReturnType<typeof diff>) =>
  Object.fromEntries(Object.entries(changes).map(([name, { to }]) => [name, to ?? null]));

describe('a diff', () => {
  it('names what is new, gone and other, with both values', () => {
    const before = { kept: 1, gone: 'x', other: [1, 2], nested: { a: 1 } };
    const after = { kept: 1, other: [2, 1], nested: { a: 1 }, fresh: false };

    expect(diff(before, after)).toEqual({ gone: { from: 'x' }, other: { from: [1, 2], to: [2, 1] }, fresh: { to: false } });
  });

  it('of values with themselves or their copy is empty', () => {
    fc.assert(
      fc.property(values, (a) => {
        expect(diff(a, a)).toEqual({});
        expect(diff(a, structuredClone(a))).toEqual({});
      }),
      runs(300),
    );
  });

  it('leads from before to after, and back when read backwards', () => {
    fc.assert(
      fc.property(values, values, (before, after) => {
        const there = diff(before, after);
        const back = diff(after, before);

        expect(sameValue(applyChange(before, changeOf(there)), after)).toBe(true);
        expect(Object.keys(back).sort()).toEqual(Object.keys(there).sort());
        for (const [name, { from, to }] of Object.entries(there)) expect([back[name]?.to, back[name]?.from]).toEqual([from, to]);
      }),
      runs(500),
    );
  });

  it('takes an undefined value for none', () => {
    expect(diff({ a: undefined }, {})).toEqual({});
    expect(diff({ a: { b: undefined } }, { a: {} })).toEqual({});
  });
});

describe('a change', () => {
  it('sets, clears by null, and leaves the rest and the original alone', () => {
    const before = Object.freeze({ a: 1, b: 2, c: 3 });

    expect(applyChange(before, { a: null, b: 5, d: 6 })).toEqual({ b: 5, c: 3, d: 6 });
    expect(before).toEqual({ a: 1, b: 2, c: 3 });
  });

  it('applied twice is applied once, and the later of two wins', () => {
    const changes = fc
      .array(fc.tuple(names, fc.oneof(value, fc.constant(null))), { maxLength: 5 })
      .map((entries) => Object.fromEntries(entries) as Record<string, unknown>);
    fc.assert(
      fc.property(values, changes, changes, (before, one, other) => {
        expect(applyChange(applyChange(before, one), one)).toEqual(applyChange(before, one));
        expect(applyChange(applyChange(before, one), other)).toEqual(applyChange(before, { ...one, ...other }));
      }),
      runs(300),
    );
  });

  it('cannot reach a prototype', () => {
    const hostile = JSON.parse('{"__proto__": {"admin": true}}') as Record<string, unknown>;

    const changed = applyChange({ a: 1 }, hostile);
    const found = diff({ a: 1 }, hostile);

    for (const result of [changed, found, {}]) {
      expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
      expect((result as { admin?: unknown }).admin).toBeUndefined();
    }
    expect(Object.keys(found)).toEqual(['a', '__proto__']);
  });
});

describe('values are the same', () => {
  it.each([
    [1, 1, true],
    [0, -0, true],
    ['a', 'b', false],
    [null, undefined, false],
    [[], {}, false],
    [[1], [1], true],
    [[1, 2], [1], false],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: 1 }, { a: 1, b: undefined }, true],
    [{ a: null }, {}, false],
    [{ toString: 1 }, {}, false],
    ['1', 1, false],
  ])('%j and %j: %j', (a, b, same) => {
    expect(sameValue(a, b)).toBe(same);
    expect(sameValue(b, a)).toBe(same);
  });
});
