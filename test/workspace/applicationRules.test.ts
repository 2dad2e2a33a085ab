import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import type { Application } from '../../shared/workspace/application.ts';
import { applicationEnds, asksForDecision, isOver, isWaiting, planApplication } from '../../shared/workspace/applications.ts';

const NOW = '2026-03-02T09:00:00.000Z';
const EARLIER = '2026-02-20T09:00:00.000Z';
const LONG_AGO = '2026-01-31T09:00:00.000Z';
const applicant = { name: 'Lucy', email: 'lucy@shop.test', language: 'en' } as const;
const made = (more: object = {}) =>
  ({ ...applicant, id: 'apl_1', version: 3, status: 'waiting', createdAt: EARLIER, ...more }) as unknown as Application;
const plan = (standing: Application | undefined, more: object = {}, id = 'apl_2') =>
  planApplication({ ...applicant, ...more }, { standing: standing as unknown as AnyRecord | undefined, id, now: NOW }).writes;

describe('an application', () => {
  it('is written, with what was said and nothing else', () => {
    expect(plan(undefined, { remark: 'Hello' })).toEqual([
      { op: 'create', type: 'application', id: 'apl_2', values: { ...applicant, remark: 'Hello', status: 'waiting' } },
    ]);
  });

  it('corrects the one that waits', () => {
    expect(plan(made({ remark: 'Old', department: 'Sales' }), { name: 'Lucy Li', department: 'Sales' })).toEqual([
      { op: 'update', type: 'application', id: 'apl_1', version: 3, change: { name: 'Lucy Li', remark: null } },
    ]);
    expect(plan(made())).toEqual([]);
  });

  it.each([
    ['was declined', { status: 'declined' }],
    ['was approved', { status: 'approved' }],
    ['has had its time', { createdAt: LONG_AGO }],
  ])('is a new one where the last %s', (_what, more) => {
    expect(plan(made(more))).toMatchObject([{ op: 'create', id: 'apl_2' }]);
  });

  it('shown by the same link once more is the same, decided or not', () => {
    expect(plan(made({ status: 'declined' }), {}, 'apl_1')).toEqual([]);
    expect(plan(made(), {}, 'apl_1')).toEqual([]);
  });

  it('waits for thirty days', () => {
    expect(applicationEnds({ createdAt: LONG_AGO })).toBe(NOW);
    expect(isOver({ createdAt: LONG_AGO }, NOW)).toBe(true);
    expect(isWaiting(made(), NOW)).toBe(true);
    expect(isWaiting(made({ createdAt: LONG_AGO }), NOW)).toBe(false);
  });

  it.each([
    ['waiting', 'approved', true],
    ['waiting', 'declined', true],
    ['declined', 'approved', true],
    ['declined', 'declined', false],
    ['approved', 'approved', false],
    ['approved', 'declined', 'application.decided'],
  ] as const)('%s, to be %s: %s', (status, decision, outcome) => {
    const decide = () => asksForDecision(made({ status }), decision, NOW);

    if (typeof outcome === 'string') expect(decide).toThrow(expect.objectContaining({ code: outcome, status: 409 }) as Error);
    else expect(decide()).toBe(outcome);
  });

  it('of long ago is decided no more', () => {
    expect(() => asksForDecision(made({ createdAt: LONG_AGO }), 'approved', NOW)).toThrow(
      expect.objectContaining({ code: 'application.over' }) as Error,
    );
  });
});
