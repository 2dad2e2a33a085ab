import { describe, expect, it } from 'vitest';
import type { Activity } from '../../shared/activities/activity.ts';
import type { Cycle } from '../../shared/activities/cycle.ts';
import { addDays, localTime, toInstant } from '../../shared/kernel/dates.ts';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { cycleText } from '../../web/src/activities/cycleText.ts';
import { agendaOf, daysOf, stepFrom } from '../../web/src/activities/agenda.ts';
import { conflicting, conflictsOf, type Taken } from '../../web/src/activities/conflicts.ts';
import { linksOf } from '../../web/src/activities/links.ts';
import { myDayOf } from '../../web/src/activities/myDay.ts';
import { suggestNextStep } from '../../web/src/activities/nextStep.ts';
import { timesOf } from '../../web/src/activities/planning.ts';
import { mondayOf, quickTimes } from '../../web/src/activities/when.ts';
import { formatsOf } from '../../web/src/kernel/formats.ts';
import { fc, runs } from '../support/properties.ts';

const SHANGHAI = 'Asia/Shanghai';
const BERLIN = 'Europe/Berlin';
/** 10:00 on Wednesday, 11 March 2026, in Shanghai. */
const NOW = '2026-03-11T02:00:00.000Z';
const activity = (id: string, values: object = {}): Activity =>
  ({ id, type: 'call', subject: id, status: 'planned', ownerId: 'mem_1', ...values }) as Activity;

describe('an activity on a record', () => {
  const everything = (): boolean => true;
  const contact = { id: 'con_1', customerId: 'cus_1', name: 'Li Lei' } as unknown as AnyRecord;

  it('concerns the record and those it belongs to', () => {
    const order = { id: 'ord_1', customerId: 'cus_1', contactId: 'con_1', opportunityId: 'opp_1' } as unknown as AnyRecord;

    expect(linksOf('contact', contact, everything)).toEqual({ contactId: 'con_1', customerId: 'cus_1' });
    expect(linksOf('order', order, everything)).toEqual({
      orderId: 'ord_1',
      customerId: 'cus_1',
      contactId: 'con_1',
      opportunityId: 'opp_1',
    });
  });

  it('is not linked to what is out of sight', () => {
    expect(linksOf('contact', contact, () => false)).toEqual({ contactId: 'con_1' });
  });

  it('of a customer below another one concerns that customer alone', () => {
    expect(linksOf('customer', { id: 'cus_2', parentId: 'cus_1' } as unknown as AnyRecord, everything)).toEqual({ customerId: 'cus_2' });
  });
});

describe('times that are often wanted', () => {
  const at = (now: string, zone: string) => Object.fromEntries(quickTimes(now, zone).map((each) => [each.key, each.at]));

  it('are a full hour ahead today, and the mornings of tomorrow and next Monday', () => {
    expect(at(NOW, SHANGHAI)).toEqual({
      today: '2026-03-11T03:00:00.000Z',
      tomorrow: '2026-03-12T01:00:00.000Z',
      nextWeek: '2026-03-16T01:00:00.000Z',
    });
  });

  it('leave half an hour to get ready', () => {
    expect(at('2026-03-11T02:30:00.000Z', SHANGHAI)['today']).toBe('2026-03-11T03:00:00.000Z');
    expect(at('2026-03-11T02:30:00.001Z', SHANGHAI)['today']).toBe('2026-03-11T04:00:00.000Z');
  });

  it('are none of today in the evening', () => {
    expect(at('2026-03-11T11:31:00.000Z', SHANGHAI)['today']).toBeUndefined();
    expect(at('2026-03-11T15:45:00.000Z', SHANGHAI)['today']).toBeUndefined();
  });

  it('stay at nine across a change of clocks', () => {
    // The clocks of Berlin go forward on Sunday, 29 March.
    expect(at('2026-03-28T12:00:00.000Z', BERLIN)).toMatchObject({
      tomorrow: '2026-03-29T07:00:00.000Z',
      nextWeek: '2026-03-30T07:00:00.000Z',
    });
  });

  it('begin weeks on Mondays', () => {
    expect(['2026-03-09', '2026-03-11', '2026-03-15'].map(mondayOf)).toEqual(['2026-03-09', '2026-03-09', '2026-03-09']);
    expect(mondayOf('2000-12-31')).toBe('2000-12-25');
  });
});

describe('planned times', () => {
  it.each([
    ['nothing', undefined, 60, {}],
    ['a moment', NOW, undefined, { plannedStart: NOW }],
    ['an hour', NOW, 60, { plannedStart: NOW, plannedEnd: '2026-03-11T03:00:00.000Z' }],
    [
      'the whole day on which it lies',
      NOW,
      'allDay' as const,
      { plannedStart: '2026-03-10T16:00:00.000Z', plannedEnd: '2026-03-11T15:59:59.999Z', allDay: true },
    ],
  ])('are %s', (_what, start, length, times) => {
    expect(timesOf(start, length, SHANGHAI)).toEqual(times);
  });
});

