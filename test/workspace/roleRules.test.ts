import { describe, expect, it } from 'vitest';
import type { Rights } from '../../shared/kernel/access.ts';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { givesMore, locksOut, rightsChanges, withReach } from '../../shared/workspace/roleRules.ts';

const rightsOf = (key: string): Rights => DEFAULT_ROLES.find((role) => role.key === key)!.rights;

describe('locking oneself out', () => {
  const mine = rightsOf('administrator');

  it.each([
    ['the right to set up', withReach(mine, 'workspace', 'update', 'none'), true],
    ['part of the right to set up', withReach(mine, 'workspace', 'update', 'own'), true],
    ['sight of how it is set up', withReach(mine, 'structure', 'read', 'none'), true],
    ['something else', withReach(mine, 'customers', 'read', 'none'), false],
  ])('is giving away %s: %s', (_what, after, locked) => {
    expect(locksOut(mine, after)).toBe(locked);
  });

  it('is nothing that somebody can do who never kept the roles', () => {
    expect(locksOut(rightsOf('sales'), { grants: {} })).toBe(false);
  });
});

describe('what changes with a role', () => {
  const before: Rights = { grants: { leads: { read: 'team', update: 'own' } }, onlyFields: { leads: ['notes', 'phones'] } };

  it('is nothing where the same is written otherwise', () => {
    const same: Rights = {
      grants: { leads: { update: 'own', read: 'team', delete: 'none' }, sales: {} },
      masks: [],
      onlyFields: { leads: ['phones', 'notes', 'notes'] },
    };

    expect(rightsChanges(before, same)).toEqual([]);
  });

  it('is named by group and action, by what is hidden, by the fields', () => {
    const after: Rights = { grants: { leads: { read: 'all' } }, masks: ['personal'] };
    const changes = rightsChanges(before, after);

    expect(changes).toEqual([
      { kind: 'reach', group: 'leads', action: 'read', from: 'team', to: 'all' },
      { kind: 'reach', group: 'leads', action: 'update', from: 'own', to: 'none' },
      { kind: 'mask', sensitivity: 'personal', hidden: true },
      { kind: 'fields', group: 'leads', from: ['notes', 'phones'], to: undefined },
    ]);
    expect(changes.map(givesMore)).toEqual([true, false, false, true]);
  });

  it.each([
    [['notes'], ['notes', 'phones'], true],
    [['notes', 'phones'], ['notes'], false],
    [['notes'], ['phones'], false],
    [undefined, ['notes'], false],
    [['notes'], undefined, true],
  ])('gives more by fields from %j to %j: %s', (from, to, more) => {
    expect(givesMore({ kind: 'fields', group: 'leads', from, to })).toBe(more);
  });
});

describe('one reach', () => {
  const grants = (reaches: object): Rights => ({ grants: { leads: reaches } });

  it.each([
    ['widens sight to what is edited', { read: 'own' }, 'update', 'all', { read: 'all', update: 'all' }],
    ['leaves sight that is wider', { read: 'all' }, 'delete', 'own', { read: 'all', delete: 'own' }],
    ['draws back what reached further than sight', { read: 'all', update: 'all', export: 'span' }, 'read', 'team', { read: 'team', update: 'team', export: 'team' }], // prettier-ignore
    ['takes with sight all that needs it', { create: 'own', read: 'own', update: 'own' }, 'read', 'none', { create: 'own' }],
    ['lets somebody make what he does not see', {}, 'create', 'own', { create: 'own' }],
  ] as const)('%s', (_what, before, action, reach, after) => {
    expect(withReach(grants(before), 'leads', action, reach)).toEqual(grants(after));
  });
});
