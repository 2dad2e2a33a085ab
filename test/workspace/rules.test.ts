import { describe, expect, it } from 'vitest';
import type { RecordDefinition } from '../../shared/kernel/record.ts';
import { parseCreate, parsePatch } from '../../shared/kernel/schema.ts';
import { definitionOf } from '../../shared/registry.ts';
import { DEFAULT_ROLES, parseCell } from '../../shared/workspace/defaultRoles.ts';

const check = (name: string, values: Record<string, unknown>): string[] => {
  const definition: RecordDefinition = definitionOf(name);
  return definition.rules.check!(values, undefined).map((issue) => `${issue.field} ${issue.code}`);
};

describe('a workspace', () => {
  it('has a zone and a currency that exist', () => {
    expect(check('workspace', { zone: 'Asia/Shanghai', currency: 'CNY' })).toEqual([]);
    expect(check('workspace', { zone: 'Mars/Olympus', currency: 'XYZ' })).toEqual(['zone zone.unknown', 'currency money.currency']);
    expect(check('workspace', { zone: '+08:00', currency: 'cny' })).toEqual(['zone zone.unknown', 'currency money.currency']);
  });

  it('is neither created nor removed by a caller', () => {
    expect(definitionOf('workspace').operations).toEqual(['read', 'update']);
  });
});

describe('a member', () => {
  it('may leave his zone to the workspace and has no other than a real one', () => {
    expect(check('member', {})).toEqual([]);
    expect(check('member', { zone: 'Europe/Berlin' })).toEqual([]);
    expect(check('member', { zone: 'Berlin' })).toEqual(['zone zone.unknown']);
  });

  it('cannot say in a body who signs in as him or since when', () => {
    for (const name of ['subject', 'sessionsFrom', 'lastSignInAt']) {
      expect(parsePatch(definitionOf('member'), { [name]: '2026-01-01T00:00:00Z' })).toEqual({
        ok: false,
        issues: [{ field: name, code: 'field.unknown' }],
      });
    }
  });
});

describe('a role', () => {
  const role = definitionOf('role');

  it('takes the rights of every default role', () => {
    for (const { label, rights } of DEFAULT_ROLES) {
      const body = { name: label.en, rights };
      expect(parseCreate(role, body)).toEqual({ ok: true, value: body });
    }
  });

  it.each([
    ['no grants', {}],
    ['an unknown group', { grants: { planets: { read: 'all' } } }],
    ['an unknown action', { grants: { customers: { fly: 'all' } } }],
    ['an unknown reach', { grants: { customers: { read: 'galaxy' } } }],
    ['an unknown mask', { grants: {}, masks: ['names'] }],
    ['something else', { grants: {}, admin: true }],
  ])('refuses rights with %s', (_what, rights) => {
    expect(parseCreate(role, { name: 'Odd', rights }).ok).toBe(false);
  });

  it('gains nothing by a prototype', () => {
    const rights = JSON.parse('{"grants": {"__proto__": {"customers": {"read": "all"}}}}') as unknown;
    const parsed = parseCreate(role, { name: 'Odd', rights });

    expect(parsed).toEqual({ ok: true, value: { name: 'Odd', rights: { grants: {} } } });
    expect(parsed.ok && (parsed.value['rights'] as { grants: Record<string, unknown> }).grants['customers']).toBeUndefined();
  });

  it('reads a cell of the table, the later part of it winning', () => {
    expect(parseCell('own CRU, team R')).toEqual({ create: 'own', read: 'team', update: 'own' });
    expect(parseCell('all RX')).toEqual({ read: 'all', export: 'all' });
  });
});
