import type { AnyRecord } from '../../shared/kernel/record.ts';
import { definitionOf } from '../../shared/registry.ts';
import { isRemoved, toRecord } from '../records/item.ts';
import { recordKey } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';

/** The member as he stands now; the directory may be half a minute behind. */
export async function findMember(table: TenantTable, id: string): Promise<AnyRecord | undefined> {
  const item = await table.get(recordKey('member', id), { consistent: true });
  return item && !isRemoved(item) ? toRecord(definitionOf('member'), item) : undefined;
}
