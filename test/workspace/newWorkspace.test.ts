import { describe, expect, it } from 'vitest';
import { makeId } from '../../shared/kernel/ids.ts';
import type { Locale } from '../../shared/kernel/types.ts';
import { parseCreate } from '../../shared/kernel/schema.ts';
import { definitionOf } from '../../shared/registry.ts';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { planWorkspace } from '../../shared/workspace/newWorkspace.ts';

const idOf = (prefix: string, part: string) => makeId(prefix, 0, new Uint8Array(10).fill(part.length));
const plan = (locale: Locale = 'zh-CN', zone = 'Asia/Shanghai') =>
  planWorkspace({
    tenant: idOf('wsp', 'firm'),
    name: '青山茶业',
    locale,
    zone,
    owner: { name: '韩梅梅', email: 'a@b.test', subject: 's' },
    idOf,
  });
const creates = (type: string, of = plan()) => of.writes.flatMap((write) => (write.op === 'create' && write.type === type ? [write] : []));

describe('a new workspace', () => {
  it('starts with itself, all roles, a way to sell, one department and its owner', () => {
    expect(plan().writes.map((write) => 'type' in write && write.type)).toEqual([
      'workspace',
      ...DEFAULT_ROLES.map(() => 'role'),
      'pipeline',
      'department',
      'member',
    ]);
    expect(creates('member')[0]!.values).toMatchObject({
      roleId: creates('role').find(({ values }) => values['key'] === 'owner')!.id,
      departmentId: creates('department')[0]!.id,
      status: 'active',
    });
  });

  it('holds nothing that its own declarations would refuse', () => {
    for (const write of plan().writes) {
      if (write.op !== 'create') continue;
      const definition = definitionOf(write.type);
      const values = Object.fromEntries(Object.entries(write.values).filter(([name]) => !definition.fields[name]?.readOnly));
      expect([write.type, parseCreate(definition, values)]).toMatchObject([write.type, { ok: true }]);
      expect(definition.rules.check?.(write.values, undefined) ?? []).toEqual([]);
    }
  });

  it('names its roles in the owner’s language', () => {
    expect(creates('role').map(({ values }) => values['name'])).toContain('销售人员');
    expect(creates('role', plan('en')).map(({ values }) => values['name'])).toContain('Sales');
  });

  it.each([
    ['zh-CN', 'Asia/Shanghai', 'CNY'],
    ['en', 'Asia/Shanghai', 'CNY'],
    ['zh-CN', 'Europe/Berlin', 'EUR'],
    ['en', 'Europe/London', 'GBP'],
    ['zh-CN', 'America/New_York', 'USD'],
    ['en', 'Asia/Tokyo', 'USD'],
  ] as const)('in %s at %s counts in %s', (locale, zone, currency) => {
    expect(creates('workspace', plan(locale, zone))[0]!.values['currency']).toBe(currency);
  });
});
