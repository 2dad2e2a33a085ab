import { can } from '../../shared/kernel/access.ts';
import type { AnyRecord, RecordDefinition, Values } from '../../shared/kernel/record.ts';
import { REGISTRY } from '../../shared/registry.ts';
import { goesAlong, holdingsIn, isOpenRecord, type Holding } from '../../shared/workspace/handover.ts';
import type { Item } from '../table/failures.ts';
import { byOwner, byType } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';
import { typeOf, type Context } from './context.ts';

/** How much of a type somebody holds in one way. */
export interface Held {
  readonly type: string;
  /** `ownerId`, or the field that names him. */
  readonly field: string;
  readonly count: number;
  /** Of them, those about which there is something left to do; absent where records of the type never end. */
  readonly open?: number;
}

/** What a member holds, as far as the caller may give it to others: the whole of what is his, or nothing of it. */
export function bookOf(ctx: Context, memberId: string): Holding[] {
  const subject = { ownerId: memberId };
  const mayGive = (definition: RecordDefinition): boolean =>
    (['read', 'update', 'assign'] as const).every((action) => can(ctx.actor, action, definition, subject));
  return holdingsIn(REGISTRY.map(({ name }) => typeOf(ctx, name))).filter(({ definition, field }) =>
    field === 'ownerId' ? mayGive(definition) : can(ctx.actor, 'update', definition),
  );
}

/** The member that holds the record in this way. */
export const holderOf = ({ field }: Holding, record: AnyRecord): string | undefined => record[field] as string | undefined;

/** Ids on one page of what he holds in one way; of what he is named in, the list of the type is read. */
export async function readBook(
  table: TenantTable,
  holding: Holding,
  memberId: string,
  { limit, after }: { readonly limit?: number; readonly after?: Record<string, unknown> | undefined } = {},
): Promise<{ rows: Item[]; last: Record<string, unknown> | undefined }> {
  const { definition, field } = holding;
  const isOwn = field === 'ownerId';
  const page = await table.query({
    ...(isOwn ? { index: 'byOwner', pk: byOwner(definition.name, memberId) } : { index: 'byType', pk: byType(definition.name) }),
    ...(limit === undefined ? {} : { limit }),
    ...(after ? { after } : {}),
  });
  const rows = page.items.filter(
    (row) => goesAlong(definition, row['summary'] as Values) && (isOwn || (row['data'] as Values)[field] === memberId),
  );
  return { rows, last: page.last };
}

/** Counts what he holds from the rows of the lists alone; what he holds nothing of is left out. */
export async function countBook(ctx: Context, memberId: string): Promise<Held[]> {
  const counted = await Promise.all(bookOf(ctx, memberId).map((holding) => countOf(ctx.table, holding, memberId)));
  return counted.filter(({ count }) => count > 0);
}

async function countOf(table: TenantTable, holding: Holding, memberId: string): Promise<Held> {
  const { definition, field } = holding;
  let [count, open] = [0, 0];
  let after: Record<string, unknown> | undefined;
  do {
    const { rows, last } = await readBook(table, holding, memberId, { after });
    count += rows.length;
    open += rows.filter((row) => isOpenRecord(definition, row['summary'] as Values)).length;
    after = last;
  } while (after);
  return { type: definition.name, field, count, ...(definition.endsBy && !definition.staysWhenEnded ? { open } : {}) };
}
