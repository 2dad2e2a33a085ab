import { beforeAll, describe, expect, it } from 'vitest';
import type { Values } from '../../../shared/kernel/record.ts';
import type { MyDay } from '../../../functions/activities/myDay.ts';
import { idOf } from '../../support/desk.ts';
import { NOON, openActivities } from './activitiesDesk.ts';

let firm: Awaited<ReturnType<typeof openActivities>>;
beforeAll(async () => {
  firm = await openActivities();
});
const dayOf = async (as: string, query = '', at?: string): Promise<MyDay> => {
  const answer = await firm.call('GET', `/activities/my-day${query}`, { as, ...(at ? { at: Date.parse(at) } : {}) });
  expect(answer.status).toBe(200);
  return answer.body as unknown as MyDay;
};
const subjects = ({ items }: MyDay['today']): string[] => items.map(({ subject }) => subject);
const addFor = (name: 'sam' | 'sue' | 'olga', subject: string, values: Values = {}) =>
  firm.add({ subject, ownerId: firm.memberId(name), ...values });

describe('my day', () => {
  it('holds what is overdue, what is due today on the owner’s wall, and what has no time', async () => {
    await addFor('sam', 'Late', { plannedStart: '2026-02-27T09:00:00.000Z' });
    await addFor('sam', 'Very late', { plannedStart: '2026-02-01T09:00:00.000Z' });
    await addFor('sam', 'Last moment of yesterday', { plannedEnd: '2026-03-01T22:59:59.999Z' });
    await addFor('sam', 'First moment of today', { plannedEnd: '2026-03-01T23:00:00.000Z' });
    const noon = await addFor('sam', 'Noon', { plannedStart: NOON, type: 'visit', priority: 'high' });
    await addFor('sam', 'All day', { plannedStart: '2026-03-01T23:00:00.000Z', plannedEnd: '2026-03-02T22:59:59.999Z', allDay: true });
    await addFor('sam', 'Tomorrow', { plannedStart: '2026-03-02T23:00:00.000Z' });
    await addFor('sam', 'Some day');
    await addFor('sam', 'Begun', { status: 'inProgress', plannedStart: '2026-03-02T15:00:00.000Z' });
    await addFor('sam', 'Done', { status: 'done', plannedStart: NOON });
    await addFor('sue', 'Not his', { plannedStart: NOON });

    const day = await dayOf('sam');

    expect([day.ownerId, day.day, day.zone]).toEqual([firm.memberId('sam'), '2026-03-02', 'Europe/Berlin']);
    expect(subjects(day.overdue)).toEqual(['Last moment of yesterday', 'Late', 'Very late']);
    expect(subjects(day.today)).toEqual(['First moment of today', 'Noon', 'Begun', 'All day']);
    expect(subjects(day.someday)).toEqual(['Some day']);
    expect(day.today.items[1]).toEqual({
      ...{ id: noon.id, subject: 'Noon', type: 'visit', status: 'planned', priority: 'high' },
      ...{ plannedStart: NOON, dueAt: NOON },
    });
    expect(day.someday.items[0]).not.toHaveProperty('dueAt');
  });

  it('of another day is that day’s', async () => {
    expect(subjects((await dayOf('sam', '?day=2026-03-03')).today)).toEqual(['Tomorrow']);
    expect(subjects((await dayOf('sam', '', '2026-03-03T09:00:00.000Z')).today)).toEqual(['Tomorrow']);
  });

  it('has 23 hours when the clocks go forward', async () => {
    const day = '2026-03-29';
    await addFor('olga', 'Still today', { plannedEnd: '2026-03-29T21:59:59.999Z' });
    await addFor('olga', 'Not any more', { plannedEnd: '2026-03-29T22:00:00.000Z' });

    expect(subjects((await dayOf('olga', `?day=${day}`)).today)).toEqual(['Still today']);
  });

  it('of a colleague is for those who read his activities', async () => {
    const of = `?owner=${firm.memberId('sue')}`;

    expect(subjects((await dayOf('max', of)).today)).toEqual(['Not his']);
    expect((await firm.call('GET', `/activities/my-day${of}`, { as: 'sam' })).status).toBe(404);
    for (const as of ['max', 'olga'])
      expect((await firm.call('GET', `/activities/my-day?owner=${idOf('mem', 99)}`, { as })).status).toBe(404);
  });

  it.each(['?day=2026-02-30', '?day=today', '?limit=3'])('refuses %s', async (query) => {
    expect((await firm.call('GET', `/activities/my-day${query}`, { as: 'sam' })).status).toBe(400);
  });

  it('says when there is more than it tells', async () => {
    for (let n = 0; n < 30; n++) await addFor('sue', `Call ${n}`, { plannedStart: `2026-03-04T08:${10 + n}:00.000Z` });

    const day = await dayOf('sue', '?day=2026-03-04');
    const later = await dayOf('sue', '?day=2026-03-05');

    expect([day.today.items.length, day.today.more]).toEqual([20, true]);
    expect([later.overdue.items.length, later.overdue.more]).toEqual([15, true]);
    expect(subjects(later.overdue)[0]).toBe('Call 29');
  });
});
