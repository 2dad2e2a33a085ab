import { SYSTEM_ACTOR } from '../../shared/kernel/access.ts';
import { toMs } from '../../shared/kernel/dates.ts';
import type { AnyRecord, RecordDefinition } from '../../shared/kernel/record.ts';
import { receiverOf, type Receivers } from '../../shared/workspace/handover.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { TransactionRefused } from '../table/failures.ts';
import { successorKey } from '../table/keys.ts';
import { ifEquals, type TenantTable } from '../table/tenantTable.ts';
import type { Context } from './context.ts';
import { BIN_DAYS, isPersonal } from './item.ts';

/** Longer than anything lies in the bin. */
const KEPT_DAYS = BIN_DAYS + 10;
/** Whoever took over may have left as well; a circle ends here. */
const MOST_LEAPS = 10;

/** Remembers who has taken a member's records over, for those that come out of the bin later. @param id  of the hand-over */
export const keepSuccessor = (table: TenantTable, memberId: string, { to, types }: Receivers, id: string, now: Instant): Promise<void> =>
  table.put({ ...successorKey(memberId), id, to, types, expiresAt: Math.floor(toMs(now) / 1000) + KEPT_DAYS * 86_400 });

/** Forgets him, where that hand-over is still the last. @param id  of the hand-over */
export async function forgetSuccessor(table: TenantTable, memberId: string, id: string): Promise<void> {
  const known = await table.get(successorKey(memberId), { consistent: true });
  if (known?.['id'] !== id) return;
  // Another hand-over that begins in this moment counts.
  await table.transact([{ delete: successorKey(memberId), if: ifEquals('id', id) }]).catch((error: unknown) => {
    if (!(error instanceof TransactionRefused)) throw error;
  });
}

/**
 * Whose a record is that comes out of the bin: its owner's; where he has left, whoever took over from him, and in the end
 * whoever brings it back.
 */
export async function ownerOnReturn(ctx: Context, definition: RecordDefinition, { ownerId }: AnyRecord): Promise<string | undefined> {
  const { activeMembers, actor, table } = ctx;
  if (ownerId === undefined || activeMembers.has(ownerId) || isPersonal(definition) || actor === SYSTEM_ACTOR) return ownerId;
  let holder = ownerId;
  for (let leap = 0; leap < MOST_LEAPS; leap++) {
    const successor = (await table.get(successorKey(holder), { consistent: true })) as unknown as Receivers | undefined;
    if (!successor) break;
    holder = receiverOf(successor, definition.name);
    if (activeMembers.has(holder)) return holder;
  }
  return actor.memberId;
}
