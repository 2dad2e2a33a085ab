/** What the work of a day costs: lists of open activities, and what is written and follows when one is made and closed. */
import type { Values } from '../../../shared/kernel/record.ts';
import { makeId } from '../../../shared/kernel/ids.ts';
import { addDays } from '../../../shared/kernel/dates.ts';
import { activityRules } from '../../../shared/activities/activityRules.ts';
import { definitionOf } from '../../../shared/registry.ts';
import { readMyDay } from '../../../functions/activities/myDay.ts';
import { closeActivity } from '../../../functions/activities/closeActivity.ts';
import type { Context } from '../../../functions/records/context.ts';
import { toItem } from '../../../functions/records/item.ts';
import { createRecord, updateRecord } from '../../../functions/records/operations.ts';
import type { Database } from '../../../functions/table/database.ts';
import type { Item } from '../../../functions/table/failures.ts';
import { tenantTable } from '../../../functions/table/tenantTable.ts';
import { idOf } from '../../support/desk.ts';
import { nthId, TENANT } from './market.ts';

export const DAY = '2026-03-02';
const AT = '2026-01-01T08:00:00.000Z';
const NEXT_WEEK = '2026-03-09T09:00:00.000Z';

/** Of ten activities seven are done; the others wait in equal parts since yesterday, for today, and for some day. */
function valuesOf(n: number): Values {
  const day = { 0: addDays(DAY, -1 - (n % 30)), 1: DAY }[n % 10];
  const time = `T${String(8 + (n % 9)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}:00.000Z`;
  const given: Values = {
    ...{ subject: `Call about the offer, no. ${n}`, type: 'call', priority: 'high', customerId: idOf('cus', 1) },
    ...(day ? { plannedStart: day + time } : {}),
    ...{ status: n % 10 > 2 ? 'done' : 'planned', description: 'd'.repeat(300) },
  };
  return activityRules.derive(given, undefined, AT);
}

/** So many activities of one person, written past the product. */
export async function fillDays(db: Database, ownerId: string, activities: number): Promise<void> {
  const [table, definition] = [tenantTable(db, TENANT), definitionOf('activity')];
  const stamp = { requestId: 'a2f4c1d6-9b1f-4f0e-8a43-3c9b4f1d2e77', writeId: 'a2f4c1d6-9b1f-4f0e-8a43-3c9b4f1d2e77' };
  const system = { version: 1, ownerId, createdAt: AT, createdBy: ownerId, updatedAt: AT, updatedBy: ownerId };
  const bytes = (n: number) => Uint8Array.from({ length: 10 }, (_, i) => (n >> (8 * (i % 4))) % 256);
  await table.writeMany(
    Array.from({ length: activities }, (_, n) => ({
      put: toItem(definition, { ...valuesOf(n), ...system, id: makeId('act', Date.parse(AT) + n, bytes(n)) }, stamp),
    })),
  );
}

/** The reads of a day, by their names. */
export const dayReads = (ctx: () => Context, ownerId: string): Readonly<Record<string, () => Promise<unknown>>> => ({
  'my day': () => readMyDay(ctx(), { ownerId, zone: 'Europe/Berlin', day: DAY }),
});

interface Bench {
  readonly ctx: () => Context;
  readonly itemOf: (ctx: Context, type: string, id: string) => Promise<Item | undefined>;
  readonly note: (name: string, work: () => Promise<unknown>) => Promise<void>;
  readonly noteStream: (name: string, before: Item | undefined, after: Item | undefined) => Promise<void>;
}

/** One weekly call with a customer, his contact and a deal, from its plan to the next one. */
export async function measureActivities({ ctx, itemOf, note, noteStream }: Bench): Promise<void> {
  const contact = await createRecord(ctx(), 'contact', { name: 'Li Lei', customerId: nthId('cus', 0) });
  const deal = { title: 'Tea for a year', objectKind: 'customer', customerId: nthId('cus', 0) };
  const opportunity = await createRecord(ctx(), 'opportunity', { ...deal, stage: 'firstContact' });
  const id = idOf('act', 1);
  const standing = () => itemOf(ctx(), 'activity', id);
  await note('plan a call', () =>
    createRecord(ctx(), 'activity', {
      ...{ id, subject: 'Call about the offer', type: 'call', priority: 'high', description: 'd'.repeat(200) },
      ...{ customerId: nthId('cus', 0), contactId: contact.id, opportunityId: opportunity.id },
      ...{ plannedStart: NEXT_WEEK, remindMinutes: 15, cycle: { unit: 'week', every: 1 } },
    }),
  );
  const planned = await standing();
  await noteStream('stream after a planned call, shown in three timelines and with a reminder', undefined, planned);
  await note('edit a call', () => updateRecord(ctx(), 'activity', id, 1, { description: 'With samples' }));
  const edited = await standing();
  await noteStream('stream after an edit of a call', planned, edited);
  const nextStep = { subject: 'Send samples', type: 'todo' };
  await note('complete a call, with the next of its cycle and a next step', () =>
    closeActivity(ctx(), id, 2, { status: 'done', values: { outcome: 'Wants samples' }, nextStep }, () => 'Europe/Berlin'),
  );
  await noteStream('stream after a completed call', edited, await standing());
}
