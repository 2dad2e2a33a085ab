import { describe, expect, it } from 'vitest';
import { isOverdue, nextByRecord, planStateOf, type Dated } from '../../shared/activities/nextActivity.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';

const SHANGHAI = 'Asia/Shanghai';
/** 10:00 on Monday the 9th in Shanghai, still Sunday evening in New York. */
const NOW = '2026-03-09T02:00:00.000Z';
const planned = (values: Partial<Dated>): Dated => ({ status: 'planned', ...values }) as Dated;
const activity = (id: string, values: object): AnyRecord => ({ id, status: 'planned', ...values }) as unknown as AnyRecord;

describe('an activity is overdue', () => {
  it.each<[string, Dated, boolean]>([
    ['when its end has passed', planned({ plannedStart: '2026-03-09T00:00:00.000Z', plannedEnd: '2026-03-09T01:59:59.999Z' }), true],
    ['not while it lasts', planned({ plannedStart: '2026-03-09T00:00:00.000Z', plannedEnd: '2026-03-09T03:00:00.000Z' }), false],
    ['not at the very moment it is due', planned({ plannedStart: NOW }), false],
    ['when only its start is known and has passed', planned({ plannedStart: '2026-03-09T01:00:00.000Z' }), true],
    ['not on the day it takes', planned({ plannedStart: '2026-03-08T16:00:00.000Z', allDay: true }), false],
    ['on the day after', planned({ plannedStart: '2026-03-07T16:00:00.000Z', allDay: true }), true],
    ['also once begun', { ...planned({ plannedStart: '2026-03-08T01:00:00.000Z' }), status: 'inProgress' }, true],
    ['not when done', { ...planned({ plannedStart: '2026-03-08T01:00:00.000Z' }), status: 'done' }, false],
    ['not when cancelled', { ...planned({ plannedStart: '2026-03-08T01:00:00.000Z' }), status: 'cancelled' }, false],
    ['never without a time', planned({}), false],
  ])('%s', (_when, values, overdue) => {
    expect(isOverdue(values, NOW, SHANGHAI)).toBe(overdue);
  });
});

describe('what stands next', () => {
  it.each<[string, Dated | undefined, string]>([
    ['nothing', undefined, 'nothing'],
    ['some day', planned({}), 'undated'],
    ['today, by the wall of who asks', planned({ plannedStart: '2026-03-09T15:59:00.000Z' }), 'today'],
    ['later', planned({ plannedStart: '2026-03-09T16:00:00.000Z' }), 'later'],
    ['overdue', planned({ plannedStart: '2026-03-09T01:00:00.000Z' }), 'overdue'],
    ['under way since yesterday', planned({ plannedStart: '2026-03-08T01:00:00.000Z', plannedEnd: '2026-03-10T01:00:00.000Z' }), 'today'],
  ])('is %s', (_what, next, state) => {
    expect(planStateOf(next, NOW, SHANGHAI)).toBe(state);
  });

  it('is the earliest that is open, on every record it is linked to', () => {
    const next = nextByRecord([
      activity('act_later', { customerId: 'cus_1', plannedStart: '2026-03-11T00:00:00.000Z' }),
      activity('act_first', { customerId: 'cus_1', opportunityId: 'opp_1', plannedEnd: '2026-03-10T00:00:00.000Z' }),
      activity('act_done', { customerId: 'cus_1', contactId: 'con_1', status: 'done', plannedStart: '2026-03-01T00:00:00.000Z' }),
      activity('act_undated', { customerId: 'cus_1', leadId: 'lea_1', orderId: 'ord_1' }),
    ]);

    expect(Object.fromEntries([...next].map(([record, { id }]) => [record, id]))).toEqual({
      cus_1: 'act_first',
      opp_1: 'act_first',
      lea_1: 'act_undated',
      ord_1: 'act_undated',
    });
  });

  it('is the one that was made first where none has a time', () => {
    expect(nextByRecord([activity('act_2', { leadId: 'lea_1' }), activity('act_1', { leadId: 'lea_1' })]).get('lea_1')?.id).toBe('act_1');
  });
});
