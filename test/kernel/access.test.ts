import { describe, expect, it } from 'vitest';
import {
  type AccessGroup,
  type Actor,
  ACTIONS,
  can,
  canSeeField,
  GROUPS,
  holderOf,
  inReach,
  maskRecord,
  ownersIn,
  REACHES,
  type Reach,
  reachOf,
  refusedFields,
  type Rights,
  SYSTEM_ACTOR,
} from '../../shared/kernel/access.ts';
import { number, text } from '../../shared/kernel/fields/index.ts';
import type { Values } from '../../shared/kernel/record.ts';
import { definitionWith } from '../support/definitions.ts';
import { specimen } from '../support/fields.ts';

const actorWith = (rights: Rights, more: Partial<Actor> = {}): Actor => ({
  memberId: 'me',
  roleKey: 'some',
  rights,
  team: new Set(['teammate']),
  span: new Set(['teammate', 'subordinate']),
  ...more,
});
const OWNERS = ['me', 'teammate', 'subordinate', 'stranger', undefined];

describe('a reach', () => {
  it('holds whose records it names, each reach more than the one before', () => {
    const actor = actorWith({ grants: {} });
    const reached = Object.fromEntries(REACHES.map((reach) => [reach, OWNERS.filter((owner) => inReach(actor, reach, owner))]));

    expect(reached).toEqual({ none: [], own: ['me'], team: ['me', 'teammate'], span: ['me', 'teammate', 'subordinate'], all: OWNERS });
  });

  it('lists as owners exactly those it holds', () => {
    const actor = actorWith({ grants: {} }, { span: new Set(['me', 'teammate', 'subordinate']) });
    for (const reach of REACHES) {
      const owners = ownersIn(actor, reach);
      const held = OWNERS.filter((owner) => owner !== undefined && inReach(actor, reach, owner));

      if (reach === 'all') expect(owners).toBeUndefined();
      else expect([...owners!].sort()).toEqual(held.sort());
    }
  });

  it('is none where nothing is granted: an unknown group, an unknown action, an empty role', () => {
    const definition = definitionWith();

    expect(reachOf(actorWith({ grants: {} }), 'read', definition)).toBe('none');
    expect(reachOf(actorWith({ grants: { sales: { read: 'all' } } }), 'read', definition)).toBe('none');
    expect(reachOf(actorWith({ grants: { customers: { read: 'all' } } }), 'update', definition)).toBe('none');
    expect(can(actorWith({ grants: {} }), 'read', definition)).toBe(false);
  });
});

describe('a right', () => {
  it('is ruled by the group that the type names for the action', () => {
    const definition = { access: { group: 'workspace' as AccessGroup, actions: { read: 'structure' as AccessGroup } } };
    const actor = actorWith({ grants: { structure: { read: 'all', update: 'all' }, workspace: { delete: 'own' } } });

    expect(ACTIONS.map((action) => reachOf(actor, action, definition))).toEqual([
      'none',
      'all',
      'none',
      'own',
      'none',
      'none',
      'none',
      'none',
    ]);
  });

  it('follows the member himself where a record describes him', () => {
    const definition = { access: { group: 'people' as AccessGroup, self: 'id' as const } };
    const actor = actorWith({ grants: { people: { update: 'own', read: 'span' } } });

    expect(holderOf(definition, { id: 'me', ownerId: 'stranger' })).toBe('me');
    expect(['me', 'subordinate', 'stranger'].map((id) => can(actor, 'update', definition, { id, ownerId: 'me' }))).toEqual([
      true,
      false,
      false,
    ]);
    expect(['me', 'subordinate', 'stranger'].map((id) => can(actor, 'read', definition, { id }))).toEqual([true, true, false]);
  });

  it('answers without a record whether there is any record at all', () => {
    for (const reach of REACHES) {
      const actor = actorWith({ grants: { customers: { read: reach as Reach } } });
      expect(can(actor, 'read', definitionWith())).toBe(reach !== 'none');
    }
  });

  it('is whole for the product itself, in every group', () => {
    for (const group of GROUPS) for (const action of ACTIONS) expect(can(SYSTEM_ACTOR, action, { access: { group } }, {})).toBe(true);
  });
});

describe('fields', () => {
  const label = { en: 'F', zh: '字' };
  const definition = definitionWith(
    {
      open: text(label),
      internal: text(label, { sensitivity: 'internal' }),
      personal: text(label, { sensitivity: 'personal' }),
      x_secret: text(label, { sensitivity: 'sensitive' }),
    },
    { derived: { rating: number(label), risk: number(label, { sensitivity: 'sensitive' }) } },
  );
  const record = specimen({
    title: 't',
    open: 'o',
    internal: 'i',
    personal: 'p',
    x_secret: 's',
    derived: { rating: 1, risk: 2 },
  }) as Values;

  it('are masked by sensitivity, in the record and beside it, and nothing else is', () => {
    const analyst = actorWith({ grants: {}, masks: ['personal', 'sensitive'] });

    expect(maskRecord(analyst, definition, record)).toEqual(specimen({ title: 't', open: 'o', internal: 'i', derived: { rating: 1 } }));
    expect(record['derived']).toEqual({ rating: 1, risk: 2 });
    expect(
      ['open', 'internal', 'personal', 'x_secret', 'risk', 'id', 'constructor'].filter((name) => canSeeField(analyst, definition, name)),
    ).toEqual(['open', 'internal', 'id', 'constructor']);
  });

  it('are the very record where nothing is masked', () => {
    expect(maskRecord(actorWith({ grants: {} }), definition, record)).toBe(record);
    expect(maskRecord(actorWith({ grants: {}, masks: [] }), definition, record)).toBe(record);
  });

  it('are refused to writers who may not see them or may write others only', () => {
    const analyst = actorWith({ grants: {}, masks: ['personal'] });
    const agent = actorWith({ grants: {}, onlyFields: { customers: ['open'] } });
    const other = actorWith({ grants: {}, onlyFields: { sales: ['open'] } });
    const names = ['open', 'personal', 'x_secret', 'ownerId', 'constructor'];

    expect(refusedFields(analyst, definition, names)).toEqual(['personal']);
    expect(refusedFields(agent, definition, names)).toEqual(['personal', 'x_secret', 'constructor']);
    expect(refusedFields(other, definition, names)).toEqual([]);
  });
});
