import { findDefinition } from '../../shared/registry.ts';
import { enqueueEffects } from '../services/effectsQueue.ts';
import { removeStored } from '../services/fileStore.ts';
import type { Item } from '../table/failures.ts';
import { fileKey, recordKey } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';
import { storeKey } from './files.ts';
import { isRemoved } from './item.ts';

/** Files that nothing points at any more: one whose item is gone, or all of a record that has left the bin. */
export interface Gone {
  readonly type: string;
  readonly id: string;
  readonly fileId?: string;
}

/** What is gone, from a stream record's images; undefined where everything still stands. */
export function toGone(before: Item | undefined, after: Item | undefined): Gone | undefined {
  if (!before || after) return undefined;
  const [, , type = '', id = ''] = before.pk.split('#');
  if (before.sk.startsWith('F#')) return { type, id, fileId: before.sk.slice('F#'.length) };
  return before.sk === 'A' && isRemoved(before) && findDefinition(type)?.discussed ? { type, id } : undefined;
}

/**
 * Has the bytes of files removed whose items are gone, and the items of files whose record is: those then come here in
 * their turn.
 * @throws AppError queue.unavailable (503)
 */
export async function letFilesGo(table: TenantTable, gone: readonly Gone[]): Promise<void> {
  for (const { type, id, fileId } of gone) if (fileId === undefined) await removeItems(table, type, id);
  const { tenant } = table;
  await enqueueEffects(gone.flatMap(({ type, id, fileId }) => (fileId === undefined ? [] : [{ tenant, gone: { type, id, fileId } }])));
}

async function removeItems(table: TenantTable, type: string, id: string): Promise<void> {
  let after: Record<string, unknown> | undefined;
  do {
    const page = await table.query({ pk: recordKey(type, id).pk, startsWith: 'F#', ...(after ? { after } : {}) });
    await table.writeMany(page.items.map(({ sk }) => ({ delete: { pk: recordKey(type, id).pk, sk } })));
    after = page.last;
  } while (after);
}

/** Removes a file's bytes, unless its item stands there again: the same file was announced anew. */
export async function removeBytes(table: TenantTable, { type, id, fileId }: Required<Gone>): Promise<void> {
  if (await table.get(fileKey(type, id, fileId), { consistent: true })) return;
  await removeStored(storeKey(table.tenant, type, id, fileId));
}
