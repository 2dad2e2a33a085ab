import { rhythmOf, type Purchase } from '../../shared/insight/churn.ts';
import { localDay } from '../../shared/kernel/dates.ts';
import { sameValue } from '../../shared/kernel/diff.ts';
import type { Day, Instant } from '../../shared/kernel/types.ts';
import { definitionOf } from '../../shared/registry.ts';
import type { Item } from '../table/failures.ts';
import { byType, churnWatchKey, dueMarkKey, openWarningKey, recordKey, type Key } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';
import { watchFrom, type Watch } from './churnWatch.ts';
import { markOf } from './dueMarks.ts';
import { isRemoved, toRecord } from './item.ts';
import { listWarnings, rowsOf } from './openWarnings.ts';
import { boughtIn } from './purchases.ts';
import type { Fault } from './recheck.ts';

type Where = Omit<Watch, 'ctx'>;

const WARNING = definitionOf('churnWarning');
const AT_ONCE = 8;
const nameOf = ({ pk, sk }: Key): string => `${pk}|${sk}`;

/**
 * Holds the rows by which due work is found against all records: who is watched for silence, which warnings are open, and
 * what each person is late with. Of customers watched, one row too many is none: it is held against the orders when its
 * day comes.
 * @returns what did not stand as it should, as names of keys
 */
export async function recheckRows(where: Where, members: readonly string[], now: Instant, repair: boolean): Promise<string[]> {
  const warnings: Item[] = [];
  for await (const item of allOf(where.table, WARNING.name)) warnings.push(item);
  const faults = [
    ...(await watchFaults(where, warnings, now)),
    ...(await warningFaults(where, warnings)),
    ...(await markFaults(where.table, members)),
  ];
  if (repair) for (const { mend } of faults) await mend();
  return faults.map(({ what }) => what);
}

async function* allOf(table: TenantTable, type: string): AsyncGenerator<Item> {
  let after: Record<string, unknown> | undefined;
  do {
    const page = await table.query({ index: 'byType', pk: byType(type), ...(after ? { after } : {}) });
    yield* page.items;
    after = page.last;
  } while (after);
}

/** Of those keys the ones under which nothing stands. */
async function absentOf(table: TenantTable, keys: readonly Key[]): Promise<Key[]> {
  const prefix = `T#${table.tenant}#`.length;
  const items = await table.getMany(keys, { consistent: true });
  const found = new Set(items.map(({ pk, sk }) => nameOf({ pk: pk.slice(prefix), sk })));
  return keys.filter((key) => !found.has(nameOf(key)));
}

/** Customers whose silence nobody will notice: their row is gone, and they have not been warned of. */
async function watchFaults(where: Where, warnings: readonly Item[], now: Instant): Promise<Fault[]> {
  const bought = new Map<string, Purchase[]>();
  for await (const item of allOf(where.table, 'order')) {
    const { customerId, purchase } = boughtIn(item) ?? {};
    if (customerId && purchase) bought.set(customerId, [...(bought.get(customerId) ?? []), purchase]);
  }
  const told = new Set(
    warnings.map((item) => {
      const { customerId, lastOrderOn } = toRecord(WARNING, item);
      return `${String(customerId)} ${String(lastOrderOn)}`;
    }),
  );
  const today: Day = localDay(now, where.zone);
  const wanted = [...bought].flatMap(([customerId, purchases]) => {
    const rhythm = rhythmOf(purchases);
    // Whose day has come is warned of by now, or his row is still there.
    const isTold = rhythm && rhythm.warnOn <= today && told.has(`${customerId} ${rhythm.lastOn}`);
    return rhythm && !isTold ? [{ customerId, key: churnWatchKey(rhythm.warnOn, customerId) }] : [];
  });
  const absent = new Set(
    await absentOf(
      where.table,
      wanted.map(({ key }) => key),
    ),
  );
  const missing = wanted.filter(({ key }) => absent.has(key));
  const customers = await where.table.getMany(missing.map(({ customerId }) => recordKey('customer', customerId)));
  const there = new Set(customers.filter((item) => !isRemoved(item)).map(({ id }) => String(id)));
  return missing
    .filter(({ customerId }) => there.has(customerId))
    .map(({ key }) => ({ what: nameOf(key), mend: () => watchFrom(where, key, now) }));
}

async function warningFaults(where: Where, warnings: readonly Item[]): Promise<Fault[]> {
  const { table } = where;
  const standing = new Map<string, Item>();
  let after: Record<string, unknown> | undefined;
  do {
    const page = await table.query({ pk: openWarningKey('', '').pk, consistent: true, ...(after ? { after } : {}) });
    for (const item of page.items) standing.set(item.sk, item);
    after = page.last;
  } while (after);

  const rows = warnings.map((item) => ({ item, ...rowsOf(item) }));
  const asleep = new Set(
    await absentOf(
      table,
      rows.flatMap(({ sleeping }) => sleeping ?? []),
    ),
  );
  const wrong = rows.flatMap(({ item, open, sleeping }): Fault[] => {
    const key =
      open && !sameValue(standing.get(open.sk)?.['of'], open['of']) ? open : sleeping && asleep.has(sleeping) ? sleeping : undefined;
    if (!key) return [];
    // As if it had just been told of: what it says by then counts.
    const told = { type: WARNING.name, id: String(item['id']), version: Number(item['version']), at: String(item['updatedAt']) };
    return [{ what: nameOf(key), mend: () => listWarnings(where, [{ ...told, before: undefined, after: item }]) }];
  });
  const wanted = new Set(rows.map(({ open }) => open?.sk));
  const obsolete = [...standing.keys()].filter((sk) => !wanted.has(sk)).map((sk) => openWarningKey(...(sk.split('#') as [string, string])));
  return [...wrong, ...obsolete.map((key) => ({ what: nameOf(key), mend: () => closeRow(table, key) }))];
}

/** Unless the warning was opened again meanwhile. */
async function closeRow(table: TenantTable, key: Key): Promise<void> {
  const item = await table.get(recordKey(WARNING.name, key.sk.slice(key.sk.indexOf('#') + 1)), { consistent: true });
  if (rowsOf(item).open?.sk !== key.sk) await table.writeMany([{ delete: key }]);
}

async function markFaults(table: TenantTable, members: readonly string[]): Promise<Fault[]> {
  const faults: Fault[] = [];
  const look = async (owner: string): Promise<void> => {
    const key = dueMarkKey(owner);
    const [wanted, stands] = await Promise.all([markOf(table, owner, new Map()), table.get(key, { consistent: true })]);
    if (sameValue(stands?.['moments'] ?? [], wanted?.['moments'] ?? [])) return;
    faults.push({ what: nameOf(key), mend: () => table.writeMany([wanted ? { put: wanted } : { delete: key }]) });
  };
  for (let at = 0; at < members.length; at += AT_ONCE) await Promise.all(members.slice(at, at + AT_ONCE).map(look));
  return faults;
}
