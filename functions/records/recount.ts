import { addDays, localDay } from '../../shared/kernel/dates.ts';
import type { Values } from '../../shared/kernel/record.ts';
import type { Instant } from '../../shared/kernel/types.ts';
import { definitionOf, REGISTRY } from '../../shared/registry.ts';
import type { Item } from '../table/failures.ts';
import { counterKey, countingDay, FEED_HEAD, type Key } from '../table/keys.ts';
import { ifEquals, type TenantTable, type Write } from '../table/tenantTable.ts';
import type { Walked } from './feedWalk.ts';
import { countedBetween, journalRow } from './follow.ts';
import { replay } from './replay.ts';

/** Counters by the key of their row within the workspace: `S#lead#2026|2026-03-10#mem_…`. */
export type Counts = Record<string, Record<string, number>>;

const AT_ONCE = 8;
const MOST_WRITES = 90;
const nameOf = ({ pk, sk }: Key): string => `${pk}|${sk}`;

/**
 * What a stretch of the feed counts for, by the histories of its records, and the rows of the journal that go with it.
 * @param zone  in which the workspace counts its days
 */
export async function recountStretch(
  table: TenantTable,
  stretch: readonly Walked[],
  zone: string,
): Promise<{ counts: Counts; journal: Item[] }> {
  const counts: Counts = {};
  const journal: Item[] = [];
  const mine = stretch.map(({ row }) => row).filter(({ type, derived }) => !derived && definitionOf(type).metrics);
  const byRecord = [...Map.groupBy(mine, ({ id }) => id)];
  for (let at = 0; at < byRecord.length; at += AT_ONCE) {
    const part = byRecord.slice(at, at + AT_ONCE);
    const histories = await Promise.all(part.map(([id, rows]) => replay(table, rows[0]!.type, id)));
    part.forEach(([id, rows], i) => {
      const { type } = rows[0]!;
      const wanted = new Set(rows.map(({ version }) => version));
      for (const { version, at: moment, before, after, back } of histories[i]!) {
        const counted = wanted.has(version) && countedBetween(type, before, after, back);
        if (!counted) continue;
        journal.push(journalRow({ type, id, version, at: moment }, counted));
        const day = countingDay(moment, zone);
        for (const period of [day, day.slice(0, 7)]) addTo(counts, { [nameOf(counterKey(type, period, counted.owner))]: counted.metrics });
      }
    });
  }
  return { counts, journal };
}

export function addTo(sum: Counts, more: Readonly<Record<string, Readonly<Record<string, number>>>>): void {
  for (const [name, metrics] of Object.entries(more)) {
    const row = (sum[name] ??= {});
    for (const [metric, amount] of Object.entries(metrics)) row[metric] = (row[metric] ?? 0) + amount;
  }
}

/** Years that may have counters. @param months  of the feed */
export function countedYears(months: Readonly<Record<string, number>>, now: Instant): string[] {
  const latest = addDays(localDay(now, 'UTC'), 1).slice(0, 4);
  // Days of the workspace's zone can lie in the year beside that of the feed's month.
  const years = [...Object.keys(months).map((month) => month.slice(0, 4)), latest].flatMap((year) => [year, String(Number(year) - 1)]);
  return [...new Set(years)];
}

/** All counters as they stand, of every year since the first event. */
export async function readCounters(table: TenantTable, years: readonly string[]): Promise<Counts> {
  const counts: Counts = {};
  for (const { name } of REGISTRY.filter(({ metrics }) => metrics))
    for (const year of years) {
      let after: Values | undefined;
      do {
        const { pk } = counterKey(name, `${year}-01-01`, '');
        const page = await table.query({ pk, consistent: true, ...(after ? { after } : {}) });
        for (const { pk: _pk, sk, ...metrics } of page.items) counts[`${pk}|${sk}`] = metrics as Record<string, number>;
        after = page.last;
      } while (after);
    }
  return counts;
}

/** Rows whose numbers differ: name and what should stand there, undefined for one that should not be. */
export function driftOf(wanted: Counts, actual: Counts): { name: string; wanted: Record<string, number> | undefined }[] {
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(actual)])].sort();
  return names.flatMap((name) => {
    const [should, is] = [clean(wanted[name]), clean(actual[name])];
    return JSON.stringify(should) === JSON.stringify(is) ? [] : [{ name, wanted: should }];
  });
}

/** In one order and without zeros, which say the same as an absent number. */
function clean(metrics: Readonly<Record<string, number>> | undefined): Record<string, number> | undefined {
  const entries = Object.entries(metrics ?? {}).filter(([, amount]) => amount !== 0);
  return entries.length ? Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) : undefined;
}

/**
 * Makes counters what they should be, as long as nothing has been counted since.
 * @param position  of the feed for which the numbers hold
 * @throws TransactionRefused when something has been counted meanwhile: count on from there
 */
export async function mendCounters(table: TenantTable, drift: ReturnType<typeof driftOf>, position: number): Promise<void> {
  const writes = drift.map(({ name, wanted }): Write => {
    const at = name.indexOf('|');
    const key: Key = { pk: name.slice(0, at), sk: name.slice(at + 1) };
    return wanted ? { put: { ...wanted, ...key } } : { delete: key };
  });
  for (let at = 0; at < writes.length; at += MOST_WRITES)
    await table.transact([
      { update: FEED_HEAD, add: { recounts: 1 }, if: ifEquals('position', position) },
      ...writes.slice(at, at + MOST_WRITES),
    ]);
}
