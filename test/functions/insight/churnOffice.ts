import type { Instant } from '../../../shared/kernel/types.ts';
import type { AnyRecord, Values } from '../../../shared/kernel/record.ts';
import { definitionOf } from '../../../shared/registry.ts';
import { warnCustomers, type ChurnWork } from '../../../functions/insight/warnCustomers.ts';
import { watchPurchases } from '../../../functions/records/churnWatch.ts';
import { toChange, type Change } from '../../../functions/records/follow.ts';
import { listWarnings } from '../../../functions/records/openWarnings.ts';
import { toRecord } from '../../../functions/records/item.ts';
import { systemContext } from '../../../functions/runtime/systemContext.ts';
import type { Database } from '../../../functions/table/database.ts';
import { hourOf, readPointer } from '../../../functions/table/dueWork.ts';
import type { Item } from '../../../functions/table/failures.ts';
import { byType } from '../../../functions/table/keys.ts';
import { runTick } from '../../../functions/workspace/tick.scheduled.ts';
import { deskOn, idOf } from '../../support/desk.ts';
import { makeFirm, memberId } from '../../support/firm.ts';
import { memoryDatabase } from '../../sim/memoryDatabase.ts';

export const SELLER = memberId(2);
export const customerId = (n: number): string => idOf('cus', n);
export const orderId = (n: number): string => idOf('ord', n);

/** A firm with a manager and a seller whose stream, ticks and jobs run one after the other. */
export async function churnOffice(zone = 'UTC', on: Database = memoryDatabase()) {
  const firm = await makeFirm(
    deskOn(on),
    'firm',
    [
      { n: 1, role: 'salesManager', department: 'sales' },
      { n: 2, role: 'sales', department: 'sales' },
    ],
    { zone },
  );
  const watch = {
    db: on,
    table: firm.table,
    zone,
    ctx: ({ at }: Change) => systemContext(firm.table, { now: at, requestId: 'told' }),
  };
  const seen = new Map<string, Item>();

  const warnings = async (): Promise<AnyRecord[]> => {
    const { items } = await firm.table.query({ index: 'byType', pk: byType('churnWarning') });
    return items.map((item) => toRecord(definitionOf('churnWarning'), item));
  };
  /** Tells what the stream would, warnings that were written meanwhile included. */
  const tell = async (...changes: Change[]): Promise<void> => {
    await watchPurchases(watch, changes);
    await listWarnings(watch, changes);
    const { items } = await firm.table.query({ index: 'byType', pk: byType('churnWarning') });
    const news = items.flatMap((item) => {
      const before = seen.get(String(item['id']));
      seen.set(String(item['id']), item);
      const change = before?.['version'] === item['version'] ? undefined : toChange(before, item, String(item['updatedAt']));
      return change ? [change] : [];
    });
    if (news.length) await tell(...news);
  };

  const customer = (n: number, values: Values = {}) =>
    firm.create('2026-01-01T09:00:00.000Z', 'customer', customerId(n), { name: `Customer ${n}`, ...values }, SELLER);
  /** An order that is confirmed on its day; told later where a test wants it so. */
  const order = async (n: number, of: number, on: string, values: Values = {}): Promise<Change> =>
    firm.create(`${on}T10:00:00.000Z`, 'order', orderId(n), {
      customerId: customerId(of),
      number: `A-${n}`,
      orderedOn: on,
      status: 'confirmed',
      currency: 'EUR',
      lines: [{ id: 'l1', name: 'House blend', quantity: '1', unitPrice: 1000 * n }],
      ...values,
    });
  const ordered = async (n: number, of: number, on: string, values: Values = {}): Promise<void> => tell(await order(n, of, on, values));

  let queue: ChurnWork[] = [];
  const tickOnce = (now: Instant, db: Database) =>
    runTick(db, now, async (messages) => void queue.push(...(messages as unknown as ChurnWork[]).filter(({ kind }) => kind === 'churn')));
  /** Ticks until the hours since the last tick are read. */
  const tick = async (now: Instant, db: Database = on): Promise<void> => {
    do await tickOnce(now, db);
    while ((await readPointer(on)) !== hourOf(now));
  };
  await tick('2026-01-01T00:00:00.000Z');
  /** Hands out what is queued, each message as often as said, in a container that knows nothing of the last one. */
  const work = async (times = 1, db: Database = on): Promise<void> => {
    while (queue.length) {
      const messages = queue.flatMap((message) => Array.from({ length: times }, () => message));
      queue = [];
      for (const message of messages) await warnCustomers({ ...db }, message, async (rest) => void queue.push(rest));
    }
    await tell();
  };
  /** The minute at which a day's work is due, and what follows. */
  const morning = async (day: string): Promise<void> => {
    await tick(`${day}T05:00:00.000Z`);
    await work();
  };
  const rows = async (): Promise<string[]> => (await firm.table.query({ pk: 'CHURN', consistent: true })).items.map(({ sk }) => sk);
  const open = async (): Promise<Item[]> => [...(await firm.table.query({ pk: 'CHURN#open', consistent: true })).items];

  return { db: on, firm, watch, tell, warnings, customer, order, ordered, tick, work, morning, rows, open, queued: () => queue };
}
