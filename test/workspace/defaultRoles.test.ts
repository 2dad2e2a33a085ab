import { describe, expect, it } from 'vitest';
import {
  ACTIONS,
  type Actor,
  can,
  GROUPS,
  inReach,
  reachOf,
  refusedFields,
  type AccessGroup,
  type Action,
} from '../../shared/kernel/access.ts';
import { REGISTRY, definitionOf } from '../../shared/registry.ts';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';

/**
 * The default rights, written a second time in another form: per role and group one letter for each of
 * create, read, update, delete, assign, approve, export, configure: `.` none, `o` own, `t` team, `s` span, `a` all.
 * A group that is not named is closed.
 */
type Table = Record<string, Partial<Record<AccessGroup, string>>>;
const EVERYBODY = { structure: '.a......', catalogue: '.a......', people: '.oo.....', personal: 'oooo....' };
const LEADER = {
  customers: 'aaaaa.a.',
  leads: 'aaaaa.a.',
  sales: 'aaaaaaa.',
  catalogue: 'aaaaaaaa',
  activities: 'aaaaa...',
  service: 'aaaaa.a.',
  marketing: 'aaaa.aa.',
  insight: '.a....a.',
  workspace: 'aaaaaaaa',
  structure: 'aaaaaaaa',
  people: 'aaaaaaaa',
  news: 'aaaa..a.',
  personal: 'oooo....',
};
const MANAGER = {
  ...EVERYBODY,
  structure: 'aaaa....',
  customers: 'sssss.s.',
  leads: 'sssss.s.',
  sales: 'sssssss.',
  catalogue: 'aaaa..a.',
  activities: 'sssss...',
  service: '.s......',
  marketing: '.a......',
  insight: '.s....s.',
  people: '.so.....',
};
const TABLE: Table = {
  owner: LEADER,
  administrator: LEADER,
  vicePresident: MANAGER,
  salesManager: MANAGER,
  sales: {
    ...EVERYBODY,
    customers: 'oto.....',
    leads: 'oto.....',
    sales: 'oto.....',
    activities: 'oooo....',
    service: 'oo......',
    marketing: '.a......',
    insight: '.o......',
  },
  service: { ...EVERYBODY, customers: '.aa.....', leads: '.aa.....', activities: 'oooo....', service: 'aaa.....', insight: '.o......' },
  callAgent: { ...EVERYBODY, customers: '.aa.....', leads: '.aa.....', activities: 'oooo....', service: 'ooo.....', insight: '.o......' },
  marketing: { ...EVERYBODY, customers: '.a......', leads: 'aaa.....', activities: 'oooo....', marketing: 'aaaa.aa.' },
  satisfactionManager: {
    ...EVERYBODY,
    customers: '.a......',
    leads: '.a......',
    activities: 'oooo....',
    service: 'aaa..a..',
    marketing: '.a......',
  },
  dataAnalyst: {
    ...EVERYBODY,
    customers: '.a......',
    leads: '.a......',
    sales: '.a......',
    activities: '.a......',
    service: '.a......',
    marketing: '.a......',
    insight: '.a....a.',
  },
  newsAdministrator: { ...EVERYBODY, activities: 'oooo....', news: 'aaaa..a.' },
  viewer: {
    ...EVERYBODY,
    customers: '.s......',
    leads: '.s......',
    sales: '.s......',
    activities: '.s......',
    service: '.s......',
    marketing: '.s......',
    insight: '.s......',
  },
};

const actorOf = (roleKey: string): Actor => ({
  memberId: 'me',
  roleKey,
  rights: DEFAULT_ROLES.find((role) => role.key === roleKey)!.rights,
  team: new Set(['teammate']),
  span: new Set(['teammate', 'subordinate']),
});
/** Whose record, and the letters that reach it. */
const HOLDERS = { me: 'otsa', teammate: 'tsa', subordinate: 'sa', stranger: 'a', nobody: 'a' };
const holder = (name: string): string | undefined => (name === 'nobody' ? undefined : name);

