import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { recordKey } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';
import type { HistoryRow } from './past.ts';

/** One version of a record as its history tells it, with what stood before. */
export interface Replayed {
  readonly version: number;
  readonly at: Instant;
  readonly before: AnyRecord | undefined;
  readonly after: AnyRecord | undefined;
  /** Out of the bin. */
  readonly back: boolean;
}

/** Everything a record was, from its first version on, made of its history alone; packed fields are not in it. */
export async function replay(table: TenantTable, type: string, id: string): Promise<Replayed[]> {
  const versions: Replayed[] = [];
  let born: AnyRecord | undefined;
  let cursor: Values | undefined;
  do {
    const page = await table.query({
      pk: recordKey(type, id).pk,
      startsWith: 'V#',
      consistent: true,
      ...(cursor ? { after: cursor } : {}),
    });
    for (const item of page.items) {
      const row = item['row'] as HistoryRow;
      const before = versions.at(-1)?.after;
      const after = applied(id, before, row, born);
      born ??= after;
      versions.push({ version: row.version, at: row.at, before, after, back: row.event === 'restored' });
    }
    cursor = page.last;
  } while (cursor);
  return versions;
}

/** @param born  the record as it was created: what comes back out of the bin was made then */
function applied(
  id: string,
  before: AnyRecord | undefined,
  { version, at, by, event, changes }: HistoryRow,
  born: AnyRecord | undefined,
): AnyRecord | undefined {
  if (event === 'removed' || event === 'expired') return undefined;
  const kept = Object.entries(before ?? { createdAt: born?.createdAt ?? at, createdBy: born?.createdBy ?? by }).filter(
    ([name]) => !Object.hasOwn(changes, name),
  );
  const changed = Object.entries(changes).flatMap(([name, change]) => ('to' in change ? [[name, change.to] as const] : []));
  return { ...(Object.fromEntries([...kept, ...changed]) as AnyRecord), id, version, updatedAt: at, updatedBy: by };
}
