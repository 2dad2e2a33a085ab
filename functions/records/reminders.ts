import { remindAt } from '../../shared/activities/activityReminder.ts';
import { zoneOf } from '../../shared/insight/digestReaders.ts';
import type { Values } from '../../shared/kernel/record.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { definitionOf } from '../../shared/registry.ts';
import { readDirectory, type Directory } from '../runtime/directory.ts';
import type { Database } from '../table/database.ts';
import { armDue, disarmDue, type DueWork } from '../table/dueWork.ts';
import type { Item } from '../table/failures.ts';
import { byDue, idIn, recordKey } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';
import type { Change } from './follow.ts';
import { isRemoved, toRecord } from './item.ts';
import { getSeen } from './seen.ts';

export const reminderWork = (tenant: string, id: string, at: Instant): DueWork => ({ tenant, id, kind: 'remind', at });

/** When the owner of a stored activity is to be reminded of it, on his own wall; undefined when he is not. */
export function momentOf(item: Item | undefined, { members, workspace }: Directory): Instant | undefined {
  if (!item || isRemoved(item)) return undefined;
  const activity = toRecord(definitionOf('activity'), item);
  return remindAt(activity, zoneOf(members.get(activity.ownerId ?? '') ?? {}, workspace));
}

/**
 * Keeps the reminder of each changed activity armed where the activity, as it stands now, wants it: a late or repeated
 * event arms nothing that is no longer so. A moment that had passed when it was written is left out, since whoever wrote
 * it knows.
 */
export async function armReminders(db: Database, table: TenantTable, directory: Directory, changes: readonly Change[]): Promise<void> {
  await armMornings(db, table, changes);
  const activities = changes.filter(({ type }) => type === 'activity');
  const told = Map.groupBy(activities, ({ id }) => id);
  const moments = (items: readonly (Item | undefined)[]) =>
    new Set(items.map((item) => momentOf(item, directory)).filter((at) => at !== undefined));
  // Most activities have none, now or before: those cost no read.
  const reminded = [...told].filter(([, of]) => moments(of.flatMap(({ before, after }) => [before, after])).size);
  const newest = reminded.map(([, of]) => of.reduce((a, b) => (b.version > a.version ? b : a)));
  const now = new Map((await getSeen(table, newest)).map((item) => [String(item['id']), item]));
  for (const [id, of] of reminded) {
    const wanted = momentOf(now.get(id), directory);
    // Where every change had found it, it was armed before.
    const since = of.find(({ before }) => momentOf(before, directory) !== wanted)?.at;
    if (wanted !== undefined && since !== undefined && wanted > since) await armDue(db, reminderWork(table.tenant, id, wanted));
    // What had passed by then is on its way, and is looked at when it comes up.
    const former = [...moments(of.flatMap(({ before, after }) => [before, after]))].filter((at) => at !== wanted && at > of[0]!.at);
    for (const at of former) await disarmDue(db, reminderWork(table.tenant, id, at));
  }
}

const zoneIn = (item: Item | undefined): unknown => (item?.['data'] as Values | undefined)?.['zone'];

/** The mornings of whole days go with their owner: in another zone they are at other moments. */
async function armMornings(db: Database, table: TenantTable, changes: readonly Change[]): Promise<void> {
  const moved = changes.filter(
    ({ type, before, after }) => (type === 'member' || type === 'workspace') && before && after && zoneIn(before) !== zoneIn(after),
  );
  if (!moved.length) return;
  const { at } = moved.at(-1)!;
  // A scope of its own: what another batch has read may be older than this change.
  const directory = await readDirectory({}, table, at);
  const isHomeMoved = moved.some(({ type }) => type === 'workspace');
  const owners = new Set([
    ...moved.filter(({ type }) => type === 'member').map(({ id }) => id),
    ...[...directory.members.values()].filter(({ zone }) => isHomeMoved && !zone).map(({ id }) => id),
  ]);
  for (const ownerId of owners)
    for await (const item of wholeDaysOf(table, ownerId, at)) {
      const wanted = momentOf(item, directory);
      // The row of the former morning stays: when it comes up, it finds this one told, or yet to come.
      if (wanted !== undefined && wanted > at) await armDue(db, reminderWork(table.tenant, String(item['id']), wanted));
    }
}

/** What of a person's open work takes whole days and is not over. */
async function* wholeDaysOf(table: TenantTable, ownerId: string, now: Instant) {
  let after: Values | undefined;
  do {
    const page = await table.query({ index: 'byDue', pk: byDue('activity', ownerId), from: now, ...(after ? { after } : {}) });
    const rows = page.items.filter(({ summary }) => (summary as Values)['allDay'] === true);
    yield* await table.getMany(rows.map(({ pk }) => recordKey('activity', idIn(pk))));
    after = page.last;
  } while (after);
}
