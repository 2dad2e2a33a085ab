import type { Item } from '../table/failures.ts';
import { recordKey, type Key } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';

/** A record that somebody saw at a version. */
export interface Seen {
  readonly type: string;
  readonly id: string;
  readonly version: number;
}

/**
 * Items of records, none older than it was seen, and others beside them. An eventually consistent read costs half, and
 * nearly always shows what the stream told a moment ago: only what comes back older is read again, consistently. A
 * change after that has a place of its own in stream and feed.
 */
export async function getSeen(table: TenantTable, seen: readonly Seen[], others: readonly Key[] = []): Promise<Item[]> {
  const found = await table.getMany([...seen.map(({ type, id }) => recordKey(type, id)), ...others]);
  const versions = new Map(found.filter(({ sk }) => sk === 'A').map((item) => [String(item['id']), Number(item['version'])]));
  const old = seen.filter(({ id, version }) => !((versions.get(id) ?? 0) >= version));
  if (!old.length) return found;
  const stale = new Set(old.map(({ id }) => id));
  const again = await table.getMany(
    old.map(({ type, id }) => recordKey(type, id)),
    { consistent: true },
  );
  return [...found.filter((item) => item.sk !== 'A' || !stale.has(String(item['id']))), ...again];
}
