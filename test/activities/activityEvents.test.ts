import { describe, expect, it } from 'vitest';
import { activityEffects } from '../../shared/activities/activityEffects.ts';
import { activityMetrics } from '../../shared/activities/activityMetrics.ts';
import { activityRows } from '../../shared/activities/activityTimeline.ts';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';

const AT = '2026-11-23T10:00:00.000Z';
const activity = (values: Values = {}): AnyRecord => ({
  ...{ id: 'act_1', version: 1, ownerId: 'sam', createdAt: AT, createdBy: 'max', updatedAt: AT, updatedBy: 'max' },
  ...{ subject: 'Call Li Lei', type: 'call', status: 'planned' },
  ...values,
});
const told = (before: AnyRecord | undefined, after: AnyRecord | undefined, type = 'activity'): string[] =>
  activityEffects.flatMap((rule) => rule({ type, before, after })).map(({ memberId, code }) => `${memberId} ${code}`);

describe('of an activity', () => {
  it('hears whom it was given, while it is to be done, and not by himself', () => {
    expect(told(undefined, activity())).toEqual(['sam activityAssigned']);
    expect(told(activity({ ownerId: 'sue' }), activity())).toEqual(['sam activityAssigned']);
    expect(told(undefined, activity({ updatedBy: 'sam' }))).toEqual([]);
    expect(told(undefined, activity({ status: 'done' }))).toEqual([]);
    expect(told(activity(), activity({ subject: 'Call Li Lei again' }))).toEqual([]);
    expect(told(activity(), undefined)).toEqual([]);
    expect(told(undefined, activity(), 'lead')).toEqual([]);
  });

  it('hear those who watch it that it is done, once, but not who did it', () => {
    const watched = (values: Values) => activity({ watcherIds: ['max', 'ada', 'sam'], updatedBy: 'sam', ...values });

    expect(told(watched({}), watched({ status: 'done' }))).toEqual(['max activityDone', 'ada activityDone']);
    expect(told(watched({ status: 'done' }), watched({ status: 'done', outcome: 'Fine' }))).toEqual([]);
    expect(told(watched({}), watched({ status: 'cancelled' }))).toEqual([]);
    expect(told(undefined, watched({ status: 'done' }))).toEqual([]);
  });

  it('they hear its name and what came of it, cut to what a notification takes', () => {
    const after = activity({ status: 'done', outcome: 'o'.repeat(4000), watcherIds: ['ada'] });

    const [effect] = activityEffects.flatMap((rule) => rule({ type: 'activity', before: activity(), after }));

    expect(effect).toMatchObject({ recordType: 'activity', recordId: 'act_1', params: { name: 'Call Li Lei' } });
    expect(effect!.params['outcome']!.length).toBeLessThanOrEqual(200);
  });
});

describe('what is counted of activities', () => {
  it.each<[string, Values | undefined, Values | undefined, object]>([
    ['planning one', undefined, {}, { planned: 1 }],
    ['logging one', undefined, { status: 'done' }, { done: 1 }],
    ['completing one', {}, { status: 'done' }, { done: 1 }],
    ['beginning one', {}, { status: 'inProgress' }, {}],
    ['calling one off', {}, { status: 'cancelled' }, {}],
    ['reopening one', { status: 'done' }, {}, {}],
    ['an edit of one that is done', { status: 'done' }, { status: 'done' }, {}],
    ['removing one', { status: 'done' }, undefined, {}],
  ])('%s', (_name, before, after, expected) => {
    expect(activityMetrics(before && activity(before), after && activity(after))).toEqual(expected);
  });
});

describe('the row of an activity elsewhere', () => {
  const LINKS = { customerId: 'cus_1', contactId: 'con_1', opportunityId: 'opp_1', leadId: 'lea_1', orderId: 'ord_1' };

  it('stands in the timeline of everything that it is linked to, and nowhere else', () => {
    expect(activityRows(activity(LINKS)).map(({ type, id }) => [type, id])).toEqual([
      ['customer', 'cus_1'],
      ['contact', 'con_1'],
      ['opportunity', 'opp_1'],
      ['lead', 'lea_1'],
      ['order', 'ord_1'],
    ]);
    expect(activityRows(activity())).toEqual([]);
  });

  it.each<[Values, object]>([
    [{ plannedStart: '2026-11-30T09:00:00.000Z' }, { at: AT, code: 'activity.planned', params: { plannedAt: '2026-11-30T09:00:00.000Z' } }],
    [{ plannedEnd: '2026-11-30T09:00:00.000Z' }, { at: AT, params: { plannedAt: '2026-11-30T09:00:00.000Z' } }],
    [
      { status: 'done', actualEnd: '2026-11-20T09:00:00.000Z', outcome: 'Fine' },
      { at: '2026-11-20T09:00:00.000Z', code: 'activity.done', params: { outcome: 'Fine' } },
    ],
    [{ status: 'cancelled' }, { at: AT, code: 'activity.cancelled' }],
  ])('tells what it is and stands where it happened: %j', (values, expected) => {
    const [{ row } = { row: undefined }] = activityRows(activity({ customerId: 'cus_1', ...values }));

    expect(row).toMatchObject({ id: 'act_1', by: 'sam', ...expected });
    expect(row!.params).toMatchObject({ type: 'activity', activityId: 'act_1', activityType: 'call', subject: 'Call Li Lei' });
  });

  it('quotes a long outcome, and keeps to a small row', () => {
    const [{ row } = { row: undefined }] = activityRows(
      activity({ ...LINKS, subject: 's'.repeat(200), status: 'done', actualEnd: AT, outcome: '果'.repeat(4000) }),
    );

    expect(Buffer.byteLength(JSON.stringify(row))).toBeLessThan(1024);
  });
});
