import { rhythmOf, valueAtRisk, type Rhythm } from '../../shared/insight/churn.ts';
import { isUndone, wakeChange } from '../../shared/insight/churnHandling.ts';
import { addDays, daysBetween, localDay } from '../../shared/kernel/dates.ts';
import { AppError } from '../../shared/kernel/errors.ts';
import { isId } from '../../shared/kernel/ids.ts';
import type { AnyRecord, Values } from '../../shared/kernel/record.ts';
import type { Day, Instant } from '../../shared/kernel/types.ts';
import { definitionOf } from '../../shared/registry.ts';
import { churnWork, warningIdOf, watchFrom } from '../records/churnWatch.ts';
import { commit } from '../records/commit.ts';
import type { Context } from '../records/context.ts';
import { isRemoved, toRecord } from '../records/item.ts';
import { prepareCreate, prepareUpdate } from '../records/prepare.ts';
import { readPurchases } from '../records/purchases.ts';
import { readDirectory } from '../runtime/directory.ts';
import { systemContext } from '../runtime/systemContext.ts';
import type { Database } from '../table/database.ts';
import { armDue } from '../table/dueWork.ts';
import { churnWatchKey, recordKey } from '../table/keys.ts';
import { tenantTable } from '../table/tenantTable.ts';

/** One workspace whose morning has come, or the rest of it. */
export interface ChurnWork {
  readonly kind: 'churn';
  readonly tenant: string;
  readonly now: Instant;
}

const WARNING = definitionOf('churnWarning');
/** Customers for one message: a second or two of work. */
const SLICE = 100;
const AT_ONCE = 8;

/**
 * Makes the warnings of a day: reads the customers whose day has come, as many as there are and no others. The next morning
 * is armed before anything that may fail, and a row goes when its work is done; so whatever is delivered again, or was
 * broken off, does what is left to do.
 * @param send  for the rest, when a morning has more than one message's work
 */
export async function warnCustomers(db: Database, work: ChurnWork, send: (rest: ChurnWork) => Promise<void>): Promise<void> {
  const { tenant, now } = work;
  const table = tenantTable(db, tenant);
  const { workspace } = await readDirectory(db, table, now);
  const zone = String(workspace?.['zone'] ?? 'UTC');
  const today = localDay(now, zone);
  const watched = (bounds: { limit: number; to?: string }) => table.query({ pk: churnWatchKey('', '').pk, consistent: true, ...bounds });
  const { items } = await watched({ to: churnWatchKey(addDays(today, 1), '').sk, limit: SLICE });
  // Whoever puts the next row arms the next morning: a workspace that sells nothing costs nothing.
  if (!items.length && !(await watched({ limit: 1 })).items.length) return;
  await armDue(db, churnWork(tenant, now, zone));

  const ctx = systemContext(table, { now, requestId: `churn-${today}` });
  const due = items.map(({ sk }) => sk.split('#') as [Day, string]);
  for (let at = 0; at < due.length; at += AT_ONCE)
    await Promise.all(due.slice(at, at + AT_ONCE).map(([day, id]) => (isId(id, 'chw') ? wake(ctx, id, today) : look(ctx, day, id))));
  await table.writeMany(due.map(([day, id]) => ({ delete: churnWatchKey(day, id) })));
  if (due.length === SLICE) await send(work);

  /** Holds a customer's row against his orders, which may have changed since it was put. */
  async function look(on: Context, day: Day, customerId: string): Promise<void> {
    const customer = await on.table.get(recordKey('customer', customerId), { consistent: true });
    if (isRemoved(customer)) return;
    const purchases = [...(await readPurchases(on.table, customerId)).values()];
    const rhythm = rhythmOf(purchases);
    if (!rhythm) return;
    if (rhythm.warnOn > today) {
      if (rhythm.warnOn !== day) await watchFrom({ db, table, zone }, churnWatchKey(rhythm.warnOn, customerId), now);
      return;
    }
    const value = valueAtRisk(purchases);
    await warn(on, customerId, customer?.['ownerId'] as string | undefined, rhythm, {
      name: (customer?.['summary'] as { title: string }).title,
      silentDays: daysBetween(rhythm.lastOn, today),
      ...(value ? { valueAtRisk: value } : {}),
    });
  }
}

async function warn(ctx: Context, customerId: string, ownerId: string | undefined, rhythm: Rhythm, more: Values): Promise<void> {
  const id = warningIdOf(ctx.table.tenant, customerId, rhythm);
  const stood = await find(ctx, id);
  if (stood) {
    if (isUndone(stood)) await change(ctx, stood, { status: 'open', outcome: null, ...more });
    return;
  }
  const { lastOn: lastOrderOn, medianGapDays, reason } = rhythm;
  const values = { customerId, reason, lastOrderOn, status: 'open', ...(medianGapDays === undefined ? {} : { medianGapDays }), ...more };
  await unlessElsewhere(async () => commit(ctx, [await prepareCreate(ctx, WARNING, { id, ownerId, values })]));
}

async function wake(ctx: Context, id: string, today: Day): Promise<void> {
  const stood = await find(ctx, id);
  if (stood) await change(ctx, stood, wakeChange(stood, today));
}

async function find({ table }: Context, id: string): Promise<AnyRecord | undefined> {
  const item = await table.get(recordKey(WARNING.name, id), { consistent: true });
  return item && !isRemoved(item) ? toRecord(WARNING, item) : undefined;
}

async function change(ctx: Context, stood: AnyRecord, values: Values): Promise<void> {
  const prepared = await prepareUpdate(ctx, WARNING, stood, values);
  if (prepared) await unlessElsewhere(() => commit(ctx, [prepared]));
}

/** Another delivery, or somebody at this very moment, was quicker: what stands is newer than what was decided here. */
async function unlessElsewhere(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof AppError && ['record.exists', 'record.stale'].includes(error.code))) throw error;
  }
}
