import { isWarning } from '../../shared/insight/churnHandling.ts';
import type { Instant, Money } from '../../shared/kernel/types.ts';
import { definitionOf } from '../../shared/registry.ts';
import type { Item } from '../table/failures.ts';
import { churnWatchKey, openWarningKey, type Key } from '../table/keys.ts';
import type { TenantTable } from '../table/tenantTable.ts';
import { watchFrom, type Watch } from './churnWatch.ts';
import { NOBODY, toldOf, type Change } from './follow.ts';
import { isRemoved, toRecord } from './item.ts';
import { getSeen } from './seen.ts';

const WARNING = definitionOf('churnWarning');

/** A warning that is not closed, as reports over many people read it: all of a workspace stand in one small partition. */
export interface OpenWarning {
  readonly id: string;
  readonly ownerId: string;
  readonly customerId: string;
  readonly name: string;
  readonly since: Instant;
  readonly value?: Money;
}

/** All open warnings of a workspace. Costs a unit for about fifty. */
export async function readOpenWarnings(table: TenantTable): Promise<OpenWarning[]> {
  const found: OpenWarning[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    const page = await table.query({ pk: openWarningKey('', '').pk, ...(after ? { after } : {}) });
    for (const { sk, of } of page.items) {
      const [ownerId = '', id = ''] = sk.split('#');
      found.push({ ...(of as Omit<OpenWarning, 'id' | 'ownerId'>), ownerId, id });
    }
    after = page.last;
  } while (after);
  return found;
}

/** Brings the rows of changed warnings to what the warnings say now; one that is snoozed is watched for until its day. */
export async function listWarnings(watch: Omit<Watch, 'ctx'>, changes: readonly Change[]): Promise<void> {
  const warnings = toldOf(changes.filter(({ type }) => type === WARNING.name));
  if (!warnings.length) return;
  const seen = await getSeen(
    watch.table,
    warnings.map(({ newest }) => newest),
  );
  const now = new Map(seen.map((item) => [String(item['id']), item]));
  for (const { told, newest } of warnings) {
    const { open, sleeping } = rowsOf(now.get(newest.id));
    if (open) await watch.table.put(open);
    if (sleeping) await watchFrom(watch, sleeping, newest.at);
    const wanted = new Set([open, sleeping].map((row) => row?.sk));
    const left = told.flatMap(({ before, after }) => [before, after].flatMap((image) => Object.values(rowsOf(image))));
    const obsolete = new Map(left.filter(({ sk }) => !wanted.has(sk)).map(({ pk, sk }) => [sk, { delete: { pk, sk } }]));
    await watch.table.writeMany([...obsolete.values()]);
  }
}

/** The rows of a stored warning: among the open ones, and under the day until which it sleeps. */
export function rowsOf(item: Item | undefined): { readonly open?: Item | undefined; readonly sleeping?: Key | undefined } {
  if (!item || isRemoved(item)) return {};
  const warning = toRecord(WARNING, item);
  if (!isWarning(warning)) return {};
  const { id, ownerId = NOBODY, customerId, name, createdAt: since, valueAtRisk: value, snoozedUntil } = warning;
  return {
    open: { ...openWarningKey(ownerId, id), of: { customerId, name, since, ...(value ? { value } : {}) } },
    ...(snoozedUntil ? { sleeping: churnWatchKey(String(snoozedUntil), id) } : {}),
  };
}
