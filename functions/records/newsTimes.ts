import type { Instant } from '../../shared/kernel/types.ts';
import { readDirectory } from '../runtime/directory.ts';
import { systemContext } from '../runtime/systemContext.ts';
import type { Database } from '../table/database.ts';
import { armDue } from '../table/dueWork.ts';
import type { Item } from '../table/failures.ts';
import { recordKey } from '../table/keys.ts';
import { tenantTable, type TenantTable } from '../table/tenantTable.ts';
import type { Change } from './follow.ts';
import { isRemoved } from './item.ts';
import { publishNews } from './publishNews.ts';

/** A draft whose moment has come. */
export interface NewsWork {
  readonly tenant: string;
  /** The draft. */
  readonly id: string;
  readonly now: Instant;
}

/** When a stored draft wants to be published; undefined when nobody has said so, or it is gone. */
const momentOf = (item: Item | undefined): Instant | undefined =>
  item && !isRemoved(item) ? (item['data'] as { publishAt?: Instant }).publishAt : undefined;

/** Keeps drafts armed for the moments that they were given. A row of a former moment finds the draft as it stands, and waits. */
export async function armNews(db: Database, { tenant }: Pick<TenantTable, 'tenant'>, changes: readonly Change[]): Promise<void> {
  for (const { type, id, before, after } of changes) {
    const at = type === 'newsDraft' ? momentOf(after) : undefined;
    if (at !== undefined && at !== momentOf(before)) await armDue(db, { tenant, id, kind: 'publishNews', at });
  }
}

/** Publishes a draft whose moment has come, as it stands now. Delivered again, it finds no draft. */
export async function publishDue(db: Database, { tenant, id, now }: NewsWork): Promise<void> {
  const table = tenantTable(db, tenant);
  const item = await table.get(recordKey('newsDraft', id), { consistent: true });
  const at = momentOf(item);
  if (at === undefined || at > now) return;
  const { shape } = await readDirectory(db, table, now);
  await publishNews(systemContext(table, { now, requestId: `publish-${id}`, shape }), id, Number(item!['version']));
}
