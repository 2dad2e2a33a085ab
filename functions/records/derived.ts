import type { Derivation } from '../../shared/kernel/derivation.ts';
import { sameValue } from '../../shared/kernel/diff.ts';
import type { TimelineRow } from '../../shared/kernel/plan.ts';
import type { Values } from '../../shared/kernel/record.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { DERIVATIONS } from '../../shared/derivations.ts';
import { definitionOf } from '../../shared/registry.ts';
import { TransactionRefused, type Item } from '../table/failures.ts';
import { derivedKey, recordKey } from '../table/keys.ts';
import { IF_ABSENT, ifEquals, type TenantTable } from '../table/tenantTable.ts';
import { readHead } from './feed.ts';
import { appendRows } from './feedAppend.ts';
import type { Change } from './follow.ts';
import { isRemoved, toRecord } from './item.ts';

const TIMELINE_ROWS = 100;
const MOST_TRIES = 12;

/**
 * Brings derived values to what the records and their timelines say now.
 * @param rules  all of them unless said otherwise
 */
export async function deriveChanges(
  table: TenantTable,
  changes: readonly Change[],
  rules: readonly Derivation[] = DERIVATIONS,
): Promise<void> {
  for (const rule of rules) {
    const touched = changes.flatMap((change) => {
      const after = change.after && !isRemoved(change.after) ? toRecord(definitionOf(change.type), change.after) : undefined;
      const id = rule.touchedBy({ type: change.type, after });
      return id === undefined ? [] : [[id, change.at] as const];
    });
    for (const [id, at] of new Map(touched)) await deriveOne(table, rule, id, at);
  }
}

async function deriveOne(table: TenantTable, { type, derive }: Derivation, id: string, at: Instant): Promise<void> {
  await writeDerived(table, type, id, at, async (item) => {
    const { items } = await table.query({
      pk: recordKey(type, id).pk,
      startsWith: 'L#',
      newestFirst: true,
      consistent: true,
      limit: TIMELINE_ROWS,
    });
    const timeline = items.map((row): TimelineRow => ({ at: String(row['at']), ...(row['row'] as Omit<TimelineRow, 'at'>) }));
    return derive(toRecord(definitionOf(type), item), timeline);
  });
}

/**
 * Puts values beside a record and tells the feed, in one transaction: they have no version of their own, so a reader
 * learns of them by their row alone. Writes nothing where nothing is new or the record is gone.
 * @param values  computed after the values that stand have been read: whoever computed from less must try again
 */
async function writeDerived(
  table: TenantTable,
  type: string,
  id: string,
  at: Instant,
  values: (item: Item) => Promise<Values>,
): Promise<void> {
  for (let round = 1; ; round++) {
    const [item, stood] = await Promise.all([
      table.get(recordKey(type, id), { consistent: true }),
      table.get(derivedKey(type, id), { consistent: true }),
    ]);
    if (!item || isRemoved(item)) return;
    const data = { ...(stood?.['data'] as Values | undefined), ...(await values(item)) };
    if (stood && sameValue(stood['data'], data)) return;
    const change = Number(stood?.['change'] ?? 0) + 1;
    const row = {
      type,
      id,
      version: Number(item['version']),
      derived: true as const,
      ...(item['ownerId'] ? { was: String(item['ownerId']) } : {}),
    };
    try {
      await table.transact([
        { put: { ...derivedKey(type, id), change, data }, if: stood ? ifEquals('change', stood['change']) : IF_ABSENT },
        ...appendRows(await readHead(table), at, [row]),
      ]);
      return;
    } catch (error) {
      if (!(error instanceof TransactionRefused) || round >= MOST_TRIES) throw error;
    }
  }
}
