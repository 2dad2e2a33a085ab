import { expect, it } from 'vitest';
import type { Values } from '../../shared/kernel/record.ts';
import { effectsOf } from '../../shared/effects.ts';
import { record } from './deals.ts';

const told = (before: Values | undefined, after: Values | undefined) => {
  const of = (values: Values | undefined) => values && record({ title: 'Beans', ...values });
  return effectsOf({ type: 'opportunity', before: of(before), after: of(after) }).filter(({ code }) => code === 'opportunityAssigned');
};

it('the owner of a deal is told when it comes to him by somebody else', () => {
  expect(told({ ownerId: 'mem_2' }, { ownerId: 'mem_3' })).toEqual([
    {
      kind: 'notify',
      memberId: 'mem_3',
      code: 'opportunityAssigned',
      params: { name: 'Beans' },
      recordType: 'opportunity',
      recordId: 'opp_1',
    },
  ]);
  expect(told(undefined, { ownerId: 'mem_3' })).toHaveLength(1);
});

it.each<[string, Values | undefined, Values | undefined]>([
  ['made it himself', undefined, { ownerId: 'mem_1' }],
  ['had it before', { ownerId: 'mem_3' }, { ownerId: 'mem_3', stage: 'needs' }],
  ['is nobody', undefined, {}],
  ['lost it with its removal', { ownerId: 'mem_3' }, undefined],
])('he is told nothing when he %s', (_when, before, after) => {
  expect(told(before, after)).toEqual([]);
});
