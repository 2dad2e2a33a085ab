import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { effectsOf } from '../../shared/effects.ts';

const record = (values: Record<string, unknown>): AnyRecord =>
  ({
    id: 'lea_1',
    version: 1,
    createdAt: '',
    createdBy: 'system',
    updatedAt: '',
    updatedBy: 'system',
    name: 'Li Lei',
    ...values,
  }) as AnyRecord;
const of = (before: object | undefined, after: object | undefined) =>
  effectsOf({ type: 'lead', before: before && record(before as never), after: after && record(after as never) });

describe('the owner of a lead', () => {
  it('is told when it comes to him, with the words that name it', () => {
    expect(of(undefined, { ownerId: 'mem_1', company: 'Yunqi' })).toEqual([
      {
        kind: 'notify',
        memberId: 'mem_1',
        code: 'leadAssigned',
        params: { name: 'Li Lei', company: 'Yunqi' },
        recordType: 'lead',
        recordId: 'lea_1',
      },
    ]);
    expect(of({ ownerId: 'mem_1' }, { ownerId: 'mem_2', updatedBy: 'mem_9' })).toMatchObject([{ memberId: 'mem_2', code: 'leadAssigned' }]);
  });

  it.each([
    ['made it himself', undefined, { ownerId: 'mem_1', updatedBy: 'mem_1' }],
    ['took it himself', { ownerId: 'mem_1' }, { ownerId: 'mem_2', updatedBy: 'mem_2' }],
    ['had it before', { ownerId: 'mem_1' }, { ownerId: 'mem_1', status: 'working' }],
    ['is nobody', undefined, {}],
    ['lost it with its removal', { ownerId: 'mem_1' }, undefined],
  ])('is told nothing when he %s', (_when, before, after) => {
    expect(of(before, after)).toEqual([]);
  });

  it('is told that a lead of his wrote again, once', () => {
    const submission = (outcome: string) => record({ id: 'sub_1', outcome, leadId: 'lea_7', ownerId: 'mem_1', who: 'Li Lei' });

    expect(effectsOf({ type: 'submission', after: submission('merged') })).toMatchObject([
      { memberId: 'mem_1', code: 'leadMerged', params: { name: 'Li Lei' }, recordType: 'lead', recordId: 'lea_7' },
    ]);
    for (const outcome of ['created', 'refused']) expect(effectsOf({ type: 'submission', after: submission(outcome) })).toEqual([]);
    expect(effectsOf({ type: 'submission', before: submission('merged'), after: submission('merged') })).toEqual([]);
  });
});
