import { describe, expect, it } from 'vitest';
import { remindAt, reminderOf } from '../../shared/activities/activityReminder.ts';
import { allDaySpan } from '../../shared/activities/recurrence.ts';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';

const AT = '2026-11-23T10:00:00.000Z';

describe('the moment of a reminder', () => {
  it.each<[string, Values, string | undefined]>([
    ['before the start', { plannedStart: AT, remindMinutes: 15 }, '2026-11-23T09:45:00.000Z'],
    ['at the start', { plannedStart: AT, remindMinutes: 0 }, AT],
    [
      'before the start, not the end',
      { plannedStart: AT, plannedEnd: '2026-11-23T11:00:00.000Z', remindMinutes: 60 },
      '2026-11-23T09:00:00.000Z',
    ],
    ['before it is to be done', { plannedEnd: AT, remindMinutes: 1440 }, '2026-11-22T10:00:00.000Z'],
    ['never without a wish', { plannedStart: AT }, undefined],
    ['never without a time', { remindMinutes: 15 }, undefined],
    ['no more when it has begun', { plannedStart: AT, remindMinutes: 15, status: 'inProgress' }, undefined],
    ['no more when it is done', { plannedStart: AT, remindMinutes: 15, status: 'done' }, undefined],
    ['no more when it is called off', { plannedStart: AT, remindMinutes: 15, status: 'cancelled' }, undefined],
  ])('is %s', (_name, values, expected) => {
    expect(remindAt({ status: 'planned', ...values }, 'Europe/Berlin')).toBe(expected);
  });

  it.each<[zone: string, day: string, minutes: number, expected: string]>([
    ['Asia/Shanghai', '2026-11-23', 0, '2026-11-23T01:00:00.000Z'],
    ['Asia/Shanghai', '2026-11-23', 1440, '2026-11-22T01:00:00.000Z'],
    ['Asia/Shanghai', '2026-11-23', 1440 + 60, '2026-11-22T00:00:00.000Z'],
    // The morning after the clocks were changed, and the one before.
    ['Europe/Berlin', '2026-03-29', 0, '2026-03-29T07:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29', 1440, '2026-03-28T08:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25', 0, '2026-10-25T08:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-04', 0, '2026-10-03T22:00:00.000Z'],
    ['Pacific/Chatham', '2026-09-27', 0, '2026-09-26T19:15:00.000Z'],
  ])('of whole days is nine in the morning in %s on %s, %i minutes before', (zone, day, remindMinutes, expected) => {
    expect(remindAt({ status: 'planned', allDay: true, ...allDaySpan(day, day, zone), remindMinutes }, zone)).toBe(expected);
  });
});

describe('what its owner is told', () => {
  const activity = (values: Values = {}): AnyRecord => ({
    ...{ id: 'act_1', version: 1, ownerId: 'sam', createdAt: AT, createdBy: 'max', updatedAt: AT, updatedBy: 'max' },
    ...{ subject: 'Call Li Lei', status: 'planned', plannedStart: AT },
    ...values,
  });

  it('is what, when and with whom', () => {
    expect(reminderOf(activity(), '青山茶业')).toEqual({
      ...{ kind: 'notify', memberId: 'sam', code: 'activityReminder', recordType: 'activity', recordId: 'act_1' },
      params: { name: 'Call Li Lei', plannedAt: AT, customer: '青山茶业' },
    });
    expect(reminderOf(activity({ allDay: true }), undefined)!.params).toEqual({ name: 'Call Li Lei', plannedAt: AT, allDay: 'true' });
  });

  it.each([
    ['app', 'app'],
    ['mail', 'mail'],
    ['both', undefined],
    [undefined, undefined],
  ])('in the way he wants: %s', (remindBy, by) => {
    expect(reminderOf(activity({ remindBy }), undefined)!.by).toBe(by);
  });

  it('is nothing where nobody owns it', () => {
    expect(reminderOf(activity({ ownerId: undefined }), undefined)).toBeUndefined();
  });
});
