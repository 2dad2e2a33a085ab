import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../shared/kernel/record.ts';
import { LEAD_STATUSES } from '../../shared/leads/lead.ts';
import { isOpen, leadMetrics, statusFollows } from '../../shared/leads/leadStatus.ts';

const at = '2026-03-01T00:00:00.000Z';
const lead = (status?: string): AnyRecord =>
  ({
    id: 'lea_1',
    version: 1,
    createdAt: at,
    createdBy: 'm',
    updatedAt: at,
    updatedBy: 'm',
    name: 'Li Lei',
    ...(status ? { status } : {}),
  }) as AnyRecord;
const issues = (was: string | undefined, values: Record<string, unknown>) =>
  statusFollows.check(values, was === undefined ? undefined : { status: was }).map((issue) => issue.code);

describe('the status of a lead', () => {
  it('starts as new and is kept otherwise', () => {
    expect(statusFollows.derive({ name: 'Li Lei' })).toEqual({ name: 'Li Lei', status: 'new' });
    expect(statusFollows.derive({ status: 'working' })).toEqual({ status: 'working' });
  });

  it('moves freely between all but converted', () => {
    const free = LEAD_STATUSES.map(({ key }) => key).filter((key) => key !== 'converted');
    for (const was of [undefined, ...free]) for (const is of free) expect(issues(was, { status: is })).toEqual([]);
  });

  it('becomes converted by the conversion alone, which says when', () => {
    for (const was of [undefined, 'new', 'unqualified']) {
      expect(issues(was, { status: 'converted' })).toEqual(['lead.status.convertOnly']);
      expect(issues(was, { status: 'converted', convertedAt: at })).toEqual([]);
    }
  });

  it('is final once converted, also against clearing it', () => {
    for (const is of ['new', 'working', 'qualified', 'unqualified'])
      expect(issues('converted', { status: is, convertedAt: at })).toEqual(['lead.status.final']);
    expect(issues('converted', statusFollows.derive({ convertedAt: at }))).toEqual(['lead.status.final']);
    expect(issues('converted', { status: 'converted', convertedAt: at })).toEqual([]);
  });

  it('is open exactly as long as its meaning says so', () => {
    for (const { key, means } of LEAD_STATUSES) expect(isOpen(key)).toBe(means === 'open');
    expect(isOpen(undefined)).toBe(true);
  });
});

describe('what is counted of leads', () => {
  it.each<[string, string | undefined, string | undefined, object]>([
    ['a new one', undefined, 'new', { created: 1 }],
    ['one that comes in already qualified', undefined, 'qualified', { created: 1, qualified: 1 }],
    ['going to work', 'new', 'working', { working: 1 }],
    ['qualifying', 'working', 'qualified', { qualified: 1 }],
    ['giving up', 'working', 'unqualified', { unqualified: 1 }],
    ['converting', 'qualified', 'converted', { converted: 1 }],
    ['going back', 'working', 'new', {}],
    ['an edit of something else', 'working', 'working', {}],
  ])('%s', (_what, was, is, expected) => {
    expect(leadMetrics(was === undefined ? undefined : lead(was), lead(is))).toEqual(expected);
  });

  it('is nothing when a lead is deleted', () => {
    for (const { key } of LEAD_STATUSES) expect(leadMetrics(lead(key), undefined)).toEqual({});
  });
});