describe('the next step', () => {
  const done = (values: object) => ({ type: 'call' as const, customerId: 'cus_1', ...values });

  it.each([
    ['who was called is called again in a week', done({}), 'call', '2026-03-18T01:00:00.000Z'],
    ['who was visited gets it in writing the next day', done({ type: 'visit' }), 'email', '2026-03-12T01:00:00.000Z'],
    ['who was written to is called, but not at the weekend', done({ type: 'email' }), 'call', '2026-03-16T01:00:00.000Z'],
    ['of a lead, too', { type: 'message' as const, leadId: 'lea_1' }, 'call', '2026-03-16T01:00:00.000Z'],
  ])('%s', (_rule, activity, type, at) => {
    expect(suggestNextStep(activity, NOW, SHANGHAI)).toEqual({ type, at });
  });

  it('is not suggested for what comes again, or concerns nobody outside', () => {
    expect(suggestNextStep(done({ cycle: { unit: 'week', every: 1 } }), NOW, SHANGHAI)).toBeUndefined();
    expect(suggestNextStep({ type: 'todo' }, NOW, SHANGHAI)).toBeUndefined();
  });
});

describe('conflicts', () => {
  const taken = (id: string, from: string, to: string, more: object = {}): Taken =>
    activity(id, { plannedStart: `2026-03-11T${from}:00.000Z`, plannedEnd: `2026-03-11T${to}:00.000Z`, ...more });
  const meeting = taken('act_a', '09:00', '10:00');

  it.each<[string, Taken, boolean]>([
    ['overlap', taken('act_b', '09:30', '11:00'), true],
    ['lie within', taken('act_b', '09:15', '09:30'), true],
    ['touch', taken('act_b', '10:00', '11:00'), false],
    ['are a colleague’s', taken('act_b', '09:30', '11:00', { ownerId: 'mem_2' }), false],
    ['are done', taken('act_b', '09:30', '11:00', { status: 'done' }), false],
    ['take the whole day', taken('act_b', '00:00', '23:00', { allDay: true }), false],
    ['take no time', activity('act_b', { plannedStart: '2026-03-11T09:30:00.000Z' }), false],
    ['are itself', meeting, false],
  ])('of others that %s', (_how, other, found) => {
    expect(conflictsOf(meeting, [other]).map(({ id }) => id)).toEqual(found ? [other.id] : []);
  });

  it('are found in a whole agenda as they are one by one', () => {
    const minute = (of: number) => toInstant(Date.parse('2026-03-11T00:00:00.000Z') + of * 60_000);
    const some = fc.array(
      fc.record({ from: fc.nat(60), length: fc.nat(30), owner: fc.constantFrom('mem_1', 'mem_2'), allDay: fc.boolean() }),
      { maxLength: 12 },
    );

    fc.assert(
      fc.property(some, (drawn) => {
        const all = drawn.map(({ from, length, owner, allDay }, i) =>
          activity(`act_${i}`, { plannedStart: minute(from), plannedEnd: minute(from + length), ownerId: owner, allDay }),
        );
        const one = all.filter((each) => conflictsOf(each, all).length).map(({ id }) => id);
        expect([...conflicting(all)].sort()).toEqual(one.sort());
      }),
      runs(200),
    );
  });
});