describe('the default roles', () => {
  it('are the twelve of the table, named in both languages', () => {
    expect(DEFAULT_ROLES.map((role) => role.key)).toEqual(Object.keys(TABLE));
    expect(DEFAULT_ROLES.every((role) => role.label.en && role.label.zh)).toBe(true);
  });

  for (const [roleKey, row] of Object.entries(TABLE)) {
    it(`give ${roleKey} exactly the rights of the table, for every group, action and holder`, () => {
      const actor = actorOf(roleKey);
      const expected: string[] = [];
      const granted: string[] = [];

      for (const group of GROUPS) {
        ACTIONS.forEach((action: Action, i) => {
          const letter = (row[group] ?? '........')[i]!;
          const definition = { access: { group } };
          for (const [name, reachedBy] of Object.entries(HOLDERS)) {
            const what = `${group} ${action} ${name}`;
            if (reachedBy.includes(letter)) expected.push(what);
            if (can(actor, action, definition, { ownerId: holder(name) })) granted.push(what);
          }
          if (letter !== '.') expected.push(`${group} ${action} at all`);
          if (can(actor, action, definition)) granted.push(`${group} ${action} at all`);
        });
      }

      expect(granted).toEqual(expected);
    });
  }

  it('hold for every record type as for its group', () => {
    for (const role of DEFAULT_ROLES) {
      for (const definition of REGISTRY) {
        for (const action of ACTIONS) {
          const group = definition.access.actions?.[action] ?? definition.access.group;
          expect(reachOf(actorOf(role.key), action, definition)).toBe(role.rights.grants[group]?.[action] ?? 'none');
        }
      }
    }
  });

  it('let service staff write a customer’s phones and notes and nothing else of him', () => {
    for (const roleKey of ['service', 'callAgent']) {
      for (const name of ['customer', 'lead']) {
        expect(refusedFields(actorOf(roleKey), definitionOf(name), ['phones', 'notes', 'name', 'x_level', 'source'])).toEqual([
          'name',
          'x_level',
          'source',
        ]);
      }
    }
  });

  it('let nobody but owner and administrator raise a role, his own included', () => {
    const member = definitionOf('member');
    for (const { key } of DEFAULT_ROLES) {
      const actor = actorOf(key);
      const leads = key === 'owner' || key === 'administrator';

      expect(can(actor, 'update', member, { id: 'me' })).toBe(true);
      expect(can(actor, 'update', member, { id: 'stranger' })).toBe(leads);
      expect(refusedFields(actor, member, ['name', 'roleId', 'status', 'departmentId', 'email', 'zone'])).toEqual(
        leads ? [] : ['roleId', 'status', 'departmentId', 'email'],
      );
      for (const type of ['role', 'department', 'customField', 'workspace']) {
        expect(can(actor, 'update', definitionOf(type))).toBe(leads);
        expect(can(actor, 'read', definitionOf(type), { ownerId: undefined })).toBe(true);
      }
    }
  });

  it('show a member record to its own member and to those whose span holds him', () => {
    const member = definitionOf('member');
    const readers = (id: string) => DEFAULT_ROLES.map((role) => role.key).filter((key) => can(actorOf(key), 'read', member, { id }));

    expect(readers('me')).toEqual(Object.keys(TABLE));
    expect(readers('subordinate')).toEqual(['owner', 'administrator', 'vicePresident', 'salesManager']);
    expect(readers('stranger')).toEqual(['owner', 'administrator']);
  });

  it('hide personal fields from the data analyst alone', () => {
    const masked = DEFAULT_ROLES.filter((role) => role.rights.masks?.includes('personal')).map((role) => role.key);

    expect(masked).toEqual(['dataAnalyst']);
  });
});

describe('a reach', () => {
  it('never takes a record without an owner for one’s own, one’s team’s or one’s span’s', () => {
    const actor = actorOf('owner');

    expect((['none', 'own', 'team', 'span', 'all'] as const).filter((reach) => inReach(actor, reach, undefined))).toEqual(['all']);
  });
});
