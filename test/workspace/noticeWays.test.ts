import { describe, expect, it } from 'vitest';
import type { Effect } from '../../shared/kernel/effect.ts';
import { noticeWays } from '../../shared/workspace/noticeWays.ts';

describe('noticeWays', () => {
  const cases: readonly [what: string, member: Record<string, string[]>, by: Effect['by'], told: string][] = [
    ['who has chosen nothing', {}, undefined, 'app mail'],
    ['another kind is off', { mutedNotices: ['mentioned'], unmailedNotices: ['mentioned'] }, undefined, 'app mail'],
    ['off in the app', { mutedNotices: ['noteAdded'] }, undefined, 'mail'],
    ['off by mail', { unmailedNotices: ['noteAdded'] }, undefined, 'app'],
    ['off in both', { mutedNotices: ['noteAdded'], unmailedNotices: ['noteAdded'] }, undefined, ''],
    ['meant for the app', {}, 'app', 'app'],
    ['meant for a mail', {}, 'mail', 'mail'],
    ['meant for the app, where it is off', { mutedNotices: ['noteAdded'] }, 'app', ''],
  ];
  it.each(cases)('%s', (_, member, by, told) => {
    const { app, mail } = noticeWays(member, { code: 'noteAdded', ...(by ? { by } : {}) });

    expect([app && 'app', mail && 'mail'].filter(Boolean).join(' ')).toBe(told);
  });
});
