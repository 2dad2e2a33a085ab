import { describe, expect, it } from 'vitest';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import {
  covers,
  endsOwnership,
  governingFields,
  mayHandOut,
  memberChangeIssues,
  standingRights,
} from '../../shared/workspace/memberRules.ts';

const rightsOf = (key: string) => DEFAULT_ROLES.find((role) => role.key === key)!.rights;
const roleOf = (key: string) => ({ key, rights: rightsOf(key) });
const holder = (key: string) => ({ roleKey: key, rights: rightsOf(key) });

describe('handing out a role', () => {
  it.each(DEFAULT_ROLES.map(({ key }) => key))('is up to an owner: %s', (key) => {
    expect(mayHandOut(holder('owner'), roleOf(key))).toBe(true);
  });

  it('is up to an administrator but for the owner’s', () => {
    expect(DEFAULT_ROLES.filter(({ key }) => !mayHandOut(holder('administrator'), roleOf(key))).map(({ key }) => key)).toEqual(['owner']);
  });

  it.each([
    ['sales', 'salesManager'],
    ['viewer', 'sales'],
    ['salesManager', 'administrator'],
    ['salesManager', 'service'],
    ['administrator', 'owner'],
  ])('never raises: not %s to %s', (mine, theirs) => {
    expect(mayHandOut(holder(mine), roleOf(theirs))).toBe(false);
  });

  it('hides from others what it hides from oneself', () => {
    const all = rightsOf('administrator');

    expect(covers({ ...all, masks: ['personal'] }, all)).toBe(false);
    expect(covers({ ...all, masks: ['personal'] }, { ...all, masks: ['personal', 'sensitive'] })).toBe(true);
    expect(covers(all, { ...all, masks: ['personal'] })).toBe(true);
  });

  it('limits others to the fields to which one is limited', () => {
    const all = rightsOf('administrator');
    const limited = (fields: string[]) => ({ ...all, onlyFields: { customers: fields } });

    expect(covers(limited(['notes']), all)).toBe(false);
    expect(covers(limited(['notes', 'phones']), limited(['notes']))).toBe(true);
    expect(covers(limited(['notes']), limited(['notes', 'name']))).toBe(false);
    expect(covers(limited(['notes']), { grants: { customers: { read: 'all' } } })).toBe(true);
  });
});

describe('one’s own profile', () => {
  it('is what the product says, where a role keeps its holders to it', () => {
    const old = { grants: {}, onlyFields: { people: ['name'], leads: ['notes'] } };

    expect(standingRights({ rights: old }).onlyFields).toEqual({ ...old.onlyFields, people: rightsOf('sales').onlyFields!.people });
  });

  it('limits no role that is not kept to it', () => {
    for (const key of ['administrator', 'sales']) expect(standingRights(roleOf(key))).toEqual(rightsOf(key));
  });
});

describe('the rights of owners', () => {
  it('are everything, also what their workspace is older than', () => {
    const { news: _, ...older } = rightsOf('owner').grants;

    expect(standingRights({ key: 'owner', rights: { grants: older } })).toEqual(rightsOf('owner'));
    expect(standingRights({ key: 'administrator', rights: { grants: older } }).grants).toEqual(older);
  });
});

describe('a change of a member', () => {
  it('names the fields that are more than a profile', () => {
    expect(governingFields({ name: 'A', language: 'en', roleId: 'x', status: 'disabled', takesLeads: true })).toEqual([
      'roleId',
      'status',
      'takesLeads',
    ]);
  });

  it.each([
    ['active', 'disabled', true, true],
    ['active', 'invited', true, false],
    ['invited', 'disabled', false, true],
    ['invited', 'active', false, false],
    ['disabled', 'active', true, true],
    ['disabled', 'active', false, false],
    ['disabled', 'invited', false, true],
    ['disabled', 'invited', true, false],
  ])('from %s to %s, having joined: %s, is allowed: %s', (from, to, joined, allowed) => {
    const before = { status: from, ...(joined ? { subject: 's' } : {}) };

    expect(memberChangeIssues(before, { status: to })).toEqual(allowed ? [] : [{ field: 'status', code: 'member.status' }]);
  });

  it('keeps the address', () => {
    expect(memberChangeIssues({ email: 'a@b.test' }, { email: 'c@d.test' })).toEqual([{ field: 'email', code: 'member.emailFixed' }]);
    expect(memberChangeIssues({ email: 'a@b.test' }, { email: 'a@b.test', name: 'A' })).toEqual([]);
  });

  it('ends an ownership by role or by status, where there was one', () => {
    const isOwner = (roleId: unknown) => roleId === 'owner';
    const owner = { status: 'active', roleId: 'owner' };

    expect(endsOwnership(owner, { status: 'disabled' }, isOwner)).toBe(true);
    expect(endsOwnership(owner, { roleId: 'sales' }, isOwner)).toBe(true);
    expect(endsOwnership(owner, { departmentId: 'x' }, isOwner)).toBe(false);
    expect(endsOwnership({ ...owner, status: 'disabled' }, { roleId: 'sales' }, isOwner)).toBe(false);
    expect(endsOwnership({ ...owner, roleId: 'sales' }, { status: 'disabled' }, isOwner)).toBe(false);
  });
});
