import type { Instant } from '../../shared/kernel/types.ts';
import { ConditionFailed, TransactionRefused } from '../table/failures.ts';
import { FEED_HEAD, journalKey } from '../table/keys.ts';
import { ifEquals, type TenantTable } from '../table/tenantTable.ts';
import { readHead } from './feed.ts';
import { NOBODY } from './follow.ts';
import { countedYears, mendCounters, readCounters } from './recount.ts';

/**
 * Starts counting anew: everything that was counted so far is forgotten, and a recount begins after it.
 * @param times.until  what the journals tell up to then goes
 * @returns false when something was counted meanwhile: to be tried again
 */
export async function forgetCounts(
  table: TenantTable,
  members: readonly string[],
  times: { now: Instant; until: Instant },
): Promise<boolean> {
  const { position, months } = await readHead(table);
  const counts = await readCounters(table, countedYears(months, times.now));
  const gone = Object.keys(counts).map((name) => ({ name, wanted: undefined }));
  try {
    await mendCounters(table, gone, position);
    await table.update({ update: FEED_HEAD, set: { countsFrom: position }, if: ifEquals('position', position) });
  } catch (error) {
    if (error instanceof TransactionRefused || error instanceof ConditionFailed) return false;
    throw error;
  }
  for (const owner of [...members, NOBODY]) await forgetJournal(table, owner, times.until);
  return true;
}

async function forgetJournal(table: TenantTable, owner: string, until: Instant): Promise<void> {
  const { pk } = journalKey(owner, until, '', '', 0);
  let after: Record<string, unknown> | undefined;
  do {
    const page = await table.query({ pk, to: `${until}#~`, ...(after ? { after } : {}) });
    await table.writeMany(page.items.map(({ sk }) => ({ delete: { pk, sk } })));
    after = page.last;
  } while (after);
}
