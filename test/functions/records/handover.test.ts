import { beforeAll, expect, it } from 'vitest';
import { SYSTEM_ACTOR } from '../../../shared/kernel/access.ts';
import { toChange, type Change } from '../../../functions/records/follow.ts';
import { handOver } from '../../../functions/records/handover.ts';
import { commitPlan } from '../../../functions/records/operations.ts';
import { idOf, openDesk } from '../../support/desk.ts';

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
});
const system = () => ({ ...desk.as('firm', 0), actor: SYSTEM_ACTOR });

/** A lead of member 1 that has written twice. */
async function addLead(n: number): Promise<string> {
  const [lead, form] = [idOf('lea', n), idOf('frm', n)];
  await commitPlan(system(), {
    writes: [
      { op: 'create', type: 'lead', id: lead, ownerId: idOf('mem', 1), values: { name: `Lead ${n}` } },
      { op: 'create', type: 'webForm', id: form, values: { name: 'Form' } },
      ...[n, n + 100].map((each) => ({
        op: 'create' as const,
        type: 'submission',
        id: idOf('sub', each),
        ownerId: idOf('mem', 1),
        values: { webFormId: form, leadId: lead, outcome: 'merged' },
      })),
    ],
  });
  return lead;
}
/** Gives a lead to a member; what the stream tells of it. */
async function give(lead: string, member: number): Promise<Change> {
  const ctx = system();
  const before = await desk.itemOf(ctx, 'lead', lead);
  const version = Number(before!['version']);
  await commitPlan(ctx, { writes: [{ op: 'update', type: 'lead', id: lead, version, ownerId: idOf('mem', member), change: {} }] });
  return toChange(before, await desk.itemOf(ctx, 'lead', lead), ctx.now)!;
}
const holders = async (n: number) =>
  Promise.all([n, n + 100].map(async (each) => (await desk.itemOf(system(), 'submission', idOf('sub', each)))?.['ownerId']));

it('hands a lead’s submissions over with it, once', async () => {
  const change = await give(await addLead(1), 2);

  await handOver(system, [change]);
  await handOver(system, [change]);

  expect(await holders(1)).toEqual([idOf('mem', 2), idOf('mem', 2)]);
  expect((await desk.itemOf(system(), 'submission', idOf('sub', 1)))?.['version']).toBe(2);
});

it('gives nothing back to a former owner when it is told late', async () => {
  const lead = await addLead(2);
  const [first, second] = [await give(lead, 2), await give(lead, 3)];

  await handOver(system, [second]);
  await handOver(system, [first]);

  expect(await holders(2)).toEqual([idOf('mem', 3), idOf('mem', 3)]);
});

it('does nothing where nobody’s hands change', async () => {
  const lead = await addLead(3);
  const born = toChange(undefined, await desk.itemOf(system(), 'lead', lead), system().now)!;

  await handOver(system, [born]);

  expect((await desk.itemOf(system(), 'submission', idOf('sub', 3)))?.['version']).toBe(1);
});
