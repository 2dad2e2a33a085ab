import { describe, expect, it } from 'vitest';
import { activity } from '../../shared/activities/activity.ts';
import { activityRules, isOpenActivity, SOMEDAY } from '../../shared/activities/activityRules.ts';
import { ACTIVITY_STATUSES } from '../../shared/activities/lists.ts';
import type { Values } from '../../shared/kernel/record.ts';

const [EARLY, NOON, LATE] = ['2026-11-23T08:00:00.000Z', '2026-11-23T12:00:00.000Z', '2026-11-23T16:00:00.000Z'];
const derive = (values: Values, before?: Values): Values => activityRules.derive(values, before, NOON);
const issues = (values: Values, before?: Values): string[] =>
  activityRules.check(derive(values, before)).map(({ field, code }) => `${field} ${code}`);

describe('the status of an activity', () => {
  it('is what its times say, unless it is said', () => {
    expect(derive({})['status']).toBe('planned');
    expect(derive({ actualStart: EARLY })['status']).toBe('inProgress');
    expect(derive({ actualEnd: EARLY })['status']).toBe('done');
    expect(derive({ status: 'cancelled' })['status']).toBe('cancelled');
  });

  it.each<[string, Values, Values | undefined, Values]>([
    ['begins when it goes into progress', { status: 'inProgress' }, { status: 'planned' }, { actualStart: NOON }],
    ['began when it says so', { status: 'inProgress', actualStart: EARLY }, undefined, { actualStart: EARLY }],
    ['ends when it is done', { status: 'done', actualStart: EARLY }, { status: 'inProgress' }, { actualStart: EARLY, actualEnd: NOON }],
    ['took no time that anybody knows of', { status: 'done' }, undefined, { actualStart: NOON, actualEnd: NOON }],
    ['ended when it says so', { status: 'done', actualEnd: EARLY }, undefined, { actualStart: EARLY, actualEnd: EARLY }],
    [
      'planned again has not happened',
      { status: 'planned', actualStart: EARLY, actualEnd: NOON },
      { status: 'done', actualStart: EARLY, actualEnd: NOON },
      {},
    ],
    [
      'begun again has not ended',
      { status: 'inProgress', actualStart: EARLY, actualEnd: NOON },
      { status: 'done', actualStart: EARLY, actualEnd: NOON },
      { actualStart: EARLY },
    ],
    ['called off keeps what it had', { status: 'cancelled', actualStart: EARLY }, { status: 'inProgress' }, { actualStart: EARLY }],
  ])('%s', (_name, values, before, expected) => {
    const { status: _status, dueAt: _dueAt, ...times } = derive(values, before);
    expect(times).toEqual(expected);
    expect(issues(values, before)).toEqual([]);
  });

  it('is open exactly as long as its meaning says so', () => {
    for (const { key, means } of ACTIVITY_STATUSES) expect(isOpenActivity({ status: key })).toBe(means === 'open');
  });

  it('refuses times that contradict it', () => {
    expect(issues({ status: 'planned', actualStart: EARLY })).toEqual(['actualStart activity.time.notBegun']);
    expect(issues({ status: 'inProgress', actualEnd: EARLY })).toEqual([
      'actualEnd activity.time.notEnded',
      'actualEnd activity.time.endBeforeStart',
    ]);
    expect(issues({ status: 'done', actualStart: LATE })).toEqual(['actualEnd activity.time.endBeforeStart']);
  });
});

describe('what is due', () => {
  it.each<[string, Values, string | undefined]>([
    ['at its end', { plannedStart: EARLY, plannedEnd: LATE }, LATE],
    ['else at its start', { plannedStart: EARLY }, EARLY],
    ['by a moment', { plannedEnd: LATE }, LATE],
    ['at the end of its day', { plannedStart: '2026-11-23T00:00:00.000Z', allDay: true }, '2026-11-23T23:59:59.999Z'],
    ['at the end of its last day', { plannedStart: EARLY, plannedEnd: LATE, allDay: true }, LATE],
    ['some day', {}, SOMEDAY],
    ['while it is done', { plannedStart: EARLY, status: 'inProgress' }, EARLY],
    ['not when it was done', { plannedStart: EARLY, status: 'done' }, undefined],
    ['not when it was called off', { plannedStart: EARLY, status: 'cancelled', dueAt: EARLY }, undefined],
  ])('is so %s', (_name, values, expected) => {
    expect(derive(values)['dueAt']).toBe(expected);
  });

  it('stands in the lists of open work under a moment that the field takes', () => {
    expect(activity.paths.due).toBe('dueAt');
    expect(new Date(SOMEDAY).toISOString()).toBe(SOMEDAY);
  });
});

describe('an activity', () => {
  const weekly = { unit: 'week', every: 1 };

  it('does not end before it starts, as planned or in fact', () => {
    expect(issues({ plannedStart: LATE, plannedEnd: EARLY })).toEqual(['plannedEnd activity.time.endBeforeStart']);
    expect(issues({ plannedStart: EARLY, plannedEnd: EARLY })).toEqual([]);
    expect(issues({ status: 'done', actualStart: LATE, actualEnd: EARLY })).toEqual(['actualEnd activity.time.endBeforeStart']);
  });

  it('comes again only from a time, and only while it is open: closing it hands the cycle on', () => {
    expect(issues({ cycle: weekly })).toEqual(['cycle activity.cycle.noTime']);
    expect(issues({ cycle: weekly, plannedStart: EARLY })).toEqual([]);
    for (const status of ['done', 'cancelled'])
      expect(issues({ cycle: weekly, plannedStart: EARLY, status })).toEqual(['cycle activity.cycle.closed']);
  });

  it('follows from its values alone: derived twice it is the same', () => {
    for (const { key: status } of ACTIVITY_STATUSES) {
      const once = derive({ status, plannedStart: EARLY });
      expect(activityRules.derive(once, once, LATE)).toEqual(once);
    }
  });
});
