import { describe, expect, it } from 'vitest';
import { churnEffects } from '../../shared/insight/churnEffects.ts';
import { endOf, isUndone, planChurnStep, wakeChange, type ChurnStep } from '../../shared/insight/churnHandling.ts';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';

const TODAY = '2026-03-10';
const warning = (values: Values = {}): AnyRecord => ({
  id: 'chw_1',
  version: 1,
  ownerId: 'mem_1',
  createdAt: '2026-03-01T05:00:00.000Z',
  createdBy: 'system',
  updatedAt: '2026-03-01T05:00:00.000Z',
  updatedBy: 'system',
  name: 'Café Blau',
  customerId: 'cus_1',
  lastOrderOn: '2026-02-10',
  medianGapDays: 10,
  silentDays: 16,
  status: 'open',
  ...values,
});
const SNOOZED = { status: 'snoozed', snoozedUntil: '2026-03-12' };
const CLOSED = { status: 'closed', outcome: 'kept', note: 'Called' };

describe('a step', () => {
  it.each<[string, Values, ChurnStep, Values]>([
    ['acknowledges', {}, { kind: 'acknowledge' }, { status: 'acknowledged', snoozedUntil: null }],
    ['acknowledges what sleeps', SNOOZED, { kind: 'acknowledge' }, { status: 'acknowledged', snoozedUntil: null }],
    ['snoozes', {}, { kind: 'snooze', until: '2026-03-17' }, { status: 'snoozed', snoozedUntil: '2026-03-17' }],
    ['snoozes till a day that has begun somewhere', {}, { kind: 'snooze', until: TODAY }, { status: 'snoozed', snoozedUntil: TODAY }],
    ['snoozes for a year', {}, { kind: 'snooze', until: '2027-03-10' }, { status: 'snoozed', snoozedUntil: '2027-03-10' }],
    [
      'closes',
      {},
      { kind: 'close', outcome: 'lost', note: 'Moved away' },
      { status: 'closed', outcome: 'lost', note: 'Moved away', snoozedUntil: null },
    ],
    [
      'closes without a word',
      SNOOZED,
      { kind: 'close', outcome: 'kept' },
      { status: 'closed', outcome: 'kept', note: null, snoozedUntil: null },
    ],
    ['closes once', CLOSED, { kind: 'close', outcome: 'kept', note: 'Called' }, {}],
    ['reopens', CLOSED, { kind: 'reopen' }, { status: 'open', outcome: null, snoozedUntil: null }],
    ['wakes', SNOOZED, { kind: 'reopen' }, { status: 'open', outcome: null, snoozedUntil: null }],
  ])('%s', (_, stood, step, expected) => {
    expect(planChurnStep(warning(stood), step, TODAY)).toEqual(expected);
  });

  it.each<[string, Values, ChurnStep, string]>([
    ['no closed warning is acknowledged', CLOSED, { kind: 'acknowledge' }, 'churn.closed'],
    ['or snoozed', CLOSED, { kind: 'snooze', until: '2026-03-17' }, 'churn.closed'],
    ['or closed in another way', CLOSED, { kind: 'close', outcome: 'lost' }, 'churn.closed'],
    ['no snooze ends in the past', {}, { kind: 'snooze', until: '2026-03-09' }, 'input.invalid'],
    ['or after more than a year', {}, { kind: 'snooze', until: '2027-03-11' }, 'input.invalid'],
  ])('%s', (_, stood, step, code) => {
    expect(() => planChurnStep(warning(stood), step, TODAY)).toThrow(expect.objectContaining({ code }));
  });
});

describe('a warning', () => {
  it.each([
    ['2026-03-11', {}],
    ['2026-03-12', { status: 'open', snoozedUntil: null, silentDays: 30 }],
    ['2026-04-01', { status: 'open', snoozedUntil: null, silentDays: 50 }],
  ])('that sleeps till the 12th, on %s', (today, expected) => {
    expect(wakeChange(warning(SNOOZED), today)).toEqual(expected);
  });

  it('that does not sleep is woken by no day', () => {
    for (const status of ['open', 'acknowledged', 'closed']) expect(wakeChange(warning({ status }), '2030-01-01')).toEqual({});
  });

  it.each<[string, Values, string | undefined, string | undefined]>([
    ['stands while nothing is bought', {}, '2026-02-10', undefined],
    ['ends when the customer buys', {}, '2026-03-09', 'boughtAgain'],
    ['ends also asleep', SNOOZED, '2026-03-09', 'boughtAgain'],
    ['ends when the order it counts from is none', {}, '2026-01-30', 'falseAlarm'],
    ['ends when there is no order at all', {}, undefined, 'falseAlarm'],
    ['ends once', CLOSED, '2026-03-09', undefined],
  ])('%s', (_, stood, lastOn, outcome) => {
    expect(endOf(warning(stood), lastOn)).toEqual(outcome && { status: 'closed', outcome, snoozedUntil: null });
  });

  it.each<[Values, boolean]>([
    [{ status: 'closed', outcome: 'boughtAgain', updatedBy: 'system' }, true],
    [{ status: 'closed', outcome: 'boughtAgain', updatedBy: 'mem_1' }, false],
    [{ status: 'closed', outcome: 'lost', updatedBy: 'system' }, false],
    [{ status: 'open', updatedBy: 'system' }, false],
  ])('that ended like this stands again with the silence: %j', (values, expected) => {
    expect(isUndone(warning(values))).toBe(expected);
  });
});

describe('the owner is told', () => {
  const effectsOf = (before: AnyRecord | undefined, after: AnyRecord | undefined) =>
    churnEffects.flatMap((rule) => rule({ type: 'churnWarning', before, after }));

  it.each<[string, AnyRecord | undefined, AnyRecord | undefined, number]>([
    ['of a new warning', undefined, warning(), 1],
    ['of one that comes back', warning(SNOOZED), warning(), 1],
    ['of one whose end was undone', warning({ ...CLOSED, outcome: 'boughtAgain' }), warning(), 1],
    ['of one that comes with a customer', warning({ ownerId: 'mem_2' }), warning({ status: 'acknowledged' }), 1],
    ['not of one that somebody reopened', warning(CLOSED), warning({ updatedBy: 'mem_1' }), 0],
    ['not of other changes', warning(), warning({ silentDays: 17 }), 0],
    ['not when it ends', warning(), warning(CLOSED), 0],
    ['not when nobody owns it', undefined, warning({ ownerId: undefined }), 0],
    ['of a silence that is two weeks too long', undefined, warning({ silentDays: 30 }), 1],
    ['not of one that was over long ago', undefined, warning({ silentDays: 31 }), 0],
    ['not of one that was over long ago, without a rhythm', undefined, warning({ medianGapDays: undefined, silentDays: 106 }), 0],
    ['not of its removal', warning(), undefined, 0],
  ])('%s', (_, before, after, times) => {
    expect(effectsOf(before, after)).toHaveLength(times);
  });

  it('with the customer’s name, and is led to the customer', () => {
    expect(effectsOf(undefined, warning())).toEqual([
      {
        kind: 'notify',
        memberId: 'mem_1',
        code: 'churnWarning',
        params: { name: 'Café Blau', days: '16' },
        recordType: 'customer',
        recordId: 'cus_1',
      },
    ]);
  });
});
