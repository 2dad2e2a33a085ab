import { describe, expect, it } from 'vitest';
import { ref, text } from '../../shared/kernel/fields/index.ts';
import { defineRecord, type RecordDefinition } from '../../shared/kernel/record.ts';
import { definitionOf, REGISTRY } from '../../shared/registry.ts';
import { goesAlong, holdingsIn, isOpenRecord, leaderOf, readHandover, receiverOf } from '../../shared/workspace/handover.ts';
import { idOf } from '../support/desk.ts';

const names = (definitions: readonly RecordDefinition[]): string[] =>
  holdingsIn(definitions).map(({ definition, field }) => `${definition.name}.${field}`);

/** A type as somebody may add it tomorrow. */
const tomorrow = (more: object): RecordDefinition =>
  defineRecord({
    ...{ name: 'quote', plural: 'quotes', idPrefix: 'quo', domain: 'sales', label: { en: ['Quote', 'Quotes'], zh: '报价' } },
    ...{ title: 'name', fields: { name: text({ en: 'Name', zh: '名称' }) }, access: { group: 'sales' }, views: { list: ['name'] } },
    ...more,
  } as Parameters<typeof defineRecord>[0]) as unknown as RecordDefinition;

describe('what members hold', () => {
  it('is what the types declare', () => {
    expect(names(REGISTRY)).toEqual([
      'customer.ownerId',
      'contact.ownerId',
      'lead.ownerId',
      'webForm.ownerId',
      'webForm.fallbackOwnerId',
      'opportunity.ownerId',
      'order.ownerId',
      'activity.ownerId',
      'department.headId',
    ]);
  });

  it('is of a new type whatever it says itself', () => {
    const fields = {
      name: text({ en: 'Name', zh: '名称' }),
      approverId: ref('member', { en: 'Approver', zh: '审批人' }, { responsible: true }),
    };

    expect(names([tomorrow({ paths: { owner: true }, fields })])).toEqual(['quote.ownerId', 'quote.approverId']);
    expect(names([tomorrow({})])).toEqual([]);
    expect(names([tomorrow({ paths: { owner: true }, access: { group: 'personal' } })])).toEqual([]);
    expect(names([tomorrow({ paths: { owner: true }, operations: ['read'] })])).toEqual([]);
  });

  it.each([
    [
      'somebody who is no member',
      { fields: { name: text({ en: '', zh: '' }), toId: ref('customer', { en: '', zh: '' }, { responsible: true }) } },
    ],
    ['an end that nobody sees in lists', { endsBy: 'name' }],
    ['an end that never comes', { staysWhenEnded: true }],
  ])('is refused where a type names %s', (_what, more) => {
    expect(() => tomorrow(more)).toThrow('record type quote');
  });
});

it.each<[type: string, values: object, open: boolean, goes: boolean]>([
  ['activity', { status: 'planned' }, true, true],
  ['activity', { status: 'done' }, false, false],
  ['activity', { status: 'cancelled' }, false, false],
  ['activity', {}, true, true],
  ['opportunity', { outcome: 'open' }, true, true],
  ['opportunity', { outcome: 'won' }, false, true],
  ['lead', { status: 'converted' }, false, true],
  ['customer', {}, true, true],
])('of %s, %j is open: %s, and changes hands: %s', (type, values, open, goes) => {
  expect([isOpenRecord(definitionOf(type), { ...values }), goesAlong(definitionOf(type), { ...values })]).toEqual([open, goes]);
});

describe('what is asked for', () => {
  const [job, li, wang] = [idOf('job', 1), idOf('mem', 1), idOf('mem', 2)];

  it('names one member for all, and others for single types', () => {
    const asked = readHandover({ id: job, to: li, types: { customer: wang } });
    expect(asked).toEqual({ id: job, to: li, types: { customer: wang }, disable: false });
    expect([receiverOf(asked, 'customer'), receiverOf(asked, 'lead')]).toEqual([wang, li]);
  });

  it.each<[unknown, string[]]>([
    [undefined, ['id', 'to']],
    ['all', ['']],
    [{ id: li, to: job }, ['id', 'to']],
    [{ id: job, to: li, types: { customer: 'wang' }, disable: 'yes', more: 1 }, ['types.customer', 'disable', 'more']],
    [{ id: job, to: li, types: Object.fromEntries(Array.from({ length: 41 }, (_, n) => [`t${n}`, li])) }, ['types']],
  ])('is refused field by field: %j', (body, fields) => {
    expect(() => readHandover(body)).toThrow(
      expect.objectContaining({
        status: 400,
        issues: expect.toSatisfy(
          (issues: { field: string }[]) =>
            issues.map(({ field }) => field).every((field) => fields.includes(field)) && issues.length === fields.length,
        ),
      }),
    );
  });
});

describe('who leads a member', () => {
  const departments = [
    { id: 'top', headId: 'boss' },
    { id: 'sales', parentId: 'top', headId: 'lead' },
    { id: 'north', parentId: 'sales' },
    { id: 'round', parentId: 'trip' },
    { id: 'trip', parentId: 'round' },
  ];
  it.each<[string, string | undefined, string | undefined]>([
    ['seller', 'north', 'lead'],
    ['seller', 'sales', 'lead'],
    ['lead', 'sales', 'boss'],
    ['boss', 'top', undefined],
    ['seller', undefined, undefined],
    ['seller', 'round', undefined],
  ])('%s of %s: %s', (id, departmentId, leader) => {
    expect(leaderOf({ id, departmentId }, departments, () => true)).toBe(leader);
  });

  it('is somebody who works here', () => {
    expect(leaderOf({ id: 'seller', departmentId: 'north' }, departments, (id) => id !== 'lead')).toBe('boss');
  });
});
