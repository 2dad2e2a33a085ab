import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError, notFound } from '../../shared/kernel/errors.ts';
import { WISHES, type DigestPeriod } from '../../shared/insight/digestReaders.ts';
import { definitionOf } from '../../shared/registry.ts';
import { commit } from '../records/commit.ts';
import { isRemoved, toRecord } from '../records/item.ts';
import { prepareUpdate } from '../records/prepare.ts';
import type { Request } from '../runtime/route.ts';
import { systemContext } from '../runtime/systemContext.ts';
import type { Database } from '../table/database.ts';
import { secretOf } from '../table/entry.ts';
import { recordKey } from '../table/keys.ts';
import { tenantTable } from '../table/tenantTable.ts';

const MOST_TRIES = 3;

const sign = async (db: Database, named: string): Promise<string> =>
  createHmac('sha256', await secretOf(db, 'unsubscribe'))
    .update(`digest\n${named}`)
    .digest('base64url');

/**
 * Where a mail program posts when its reader stops the digest by one click (RFC 8058): good for this reader and the
 * digest of this period alone, and for nothing but stopping it.
 * @returns undefined where the site has no https, since mail programs take no other
 */
export async function unsubscribeUrl(
  db: Database,
  site: string,
  { tenant, id, period = 'day' }: { tenant: string; id: string; period?: DigestPeriod },
): Promise<string | undefined> {
  const named = `${tenant}.${id}${period === 'day' ? '' : `.${period}`}`;
  return site.startsWith('https:') ? `${site}/api/v1/public/digests/stop/${named}.${await sign(db, named)}` : undefined;
}

/** Switches off the digest of that period for that reader, at once and however often it is asked; the other goes on. */
export async function stopDigest({ db, params, now, requestId }: Request): Promise<void> {
  const [, named = '', tenant = '', id = '', week, given = ''] =
    /^(([\w-]+)\.([\w-]+)(\.week)?)\.([\w-]{43})$/.exec(params['token'] ?? '') ?? [];
  if (!named || !timingSafeEqual(Buffer.from(given), Buffer.from(await sign(db, named)))) throw notFound();
  const ctx = systemContext(tenantTable(db, tenant), { now, requestId });
  for (let round = 1; ; round++) {
    const item = await ctx.table.get(recordKey('member', id), { consistent: true });
    if (!item || isRemoved(item)) return;
    const member = toRecord(definitionOf('member'), item);
    const prepared = await prepareUpdate(ctx, definitionOf('member'), member, { [WISHES[week ? 'week' : 'day']]: false });
    if (!prepared) return;
    try {
      await commit(ctx, [prepared]);
      return;
    } catch (error) {
      // Somebody changed the member at this very moment.
      if (round >= MOST_TRIES || !(error instanceof AppError) || error.code !== 'record.stale') throw error;
    }
  }
}
