import { can, maskRecord } from '../../shared/kernel/access.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { reminderOf } from '../../shared/activities/activityReminder.ts';
import { definitionOf } from '../../shared/registry.ts';
import { isRemoved, toRecord } from '../records/item.ts';
import { momentOf, reminderWork } from '../records/reminders.ts';
import { actorOf, readDirectory, type Directory } from '../runtime/directory.ts';
import type { EffectMessage } from '../services/effectsQueue.ts';
import type { Database } from '../table/database.ts';
import { armDue } from '../table/dueWork.ts';
import type { Item } from '../table/failures.ts';
import { recordKey } from '../table/keys.ts';
import { tenantTable } from '../table/tenantTable.ts';

interface Due {
  /** The activity. */
  readonly id: string;
  readonly at: Instant;
}
/** Reminders of one workspace that are due. */
export interface ReminderWork extends Due {
  readonly tenant: string;
  readonly also?: readonly Due[];
  readonly now: Instant;
}

/**
 * Reminds the owners of activities that are due for it, as they stand now: one that was done, moved, given up or whose
 * owner has left reminds nobody. A reminder is named by its activity and the moment that it wants, whichever row brought it
 * here, so that a second one is known.
 */
export async function sendReminders(
  db: Database,
  { tenant, id, at, also = [], now }: ReminderWork,
  tell: (messages: readonly EffectMessage[]) => Promise<void>,
): Promise<void> {
  const table = tenantTable(db, tenant);
  const directory = await readDirectory(db, table, now);
  const due = [{ id, at }, ...also];
  const activities = await table.getMany(
    due.map((each) => recordKey('activity', each.id)),
    { consistent: true },
  );
  const standing = new Map(activities.map((item) => [String(item['id']), item]));
  const customers = await table.getMany(
    [...new Set(activities.flatMap(({ data }) => (data as { customerId?: string }).customerId ?? []))].map((each) =>
      recordKey('customer', each),
    ),
  );
  const messages: EffectMessage[] = [];
  for (const one of due) {
    const item = standing.get(one.id);
    const moment = momentOf(item, directory);
    if (item === undefined || moment === undefined) continue;
    // Whole days begin later where their owner has moved to; what else was moved has this very row already.
    if (moment > now) await armDue(db, reminderWork(tenant, one.id, moment));
    else messages.push(...messageOf(tenant, directory, item, customers, moment));
  }
  await tell(messages);
}

function messageOf(tenant: string, directory: Directory, item: Item, customers: readonly Item[], at: Instant): EffectMessage[] {
  const activity = toRecord(definitionOf('activity'), item);
  const actor = activity.ownerId === undefined ? undefined : actorOf(directory, activity.ownerId);
  if (!actor) return [];
  const effect = reminderOf(activity, customerName());
  return effect ? [{ tenant, effect, type: 'activity', id: activity.id, version: 0, at, requestId: `remind-${activity.id}` }] : [];

  function customerName(): string | undefined {
    const found = customers.find(({ id }) => id === activity['customerId']);
    if (!found || isRemoved(found)) return undefined;
    const definition = definitionOf('customer');
    const customer = toRecord(definition, found);
    const name = can(actor!, 'read', definition, customer) ? maskRecord(actor!, definition, customer)['name'] : undefined;
    return typeof name === 'string' ? name : undefined;
  }
}
