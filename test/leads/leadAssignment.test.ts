import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextInTurn, standIn, takesLeads } from '../../shared/leads/leadAssignment.ts';

describe('the turn', () => {
  it('goes round, in whatever order the candidates are named', () => {
    expect(nextInTurn(['b', 'c', 'a'], undefined)).toBe('a');
    expect(nextInTurn(['b', 'c', 'a'], 'a')).toBe('b');
    expect(nextInTurn(['c', 'a', 'b'], 'c')).toBe('a');
    expect(nextInTurn(['a', 'c'], 'b')).toBe('c');
    expect(nextInTurn([], 'b')).toBeUndefined();
  });

  it('gives everybody as many as anybody else, give or take one', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 1, max: 40 }),
        (all, turns) => {
          const given = new Map<string, number>(all.map((id) => [id, 0]));
          let last: string | undefined;
          for (let i = 0; i < turns; i++) {
            last = nextInTurn(all, last)!;
            given.set(last, given.get(last)! + 1);
          }
          expect(Math.max(...given.values()) - Math.min(...given.values())).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('who takes leads', () => {
  it.each([
    ['somebody who sells', { status: 'active' }, 'sales', true],
    ['somebody who sells and wants none', { status: 'active', takesLeads: false }, 'sales', false],
    ['a manager', { status: 'active' }, 'salesManager', false],
    ['a manager who wants some', { status: 'active', takesLeads: true }, 'salesManager', true],
    ['somebody who left', { status: 'disabled', takesLeads: true }, 'sales', false],
    ['somebody who has not come yet', { status: 'invited' }, 'sales', false],
  ])('%s', (_who, member, roleKey, takes) => {
    expect(takesLeads({ member, roleKey })).toBe(takes);
  });

  it('when nobody does, is the form’s stand-in, its owner, or an owner of the workspace, as far as they are there', () => {
    const person = (id: string, roleKey: string, status = 'active') => ({ id, roleKey, member: { status } });
    const all = [person('m1', 'viewer'), person('m2', 'marketing'), person('m3', 'owner'), person('m4', 'sales', 'disabled')];

    expect(standIn(all, { fallbackOwnerId: 'm1', ownerId: 'm2' })).toBe('m1');
    expect(standIn(all, { fallbackOwnerId: 'm4', ownerId: 'm2' })).toBe('m2');
    expect(standIn(all, { ownerId: 'm9' })).toBe('m3');
    expect(standIn([], {})).toBeUndefined();
  });
});
