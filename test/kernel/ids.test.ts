import { describe, expect, it } from 'vitest';
import { isId, makeId, prefixOf } from '../../shared/kernel/ids.ts';
import { fc, runs } from '../support/properties.ts';

const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
const times = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe('an id', () => {
  it('is the prefix and a ULID', () => {
    // The example of the ULID specification: 2016-07-30T22:36:16.385Z
    expect(makeId('cus', 1469918176385, new Uint8Array(10))).toBe('cus_01ARYZ6S410000000000000000');
    expect(makeId('cus', 2 ** 48 - 1, new Uint8Array(10).fill(255))).toBe('cus_7ZZZZZZZZZZZZZZZZZZZZZZZZZ');
  });

  it('is the same for the same time and bytes, and another for any others', () => {
    fc.assert(
      fc.property(times, times, bytes, bytes, (time, otherTime, random, otherRandom) => {
        const id = makeId('cus', time, random);
        const same = time === otherTime && random.every((byte, i) => byte === otherRandom[i]);

        expect(isId(id, 'cus')).toBe(true);
        expect(makeId('cus', time, Uint8Array.from(random))).toBe(id);
        expect(makeId('cus', otherTime, otherRandom) === id).toBe(same);
      }),
      runs(300),
    );
  });

  it('sorts by time, then by bytes', () => {
    const compare = (a: Uint8Array, b: Uint8Array) =>
      a.map((byte, i) => (byte === b[i] ? 0 : byte < b[i]! ? 1 : 2)).find((order) => order !== 0) ?? 0;
    fc.assert(
      fc.property(times, times, bytes, bytes, (one, other, random, otherRandom) => {
        if (one !== other) expect(makeId('cus', one, random) < makeId('cus', other, otherRandom)).toBe(one < other);
        expect(makeId('cus', one, random) < makeId('cus', one, otherRandom)).toBe(compare(random, otherRandom) === 1);
      }),
      runs(300),
    );
  });

  it('is never made of what cannot make one', () => {
    for (const time of [NaN, Infinity, 2 ** 48]) expect(() => makeId('cus', time, new Uint8Array(10))).toThrow(RangeError);
    expect(() => makeId('cus', 0, new Uint8Array(9))).toThrow(RangeError);
    expect(makeId('cus', -5, new Uint8Array(10))).toBe(makeId('cus', 0, new Uint8Array(10)));
  });

  it('is told from anything else', () => {
    const id = makeId('cus', 1469918176385, new Uint8Array(10));
    const others = [
      '',
      'cus',
      'cus_',
      id.toLowerCase(),
      `${id}#A`,
      `${id}\n`,
      ` ${id}`,
      id.slice(0, -1),
      `${id}0`,
      id.replace('_', '-'),
      id.replace('cus', 'c'),
      id.replace('cus', 'custo'),
      id.replace(/0$/, 'I'),
      id.replace(/0$/, 'U'),
      id.replace('_0', '_8'),
      id.replace('cus', 'CUS'),
      null,
      undefined,
      7,
      [id],
      { toString: () => id },
    ];

    expect(isId(id)).toBe(true);
    expect(isId(id, 'con')).toBe(false);
    for (const other of others) expect(isId(other)).toBe(false);
  });

  it('tells its type by its prefix', () => {
    expect(prefixOf(makeId('cus', 1, new Uint8Array(10)))).toBe('cus');
    for (const text of ['', 'cus', 'cusx', '_', '_x']) expect(prefixOf(text)).toBe('');
  });
});
