import { beforeAll, describe, expect, it } from 'vitest';
import { effectsOf } from '../../../shared/effects.ts';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import { openActivities } from './activitiesDesk.ts';

let firm: Awaited<ReturnType<typeof openActivities>>;
beforeAll(async () => {
  firm = await openActivities();
});
const give = (as: 'max' | 'sam', values: Values) =>
  firm.call('POST', '/activities', { as, body: { subject: 'Ask for the order', type: 'todo', ...values } });
const told = (before: AnyRecord | undefined, after: AnyRecord): string[] =>
  effectsOf({ type: 'activity', before, after }).map(({ memberId, code }) => `${memberId} ${code}`);

describe('work for somebody else', () => {
  it('is given by a manager to a person of his span, who hears of it; and the manager hears that it is done', async () => {
    const [max, sam] = [firm.memberId('max'), firm.memberId('sam')];

    const given = await give('max', { ownerId: sam, watcherIds: [max] });
    const activity = given.body as unknown as AnyRecord;
    const done = await firm.command('complete', activity, { outcome: 'Ordered' });

    expect([given.status, done.status]).toEqual([201, 200]);
    expect(activity).toMatchObject({ ownerId: sam, createdBy: max, watcherIds: [max] });
    expect(told(undefined, activity)).toEqual([`${sam} activityAssigned`]);
    expect(told(activity, (done.body as { activity?: AnyRecord }).activity!)).toEqual([`${max} activityDone`]);
  });

  it('is not given to a colleague by who may not assign', async () => {
    const answer = await give('sam', { ownerId: firm.memberId('sue') });

    expect(answer.status).toBe(400);
    expect(answer.body['issues']).toEqual([{ field: 'ownerId', code: 'owner.outOfReach' }]);
  });

  it('may be watched by any colleague, but by nobody else', async () => {
    expect((await give('sam', { watcherIds: [firm.memberId('sue'), firm.memberId('max')] })).status).toBe(201);
    expect((await give('sam', { watcherIds: ['mem_01KJPWD6M00W3GE1R70W3GE1R7'] })).status).toBe(400);
  });
});
