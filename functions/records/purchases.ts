import { purchaseOf, type Purchase } from '../../shared/insight/churn.ts';
import type { Values } from '../../shared/kernel/record.ts';
import { definitionOf } from '../../shared/registry.ts';
import type { Item } from '../table/failures.ts';
import { byParent } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';
import { isRemoved, toRecord } from './item.ts';

const ORDER = definitionOf('order');

/** What a stored order tells about whose buying. */
export function boughtIn(item: Item | undefined): { readonly customerId: string; readonly purchase: Purchase } | undefined {
  if (!item || isRemoved(item)) return undefined;
  const values = toRecord(ORDER, item);
  const purchase = purchaseOf(values);
  return purchase && { customerId: String(values['customerId']), purchase };
}

/**
 * Everything a customer has bought, by the ids of the orders, as the index knows it: it may be a moment behind. Costs half a
 * unit for a dozen orders.
 */
export async function readPurchases(table: TenantTable, customerId: string): Promise<Map<string, Purchase>> {
  const found = new Map<string, Purchase>();
  let after: Record<string, unknown> | undefined;
  do {
    const page = await table.query({
      index: 'byParent',
      pk: byParent(customerId),
      startsWith: `${ORDER.idPrefix}_`,
      ...(after ? { after } : {}),
    });
    for (const { id, summary } of page.items) {
      const purchase = purchaseOf(summary as Values);
      if (purchase) found.set(String(id), purchase);
    }
    after = page.last;
  } while (after);
  return found;
}