describe('the agenda', () => {
  const week = daysOf('week', '2026-03-11');
  const idsOn = (days: ReturnType<typeof agendaOf>['days']) =>
    Object.fromEntries(days.filter(({ items }) => items.length).map(({ day, items }) => [day, items.map(({ id }) => id)]));

  it('shows a day, or the week around it from Monday', () => {
    expect(daysOf('day', '2026-03-11')).toEqual(['2026-03-11']);
    expect([week[0], week[6]]).toEqual(['2026-03-09', '2026-03-15']);
    expect([stepFrom('day', '2026-03-01', -1), stepFrom('week', '2026-03-11', 1)]).toEqual(['2026-02-28', '2026-03-18']);
  });

  it('orders a day by whole days, what goes on since before, and times', () => {
    const agenda = agendaOf(
      [
        activity('late', { plannedStart: '2026-03-11T08:00:00.000Z' }),
        activity('early', { plannedStart: '2026-03-11T00:00:00.000Z' }),
        activity('whole', { plannedStart: '2026-03-10T16:00:00.000Z', plannedEnd: '2026-03-11T15:59:59.999Z', allDay: true }),
        activity('fair', { plannedStart: '2026-03-10T01:00:00.000Z', plannedEnd: '2026-03-12T09:00:00.000Z' }),
        activity('until midnight', { plannedStart: '2026-03-10T14:00:00.000Z', plannedEnd: '2026-03-10T16:00:00.000Z' }),
      ],
      week,
      NOW,
      SHANGHAI,
    );

    expect(idsOn(agenda.days)).toEqual({
      '2026-03-10': ['fair', 'until midnight'],
      '2026-03-11': ['fair', 'whole', 'early', 'late'],
      '2026-03-12': ['fair'],
    });
  });

  it('shows what is done on the day on which it was, and leaves out what was called off', () => {
    const agenda = agendaOf(
      [
        activity('done', {
          status: 'done',
          plannedStart: '2026-03-09T01:00:00.000Z',
          actualStart: '2026-03-10T01:00:00.000Z',
          actualEnd: '2026-03-10T01:00:00.000Z',
        }),
        activity('off', { status: 'cancelled', plannedStart: '2026-03-10T01:00:00.000Z' }),
      ],
      week,
      NOW,
      SHANGHAI,
    );

    expect(idsOn(agenda.days)).toEqual({ '2026-03-10': ['done'] });
  });

  it('puts above its days what waits since before them, and below what has no time', () => {
    const all = [
      activity('since Monday', { plannedStart: '2026-03-09T01:00:00.000Z' }),
      activity('since May', { plannedStart: '2025-05-01T01:00:00.000Z' }),
      activity('this morning', { plannedStart: '2026-03-11T01:00:00.000Z' }),
      activity('some day'),
      activity('was', { status: 'done' }),
    ];

    const [now, today, later] = [week, ['2026-03-11'], daysOf('week', '2026-03-18')].map((days) => agendaOf(all, days, NOW, SHANGHAI));

    expect(today!.overdue.map(({ id }) => id)).toEqual(['since May', 'since Monday']);
    expect(now!.overdue.map(({ id }) => id)).toEqual(['since May']);
    expect(now!.undated.map(({ id }) => id)).toEqual(['some day']);
    expect([later!.overdue, later!.undated]).toEqual([[], []]);
  });

  it.each([
    ['forward', '2026-03-29', 23],
    ['back', '2026-10-25', 25],
  ])('gives every moment of a day to that day when the clocks go %s', (_way, day, hours) => {
    const first = Date.parse(`${day}T00:00:00+0${day < '2026-06' ? 1 : 2}:00`);
    const all = Array.from({ length: hours }, (_, hour) => activity(`h${hour}`, { plannedStart: toInstant(first + hour * 3_600_000) }));
    const days = [addDays(day, -1), day, addDays(day, 1)];

    const agenda = agendaOf(all, days, `${day}T10:00:00.000Z`, BERLIN);

    expect(agenda.days.map(({ items }) => items.length)).toEqual([0, hours, 0]);
    expect(localTime(agenda.days[1]!.items.at(-1)!.plannedStart!, BERLIN)).toBe('23:00');
  });
});

describe('how an activity comes again', () => {
  it.each<[Cycle, string, string]>([
    [{ unit: 'day', every: 1 }, 'every day', '每天'],
    [{ unit: 'weekday', every: 1 }, 'every working day', '每个工作日'],
    [{ unit: 'week', every: 2, weekdays: [3, 1] }, 'every 2 weeks on Mon, Wed', '每两周的周一、周三'],
    [{ unit: 'week', every: 3, until: '2026-12-31' }, 'every 3 weeks until 31 Dec 2026', '每3周，直到2026年12月31日'],
    [{ unit: 'month', every: 1, day: 'last' }, 'every month on the last day', '每月的最后一天'],
    [{ unit: 'month', every: 2, day: 15 }, 'every 2 months on day 15', '每两个月的15日'],
    [{ unit: 'year', every: 1, count: 1 }, 'every year, for the last time', '每年，最后一次'],
    [{ unit: 'year', every: 1, count: 4 }, 'every year, 4 times more', '每年，还有4次'],
  ])('is said in words: %j', (cycle, en, zh) => {
    expect(cycleText(cycle, 'en', formatsOf('en', SHANGHAI))).toBe(en);
    expect(cycleText(cycle, 'zh-CN', formatsOf('zh-CN', SHANGHAI))).toBe(zh);
  });
});

describe('my day', () => {
  it('is what I have before me: what waits, what is today, what has no time', () => {
    const all = [
      activity('yesterday', { plannedStart: '2026-03-10T01:00:00.000Z' }),
      activity('noon', { plannedStart: '2026-03-11T04:00:00.000Z' }),
      activity('tomorrow', { plannedStart: '2026-03-12T01:00:00.000Z' }),
      activity('some day'),
      activity('done', { status: 'done', plannedStart: '2026-03-11T04:00:00.000Z' }),
      activity('of another', { ownerId: 'mem_2', plannedStart: '2026-03-11T04:00:00.000Z' }),
    ];

    const { overdue, today, undated } = myDayOf(all, 'mem_1', NOW, SHANGHAI);

    expect([overdue, today, undated].map((part) => part.map(({ id }) => id))).toEqual([['yesterday'], ['noon'], ['some day']]);
  });
});
