import { createHash } from 'node:crypto';
import { rhythmOf, type Rhythm } from '../../shared/insight/churn.ts';
import { endOf, isWarning } from '../../shared/insight/churnHandling.ts';
import { localDay, nextLocalTime, toMs } from '../../shared/kernel/dates.ts';
import { sameValue } from '../../shared/kernel/diff.ts';
import { AppError } from '../../shared/kernel/errors.ts';
import { makeId } from '../../shared/kernel/ids.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { definitionOf } from '../../shared/registry.ts';
import type { Database } from '../table/database.ts';
import { armDue, type DueWork } from '../table/dueWork.ts';
import type { Item } from '../table/failures.ts';
import { byParent, churnWatchKey, recordKey, type Key } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';
import { commit } from './commit.ts';
import type { Context } from './context.ts';
import { toldOf, type Change, type Told } from './follow.ts';
import { isRemoved, toRecord } from './item.ts';
import { prepareUpdate } from './prepare.ts';
import { boughtIn, readPurchases } from './purchases.ts';
import { getSeen } from './seen.ts';

/*
 * Of every customer who has bought, a row stands under the day on which his silence is too long, so that the morning's job
 * reads those whose day has come and no others. A row is held against the orders when it comes up: one too many is harmless.
 * The index that the orders are read from may be a moment behind; what it misses has an event of its own.
 */

/** Where the stream's reader works: one workspace. */
export interface Watch {
  readonly db: Database;
  readonly table: TenantTable;
  readonly zone: string;
  readonly ctx: (change: Change) => Context;
}

const WARNING = definitionOf('churnWarning');
/** Before people come to work, and before the digests are made. */
const CHURN_TIME = '05:00';
const MOST_TRIES = 5;

/** The next look at those customers of a workspace whose day has come. */
export const churnWork = (tenant: string, now: Instant, zone: string): DueWork => ({
  tenant,
  id: 'churn',
  kind: 'churn',
  at: nextLocalTime(now, CHURN_TIME, zone),
});

/** The same for the same silence of the same customer, whoever makes it: he is warned of once. */
export const warningIdOf = (tenant: string, customerId: string, { lastOn }: Rhythm): string =>
  makeId('chw', toMs(`${lastOn}T00:00:00.000Z`), createHash('sha256').update(`${tenant}#${customerId}#${lastOn}`).digest().subarray(0, 10));

/** Puts a row, and then arms the morning: the job arms the next one for as long as it finds rows. */
export async function watchFrom({ db, table, zone }: Omit<Watch, 'ctx'>, key: Key, now: Instant): Promise<void> {
  await table.put({ ...key });
  await armDue(db, churnWork(table.tenant, now, zone));
}

/** Keeps the rows of customers whose orders have changed, and ends the warnings of those who have bought again. */
export async function watchPurchases(watch: Watch, changes: readonly Change[]): Promise<void> {
  const orders = toldOf(changes.filter(({ type, before, after }) => type === 'order' && !sameValue(boughtIn(before), boughtIn(after))));
  const customers = new Map([
    ...changes.flatMap((change) => openedFor(change)),
    ...orders.flatMap(({ told }) => told.flatMap((change) => buyersIn(change))),
  ]);
  if (!customers.size) return;
  const seen = await getSeen(
    watch.table,
    orders.map(({ newest }) => newest),
  );
  const now = new Map(seen.map((item) => [String(item['id']), item]));
  for (const [customerId, change] of customers) {
    const purchases = await readPurchases(watch.table, customerId);
    const rhythmWith = (imageOf: (order: Told) => Item | undefined): Rhythm | undefined => {
      const all = new Map(purchases);
      for (const each of orders) {
        const bought = boughtIn(imageOf(each));
        if (bought?.customerId === customerId) all.set(each.newest.id, bought.purchase);
        else all.delete(each.newest.id);
      }
      return rhythmOf([...all.values()]);
    };
    const rhythm = rhythmWith(({ newest }) => now.get(newest.id));
    const before = rhythmWith(({ told }) => told[0]!.before);
    await moveRow(watch, customerId, before, rhythm, change.at);
    // The warning of a silence that was too long already may be so new that the list of warnings does not show it yet.
    const isSilent = before !== undefined && before.warnOn <= localDay(change.at, watch.zone);
    await endWarnings(
      watch.ctx(change),
      customerId,
      rhythm?.lastOn,
      isSilent ? warningIdOf(watch.table.tenant, customerId, before) : undefined,
    );
  }
}

/**
 * A warning may have been made by who had not seen the newest order, or opened again after one: its customer's orders are
 * looked at once more.
 */
function openedFor(change: Change): [string, Change][] {
  const { type, before, after } = change;
  const isOpen = (item: Item | undefined): boolean => item !== undefined && !isRemoved(item) && isWarning(toRecord(WARNING, item));
  if (type !== WARNING.name || !after || isOpen(before) || !isOpen(after)) return [];
  return [[String(toRecord(WARNING, after)['customerId']), change]];
}

const buyersIn = (change: Change): [string, Change][] =>
  [change.before, change.after].flatMap((image): [string, Change][] => {
    const bought = boughtIn(image);
    return bought ? [[bought.customerId, change]] : [];
  });

async function moveRow(watch: Watch, customerId: string, was: Rhythm | undefined, is: Rhythm | undefined, now: Instant): Promise<void> {
  if (was?.warnOn === is?.warnOn) return;
  if (is) await watchFrom(watch, churnWatchKey(is.warnOn, customerId), now);
  if (was) await watch.table.writeMany([{ delete: churnWatchKey(was.warnOn, customerId) }]);
}

/**
 * @param lastOn  the customer's last day of buying, if there is one
 * @param newest  a warning that may stand beside those that are listed
 */
async function endWarnings(ctx: Context, customerId: string, lastOn: string | undefined, newest: string | undefined): Promise<void> {
  const { items } = await ctx.table.query({
    index: 'byParent',
    pk: byParent(customerId),
    startsWith: `${WARNING.idPrefix}_`,
    newestFirst: true,
  });
  const open = items.filter(({ summary }) => (summary as { status?: string }).status !== 'closed').map(({ id }) => String(id));
  for (const id of new Set(newest === undefined ? open : [...open, newest])) await endWarning(ctx, id, lastOn);
}

async function endWarning(ctx: Context, id: string, lastOn: string | undefined): Promise<void> {
  for (let round = 1; ; round++) {
    const item = await ctx.table.get(recordKey(WARNING.name, id), { consistent: true });
    if (!item || isRemoved(item)) return;
    const warning = toRecord(WARNING, item);
    const end = endOf(warning, lastOn);
    const prepared = end && (await prepareUpdate(ctx, WARNING, warning, end));
    if (!prepared) return;
    try {
      await commit(ctx, [prepared]);
      return;
    } catch (error) {
      // Somebody has taken it up at this very moment.
      if (!(error instanceof AppError && error.code === 'record.stale') || round >= MOST_TRIES) throw error;
    }
  }
}
