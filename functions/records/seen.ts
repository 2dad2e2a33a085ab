import type { Item } from '../table/failures.ts';
import { recordKey } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';

/** A record that somebody saw at a version. */
export interface Seen {
  readonly type: string;
  readonly id: string;
  readonly version: number;
}

/**
 * Items of records, none older than it was seen. An eventually consistent read costs half, and nearly always shows what
 * the stream told a moment ago: only what comes back older is read again, consistently. A change after that has a place
 * of its own in stream and feed.
 */
export async function getSeen(table: TenantTable, seen: readonly Seen[]): Promise<Item[]> {
  const keyOf = ({ type, id }: Seen) => recordKey(type, id);
  const found = new Map((await table.getMany(seen.map(keyOf))).map((item) => [String(item['id']), item]));
  const old = seen.filter(({ id, version }) => !(Number(found.get(id)?.['version'] ?? 0) >= version));
  for (const { id } of old) found.delete(id);
  return [...found.values(), ...(await table.getMany(old.map(keyOf), { consistent: true }))];
}
