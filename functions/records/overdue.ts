import { toInstant, toMs } from '../../shared/kernel/dates.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { byDue } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';

/** As many as one block of an index holds: half a read unit for each person, however much he has left undone. */
const MOST_COUNTED = 8;

/** What a person has left undone: how many, or that they are more than are counted. */
export interface Overdue {
  readonly count: number;
  readonly more: boolean;
}

/**
 * How many activities of a person were due before a moment and are still open.
 * @param before  now; or the start of his day, when what is due today is not late yet
 */
export async function overdueOf(table: TenantTable, ownerId: string, before: Instant): Promise<Overdue> {
  const { items } = await table.query({ index: 'byDue', pk: byDue('activity', ownerId), to: justBefore(before), limit: MOST_COUNTED + 1 });
  return { count: Math.min(items.length, MOST_COUNTED), more: items.length > MOST_COUNTED };
}

/** Keys of due work are whole milliseconds. */
const justBefore = (moment: Instant): Instant => toInstant(toMs(moment) - 1);
